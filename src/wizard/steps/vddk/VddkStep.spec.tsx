import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { Condition } from '../../../domain/objects';
import { renderStep } from '../../../testing/render-step';
import { loadParts } from '../../../testing/upload-world';
import { VddkStep } from './VddkStep';

const mtv = 'openshift-mtv';
const idle: Condition[] = [
  { type: 'Running', status: 'True', reason: 'Successful' },
  { type: 'Successful', status: 'True' },
];
const busy: Condition[] = [{ type: 'Running', status: 'True', reason: 'Running' }];
const world = (image?: string, conditions = idle) => {
  const cluster = memoryCluster(mtv, 'elsewhere');
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv },
    spec: image === undefined ? {} : { vddk_image: image },
    status: { conditions },
  });
  return cluster;
};
/** Asks for the form, where there is an image already. */
const openForm = async (user: ReturnType<typeof renderStep>['user']) => {
  const open = screen.queryByRole('button', { name: /^(Replace|Provide an image)$/ });
  if (open) await user.click(open);
};
const chooseImage = async (user: ReturnType<typeof renderStep>['user']) => {
  await openForm(user);
  await user.click(screen.getByRole('radio', { name: 'An existing image' }));
  await screen.findByRole('form', { name: 'An existing image' });
};
const field = () => screen.getByRole('combobox', { name: /^Image/ });
const pinned = `registry.example.com/vddk@sha256:${'7b'.repeat(32)}`;
const good = {
  status: { status: 'Success' },
  image: {
    dockerImageReference: pinned,
    dockerImageMetadata: {
      Architecture: 'amd64',
      Config: { Entrypoint: ['cp', '-r', '/vmware-vix-disklib-distrib', '/opt'] },
    },
  },
};
const use = { name: 'Use this image' };
const imageOf = (cluster: ReturnType<typeof world>) => cluster.all('forkliftControllers')[0]?.spec?.vddk_image;

beforeAll(loadParts);

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
    expect(field()).toHaveAccessibleDescription(/A digest .* is better/);
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', use));
    expect(await screen.findByText(/MTV uses this image/)).toBeVisible();
    expect(imageOf(cluster)).toBe(pinned);
    expect(screen.queryByRole('form', { name: 'An existing image' })).toBeNull();
    expect(cluster.all('imageStreamImports')).toEqual([]);
  });

  test('a preview shows the image by its digest and sets nothing', async () => {
    const cluster = world('registry.example.com/vddk:7');
    cluster.answerImports(() => good);
    const { user } = renderStep(<VddkStep />, { cluster });
    await chooseImage(user);
    await user.type(field(), 'registry.example.com/vddk:8.0.3');
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Preview' }));
    expect(
      await dialog.findByText(new RegExp(`~ spec.vddk_image: registry.example.com/vddk:7 -> ${pinned}`)),
    ).toBeVisible();
    expect(cluster.writes).toEqual([]);
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
    await user.click(await screen.findByRole('button', { name: 'Use it anyway' }));
    expect(await screen.findByText(/MTV uses this image/)).toBeVisible();
    expect(imageOf(cluster)).toBe('registry.example.com/vddk:8.0.32');
  });

  test.each(['forbid', 'uninstall'] as const)(
    'sets an image that could not be checked, and says so: %s',
    async (how) => {
      const cluster = world();
      if (how === 'forbid') cluster.forbid('create', 'imageStreamImports');
      else cluster.uninstall('imageStreamImports');
      const { user } = renderStep(<VddkStep />, { cluster });
      await chooseImage(user);
      await user.type(field(), 'registry.example.com/vddk:8.0.3');
      await user.click(screen.getByRole('button', use));
      expect(await screen.findByText(/The image was not checked/)).toBeVisible();
      expect(imageOf(cluster)).toBe('registry.example.com/vddk:8.0.3');
    },
  );

  test('case 5: looks at the entry for amd64 of a list, and pins the list', async () => {
    const cluster = world();
    const asked: string[] = [];
    cluster.answerImports((name, mode) => {
      asked.push(`${mode} ${name}`);
      if (name.endsWith('@sha256:amd64')) return good;
      if (mode === 'Legacy')
        return { ...good, image: { ...good.image, dockerImageMetadata: { Architecture: 'arm64' } } };
      const dockerImageManifests = [
        { digest: 'sha256:arm64', architecture: 'arm64', os: 'linux' },
        { digest: 'sha256:amd64', architecture: 'amd64', os: 'linux' },
      ];
      return {
        status: { status: 'Success' },
        image: { dockerImageReference: pinned, dockerImageMetadata: {}, dockerImageManifests },
      };
    });
    const { user } = renderStep(<VddkStep />, { cluster });
    await chooseImage(user);
    await user.type(field(), 'registry.example.com/vddk:multi');
    await user.click(screen.getByRole('button', use));
    expect(await screen.findByText(/MTV uses this image/)).toBeVisible();
    expect(imageOf(cluster)).toBe(pinned);
    expect(asked).toEqual([
      'PreserveOriginal registry.example.com/vddk:multi',
      'PreserveOriginal registry.example.com/vddk@sha256:amd64',
    ]);
    expect(await screen.findByText(/contents of the folder cannot be seen from here/)).toBeVisible();
  });

  test('case 5: of a list that was copied in part, the one image is looked at that the cluster picks', async () => {
    const cluster = world();
    cluster.answerImports((_, mode) =>
      mode === 'Legacy' ? good : { status: { status: 'Failure', reason: 'NotFound' } },
    );
    const { user } = renderStep(<VddkStep />, { cluster });
    await chooseImage(user);
    await user.type(field(), 'registry.example.com/vddk:multi');
    await user.click(screen.getByRole('button', use));
    expect(await screen.findByText(/MTV uses this image/)).toBeVisible();
    expect(imageOf(cluster)).toBe(pinned);
  });

  test('case 12: nginx is not taken for VDDK', async () => {
    const cluster = world();
    cluster.answerImports(() => ({
      ...good,
      image: {
        dockerImageReference: pinned,
        dockerImageMetadata: { Architecture: 'amd64', Config: { Entrypoint: ['nginx'] } },
      },
    }));
    const { user } = renderStep(<VddkStep />, { cluster });
    await chooseImage(user);
    await user.type(field(), 'registry.example.com/nginx:1');
    await user.click(screen.getByRole('button', use));
    expect(await screen.findByText(/The image starts "nginx"/)).toBeVisible();
    expect(imageOf(cluster)).toBeUndefined();
  });

  describe('case 4: the Providers', () => {
    const ours = { 'app.kubernetes.io/managed-by': 'migration-prep' };
    const putProvider = (
      cluster: ReturnType<typeof world>,
      name: string,
      labels: Record<string, string>,
      vddkInitImage?: string,
      namespace = mtv,
    ) => {
      const settings = { sdkEndpoint: 'vcenter', ...(vddkInitImage !== undefined && { vddkInitImage }) };
      cluster.put('providers', { metadata: { name, namespace, labels }, spec: { type: 'vsphere', settings } });
    };
    const imagesOf = (cluster: ReturnType<typeof world>) =>
      cluster.all('providers').map(({ spec }) => spec?.settings?.vddkInitImage);
    const setsAt = (name: string) => screen.getByRole('checkbox', { name });

    test('get the image too: ours by default, others on request; what each uses is shown', async () => {
      const cluster = world('registry.example.com/old');
      cluster.answerImports(() => good);
      putProvider(cluster, 'ours', ours);
      putProvider(cluster, 'theirs', {}, 'registry.example.com/mtv/vddk:6.0-broken');
      putProvider(cluster, 'third', {}, undefined, 'elsewhere');
      const { user, container } = renderStep(<VddkStep />, { cluster });
      await chooseImage(user);
      expect(setsAt('ours')).toBeChecked();
      expect(setsAt('theirs')).not.toBeChecked();
      expect(setsAt('third in elsewhere')).not.toBeChecked();
      expect(screen.getByText(/It has its own image, which MTV uses instead of .*6.0-broken/)).toBeVisible();
      expect(screen.getAllByText(/MTV's own pages show no image for it/)).toHaveLength(2);
      expect(await axe(container)).toHaveNoViolations();
      await user.click(setsAt('theirs'));
      await user.type(field(), 'registry.example.com/vddk:8.0.3');
      await user.click(screen.getByRole('button', use));
      expect(await screen.findByText(/MTV uses this image/)).toBeVisible();
      expect(imageOf(cluster)).toBe(pinned);
      expect(imagesOf(cluster)).toEqual([pinned, pinned, undefined]);
    });

    test('that were connected later get the image MTV has', async () => {
      const cluster = world(pinned);
      putProvider(cluster, 'ours', ours);
      const { user } = renderStep(<VddkStep />, { cluster });
      await user.click(screen.getByRole('button', { name: "Set MTV's image at ours" }));
      expect(await screen.findByText("MTV's settings, ours")).toBeVisible();
      expect(imagesOf(cluster)).toEqual([pinned]);
      expect(screen.queryByRole('button', { name: /Set MTV's image at/ })).toBeNull();
    });

    test('may not be changed: that is said before anything is written', async () => {
      const cluster = world();
      cluster.answerImports(() => good);
      cluster.forbid('patch', 'providers');
      putProvider(cluster, 'ours', ours);
      const { user } = renderStep(<VddkStep />, { cluster });
      await chooseImage(user);
      await user.type(field(), 'registry.example.com/vddk:8.0.3');
      await user.click(screen.getByRole('button', use));
      expect(await screen.findByText(/You are not permitted to patch providers in openshift-mtv/)).toBeVisible();
      expect(cluster.writes).toEqual([]);
      await user.click(setsAt('ours'));
      await user.click(screen.getByRole('button', use));
      expect(await screen.findByText(/MTV uses this image/)).toBeVisible();
      expect(imagesOf(cluster)).toEqual([undefined]);
    });

    test('with an image use it, whatever is noted with them', async () => {
      const cluster = world();
      putProvider(cluster, 'theirs', {}, 'registry.example.com/vddk:8');
      const { user, container } = renderStep(<VddkStep />, { cluster });
      await openForm(user);
      await user.click(screen.getByRole('radio', { name: 'Continue without VDDK' }));
      expect(await screen.findByText('MTV still uses VDDK for theirs')).toBeVisible();
      expect(await axe(container)).toHaveNoViolations();
      await user.click(screen.getByRole('button', { name: 'Continue without VDDK' }));
      expect(await screen.findByText('Saved for every vSphere provider.')).toBeVisible();
    });
  });

  test('says what going without costs, and notes the choice with the Provider', async () => {
    const cluster = world();
    cluster.put('providers', { metadata: { name: 'vcenter', namespace: mtv }, spec: { type: 'vsphere' } });
    const { user, container } = renderStep(<VddkStep />, { cluster });
    await user.click(screen.getByRole('radio', { name: 'Continue without VDDK' }));
    expect(await screen.findByText('Warm migration is not possible.')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Continue without VDDK' }));
    expect(await screen.findByText('Migrations run without VDDK, by choice')).toBeVisible();
    expect(screen.queryByRole('radio')).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
    expect(cluster.all('providers')[0]?.metadata.annotations).toEqual({
      'forklift.konveyor.io/empty-vddk-init-image': 'yes',
    });
  });

  test('going without needs a vCenter first', async () => {
    const { user } = renderStep(<VddkStep />, { cluster: world() });
    await user.click(screen.getByRole('radio', { name: 'Continue without VDDK' }));
    await user.click(await screen.findByRole('button', { name: 'Continue without VDDK' }));
    expect(await screen.findByText(/Connect a vCenter first/)).toBeVisible();
  });

  test.each([
    [busy, /MTV is rolling this image out/],
    [[{ type: 'Failure', status: 'True' }], /MTV could not roll this image out/],
  ])('tells how far MTV is: %#', async (conditions, expected) => {
    renderStep(<VddkStep />, { cluster: world('r.example.com/v', conditions) });
    expect(await screen.findByText(expected)).toBeVisible();
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
