import type { ClusterFailure } from '../failure';
import { plainEnglish } from '../translate';
import { buildRights, missingRightText } from './build-rights';
import { stagesAt, stageStateText, stageText } from './stages';
import { checkUploadDraft, uploadDraftProblemText } from './upload-draft';
import { mayHaveArrived, readUploadFailure } from './upload-failure';
import { uploadFailureText } from './upload-failure-text';
import { advance, noProgress, progressText, rateOf, secondsLeft, sizeText } from './upload-progress';

const failure = (code: ClusterFailure['code'], message = ''): ClusterFailure => ({
  code,
  message,
  kind: 'buildConfigs',
  verb: 'create',
  name: 'migration-prep-vddk',
  namespace: 'openshift-mtv',
});

describe('a refused upload', () => {
  // The messages of the 400s are those recorded from OpenShift 4.22 (build-api.json).
  test.each<[number, ClusterFailure, string, RegExp, boolean]>([
    [
      400,
      failure(
        'Invalid',
        'build migration-prep-vddk-3 failed: DockerBuildFailed: Dockerfile build strategy has failed.',
      ),
      'BuildEnded',
      /DockerBuildFailed/,
      true,
    ],
    [
      400,
      failure('Invalid', 'build migration-prep-vddk-4 encountered an error: No logs are available.'),
      'BuildEnded',
      /an error/,
      true,
    ],
    [
      400,
      failure('Invalid', 'build migration-prep-vddk-5 was cancelled: No logs are available.'),
      'BuildEnded',
      /was cancelled/,
      true,
    ],
    [
      400,
      failure('Invalid', 'build migration-prep-vddk-6 was deleted before it started: No logs are available.'),
      'BuildEnded',
      /was deleted/,
      true,
    ],
    [
      400,
      failure('Invalid', 'unable to wait for build migration-prep-vddk-8 to run: timed out waiting for the condition'),
      'TimedOut',
      /5 minutes/,
      true,
    ],
    [
      400,
      failure('Invalid', "can't instantiate from BuildConfig demo/migration-prep-vddk: BuildConfig is paused"),
      'Paused',
      /paused/,
      false,
    ],
    [400, failure('Invalid', 'something else'), 'Refused', /did not accept.*something else/, false],
    [401, failure('SessionExpired'), 'Refused', /Sign in again/, false],
    [403, failure('Forbidden'), 'Refused', /create buildconfigs\/instantiatebinary/, false],
    [
      404,
      failure('NotFound', 'buildconfigs.build.openshift.io "migration-prep-vddk" not found'),
      'ConfigGone',
      /Retry to create it again/,
      false,
    ],
    [404, failure('KindAbsent'), 'Refused', /does not know BuildConfig/, false],
    [413, failure('ServerError'), 'TooLarge', /413/, false],
    [429, failure('TooManyRequests'), 'Refused', /busy/, false],
    [500, failure('ServerError', 'pods "migration-prep-vddk-7-build" not found'), 'Refused', /not found/, true],
    [0, failure('Unreachable'), 'Refused', /connection was lost/, true],
  ])('%d: %p', (status, refused, code, words, arrived) => {
    const read = readUploadFailure(status, refused);
    expect(read.code).toBe(code);
    expect(uploadFailureText(plainEnglish, read)).toMatch(words);
    expect(mayHaveArrived(read)).toBe(arrived);
  });
});

describe('progress', () => {
  const mebibyte = 1024 * 1024;
  test('tells rate and time left from the last seconds only', () => {
    let progress = noProgress(20 * mebibyte);
    expect(progressText(plainEnglish, progress)).toBe('Sending 20.0 MiB');
    progress = advance(progress, 0, 1000);
    expect(progressText(plainEnglish, progress)).toBe('0 KiB of 20.0 MiB');
    // Fast at first: that is forgotten after five seconds.
    progress = advance(progress, 8 * mebibyte, 2000);
    for (let second = 3; second <= 8; second += 1) progress = advance(progress, (second + 6) * mebibyte, second * 1000);
    expect(rateOf(progress)).toBe(mebibyte);
    expect(secondsLeft(progress)).toBe(6);
    expect(progressText(plainEnglish, progress)).toBe('14.0 MiB of 20.0 MiB, 1.0 MiB per second, about 6 seconds left');
    expect(progressText(plainEnglish, advance(progress, 21 * mebibyte, 9000))).toBe(
      '20.0 MiB sent; waiting for the build to receive it',
    );
  });

  test('tells no rate while nothing moves, and minutes when it takes long', () => {
    let progress = advance(advance(noProgress(1000 * mebibyte), mebibyte, 0), mebibyte, 4000);
    expect(rateOf(progress)).toBeUndefined();
    progress = advance(progress, 5 * mebibyte, 4100);
    expect(progressText(plainEnglish, progress)).toMatch(/about 17 minutes left$/);
    expect(sizeText(plainEnglish, 1536)).toBe('2 KiB');
  });
});

test('a right is asked for by every write, and named as a role would', () => {
  const rights = buildRights({ project: 'images', target: 'vms' }, 'openshift-mtv').map((right) =>
    missingRightText(plainEnglish, right),
  );
  expect(rights).toEqual(
    expect.arrayContaining([
      'You are not permitted to create imagestreams in images.',
      'You are not permitted to create buildconfigs in images.',
      'You are not permitted to create buildconfigs/instantiatebinary in images.',
      'You are not permitted to create rolebindings in images.',
      'You are not permitted to patch forkliftcontrollers in openshift-mtv.',
    ]),
  );
  expect(
    buildRights({ project: 'images', target: '' }, 'openshift-mtv').some(({ kind }) => kind === 'roleBindings'),
  ).toBe(false);
});

test('case 4: the right to patch Providers is asked for when the image is set at them', () => {
  const providers = [{ name: 'vc', namespace: 'elsewhere', before: '' }];
  const rights = buildRights({ project: 'images', target: '', providers }, 'openshift-mtv').map((right) =>
    missingRightText(plainEnglish, right),
  );
  expect(rights).toContain('You are not permitted to patch providers in elsewhere.');
});

test('stages before are done, stages after are to come', () => {
  expect(stagesAt('upload', true).map(({ state }) => state)).toEqual([
    'done',
    'done',
    'failed',
    'pending',
    'pending',
    'pending',
  ]);
  expect(stagesAt('rollout').at(-1)?.state).toBe('current');
  for (const { stage, state } of stagesAt('over')) {
    expect(state).toBe('done');
    expect(stageText[stage](plainEnglish)).not.toBe('');
    expect(stageStateText[state](plainEnglish)).toBe('Done');
  }
});

test('a draft lacks what it lacks', () => {
  const archive = { version: '8.0.3', library: 'libvixDiskLib.so.8', files: 1, unpackedBytes: 1, warnings: [] };
  expect(checkUploadDraft({ archive, project: '', target: '', baseImage: '' })).toEqual([]);
  const problems = checkUploadDraft({ archive: undefined, project: 'A', target: 'b_c', baseImage: 'ubi' });
  expect(problems.map(({ field }) => field)).toEqual(['archive', 'target', 'project', 'base-image']);
  for (const problem of problems) expect(uploadDraftProblemText(plainEnglish, problem)).not.toBe('');
});
