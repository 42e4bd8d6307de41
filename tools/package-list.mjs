// Writes docs/packages.md: the packages that webpack put into each image, with their licenses, as package-lock.json has them. It needs both
// builds. --check: writes nothing, and fails when the file says something else.
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
/** `name@version` → license. Below the folder of another package may be another version. */
const licenses = new Map(
  Object.entries(packages)
    .filter(([folder]) => folder !== '')
    .map(([folder, { version, license }]) => [`${folder.replace(/^.*node_modules\//, '')}@${version}`, license]),
);
const bundled = (image) => JSON.parse(readFileSync(`.build/images/${image}-packages.json`, 'utf8'));
const images = ['plugin', 'tools'];

const rows = [...new Set(images.flatMap(bundled))].sort().map((each) => {
  const license = licenses.get(each);
  if (!license) throw new Error(`package-lock.json names no license of ${each}`);
  const [, name, version] = /^(.+)@([^@]+)$/.exec(each);
  const holders = images.filter((image) => bundled(image).includes(each));
  return `| ${name} | ${version} | ${license} | ${holders.map((image) => `\`${image}\``).join(', ')} |`;
});

const text = `# Packages in the images

What the bundles of the images hold that is not ours. What the console shares with the plugin is not among it, and neither is what only builds or
tests. \`npm run packages\` writes this file of both builds and \`package-lock.json\`.

| package | version | license | in image |
|---|---|---|---|
${rows.join('\n')}
`;

if (!process.argv.includes('--check')) writeFileSync('docs/packages.md', text);
else if (readFileSync('docs/packages.md', 'utf8') !== text) {
  process.stdout.write('docs/packages.md does not say what the images hold: build both, and run `npm run packages`.\n');
  process.exitCode = 1;
}
