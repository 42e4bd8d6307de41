// Compares what Migration Prep left on a cluster with what it leaves there by clicks, and by values (by-clicks.yaml, differences.yaml).
//
//   node compare.mjs clicks|values KUBECONFIG < run.json
//
// run.json is what only the caller knows: {"names": {"<password>": "…"}, "written": ["providers", …]}. `names` are texts that each run has
// anew, by what they are called in the files. `written` are the resources that were written to, by whoever brought the state about.
// Exit code 1 and a line for each difference, unless it is none. `--record` writes by-clicks.yaml anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'yaml';

const folder = import.meta.dirname;
const [way = '', kubeconfig = '', record] = process.argv.slice(2);
const { kinds, aside, notOfPrep, onTheWay, marks, only, differences } = parse(
  readFileSync(join(folder, 'differences.yaml'), 'utf8'),
);
const { names, written } = JSON.parse(readFileSync(0, 'utf8'));

const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8'));
const file = (path) => readFileSync(resolve(dirname(kubeconfig), path));
const { user } = users[0];
const identity = {
  ca: Buffer.from(clusters[0].cluster['certificate-authority-data'], 'base64'),
  cert: file(user['client-certificate']),
  key: file(user['client-key']),
};

/** All objects of a kind; none where the cluster does not know it. */
const list = (path) =>
  new Promise((answer, reject) => {
    const asked = request(`${clusters[0].cluster.server}/${path}`, identity, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => {
        if (incoming.statusCode === 404) answer([]);
        else if (incoming.statusCode !== 200) reject(new Error(`${path}: ${incoming.statusCode}`));
        else {
          // The items of a list of Kubernetes' own kinds do not say what they are.
          const { apiVersion, kind, items } = JSON.parse(Buffer.concat(chunks).toString());
          answer(items.map((item) => ({ apiVersion, kind: kind.replace(/List$/, ''), ...item })));
        }
      });
    });
    asked.on('error', reject);
    asked.end();
  });

// The longest first: an address holds the name of a host.
const known = Object.entries(names).sort(([, one], [, other]) => other.length - one.length);
const wording = (text) =>
  known
    .reduce((said, [name, value]) => said.replaceAll(value, name), text)
    .replace(/sha256:[0-9a-f]{64}/g, 'sha256:<digest>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');

const deep = (value) => {
  if (typeof value === 'string') return wording(value);
  if (Array.isArray(value)) return value.map(deep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, deep(value[key])]),
  );
};

const some = (patterns, text) => patterns.some(({ pattern }) => new RegExp(`^(${pattern})$`).test(text));
const isMark = (key) => some(marks, key);
const without = (map, dropped) => {
  const left = Object.entries(map ?? {}).filter(([key]) => !dropped(key));
  return left.length === 0 ? undefined : Object.fromEntries(left);
};
const decoded = (data) =>
  data &&
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));

/** An object without its status, what the API server writes into it, and the marks of how it came about. The content of a Secret is decoded, to be named. */
const normalized = (object) => {
  const { metadata, ...rest } = object;
  delete rest.status;
  const { name, namespace, labels, annotations, ownerReferences, finalizers } = metadata;
  const owners = ownerReferences?.map(({ kind, name: owner }) => `${kind} ${owner}`);
  const whole = {
    ...rest,
    ...(rest.kind === 'Secret' && { data: decoded(rest.data) }),
    metadata: {
      name,
      namespace,
      labels: without(labels, isMark),
      annotations: without(annotations, isMark),
      ownerReferences: owners,
      finalizers,
    },
  };
  // What is undefined is not there.
  return deep(JSON.parse(JSON.stringify(whole)));
};

const keyOf = ({ kind, metadata: { name, namespace } }) =>
  wording([kind, namespace === undefined ? name : `${namespace}/${name}`].join(' '));
const homeOf = ({ kind, metadata: { name, namespace } }) => (kind === 'Namespace' ? name : (namespace ?? ''));

const seen = {};
for (const path of kinds)
  for (const object of await list(path)) {
    if (some(aside, homeOf(object)) || some(notOfPrep, keyOf(object))) continue;
    seen[keyOf(object)] = normalized(object);
  }

const recorded = join(folder, 'by-clicks.yaml');
if (record === '--record') {
  const sorted = Object.fromEntries(
    Object.keys(seen)
      .sort()
      .map((key) => [key, seen[key]]),
  );
  writeFileSync(recorded, `# Written by \`compare.mjs clicks … --record\`.\n${stringify(sorted, { lineWidth: 0 })}`);
}
const byClicks = parse(readFileSync(recorded, 'utf8'));

/** Every value in an object by its path: {"a": {"b": 1}} is [["a", "b"], 1]. */
const leaves = (value, path = []) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]))
    : [[path, value]];

/** Sets what is at a path; `undefined` takes it away, and what is empty then. */
const set = (object, [key, ...path], value) => {
  if (path.length > 0) set((object[key] ??= {}), path, value);
  else object[key] = value;
  if (object[key] === undefined || isDeepStrictEqual(object[key], {})) delete object[key];
};

const expected = structuredClone(byClicks);
const stale = [];
if (way === 'values') {
  for (const { at, values } of differences) set(expected, at, values);
  for (const { pattern, by } of only) {
    const objects = by === 'values' ? seen : expected;
    const meant = Object.keys(objects).filter((key) => some([{ pattern }], key));
    if (meant.length === 0) stale.push(`${pattern}: is there by ${by} no more`);
    for (const key of meant) delete objects[key];
  }
}

const flat = (object) => new Map(leaves(object).map(([path, value]) => [path.join(' · '), value]));
/** How an object differs, a line for each value. */
const unlike = (key) => {
  if (seen[key] === undefined) return [`${key}: is not there`];
  if (expected[key] === undefined) return [`${key}: is there, and should not be`];
  const [is, should] = [flat(seen[key]), flat(expected[key])];
  return [...new Set([...is.keys(), ...should.keys()])]
    .filter((path) => !isDeepStrictEqual(is.get(path), should.get(path)))
    .map(
      (path) => `${key} · ${path}: is ${JSON.stringify(is.get(path))}, should be ${JSON.stringify(should.get(path))}`,
    );
};
const lines = [
  ...[...new Set([...Object.keys(seen), ...Object.keys(expected)])].flatMap(unlike),
  ...stale,
  ...written
    .filter((resource) => !some(onTheWay, resource) && !kinds.some((path) => path.endsWith(`/${resource}`)))
    .map((resource) => `${resource} were written and are not compared`),
];
process.stdout.write(lines.map((line) => `${line}\n`).join(''));
process.exitCode = lines.length > 0 ? 1 : 0;
