import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { Build } from '../../../domain/objects';
import { built, digest, image, loadParts, imageOf, mtv, stage, world } from '../../../testing/upload-world';
import type { World } from '../../../testing/upload-world';

beforeAll(loadParts);

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
    expect(await screen.findByRole('log')).toHaveTextContent('STEP 1/5');
    expect(stage(/Build the image: In progress/)).toBeVisible();
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
    expect(await screen.findByText('VDDK 8.0.3 was built from an archive, but MTV does not use it')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Use this image' }));
    expect(await screen.findByText('The image is built, and MTV uses it')).toBeVisible();
    expect(imageOf(here)).toBe(image);
  });

  test('asks the ImageStream when the build does not know its digest', async () => {
    const here = build({ ...built, output: { to: { imageDigest: '' } } });
    expect(here.cluster.all('imageStreams')).toEqual([]);
    here.cluster.put('imageStreams', {
      metadata: { name: 'migration-prep-vddk', namespace: mtv },
      status: { tags: [{ tag: '8.0.3', items: [{ dockerImageReference: image, image: digest }] }] },
    });
    here.open();
    expect(await screen.findByText(image)).toBeVisible();
  });

  test.each<[Build['status'], RegExp]>([
    [{ phase: 'Cancelled' }, /The build was cancelled/],
    [{ phase: 'Failed', reason: 'PushImageToRegistryFailed', logSnippet: 'no space left' }, /could not be pushed/],
  ])('says why there is no image, and asks for the archive again: %#', async (status, words) => {
    const here = build(status);
    here.builds.log('STEP 1/5');
    const { container, user } = here.open();
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Choose archive' })).toBeVisible();
    if (status?.logSnippet !== undefined) expect(await screen.findByRole('log')).toHaveTextContent('no space left');
    expect(await axe(container)).toHaveNoViolations();
    if (status?.logSnippet === undefined) return;
    await user.click(screen.getByRole('button', { name: 'Show the whole log' }));
    expect(await screen.findByText('STEP 1/5')).toBeVisible();
  });

  test('gives the project of the virtual machines the right to pull that it lacks', async () => {
    const here = build(built);
    here.cluster.put('forkliftControllers', {
      metadata: { name: 'forklift-controller', namespace: mtv },
      spec: { vddk_image: image },
    });
    const { user } = here.open('vms');
    await user.click(await screen.findByRole('button', { name: 'Allow it to pull the image' }));
    await waitFor(() => {
      expect(screen.queryByRole('button', { name: 'Allow it to pull the image' })).toBeNull();
    });
    expect(here.cluster.all('roleBindings')[0]?.subjects?.[0]?.name).toBe('system:serviceaccounts:vms');
  });
});
