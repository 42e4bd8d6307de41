// For the list of contents (SBOM) of an image: which packages webpack put into a bundle. What is installed is far more than that.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The package folder that a module's path lies in: the innermost one. */
const packageFolder = (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];

/** Writes `<name>@<version>` of every package with a module in the bundle, sorted, as JSON into `file`. */
export class BundledPackages {
  constructor(file) {
    this.file = file;
  }

  apply(compiler) {
    compiler.hooks.afterEmit.tap('BundledPackages', ({ chunkGraph, chunks }) => {
      const modules = [...chunks].flatMap((chunk) => [...chunkGraph.getChunkModulesIterable(chunk)]);
      const paths = modules.flatMap(({ resource, modules: inner }) => [
        resource,
        ...(inner ?? []).map((each) => each.resource),
      ]);
      const folders = new Set(paths.map((path) => path && packageFolder(path)).filter(Boolean));
      const packages = [...folders].map((folder) => {
        const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
        return `${name}@${version}`;
      });
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(this.file, JSON.stringify([...new Set(packages)].sort()));
    });
  }
}
