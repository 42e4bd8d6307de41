import { err, ok } from '../result';
import { plainEnglish } from '../translate';
import { readBaseImage } from './base-image';
import { baseImageProblemText } from './base-image-text';

const answer = (image: object) =>
  ok({ metadata: { name: 'question' }, status: { images: [{ status: { status: 'Success' }, image }] } });
const failing = (reason: string) =>
  ok({
    metadata: { name: 'question' },
    status: { images: [{ status: { status: 'Failure', reason, message: 'no such host' } }] },
  });

test.each([
  ['that is there', answer({ dockerImageMetadata: { Architecture: 'amd64', Config: { Cmd: ['bash'] } } }), undefined],
  ['that starts nothing', answer({ dockerImageMetadata: { Architecture: 'amd64', Config: {} } }), undefined],
  ['that shows nothing', answer({}), undefined],
  ['for another processor', answer({ dockerImageMetadata: { Architecture: 'arm64' } }), 'WrongArchitecture'],
  ['list without amd64', answer({ dockerImageManifests: [{ digest: 'x', architecture: 's390x' }] }), 'NotForAmd64'],
  ['list with amd64', answer({ dockerImageManifests: [{ digest: 'x', architecture: 'amd64' }] }), undefined],
  ['that is not there', failing('NotFound'), 'NotFound'],
  ['that asks for a login', failing('Unauthorized'), 'Unauthorized'],
  ['whose registry does not answer', failing('InternalError'), 'Unreachable'],
  [
    'that cannot be asked for',
    err({ code: 'Forbidden', message: '', kind: 'imageStreamImports', verb: 'create' } as const),
    undefined,
  ],
])('a base image %s: %s', (_, seen, code) => {
  const problem = readBaseImage(seen);
  expect(problem?.code).toBe(code);
  if (problem) expect(baseImageProblemText(plainEnglish, 'r/ubi', problem)).toMatch(/r\/ubi.*disconnected cluster/);
});
