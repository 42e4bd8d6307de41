import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** Where an operator suggests to be installed; users may have it elsewhere, and the cluster says where. */
const suggested = /openshift-(mtv|nmstate|cnv|storage|lvm-storage)\b|konveyor-forklift\b/;

/** The one place that may know them, and what specs share. */
const allowed = [
  'src/domain/operators/operator.ts',
  'src/testing/networks-seen.ts',
  'src/testing/requests-seen.ts',
  'src/testing/upload-world.tsx',
];

const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.(tsx?|json)$/.test(file) && !/\.spec\.tsx?$/.test(file));

test('no project of an operator is taken for granted, in code or in texts', () => {
  const files = [...filesOf('src'), ...filesOf('locales')];
  expect(files.length).toBeGreaterThan(100);
  const found = files.filter((file) => suggested.test(readFileSync(join(root, file), 'utf8')));
  expect(found.sort()).toEqual(allowed);
});
