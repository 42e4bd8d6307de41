// Names of files say what is inside: kebab-case.ts, PascalCase.tsx for one component, nothing called utils, at most 4 folders below src.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, relative, sep } from 'node:path';
import process from 'node:process';

const roots = ['src', 'sandbox/host/src', 'integration-tests'];
const sayNothing = /^(utils?|helpers?|common|constants|types|index)$/i;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const pascal = /^([A-Z][a-z0-9]*)+$/;

const files = roots.flatMap((root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => ({ root, path: `${entry.parentPath}/${entry.name}` })),
);

const problemOf = ({ root, path }) => {
  const isComponent =
    path.endsWith('.tsx') && /^export (default|const [A-Z]|class [A-Z])/m.test(readFileSync(path, 'utf8'));
  const isSpecOfComponent = path.endsWith('.spec.tsx');
  const name = basename(path).replace(/(\.(spec|bench|config|d))?\.tsx?$/, '');
  if (sayNothing.test(name)) return 'says nothing about what is inside';
  if (isComponent || isSpecOfComponent ? !pascal.test(name) : !kebab.test(name)) {
    return isComponent || isSpecOfComponent ? 'has a component: PascalCase.tsx' : 'has no component: kebab-case';
  }
  const depth = dirname(relative(root, path))
    .split(sep)
    .filter((part) => part !== '.').length;
  return depth > 4 ? 'is more than 4 folders deep' : undefined;
};

for (const file of files) {
  const problem = problemOf(file);
  if (problem === undefined) continue;
  process.stdout.write(`${file.path} ${problem}\n`);
  process.exitCode = 1;
}
if (files.length === 0) throw new Error('No files were looked at.');
