import { act, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import {
  becomes,
  built,
  image,
  loadParts,
  imageOf,
  mtv,
  stage,
  started,
  upload,
  world,
} from '../../../testing/upload-world';

beforeAll(loadParts);

describe('An upload of which not everything can be seen', () => {
  test("goes on in sight, with its Cancel, while MTV's settings cannot be read", async () => {
    const here = world();
    const { container } = await started(here);
    await becomes(here.builds.run);
    const progress = screen.getByRole('progressbar', { name: 'Upload of the archive' });
    const cancel = screen.getByRole('button', { name: 'Cancel upload' });
    cancel.focus();
    act(() => {
      here.cluster.forbid('list', 'forkliftControllers');
    });
    expect(screen.queryByText('MTV uses this image')).toBeNull();
    expect(progress).toBeVisible();
    expect(cancel).toHaveFocus();
    act(() => {
      here.cluster.forbid('list', 'builds');
    });
    expect(progress).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    act(() => {
      here.cluster.permit('list', 'builds');
      here.cluster.permit('list', 'forkliftControllers');
    });
    expect(screen.getByRole('progressbar', { name: 'Upload of the archive' })).toBe(progress);
    await becomes(here.builds.take);
    await becomes(() => {
      here.builds.become(built);
    });
    expect(await screen.findByText('The image is built, and MTV uses it')).toBeVisible();
  });

  test("is not called failed when MTV's settings cannot be read at its end: it goes on when they can, or by Retry", async () => {
    const here = world();
    await started(here);
    await becomes(here.builds.run);
    await becomes(here.builds.take);
    await becomes(() => {
      here.cluster.forbid('list', 'forkliftControllers');
      here.builds.become(built);
    });
    expect(await screen.findByText('It is not known yet whether MTV uses the new image')).toBeVisible();
    expect(stage(/Build the image: Done/)).toBeVisible();
    expect(stage(/Set the image in MTV: In progress/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Retry' })).toBeVisible();
    act(() => {
      here.cluster.permit('list', 'forkliftControllers');
    });
    expect(await screen.findByText('The image is built, and MTV uses it')).toBeVisible();
    expect(imageOf(here)).toBe(image);
    expect(here.cluster.all('builds')).toHaveLength(1);
  });

  test('whose build cannot be looked at is found complete afterwards, and nothing is sent again', async () => {
    const here = world();
    await started(here);
    await becomes(here.builds.run);
    await becomes(() => {
      here.cluster.forbid('get', 'builds');
      here.builds.take();
    });
    // The job shows the build until it loses sight of it; from then on the cluster's list of builds does.
    await screen.findByRole('radiogroup', { name: 'Where VDDK comes from' });
    expect(await screen.findByText(/continues/)).toBeVisible();
    expect(screen.queryByText(/MTV does not use a new image/)).toBeNull();
    act(() => {
      here.builds.become(built);
      here.cluster.permit('get', 'builds');
    });
    expect(await screen.findByText('The image is built, and MTV uses it')).toBeVisible();
    expect(here.cluster.all('builds')).toHaveLength(1);
  });
});

describe('case 4: at a Provider of ours', () => {
  const provider = (name: string, labels?: Record<string, string>) => ({
    metadata: { name, namespace: mtv, ...(labels && { labels }) },
    spec: { type: 'vsphere', settings: { sdkEndpoint: 'vcenter' } },
  });

  test('the image is set as well, and the right for that is asked for beforehand', async () => {
    const here = world();
    here.cluster.put('providers', provider('ours', { 'app.kubernetes.io/managed-by': 'migration-prep' }));
    here.cluster.put('providers', provider('theirs'));
    here.cluster.forbid('patch', 'providers');
    const view = here.open();
    await upload(view);
    expect(await screen.findByText(/You are not permitted to patch providers in openshift-mtv/)).toBeVisible();
    expect(here.cluster.writes).toEqual([]);
    here.cluster.permit('patch', 'providers');
    await view.user.click(screen.getByRole('button', { name: 'Retry' }));
    await screen.findByText('Waiting for a node to run the build pod.');
    await becomes(here.builds.run);
    await becomes(here.builds.take);
    await becomes(() => {
      here.builds.become(built);
    });
    expect(await screen.findByText('The image is built, and MTV uses it')).toBeVisible();
    expect(here.cluster.all('providers').map(({ spec }) => spec?.settings?.vddkInitImage)).toEqual([image, undefined]);
  });
});
