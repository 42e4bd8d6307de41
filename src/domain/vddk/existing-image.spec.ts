import type { ClusterFailure } from '../failure';
import type { ImportedImage, KubeObject } from '../objects';
import { err, ok } from '../result';
import { plainEnglish } from '../translate';
import { imageQuestion, readAnswer, readEntry } from './existing-image';
import { imageDoubtText } from './image-doubt-text';

const pinned = `registry.example.com/vddk@sha256:${'7b'.repeat(32)}`;
const answer = (image: ImportedImage) =>
  readAnswer(ok({ metadata: { name: 'x' }, status: { images: [image] } } as KubeObject));
const good = (metadata: object): ImportedImage => ({
  status: { status: 'Success' },
  image: { dockerImageReference: pinned, dockerImageMetadata: metadata },
});
const failed = (reason: string, message = ''): ImportedImage => ({ status: { status: 'Failure', reason, message } });
const copying = { Entrypoint: ['cp', '-r', '/vmware-vix-disklib-distrib', '/opt'] };

test('the question stores nothing', () => {
  expect(imageQuestion(' r.example.com/v ', 'mtv')).toMatchObject({
    verb: 'create',
    kind: 'imageStreamImports',
    object: {
      metadata: { namespace: 'mtv' },
      spec: { import: false, images: [{ from: { kind: 'DockerImage', name: 'r.example.com/v' } }] },
    },
  });
});

// Statuses as recorded from OpenShift 4.22 (build-api.json, "import probe").
test.each<[string, ImportedImage, object, RegExp | undefined]>([
  ['copies', good({ Config: copying, Architecture: 'amd64' }), { state: 'good', pinned }, undefined],
  [
    'case 12: starts nginx',
    good({ Config: { Entrypoint: ['nginx', '-g', 'daemon off;'] }, Architecture: 'amd64' }),
    { state: 'doubtful' },
    /starts "nginx -g daemon off;".*to \/opt/,
  ],
  [
    'case 12: starts what UBI does',
    good({ Config: { Entrypoint: ['container-entrypoint'], Cmd: ['/usr/libexec/s2i/usage'] } }),
    { state: 'doubtful' },
    /starts "container-entrypoint/,
  ],
  [
    'case 12: copies to another folder',
    good({ Config: { Entrypoint: ['cp', '-r', '/vmware-vix-disklib-distrib', '/tmp'] } }),
    { state: 'doubtful' },
    /not in \/opt/,
  ],
  [
    'case 12: wears our label on another entry point',
    good({ Config: { Entrypoint: ['nginx'], Labels: { 'io.migration-prep.vddk.version': '8.0.3' } } }),
    { state: 'doubtful' },
    /starts "nginx"/,
  ],
  [
    'has a script as entry point, whatever it does',
    good({ Config: { Entrypoint: ['/copy.sh'] }, Architecture: 'amd64' }),
    { state: 'doubtful' },
    /script.*cannot see/,
  ],
  [
    'copies by a shell',
    good({ Config: { Entrypoint: ['/bin/sh', '-c'], Cmd: ['cp -r /vmware-vix-disklib-distrib /opt'] } }),
    { state: 'good', pinned },
    undefined,
  ],
  [
    'is for another architecture',
    good({ Config: copying, Architecture: 'arm64' }),
    { state: 'doubtful' },
    /built for arm64/,
  ],
  [
    'starts a shell',
    good({ Config: { Cmd: ['/bin/bash'] }, Architecture: 'amd64' }),
    { state: 'doubtful' },
    /no entry point/,
  ],
  ['starts nothing', good({ Config: {}, Architecture: 'amd64' }), { state: 'doubtful' }, /no entry point/],
  ['says nothing of itself', good({}), { state: 'doubtful' }, /does not show/],
  ['is not there', failed('NotFound'), { state: 'doubtful' }, /no such image/],
  ['needs a login', failed('Unauthorized'), { state: 'doubtful' }, /pull secret/],
  [
    'cannot be reached',
    failed('InternalError', 'Internal error occurred: r/x: dial tcp: no such host'),
    { state: 'doubtful' },
    /queried: r\/x: dial tcp: no such host/,
  ],
  ['has no status', {}, { state: 'unchecked' }, undefined],
])('an image that %s', (_, image, expected, words) => {
  const verdict = answer(image);
  expect(verdict).toMatchObject(expected);
  if (words && verdict.state === 'doubtful') expect(imageDoubtText(plainEnglish, verdict.doubt)).toMatch(words);
});

describe('case 5: a list of images', () => {
  const entry = (architecture: string, os = 'linux') => ({ digest: `sha256:${architecture}`, architecture, os });
  const listOf = (...dockerImageManifests: ReturnType<typeof entry>[]): ImportedImage => ({
    status: { status: 'Success' },
    image: {
      dockerImageReference: pinned,
      dockerImageMetadata: { kind: 'DockerImage', ContainerConfig: {} },
      dockerImageManifests,
    },
  });
  const amd64 = 'registry.example.com/vddk@sha256:amd64';

  test('is asked for as such, so that no architecture is left out', () => {
    expect(imageQuestion('r.example.com/v', 'mtv')).toMatchObject({
      object: { spec: { images: [{ importPolicy: { importMode: 'PreserveOriginal' } }] } },
    });
  });

  test.each<[string, ReturnType<typeof entry>[], object, RegExp | undefined]>([
    [
      'one architecture and its attestation',
      [entry('amd64'), entry('unknown', 'unknown')],
      { state: 'list', entry: amd64, pinned },
      undefined,
    ],
    [
      'several architectures',
      [entry('arm64'), entry('s390x'), entry('amd64')],
      { state: 'list', entry: amd64, pinned },
      undefined,
    ],
    [
      'none for amd64',
      [entry('arm64'), entry('s390x'), entry('unknown', 'unknown')],
      { state: 'doubtful' },
      /a list for arm64, s390x\. It has no entry for amd64/,
    ],
    ['only attestations', [entry('unknown', 'unknown')], { state: 'doubtful' }, /no entry for Linux on amd64/],
    ['amd64 for Windows', [entry('amd64', 'windows')], { state: 'doubtful' }, /no entry for Linux/],
  ])('with %s', (_, entries, expected, words) => {
    const verdict = answer(listOf(...entries));
    expect(verdict).toMatchObject(expected);
    if (words && verdict.state === 'doubtful') expect(imageDoubtText(plainEnglish, verdict.doubt)).toMatch(words);
  });

  test.each<[string, ImportedImage, object]>([
    ['good: the list is', good({ Config: copying, Architecture: 'amd64' }), { state: 'good', pinned }],
    [
      'something else',
      good({ Config: { Entrypoint: ['nginx'] }, Architecture: 'amd64' }),
      { state: 'doubtful', doubt: { code: 'OtherCommand' } },
    ],
    ['gone', failed('NotFound'), { state: 'doubtful', doubt: { code: 'NotFound' } }],
  ])('whose entry for amd64 is %s', (_, image, expected) => {
    const list = answer(listOf(entry('amd64')));
    if (list.state !== 'list') throw new Error('no list');
    expect(readEntry(list, ok({ metadata: { name: 'x' }, status: { images: [image] } } as KubeObject))).toMatchObject(
      expected,
    );
  });
});

test.each([
  ['by its path', { Entrypoint: ['/bin/sh'] }],
  ['as command', { Cmd: ['bash'] }],
  ['with options', { Entrypoint: ['/bin/bash', '-l'] }],
  ['that is to run a script, and has none', { Entrypoint: ['/bin/sh', '-c'] }],
  ['that only sets options', { Entrypoint: ['sh', '-c'], Cmd: ['set -e'] }],
  ['of busybox', { Entrypoint: ['busybox', 'sh'] }],
])('a bare shell %s is no VDDK image, whatever is in its layers', (_, config) => {
  expect(answer(good({ Config: config, Architecture: 'amd64' }))).toEqual({
    state: 'doubtful',
    doubt: { code: 'NoEntryPoint' },
  });
});

test.each<[ClusterFailure['code'], string]>([
  ['KindAbsent', 'unchecked'],
  ['Forbidden', 'unchecked'],
  ['Unreachable', 'unchecked'],
  ['Invalid', 'doubtful'],
])('a cluster that answers %s leaves the image %s', (code, state) => {
  expect(readAnswer(err({ code, message: 'invalid reference format' })).state).toBe(state);
});
