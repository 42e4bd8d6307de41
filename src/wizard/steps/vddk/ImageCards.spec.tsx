import { act, screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { Provider } from '../../../domain/objects';
import { ownLabels } from '../../../domain/ownership';
import { loadParts, mtv, upload, world } from '../../../testing/upload-world';
import type { World } from '../../../testing/upload-world';

beforeAll(loadParts);

const digestOf = (hex: string) => `sha256:${hex.repeat(32)}`;
const streamOf = (name: string, project = mtv) => `image-registry.openshift-image-registry.svc:5000/${project}/${name}`;
const own = streamOf('migration-prep-vddk');
const imageOf = (hex: string) => `${own}@${digestOf(hex)}`;

const setImage = ({ cluster }: World, vddk_image: string) => {
  const [controller] = cluster.all('forkliftControllers');
  if (!controller) throw new Error('no ForkliftController');
  cluster.put('forkliftControllers', { ...controller, spec: { feature_ui_plugin: 'true', vddk_image } });
};
const present = ({ cluster }: World) => cluster.all('forkliftControllers')[0]?.spec;
const putStream = ({ cluster }: World) => {
  const item = (hex: string, created: string) => ({
    image: digestOf(hex),
    dockerImageReference: imageOf(hex),
    created,
  });
  cluster.put('imageStreams', {
    metadata: { name: 'migration-prep-vddk', namespace: mtv, labels: ownLabels },
    status: {
      dockerImageRepository: own,
      tags: [
        { tag: '8.0.2', items: [item('a1', '2026-05-01T10:00:00Z')] },
        { tag: '8.0.3', items: [item('b2', '2026-06-01T10:00:00Z')] },
      ],
    },
  });
  cluster.put('imageStreamTags', {
    metadata: { name: 'migration-prep-vddk:8.0.3', namespace: mtv },
    image: {
      metadata: { name: digestOf('b2') },
      dockerImageMetadata: { Config: { Labels: { 'io.migration-prep.vddk.archive': 'vddk-8.0.3.tar.gz' } } },
    },
  });
};
const putProvider = (
  { cluster }: World,
  name: string,
  vddkInitImage: string,
  metadata: Partial<Provider['metadata']> = {},
) => {
  const settings = { sdkEndpoint: 'vcenter', vddkInitImage };
  cluster.put('providers', { metadata: { name, namespace: mtv, ...metadata }, spec: { type: 'vsphere', settings } });
};
const ofProvider = ({ cluster }: World, name: string) =>
  cluster.all('providers').find(({ metadata }) => metadata.name === name)?.spec?.settings?.vddkInitImage;
/** MTV uses the newest of two images that we built. */
const withHistory = () => {
  const here = world();
  putStream(here);
  setImage(here, imageOf('b2'));
  return here;
};
const card = (name = 'VDDK image of MTV') => within(screen.getByRole('region', { name }));
const fact = (term: string) => {
  const { nextElementSibling } = card().getByText(term).closest('dt') ?? {};
  return nextElementSibling;
};

describe('An image that is set', () => {
  test('comes first, with what is known of it; the form opens on request and closes again', async () => {
    const { user, container } = withHistory().open();
    expect(await screen.findByText('MTV uses this image')).toBeVisible();
    expect(await card().findByText('Migration Prep, from vddk-8.0.3.tar.gz')).toBeVisible();
    expect(fact('Image')).toHaveTextContent(own);
    expect(fact('Digest')).toHaveTextContent(digestOf('b2'));
    expect(fact('VDDK version')).toHaveTextContent('8.0.3');
    expect(fact('Pushed')).toHaveTextContent('2026');
    expect(fact('Set at')).toHaveTextContent("MTV's settings");
    expect(card().getByRole('link', { name: 'ImageStream migration-prep-vddk' })).toHaveAttribute(
      'href',
      '/k8s/ns/openshift-mtv/imagestreams/migration-prep-vddk',
    );
    expect(screen.queryByRole('radio')).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    expect(screen.getByRole('radiogroup', { name: 'Where VDDK comes from' })).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('radio')).toBeNull();
  });

  test('is told what nobody knows of it', async () => {
    const here = world();
    setImage(here, 'registry.example.com/vddk:8');
    const { container } = here.open();
    expect(await screen.findByText(/This tag may move to another image/)).toBeVisible();
    for (const term of ['Digest', 'VDDK version', 'Pushed', 'Built by'])
      expect(fact(term)).toHaveTextContent('Not known');
    expect(fact('Image stream')).toHaveTextContent('in a registry outside of this cluster');
    expect(screen.queryByRole('button', { name: 'Roll back' })).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  test("that MTV's own uploader built is recognized, and what it contains is said", async () => {
    const here = world();
    setImage(here, `${streamOf('vddk')}@${digestOf('cd')}`);
    const { container } = here.open();
    expect(await screen.findByText("MTV's own uploader")).toBeVisible();
    expect(screen.getByText(/treat it like a password/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('goes back to the one before, also where we set it at Providers, and nowhere else', async () => {
    const here = withHistory();
    putProvider(here, 'ours', imageOf('b2'), { labels: ownLabels });
    putProvider(here, 'theirs', imageOf('b2'));
    const { user, container } = here.open();
    await user.click(await screen.findByRole('button', { name: 'Roll back' }));
    const form = await screen.findByRole('form', { name: 'Roll back to the previous image' });
    expect(form).toHaveFocus();
    expect(form).toHaveTextContent('8.0.2');
    expect(form).toHaveTextContent(digestOf('a1'));
    expect(await axe(container)).toHaveNoViolations();
    await user.click(within(form).getByRole('button', { name: 'Preview' }));
    const dialog = await screen.findByRole('dialog', { name: 'Preview' });
    expect(
      await within(dialog).findByText(new RegExp(`vddk_image: ${imageOf('b2')} -> ${imageOf('a1')}`)),
    ).toBeVisible();
    expect(here.cluster.writes).toEqual([]);
    await user.click(within(dialog).getAllByRole('button', { name: 'Close' })[0] ?? document.body);
    await user.click(screen.getByRole('button', { name: 'Roll back' }));
    expect(await screen.findByText(digestOf('a1'))).toBeVisible();
    expect(present(here)).toEqual({ feature_ui_plugin: 'true', vddk_image: imageOf('a1') });
    expect(ofProvider(here, 'ours')).toBe(imageOf('a1'));
    expect(ofProvider(here, 'theirs')).toBe(imageOf('b2'));
  });

  test('does not go back over what somebody set meanwhile', async () => {
    const here = withHistory();
    const { user } = here.open();
    await user.click(await screen.findByRole('button', { name: 'Roll back' }));
    await screen.findByRole('form', { name: 'Roll back to the previous image' });
    here.cluster.fail({ verb: 'patch', kind: 'forkliftControllers', failure: 'Conflict', times: 9 });
    await user.click(screen.getByRole('button', { name: 'Roll back' }));
    expect(await screen.findByText('The image was not set')).toBeVisible();
    expect(present(here)?.vddk_image).toBe(imageOf('b2'));
  });

  test('is removed on request, and the form comes in its place', async () => {
    const here = withHistory();
    const { user, container } = here.open();
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    const form = await screen.findByRole('form', { name: 'Remove the image' });
    expect(form).toHaveTextContent(/warm migration is not possible/);
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('form')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    await screen.findByRole('form', { name: 'Remove the image' });
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('MTV no longer uses a VDDK image')).toBeVisible();
    expect(present(here)).toEqual({ feature_ui_plugin: 'true' });
    expect(screen.getByRole('radiogroup', { name: 'Where VDDK comes from' })).toBeVisible();
  });

  test('at a Provider alone is a card of its own, and is removed there alone', async () => {
    const here = withHistory();
    putProvider(here, 'theirs', 'registry.example.com/own:1');
    const { user } = here.open();
    await screen.findByText('MTV uses this image');
    const ofTheirs = card('VDDK image of theirs');
    expect(ofTheirs.queryByRole('button', { name: 'Replace' })).toBeNull();
    await user.click(ofTheirs.getByRole('button', { name: 'Remove' }));
    await screen.findByRole('form', { name: 'Remove the image' });
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    await screen.findAllByRole('button', { name: 'Remove' });
    expect(ofProvider(here, 'theirs')).toBeUndefined();
    expect(present(here)?.vddk_image).toBe(imageOf('b2'));
  });

  test('waits for a word while migrations run', async () => {
    const here = withHistory();
    const plan = { metadata: { name: 'moving', namespace: 'vms' }, spec: { targetNamespace: 'vms' } };
    here.cluster.put('plans', { ...plan, status: { conditions: [{ type: 'Executing', status: 'True' }] } });
    const { user, container } = here.open();
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    await screen.findByRole('form', { name: 'Remove the image' });
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('Migrations are running: vms/moving')).toBeVisible();
    expect(present(here)?.vddk_image).toBe(imageOf('b2'));
    expect(screen.queryByRole('button', { name: 'Replace' })).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Remove the image now' }));
    expect(await screen.findByText('MTV no longer uses a VDDK image')).toBeVisible();
  });

  test('can be pulled or not: by the chosen project, and by those of plans; what cannot be seen is not known', async () => {
    const here = withHistory();
    here.cluster.put('plans', { metadata: { name: 'one', namespace: mtv }, spec: { targetNamespace: 'images' } });
    const { user, unmount } = here.open('vms');
    await waitFor(() => {
      expect(screen.getAllByRole('button', { name: 'Allow it to pull the image' })).toHaveLength(2);
    });
    expect(screen.getByText(/Project images is not permitted to pull this image/)).toBeVisible();
    for (const left of [2, 1]) {
      const [give] = screen.getAllByRole('button', { name: 'Allow it to pull the image' });
      if (give) await user.click(give);
      await screen.findByText(
        left === 2 ? /^Projects that can pull the image: vms$/ : /^Projects that can pull the image: vms, images$/,
      );
    }
    unmount();
    act(() => {
      here.cluster.forbid('list', 'roleBindings');
    });
    here.open('vms');
    expect(await screen.findByText(/It is not known who can pull the image/)).toBeVisible();
  });

  test('whose values a release holds shows what it is, and offers nothing', async () => {
    const here = withHistory();
    const [controller] = here.cluster.all('forkliftControllers');
    if (!controller) throw new Error('no ForkliftController');
    here.cluster.put('forkliftControllers', {
      ...controller,
      metadata: { ...controller.metadata, annotations: { 'migration-prep/declared-by': 'ops/prep' } },
    });
    here.open();
    expect(await screen.findByText('Managed by values')).toBeVisible();
    expect(await card().findByText('8.0.3')).toBeVisible();
    for (const name of ['Replace', 'Roll back', 'Remove']) expect(screen.queryByRole('button', { name })).toBeNull();
  });
});

describe('The version of an image', () => {
  test("is judged against vCenter's and MTV's", async () => {
    const here = withHistory();
    putProvider(here, 'old', '');
    putProvider(here, 'unknown', '');
    const uid = here.cluster.all('providers').find(({ metadata }) => metadata.name === 'old')?.metadata.uid;
    here.vsphere.set(uid ?? '', '6.5');
    const { container } = here.open();
    expect(await screen.findByText(/VDDK 8.0.3 is not made for vSphere 6.5 of provider old/)).toBeVisible();
    expect(screen.getAllByText(/is not made for vSphere/)).toHaveLength(1);
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('An image to be set', () => {
  test('is picked from the tags of image streams, and set by its digest', async () => {
    const here = withHistory();
    const { user, container } = here.open();
    await user.click(await screen.findByRole('button', { name: 'Replace' }));
    await user.click(screen.getByRole('radio', { name: 'An existing image' }));
    const field = await screen.findByRole('combobox', { name: /^Image/ });
    await user.click(field);
    await user.type(field, '8.0.2');
    expect(await axe(container)).toHaveNoViolations();
    await user.click(await screen.findByRole('option', { name: /openshift-mtv\/migration-prep-vddk:8.0.2/ }));
    expect(field).toHaveValue(imageOf('a1'));
    await user.click(screen.getByRole('button', { name: 'Check image' }));
    expect(await screen.findByText(/The cluster does not show what this image starts/)).toBeVisible();
    here.cluster.answerImports(() => ({
      status: { status: 'Success' },
      image: {
        dockerImageReference: imageOf('a1'),
        dockerImageMetadata: {
          Architecture: 'amd64',
          Config: { Entrypoint: ['cp', '-r', '/vmware-vix-disklib-distrib', '/opt'] },
        },
      },
    }));
    await user.click(screen.getByRole('button', { name: 'Check image' }));
    expect(await screen.findByText('This image copies the folder when it starts')).toBeVisible();
    expect(here.cluster.writes).toEqual([]);
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Use this image' }));
    expect(await screen.findByText(/contents of the folder cannot be seen from here/)).toBeVisible();
    expect(present(here)?.vddk_image).toBe(imageOf('a1'));
  });
});

describe('A base image that the cluster cannot pull', () => {
  test('is said before anything is sent, with its remedy, and can be built on all the same', async () => {
    const here = world();
    here.cluster.answerImports(() => ({ status: { status: 'Failure', reason: 'NotFound' } }));
    const view = here.open();
    await upload(view);
    expect(await screen.findByText(/On a disconnected cluster, copy that image/)).toBeVisible();
    expect(here.cluster.writes).toEqual([]);
    expect(await axe(view.container)).toHaveNoViolations();
    await view.user.click(screen.getByRole('button', { name: 'Build with it anyway' }));
    expect(await screen.findByText('Waiting for a node to run the build pod.')).toBeVisible();
  });
});
