import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryBuilds } from '../../../cluster/memory-builds';
import { memoryCluster } from '../../../cluster/memory-cluster';
import type { Services } from '../../../cluster/services';
import type { Build } from '../../../domain/objects';
import { err, ok } from '../../../domain/result';
import { renderStep } from '../../render-step';
import { VddkStep } from './VddkStep';

const mtv = 'openshift-mtv';
const digest = `sha256:${'ab'.repeat(32)}`;
const repository = `image-registry.openshift-image-registry.svc:5000/${mtv}/migration-prep-vddk`;
const built = { phase: 'Complete', outputDockerImageReference: `${repository}:8.0.3`, output: { to: { imageDigest: digest } } };
const image = `${repository}@${digest}`;
const archive = { version: '8.0.3', build: '23950268', library: 'libvixDiskLib.so.8', files: 38, unpackedBytes: 2 ** 26, warnings: [] };
const file = new File([new Uint8Array(1000)], 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz');
const idle = [
  { type: 'Running', status: 'True', reason: 'Successful' },
  { type: 'Successful', status: 'True' },
];

const world = (inspect: Services['inspectArchive'] = () => Promise.resolve(ok(archive))) => {
  const cluster = memoryCluster(mtv, 'images', 'vms');
  cluster.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: mtv }, spec: {}, status: { conditions: idle } });
  const builds = memoryBuilds(cluster);
  const open = (project?: string) =>
    renderStep(<VddkStep />, {
      cluster,
      ...(project !== undefined && { project }),
      services: { inspectArchive: inspect, uploadArchive: builds.uploadArchive, followBuildLog: builds.followBuildLog },
    });
  return { cluster, builds, open };
};
type World = ReturnType<typeof world>;
const choose = async ({ user }: ReturnType<World['open']>) => {
  await user.upload(screen.getByLabelText('Archive from VMware'), file);
};
const upload = async (view: ReturnType<World['open']>) => {
  await choose(view);
  await screen.findByText('VDDK 8.0.3, build 23950268');
  await view.user.click(screen.getByRole('button', { name: 'Upload and build' }));
};
const stage = (name: RegExp) => within(screen.getByRole('list', { name: 'From the archive to MTV' })).getByRole('listitem', { name });
const imageOf = ({ cluster }: World) => cluster.all('forkliftControllers')[0]?.spec?.vddk_image;
const becomes = async (change: () => void) => {
  await act(async () => {
    change();
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  });
};

describe('The archive from VMware', () => {
  test('becomes the image that MTV uses, step by step', async () => {
    const here = world();
    const { cluster, builds } = here;
    const view = here.open('vms');
    expect(screen.getByRole('radio', { name: 'Upload the archive from VMware' })).toBeChecked();
    await choose(view);
    expect(await screen.findByText(/libvixDiskLib.so.8 for Linux on x86-64; 38 files, 64.0 MiB unpacked/)).toBeVisible();
    expect(await axe(view.container)).toHaveNoViolations();
    await view.user.click(screen.getByRole('button', { name: 'Upload and build' }));

    expect(await screen.findByText('Waiting until a node runs the build pod.')).toBeVisible();
    expect(stage(/Upload the archive: Under way/)).toBeVisible();
    await becomes(builds.run);
    expect(screen.getByRole('progressbar', { name: 'Upload of the archive' })).toHaveAttribute('aria-valuenow');
    expect(await axe(view.container)).toHaveNoViolations();
    const leaving = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(true);

    await becomes(builds.take);
    expect(stage(/Build the image: Under way/)).toBeVisible();
    await becomes(() => {
      builds.log('STEP 1/5: FROM ubi9\nSTEP');
      builds.log(' 2/5: COPY');
    });
    expect(screen.getByRole('log', { name: 'Log of the build' })).toHaveTextContent('STEP 1/5: FROM ubi9 STEP 2/5: COPY');
    expect(await axe(view.container)).toHaveNoViolations();
    const later = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(later);
    expect(later.defaultPrevented).toBe(false);

    await becomes(() => {
      builds.become(built);
    });
    expect(await screen.findByText('The image is built, and MTV works with it')).toBeVisible();
    expect(stage(/Roll out in MTV: Done/)).toBeVisible();
    expect(imageOf(here)).toBe(image);
    expect(cluster.all('roleBindings').map(({ metadata }) => metadata.name)).toEqual(['migration-prep-vddk-vms']);
    expect(cluster.all('buildConfigs')[0]?.spec?.output?.to?.name).toBe('migration-prep-vddk:8.0.3');
    await view.user.click(screen.getByRole('button', { name: 'Upload another archive' }));
    expect(screen.getByRole('button', { name: 'Upload and build' })).toBeVisible();
    expect(screen.queryByText(/MTV does not use it/)).toBeNull();
  });

  test('is refused where it is chosen, and nothing is sent', async () => {
    const here = world(() => Promise.resolve(err({ code: 'WindowsZip' })));
    const view = here.open();
    await view.user.click(screen.getByRole('button', { name: 'Upload and build' }));
    expect(screen.getByRole('button', { name: 'Choose archive' })).toHaveFocus();
    expect(screen.getByText('Choose the archive first.')).toBeVisible();
    await choose(view);
    expect(await screen.findByText(/VDDK for Windows/)).toBeVisible();
    expect(await axe(view.container)).toHaveNoViolations();
    await view.user.click(screen.getByRole('button', { name: 'Upload and build' }));
    expect(here.cluster.writes).toEqual([]);
  });

  test('can be dropped, and its image kept elsewhere, on another base', async () => {
    const here = world();
    const view = here.open();
    await view.user.click(screen.getByRole('button', { name: /Advanced/ }));
    await view.user.type(screen.getByRole('textbox', { name: 'Project of the image' }), 'images');
    await view.user.type(screen.getByRole('textbox', { name: 'Base image' }), 'ubi');
    // Whoever takes a drop says so by preventing the default of what goes before it.
    expect(fireEvent.dragOver(screen.getByText('or drop it here'))).toBe(false);
    fireEvent.drop(screen.getByText('or drop it here'), { dataTransfer: { files: [file] } });
    expect(await screen.findByText('VDDK 8.0.3, build 23950268')).toBeVisible();
    await view.user.click(screen.getByRole('button', { name: 'Upload and build' }));
    expect(screen.getByRole('textbox', { name: 'Base image' })).toHaveAccessibleDescription(/Begin with the registry/);
    expect(here.cluster.writes).toEqual([]);
    await view.user.clear(screen.getByRole('textbox', { name: 'Base image' }));
    await view.user.type(screen.getByRole('textbox', { name: 'Base image' }), 'mirror.example.com/ubi9:1');
    await view.user.click(screen.getByRole('button', { name: 'Upload and build' }));
    await waitFor(() => {
      expect(here.cluster.all('builds')[0]?.metadata.namespace).toBe('images');
    });
    expect(here.cluster.all('buildConfigs')[0]?.spec?.source?.dockerfile).toMatch(/^FROM mirror.example.com\/ubi9:1\n/);
  });
});

describe('Before anything is sent', () => {
  test('every right that is missing is named', async () => {
    const here = world();
    here.cluster.forbid('create', 'buildConfigs', 'instantiatebinary');
    here.cluster.forbid('patch', 'forkliftControllers');
    await upload(here.open());
    const alert = await screen.findByText(/You may not create buildconfigs\/instantiatebinary in openshift-mtv/);
    expect(alert).toHaveTextContent('You may not patch forkliftcontrollers in openshift-mtv.');
    expect(here.cluster.writes).toEqual([]);
  });

  test('a cluster without registry is told so, and nothing is left on it', async () => {
    const here = world();
    here.cluster.removeRegistry();
    await upload(here.open());
    expect(await screen.findByText(/This cluster has no image registry/)).toBeVisible();
    expect(here.cluster.writes).toEqual([]);
  });

  test('a cluster without Build API is told so, and another choice is made', () => {
    const here = world();
    here.cluster.uninstall('builds');
    here.cluster.uninstall('buildConfigs');
    here.open();
    expect(screen.getByRole('radio', { name: 'An image that exists' })).toBeChecked();
  });

  test("somebody else's ImageStream is left alone", async () => {
    const here = world();
    here.cluster.put('imageStreams', { metadata: { name: 'migration-prep-vddk', namespace: mtv } });
    await upload(here.open());
    expect(await screen.findByText(/was not created by Migration Prep/)).toBeVisible();
    expect(here.cluster.writes).toEqual([]);
  });
});

describe('An upload', () => {
  const started = async (here: World) => {
    const view = here.open();
    await upload(view);
    await screen.findByText('Waiting until a node runs the build pod.');
    return view;
  };

  test('that is cancelled leaves a cancelled build and no image', async () => {
    const here = world();
    const { user } = await started(here);
    await becomes(here.builds.run);
    await user.click(screen.getByRole('button', { name: 'Cancel upload' }));
    expect(await screen.findByText(/You cancelled it/)).toBeVisible();
    expect(here.cluster.all('builds').map(({ status }) => status?.cancelled)).toEqual([true]);
    expect(imageOf(here)).toBeUndefined();
  });

  test.each<[string, (here: World) => void, RegExp]>([
    ['breaks off', ({ builds }) => { builds.cut(); }, /connection broke off/],
    ['finds no running pod in time', ({ builds }) => { builds.timeOut(); }, /within 5 minutes/],
    ['finds a build that fails', ({ builds }) => { builds.become({ phase: 'Failed', reason: 'PullBuilderImageFailed' }); }, /base image could not be pulled/],
  ])('that %s says so, and can be retried to the end', async (_, happens, words) => {
    const here = world();
    const { user } = await started(here);
    await becomes(() => {
      happens(here);
    });
    expect(await screen.findByText(words)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => {
      expect(here.cluster.all('builds')).toHaveLength(2);
    });
    await becomes(here.builds.run);
    await becomes(here.builds.take);
    await becomes(() => {
      here.builds.become(built);
    });
    expect(await screen.findByText('The image is built, and MTV works with it')).toBeVisible();
    expect(imageOf(here)).toBe(image);
  });

  test('whose answer is lost is found on the cluster, not repeated', async () => {
    const here = world();
    await started(here);
    await becomes(here.builds.run);
    await becomes(here.builds.lose);
    expect(stage(/Build the image: Under way/)).toBeVisible();
    await becomes(() => {
      here.builds.become(built);
    });
    expect(await screen.findByText('The image is built, and MTV works with it')).toBeVisible();
    expect(here.cluster.all('builds')).toHaveLength(1);
  });

  test.each([
    [401, /Sign in again/],
    [403, /create buildconfigs\/instantiatebinary/],
    [404, /deleted the BuildConfig/],
    [413, /\(413\)/],
    [429, /busy/],
    [500, /could not do it/],
    [0, /connection broke off/],
  ])('answered by %d says what to do, and can be retried', async (status, words) => {
    const here = world();
    here.builds.refuse(status);
    const view = here.open();
    await upload(view);
    expect(await screen.findByText(words)).toBeVisible();
    expect(here.cluster.all('builds')).toEqual([]);
    await view.user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('Waiting until a node runs the build pod.')).toBeVisible();
  });

  test('goes on while another page of the console is open', async () => {
    const here = world();
    const { unmount } = await started(here);
    await becomes(here.builds.run);
    unmount();
    here.builds.take();
    await becomes(() => undefined);
    here.open();
    expect(stage(/Build the image: Under way/)).toBeVisible();
  });

  test('into an MTV that somebody gave another image meanwhile leaves theirs, and asks', async () => {
    const here = world();
    await started(here);
    await becomes(here.builds.run);
    await becomes(here.builds.take);
    const controller = here.cluster.all('forkliftControllers')[0];
    if (!controller) throw new Error('no ForkliftController');
    await becomes(() => {
      here.cluster.put('forkliftControllers', { ...controller, spec: { vddk_image: 'registry.example.com/theirs' } });
      here.builds.become(built);
    });
    expect(await screen.findByText(/Somebody has set another image meanwhile: registry.example.com\/theirs/)).toBeVisible();
    expect(imageOf(here)).toBe('registry.example.com/theirs');
  });
});

describe('A page that is opened again', () => {
  const build = (status: Build['status'], here = world()): World => {
    here.cluster.put('builds', {
      metadata: {
        name: 'migration-prep-vddk-1',
        namespace: mtv,
        labels: { 'app.kubernetes.io/managed-by': 'migration-prep', buildconfig: 'migration-prep-vddk' },
        annotations: { 'openshift.io/build.number': '1' },
      },
      spec: { output: { to: { name: 'migration-prep-vddk:8.0.3' } } },
      ...(status && { status }),
    });
    return here;
  };

  test('follows a build that runs, and can cancel it', async () => {
    const here = build({ phase: 'Running' });
    here.builds.log('STEP 1/5');
    const { user, container } = here.open();
    expect(stage(/Build the image: Under way/)).toBeVisible();
    expect(await screen.findByRole('log')).toHaveTextContent('STEP 1/5');
    expect(screen.queryByRole('button', { name: 'Upload and build' })).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Cancel build' }));
    expect(await screen.findByText(/The build was cancelled/)).toBeVisible();
    expect(here.cluster.all('builds')[0]?.status?.cancelled).toBe(true);
    expect(screen.getByRole('button', { name: 'Upload and build' })).toBeVisible();
  });

  test('offers an image that is built and not set', async () => {
    const here = build(built);
    const { user, container } = here.open();
    expect(screen.getByText('VDDK 8.0.3 was built from an archive, and MTV does not use it')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Use this image' }));
    expect(await screen.findByText('The image is built, and MTV works with it')).toBeVisible();
    expect(imageOf(here)).toBe(image);
  });

  test('asks the ImageStream when the build does not know its digest', () => {
    const here = build({ ...built, output: { to: { imageDigest: '' } } });
    expect(here.cluster.all('imageStreams')).toEqual([]);
    here.cluster.put('imageStreams', {
      metadata: { name: 'migration-prep-vddk', namespace: mtv },
      status: { tags: [{ tag: '8.0.3', items: [{ dockerImageReference: image, image: digest }] }] },
    });
    here.open();
    expect(screen.getByText(image)).toBeVisible();
  });

  test.each<[Build['status'], RegExp]>([
    [{ phase: 'Cancelled' }, /The build was cancelled/],
    [{ phase: 'Failed', reason: 'PushImageToRegistryFailed', logSnippet: 'no space left' }, /could not be pushed/],
  ])('says why there is no image, and asks for the archive again: %#', async (status, words) => {
    const { container } = build(status).open();
    expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Choose archive' })).toBeVisible();
    if (status?.logSnippet !== undefined) expect(screen.getByRole('log')).toHaveTextContent('no space left');
    expect(await axe(container)).toHaveNoViolations();
  });

  test('gives the project of the virtual machines the right to pull that it lacks', async () => {
    const here = build(built);
    here.cluster.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: mtv }, spec: { vddk_image: image } });
    const { user } = here.open('vms');
    await user.click(screen.getByRole('button', { name: 'Let it pull' }));
    await waitFor(() => {
      expect(screen.queryByRole('button', { name: 'Let it pull' })).toBeNull();
    });
    expect(here.cluster.all('roleBindings')[0]?.subjects?.[0]?.name).toBe('system:serviceaccounts:vms');
  });
});
