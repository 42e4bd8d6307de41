// Lists every image and operator that the chart needs with the values given, as an ImageSetConfiguration for `oc mirror --v2`.
// Arguments are passed to `helm template`: --values FILE, --set KEY=VALUE. Needs helm, or the one that `make chart-tools` builds.
// What `make images` pushed from this working copy is taken by its digests; the chart of a release names digests by itself.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments, stringify } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const helm = existsSync(`${root}.build/bin/helm3`) ? `${root}.build/bin/helm3` : 'helm';
const read = (text) =>
  parseAllDocuments(text)
    .map((document) => document.toJSON())
    .filter(Boolean);
const render = (...values) =>
  read(
    execFileSync(
      helm,
      ['template', 'migration-prep', `${root}charts/migration-prep`, '--kube-version', '1.35.0', ...values],
      { encoding: 'utf8' },
    ),
  );
const pushed = `${root}.build/images/values.yaml`;
const settings = [...(existsSync(pushed) ? ['--values', pushed] : []), ...process.argv.slice(2)];

const podOf = ({ kind, spec }) => (kind === 'Pod' ? spec : spec?.template?.spec);
const imagesOf = (objects) =>
  objects.flatMap((object) =>
    [...(podOf(object)?.initContainers ?? []), ...(podOf(object)?.containers ?? [])].map(({ image }) => image),
  );

const objects = render(...settings);
const [hooks] = imagesOf(objects.filter(({ kind }) => kind === 'Job'));

// The Assisted Installer's files start from the image of the hooks, but are not part of the chart.
const installer = `${root}install/assisted-installer`;
const files = readdirSync(installer, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
const [named] = imagesOf(render().filter(({ kind }) => kind === 'Job'));
const extra = files.flatMap((name) =>
  read(readFileSync(`${installer}/${name}`, 'utf8').replaceAll(named, hooks ?? named)),
);
if (hooks !== undefined && hooks !== named)
  process.stderr.write(`Write ${hooks} into the files of install/assisted-installer, should you use them.\n`);

// Declared operators name package, channel and catalog; a render that declares all that are installed shows what a hook would make.
const declared = render(...settings, '--set', 'gitops.enabled=true,gitops.declareOperators=true');
const subscriptions = [...declared, ...extra].filter(({ kind }) => kind === 'Subscription');
const catalogs = new Map();
for (const { spec } of subscriptions) {
  const packages = catalogs.get(spec.source) ?? [];
  packages.push({ name: spec.name, ...(spec.channel && { channels: [{ name: spec.channel }] }) });
  catalogs.set(spec.source, packages);
}

const indexes = {
  'redhat-operators': 'redhat-operator-index',
  'certified-operators': 'certified-operator-index',
  'community-operators': 'community-operator-index',
};
const indexOf = (source) => {
  if (!indexes[source]) process.stderr.write(`The catalog ${source} is taken for a mirror of redhat-operators.\n`);
  return `registry.redhat.io/redhat/${indexes[source] ?? indexes['redhat-operators']}:v4.22`;
};
const images = [...new Set(imagesOf([...objects, ...extra]))].sort();
for (const name of images.filter((each) => !each.includes('@sha256:'))) {
  process.stderr.write(
    `${name} is named by a tag. It may be another image tomorrow, and a mirror set by digest does not serve it: set images.*.digest.\n`,
  );
}
const configuration = {
  kind: 'ImageSetConfiguration',
  apiVersion: 'mirror.openshift.io/v2alpha1',
  mirror: {
    operators: [...catalogs].map(([source, packages]) => ({ catalog: indexOf(source), packages })),
    additionalImages: images.map((name) => ({ name })),
  },
};
process.stdout.write(stringify(configuration, { lineWidth: 0 }));
