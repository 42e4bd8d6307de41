import { fireEvent, screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import { err } from '../../../domain/result';
import {
  becomes,
  built,
  choose,
  file,
  image,
  loadParts,
  imageOf,
  mtv,
  stage,
  started,
  upload,
  world,
} from '../../../testing/upload-world';
import type { World } from '../../../testing/upload-world';

beforeAll(loadParts);

describe('The archive from VMware', () => {
  test('becomes the image that MTV uses, step by step', async () => {
    const here = world();
    const { cluster, builds } = here;
    const view = here.open('vms');
    expect(screen.getByRole('radio', { name: 'Upload the archive from VMware' })).toBeChecked();
    await choose(view);
    expect(
      await screen.findByText(/libvixDiskLib.so.8 for Linux on x86-64; 38 files, 64.0 MiB unpacked/),
    ).toBeVisible();
    expect(await axe(view.container)).toHaveNoViolations();
    await view.user.click(screen.getByRole('button', { name: 'Upload and build' }));

    expect(await screen.findByText('Waiting for a node to run the build pod.')).toBeVisible();
    expect(stage(/Upload the archive: In progress/)).toBeVisible();
    await becomes(builds.run);
    expect(screen.getByRole('progressbar', { name: 'Upload of the archive' })).toHaveAttribute('aria-valuenow');
    expect(await axe(view.container)).toHaveNoViolations();
    const leaving = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(true);

    await becomes(builds.take);
    expect(stage(/Build the image: In progress/)).toBeVisible();
    await becomes(() => {
      builds.log('STEP 1/5: FROM ubi9\nSTEP');
      builds.log(' 2/5: COPY');
    });
    expect(screen.getByRole('log', { name: 'Log of the build' })).toHaveTextContent(
      'STEP 1/5: FROM ubi9 STEP 2/5: COPY',
    );
    expect(await axe(view.container)).toHaveNoViolations();
    const later = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(later);
    expect(later.defaultPrevented).toBe(false);

    await becomes(() => {
      builds.become(built);
    });
    expect(await screen.findByText('The image is built, and MTV uses it')).toBeVisible();
    expect(screen.queryByRole('list', { name: 'From the archive to MTV' })).toBeNull();
    expect(screen.queryByRole('radio')).toBeNull();
    expect(await axe(view.container)).toHaveNoViolations();
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
    await view.user.type(screen.getByRole('combobox', { name: 'Project of the image' }), 'images');
    await view.user.type(screen.getByRole('textbox', { name: 'Base image' }), 'ubi');
    // Whoever takes a drop says so by preventing the default of what goes before it.
    expect(fireEvent.dragOver(screen.getByText(/Drop the archive here/))).toBe(false);
    fireEvent.drop(screen.getByText(/Drop the archive here/), { dataTransfer: { files: [file], types: ['Files'] } });
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
    const alert = await screen.findByText(
      /You are not permitted to create buildconfigs\/instantiatebinary in openshift-mtv/,
    );
    expect(alert).toHaveTextContent('You are not permitted to patch forkliftcontrollers in openshift-mtv.');
    expect(here.cluster.writes).toEqual([]);
  });

  test('a cluster without registry is told so, and nothing is left on it', async () => {
    const here = world();
    here.cluster.switchRegistry(false);
    await upload(here.open());
    expect(await screen.findByText(/image registry of this cluster is not configured/)).toBeVisible();
    expect(here.cluster.writes).toEqual([]);
  });

  test('a cluster without Build API is told so, and another choice is made', () => {
    const here = world();
    here.cluster.uninstall('builds');
    here.cluster.uninstall('buildConfigs');
    here.open();
    expect(screen.getByRole('radio', { name: 'An existing image' })).toBeChecked();
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
    [
      'breaks off',
      ({ builds }) => {
        builds.cut();
      },
      /connection was lost/,
    ],
    [
      'finds no running pod in time',
      ({ builds }) => {
        builds.timeOut();
      },
      /within 5 minutes/,
    ],
    [
      'finds a build that fails',
      ({ builds }) => {
        builds.become({ phase: 'Failed', reason: 'PullBuilderImageFailed' });
      },
      /base image could not be pulled/,
    ],
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
    expect(await screen.findByText('The image is built, and MTV uses it')).toBeVisible();
    expect(imageOf(here)).toBe(image);
  });

  test('finds no service account to build with, and says which', async () => {
    const here = world();
    here.builds.refuse(
      500,
      'error getting push/pull secrets for service account openshift-mtv/builder: serviceaccounts "builder" not found',
    );
    await upload(here.open());
    expect(await screen.findByText(/Project openshift-mtv has no service account "builder"/)).toBeVisible();
  });

  test('whose answer is lost is found on the cluster, not repeated', async () => {
    const here = world();
    await started(here);
    await becomes(here.builds.run);
    await becomes(here.builds.lose);
    expect(stage(/Build the image: In progress/)).toBeVisible();
    await becomes(() => {
      here.builds.become(built);
    });
    expect(await screen.findByText('The image is built, and MTV uses it')).toBeVisible();
    expect(here.cluster.all('builds')).toHaveLength(1);
  });

  test.each([
    [401, /Sign in again/],
    [403, /create buildconfigs\/instantiatebinary/],
    [404, /deleted the BuildConfig/],
    [413, /\(413\)/],
    [429, /busy/],
    [500, /could not do this/],
    [0, /connection was lost/],
  ])('answered by %d says what to do, and can be retried', async (status, words) => {
    const here = world();
    here.builds.refuse(status);
    const view = here.open();
    await upload(view);
    expect(await screen.findByText(words)).toBeVisible();
    expect(here.cluster.all('builds')).toEqual([]);
    await view.user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('Waiting for a node to run the build pod.')).toBeVisible();
  });

  test('goes on while another page of the console is open', async () => {
    const here = world();
    const { unmount } = await started(here);
    await becomes(here.builds.run);
    unmount();
    here.builds.take();
    await becomes(() => undefined);
    here.open();
    expect(stage(/Build the image: In progress/)).toBeVisible();
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
    expect(await screen.findByText(/Meanwhile somebody set another image: registry.example.com\/theirs/)).toBeVisible();
    expect(imageOf(here)).toBe('registry.example.com/theirs');
  });
});
