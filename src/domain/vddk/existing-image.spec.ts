import type { ClusterFailure } from '../failure';
import type { ImportedImage, KubeObject } from '../objects';
import { err, ok } from '../result';
import { plainEnglish } from '../translate';
import { imageDoubtText, imageQuestion, readAnswer } from './existing-image';

const pinned = `registry.example.com/vddk@sha256:${'7b'.repeat(32)}`;
const answer = (image: ImportedImage) => readAnswer(ok({ metadata: { name: 'x' }, status: { images: [image] } } as KubeObject));
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
    object: { metadata: { namespace: 'mtv' }, spec: { import: false, images: [{ from: { kind: 'DockerImage', name: 'r.example.com/v' } }] } },
  });
});

// Statuses as recorded from OpenShift 4.22 (build-api.json, "import probe").
test.each<[string, ImportedImage, object, RegExp | undefined]>([
  ['copies', good({ Config: copying, Architecture: 'amd64' }), { state: 'good', pinned }, undefined],
  ['has a script as entry point', good({ Config: { Entrypoint: ['/copy.sh'] }, Architecture: 'amd64' }), { state: 'good', pinned }, undefined],
  ['copies by a shell', good({ Config: { Entrypoint: ['/bin/sh', '-c'], Cmd: ['cp -r /vmware-vix-disklib-distrib /opt'] } }), { state: 'good', pinned }, undefined],
  ['is for another architecture', good({ Config: copying, Architecture: 'arm64' }), { state: 'doubtful' }, /built for arm64/],
  ['starts a shell', good({ Config: { Cmd: ['/bin/bash'] }, Architecture: 'amd64' }), { state: 'doubtful' }, /no entry point/],
  ['says nothing of itself', good({}), { state: 'doubtful' }, /no entry point/],
  ['is not there', failed('NotFound'), { state: 'doubtful' }, /no such image/],
  ['needs a login', failed('Unauthorized'), { state: 'doubtful' }, /pull secret/],
  ['cannot be reached', failed('InternalError', 'Internal error occurred: r/x: dial tcp: no such host'), { state: 'doubtful' }, /asked: r\/x: dial tcp: no such host/],
  ['has no status', {}, { state: 'unchecked' }, undefined],
])('an image that %s', (_, image, expected, words) => {
  const verdict = answer(image);
  expect(verdict).toMatchObject(expected);
  if (words && verdict.state === 'doubtful') expect(imageDoubtText(plainEnglish, verdict.doubt)).toMatch(words);
});

test.each<[ClusterFailure['code'], string]>([
  ['KindAbsent', 'unchecked'],
  ['Forbidden', 'unchecked'],
  ['Unreachable', 'unchecked'],
  ['Invalid', 'doubtful'],
])('a cluster that answers %s leaves the image %s', (code, state) => {
  expect(readAnswer(err({ code, message: 'invalid reference format' })).state).toBe(state);
});
