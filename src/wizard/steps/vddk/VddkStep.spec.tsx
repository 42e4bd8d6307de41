import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../cluster/memory-cluster';
import type { Condition } from '../../../domain/objects';
import { renderStep } from '../../render-step';
import { VddkStep } from './VddkStep';

const mtv = 'openshift-mtv';
const idle: Condition[] = [
  { type: 'Running', status: 'True', reason: 'Successful' },
  { type: 'Successful', status: 'True' },
];
const busy: Condition[] = [{ type: 'Running', status: 'True', reason: 'Running' }];
const world = (image?: string, conditions = idle) => {
  const cluster = memoryCluster(mtv);
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv },
    spec: image === undefined ? {} : { vddk_image: image },
    status: { conditions },
  });
  return cluster;
};
const chooseImage = (user: ReturnType<typeof renderStep>['user']) => user.click(screen.getByRole('radio', { name: 'An image that exists' }));
const field = () => screen.getByRole('textbox', { name: /Image/ });
const pinned = `registry.example.com/vddk@sha256:${'7b'.repeat(32)}`;
const good = {
  status: { status: 'Success' },
  image: {
    dockerImageReference: pinned,
    dockerImageMetadata: { Architecture: 'amd64', Config: { Entrypoint: ['cp', '-r', '/vmware-vix-disklib-distrib', '/opt'] } },
  },
};
const use = { name: 'Use this image' };
const imageOf = (cluster: ReturnType<typeof world>) => cluster.all('forkliftControllers')[0]?.spec?.vddk_image;

describe('VDDK', () => {
  test('sets an image that exists and shows it', async () => {
    const cluster = world();
    cluster.answerImports(() => good);
    const { user, container } = renderStep(<VddkStep />, { cluster });
    await chooseImage(user);
    await user.click(screen.getByRole('button', use));
    expect(field()).toHaveFocus();
    expect(field()).toHaveAccessibleDescription(/Enter the image/);
    await user.type(field(), 'registry.example.com/vddk:8.0.3');
    expect(field()).toHaveAccessibleDescription(/Better with a digest/);
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', use));
    expect(await screen.findByText(/MTV uses this image/)).toBeVisible();
    expect(imageOf(cluster)).toBe(pinned);
    expect(field()).toHaveValue('');
    expect(cluster.all('imageStreamImports')).toEqual([]);
  });

  test('says what speaks against an image, and sets it only when told to all the same', async () => {
    const cluster = world();
    const { user, container } = renderStep(<VddkStep />, { cluster });
    await chooseImage(user);
    await user.type(field(), 'registry.example.com/vddk:8.0.3');
    await user.click(screen.getByRole('button', use));
    expect(await screen.findByText(/no such host/)).toBeVisible();
    expect(imageOf(cluster)).toBeUndefined();
    expect(await axe(container)).toHaveNoViolations();
    await user.type(field(), '2');
    expect(screen.queryByText(/no such host/)).toBeNull();
    await user.click(screen.getByRole('button', use));
    await user.click(await screen.findByRole('button', { name: 'Use it all the same' }));
    expect(await screen.findByText(/MTV uses this image/)).toBeVisible();
    expect(imageOf(cluster)).toBe('registry.example.com/vddk:8.0.32');
  });

  test.each(['forbid', 'uninstall'] as const)('sets an image that could not be checked, and says so: %s', async (how) => {
    const cluster = world();
    if (how === 'forbid') cluster.forbid('create', 'imageStreamImports');
    else cluster.uninstall('imageStreamImports');
    const { user } = renderStep(<VddkStep />, { cluster });
    await chooseImage(user);
    await user.type(field(), 'registry.example.com/vddk:8.0.3');
    await user.click(screen.getByRole('button', use));
    expect(await screen.findByText(/The image was not checked/)).toBeVisible();
    expect(imageOf(cluster)).toBe('registry.example.com/vddk:8.0.3');
  });

  test('says what going without costs, and notes the choice with the Provider', async () => {
    const cluster = world();
    cluster.put('providers', { metadata: { name: 'vcenter', namespace: mtv }, spec: { type: 'vsphere' } });
    const { user, container } = renderStep(<VddkStep />, { cluster });
    await user.click(screen.getByRole('radio', { name: 'Continue without VDDK' }));
    expect(screen.getByText('Warm migration is not possible.')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Continue without VDDK' }));
    expect(await screen.findByText(/Noted with every vSphere provider/)).toBeVisible();
    expect(cluster.all('providers')[0]?.metadata.annotations).toEqual({ 'forklift.konveyor.io/empty-vddk-init-image': 'yes' });
  });

  test('going without needs a vCenter first', async () => {
    const { user } = renderStep(<VddkStep />, { cluster: world() });
    await user.click(screen.getByRole('radio', { name: 'Continue without VDDK' }));
    await user.click(screen.getByRole('button', { name: 'Continue without VDDK' }));
    expect(await screen.findByText(/Connect a vCenter first/)).toBeVisible();
  });

  test.each([
    [busy, /MTV is rolling this image out/],
    [[{ type: 'Failure', status: 'True' }], /MTV could not roll this image out/],
  ])('tells how far MTV is: %#', (conditions, expected) => {
    renderStep(<VddkStep />, { cluster: world('r.example.com/v', conditions) });
    expect(screen.getByText(expected)).toBeVisible();
    expect(screen.getByText('r.example.com/v')).toBeVisible();
  });

  test('without MTV, or without its settings, it says what to install', () => {
    const absent = memoryCluster(mtv);
    absent.uninstall('forkliftControllers');
    const { unmount } = renderStep(<VddkStep />, { cluster: absent });
    expect(screen.getByText('Migration Toolkit for Virtualization is not installed')).toBeVisible();
    unmount();
    renderStep(<VddkStep />, { cluster: memoryCluster(mtv) });
    expect(screen.getByText('MTV is not set up')).toBeVisible();
  });
});
