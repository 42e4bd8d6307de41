// Compresses the built plugin once, better than a server would at each request: `NAME.gz` beside each file, which the plugin's server sends
// (`gzip_static` in charts/migration-prep, templates/plugin/_nginx.tpl). Zopfli saves 3 % of what every user of the console loads. It takes
// its time, so what is large and hardly ever loaded is left to zlib.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { gzipAsync } from '@gfx/zopfli';

/** In bytes. */
const large = 100_000;

for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|json|css)$/.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const content = readFileSync(path);
  const compressed =
    content.length < large ? await gzipAsync(content, { numiterations: 15 }) : gzipSync(content, { level: 9 });
  writeFileSync(`${path}.gz`, compressed);
}
