// Writes the list of contents (SBOM, CycloneDX) of each image into the folder given: what its bundle holds, as package-lock.json names it.
// What the base image holds is listed by whoever publishes that.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const folder = process.argv[2] ?? '.build/images';
const all = JSON.parse(
  execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  }),
);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? Math.floor(Date.now() / 1000));

/** A UUID made of the content: the same bundle has the same list, to the byte. */
const serialNumber = (content) => {
  const hex = createHash('sha256').update(content).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

for (const image of ['plugin', 'tools']) {
  const bundled = JSON.parse(readFileSync(join(folder, `${image}-packages.json`), 'utf8'));
  const components = all.components
    .filter((component) => bundled.includes(component['bom-ref']))
    // That a package is a development dependency says nothing about a bundle that has it.
    .map((component) => ({ ...component, scope: 'required', properties: [] }));
  const refs = components.map((component) => component['bom-ref']);
  const unknown = bundled.filter((name) => !refs.includes(name));
  if (unknown.length > 0) throw new Error(`The bundle holds what package-lock.json does not: ${unknown.join(', ')}`);
  const self = {
    ...all.metadata.component,
    name: `migration-prep-${image}`,
    type: 'application',
    'bom-ref': `migration-prep-${image}@${version}`,
  };
  delete self.properties;
  delete self.purl;
  const content = {
    metadata: {
      ...all.metadata,
      timestamp: new Date(epoch * 1000).toISOString(),
      lifecycles: [{ phase: 'build' }],
      component: self,
    },
    components,
    dependencies: [
      { ref: self['bom-ref'], dependsOn: refs },
      ...all.dependencies
        .filter(({ ref }) => refs.includes(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.includes(other)) })),
    ],
  };
  const head = {
    $schema: all.$schema,
    bomFormat: all.bomFormat,
    specVersion: all.specVersion,
    serialNumber: serialNumber(JSON.stringify(content)),
    version: 1,
  };
  writeFileSync(join(folder, `${image}.cdx.json`), `${JSON.stringify({ ...head, ...content }, undefined, 2)}\n`);
}
