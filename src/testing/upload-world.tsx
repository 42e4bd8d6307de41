import { act, screen, within } from '@testing-library/react';
import { memoryBuilds } from './memory-builds';
import { memoryCluster } from './memory-cluster';
import type { Services } from '../cluster/services';
import { ok } from '../domain/result';
import { renderStep } from './render-step';
import { fetchAhead } from '../wizard/parts/use-on-demand';
import { loadBuildLog } from '../wizard/steps/vddk/log-on-demand';
import { loadImageCards, loadJobPanel, loadStoppedJob, loadVddkForm } from '../wizard/steps/vddk/on-demand';
import { VddkStep } from '../wizard/steps/vddk/VddkStep';

/** MTV's project. */
export const mtv = 'openshift-mtv';
/** Of the image that the build makes. */
export const digest = `sha256:${'ab'.repeat(32)}`;
const repository = `image-registry.openshift-image-registry.svc:5000/${mtv}/migration-prep-vddk`;
/** The status of a build that is through, and the image it made. */
export const built = {
  phase: 'Complete',
  outputDockerImageReference: `${repository}:8.0.3`,
  output: { to: { imageDigest: digest } },
};
/** The image that the build makes, as it is set in the end. */
export const image = `${repository}@${digest}`;
const archive = {
  version: '8.0.3',
  build: '23950268',
  library: 'libvixDiskLib.so.8',
  files: 38,
  unpackedBytes: 2 ** 26,
  warnings: [],
};
/** The file that a user chooses; what is in it, a spec says. */
export const file = new File([new Uint8Array(1000)], 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz');
const idle = [
  { type: 'Running', status: 'True', reason: 'Successful' },
  { type: 'Successful', status: 'True' },
];

/** A cluster with MTV and the build API, and the step to be opened over it, as often as a spec likes. */
export const world = (inspect: Services['inspectArchive'] = () => Promise.resolve(ok(archive))) => {
  const cluster = memoryCluster(mtv, 'images', 'vms');
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv },
    spec: {},
    status: { conditions: idle },
  });
  // The base image is there.
  cluster.answerImports(() => ({ status: { status: 'Success' } }));
  const builds = memoryBuilds(cluster);
  /** The versions of vSphere that MTV's inventory tells, by the UID of the Provider. */
  const vsphere = new Map<string, string>();
  const open = (project?: string) =>
    renderStep(<VddkStep />, {
      cluster,
      ...(project !== undefined && { project }),
      services: {
        fetchVsphereVersion: (uid) => Promise.resolve(vsphere.get(uid)),
        inspectArchive: inspect,
        uploadArchive: builds.uploadArchive,
        followBuildLog: builds.followBuildLog,
      },
    });
  return { cluster, builds, vsphere, open };
};
/** What only some ever see of the step, fetched before it is looked for. */
export const loadParts = async (): Promise<void> => {
  await Promise.all([
    fetchAhead(loadVddkForm),
    fetchAhead(loadJobPanel),
    fetchAhead(loadBuildLog),
    fetchAhead(loadImageCards),
    fetchAhead(loadStoppedJob),
  ]);
};
/** What `world` answers. */
export type World = ReturnType<typeof world>;
/** Chooses the archive. */
export const choose = async ({ user, container }: ReturnType<World['open']>) => {
  const input = container.querySelector<HTMLElement>('input[type=file]');
  if (!input) throw new Error('No file can be chosen.');
  await user.upload(input, file);
};
/** Chooses the archive and begins. */
export const upload = async (view: ReturnType<World['open']>) => {
  await choose(view);
  await screen.findByText('VDDK 8.0.3, build 23950268');
  await view.user.click(screen.getByRole('button', { name: 'Upload and build' }));
};
/** Opens the step, chooses the archive and begins; answers when there is a build. */
export const started = async (here: World) => {
  const view = here.open();
  await upload(view);
  await screen.findByText('Waiting for a node to run the build pod.');
  return view;
};
/** A stage of the way, by name and state. */
export const stage = (name: RegExp) =>
  within(screen.getByRole('list', { name: 'From the archive to MTV' })).getByRole('listitem', { name });
/** The image MTV uses. */
export const imageOf = ({ cluster }: World) => cluster.all('forkliftControllers')[0]?.spec?.vddk_image;
/** Lets something happen, and the page notice it. */
export const becomes = async (change: () => void) => {
  await act(async () => {
    change();
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  });
};
