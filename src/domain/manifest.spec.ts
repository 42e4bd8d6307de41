import { parse } from 'yaml';
import { because, create, patchOf } from './change';
import type { Change, Write } from './change';
import { changeManifest } from './manifest';
import type { KubeObject } from './objects';
import { plainEnglish } from './translate';

const why = (write: Write): Change => because((t) => t('Because.'), write);
const provider: KubeObject & object = {
  metadata: { name: 'vc', namespace: 'mtv', uid: '1', resourceVersion: '7', annotations: { old: 'x', keep: 'y' } },
  ...{ spec: { url: 'https://old/sdk', settings: { sdkEndpoint: 'vcenter' } } },
};
const secret = {
  metadata: { name: 's', namespace: 'mtv', resourceVersion: '3' },
  data: { user: 'cm9vdA==', password: 'aHVudGVyMg==' },
};

test.each<[string, Write, KubeObject | undefined, unknown]>([
  [
    'what is created is there in full',
    create('providers', { metadata: { name: 'vc', namespace: 'mtv' }, spec: { type: 'vsphere' } }),
    undefined,
    {
      apiVersion: 'forklift.konveyor.io/v1beta1',
      kind: 'Provider',
      metadata: { name: 'vc', namespace: 'mtv' },
      spec: { type: 'vsphere' },
    },
  ],
  [
    'a Secret that is created has its keys alone',
    create('secrets', { metadata: { name: 's', namespace: 'mtv' }, stringData: { user: 'root', password: 'hunter2' } }),
    undefined,
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'mtv' },
      stringData: { user: '', password: '' },
    },
  ],
  [
    'of what is changed there is what changes; null takes it away',
    patchOf('providers', provider, [
      { op: 'replace', path: '/spec/url', value: 'https://new/sdk' },
      { op: 'remove', path: '/metadata/annotations/old' },
      { op: 'add', path: '/metadata/annotations/a~1b', value: 'z' },
    ]),
    provider,
    {
      apiVersion: 'forklift.konveyor.io/v1beta1',
      kind: 'Provider',
      metadata: { name: 'vc', namespace: 'mtv', annotations: { 'a/b': 'z', old: null } },
      spec: { url: 'https://new/sdk' },
    },
  ],
  [
    'a Secret that is changed has the keys that change',
    patchOf('secrets', secret, [{ op: 'add', path: '/stringData', value: { password: 'hunter3' } }]),
    secret,
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'mtv' }, stringData: { password: '' } },
  ],
  ['a deletion is only said', { verb: 'delete', kind: 'secrets', name: 's', namespace: 'mtv', uid: '1' }, secret, null],
])('%s', (_, write, present, document) => {
  const yaml = changeManifest(plainEnglish, { change: why(write), present });
  expect(parse(yaml)).toEqual(document);
  expect(yaml).toMatch(/^# (Create|Change|Delete) \w+ \w+ in mtv\n# Because\.\n/);
  expect(yaml).not.toMatch(/hunter|root|cm9vdA|aHVudGVy/);
});
