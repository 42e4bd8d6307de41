import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../..');

const render = (...settings) => {
  const text = execFileSync(
    join(root, '.build/bin/helm3'),
    ['template', 'test', join(root, 'charts/migration-prep'), '--kube-version', '1.35.0', ...settings],
    { encoding: 'utf8' },
  );
  return parseAllDocuments(text)
    .map((document) => document.toJSON())
    .filter(Boolean);
};

/** The images that the chart names with these arguments of Helm. */
export const renderImages = (...settings) => {
  const images = render(...settings)
    .flatMap(({ spec }) => spec?.template?.spec?.containers ?? [])
    .map(({ image }) => image);
  return [...new Set(images)].sort();
};

/** What the chart makes of the plugin's image: the server's container, where its volumes are mounted, and its configuration. */
export const renderServer = (...values) => {
  const objects = render(...values.flatMap((value) => ['--set', value]));
  const find = (kind, name) => objects.find((object) => object?.kind === kind && object.metadata.name === name);
  const {
    containers: [container],
    volumes,
  } = find('Deployment', 'migration-prep').spec.template.spec;
  const pathOf = (has) => container.volumeMounts.find(({ name }) => name === volumes.find(has).name).mountPath;
  const configMap = volumes.find(({ configMap }) => configMap).configMap.name;
  return {
    command: [...(container.command ?? []), ...(container.args ?? [])],
    files: find('ConfigMap', configMap).data,
    configAt: pathOf(({ configMap }) => configMap),
    certificateAt: pathOf(({ secret }) => secret),
  };
};
