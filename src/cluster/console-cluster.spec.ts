import { k8sDelete } from '@openshift-console/dynamic-plugin-sdk';
import { consoleCluster } from './console-cluster';

jest.mock('@openshift-console/dynamic-plugin-sdk', () => ({ k8sDelete: jest.fn(() => Promise.resolve({})) }));

const deletion = { verb: 'delete', kind: 'providers', name: 'vc', namespace: 'mtv', uid: '1' } as const;

test.each([
  [true, { dryRun: ['All'] }],
  [false, {}],
])(
  'a deletion as a dry run (%p) says so where the API server reads it: in the body, because there is one',
  async (dryRun, more) => {
    await consoleCluster.apply(deletion, { dryRun });
    const [options] = jest.mocked(k8sDelete).mock.calls.at(-1) ?? [];
    expect(options?.json).toEqual({ kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid: '1' }, ...more });
  },
);
