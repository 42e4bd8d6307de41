import { builds, controller, expectBuilt, expectNothing, imageOf } from './build-objects';
import type { Build, Controller } from './build-objects';
import { chosen, goodArchive, VddkPage } from './pages/vddk-page';
import { expect, test } from './test';
import { distrib, lib64, library, symlink, tar, tarGz, text, vddk } from './vddk-archives';
import { goToOverview } from './pages/main-navigation';

const step = '/migration-prep?step=vddk&project=migration-target';
const mebibyte = 1024 * 1024;

for (const user of ['kubeadmin', 'prep']) {
  test(`${user} uploads the archive: it is built, set and rolled out; nothing else of MTV's settings changes`, async ({
    page,
    signIn,
    cluster,
    accessibilityProblems,
  }) => {
    const before = await cluster.get<Controller>(controller);
    await signIn(user, step);
    const vddkPage = new VddkPage(page);
    await vddkPage.chooseArchive();
    expect(await accessibilityProblems()).toEqual([]);
    await vddkPage.upload.click();
    await expect(vddkPage.stage('Build the image: In progress')).toBeVisible();
    await expect(vddkPage.log).toContainText('COPY vmware-vix-disklib-distrib');
    expect(await accessibilityProblems()).toEqual([]);
    await expect(vddkPage.done).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('MTV uses this image')).toBeVisible();
    await expectBuilt(cluster);
    const { vddk_image: image, ...rest } = (await cluster.get<Controller>(controller)).spec;
    expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
    expect(rest).toEqual(before.spec);
    const built = await cluster.get<{
      image: { dockerImageMetadata: { Config: { Labels: object; Entrypoint: string[] } } };
    }>('/apis/image.openshift.io/v1/namespaces/openshift-mtv/imagestreamtags/migration-prep-vddk:8.0.3');
    expect(built.image.dockerImageMetadata.Config).toMatchObject({
      Entrypoint: ['cp', '-r', '/vmware-vix-disklib-distrib', '/opt'],
      Labels: { 'io.migration-prep.vddk.version': '8.0.3', 'io.migration-prep.vddk.archive': goodArchive().name },
    });
  });
}

const badArchives = [
  { what: 'an empty file', file: chosen('vddk.tar.gz', new Uint8Array()), says: /This file is empty/ },
  {
    what: 'the Windows zip',
    file: chosen('vddk.zip', new Uint8Array([0x50, 0x4b, 3, 4, ...new Array<number>(600).fill(0)])),
    says: /VDDK for Windows/,
  },
  {
    what: 'text that calls itself an archive',
    file: chosen('vddk.tar.gz', text('not an archive at all')),
    says: /not a .tar.gz archive/,
  },
  {
    what: 'an archive that is cut off',
    file: chosen('vddk.tar.gz', tarGz(vddk()).slice(0, -600)),
    says: /incomplete or damaged/,
  },
  {
    what: 'a plain tar without the library',
    file: chosen('vddk.tar.gz', tarGz([{ path: `${distrib}/README`, content: text('x') }])),
    says: /not VDDK/,
  },
  {
    what: '32-bit VDDK',
    file: chosen(
      'vddk.tar.gz',
      tarGz([{ path: `${distrib}/lib32/libvixDiskLib.so.7.0.3`, content: library({ bits: 32, machine: 3 }) }]),
    ),
    says: /32-bit/,
  },
  {
    what: 'a path out of the folder',
    file: chosen('vddk.tar.gz', tarGz([...vddk(), { path: `${distrib}/../../etc/passwd`, content: text('x') }])),
    says: /not safe/,
  },
  {
    what: 'an absolute link',
    file: chosen('vddk.tar.gz', tarGz([...vddk(), symlink(`${lib64}/x`, '/etc/passwd')])),
    says: /not safe/,
  },
];
test('what is not VDDK is refused where it is chosen, and nothing is sent', async ({ page, signIn, cluster }) => {
  await signIn('prep', step);
  const vddkPage = new VddkPage(page);
  for (const { file, says, what } of badArchives) {
    await vddkPage.file.setInputFiles(file);
    await expect(page.getByText(says), what).toBeVisible();
    await vddkPage.upload.click();
    await expect(page.getByRole('button', { name: 'Choose another archive' }), what).toBeFocused();
  }
  await vddkPage.file.setInputFiles(chosen('plain.tar', tar(vddk())));
  await expectNothing(cluster);
});

test('an upload that is cancelled on its way leaves no build under way and no image; the next one goes through', async ({
  page,
  signIn,
  cluster,
  context,
}) => {
  await signIn('prep', step);
  const vddkPage = new VddkPage(page);
  const network = await context.newCDPSession(page);
  const upload = (uploadThroughput: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await vddkPage.chooseArchive(goodArchive(4 * mebibyte));
  await upload(mebibyte / 4);
  await vddkPage.upload.click();
  await expect(vddkPage.progress).toHaveAttribute('aria-valuenow', /^[1-9]\d?$/);
  await expect(page.getByText(/ of 4\.\d MiB, .* per second, about \d+ seconds left/)).toBeVisible();
  await vddkPage.cancelUpload.click();
  await expect(page.getByText('You cancelled it. Nothing of the archive was stored.')).toBeVisible();
  // We cancel it; its pod may have found the source incomplete by then.
  await expect
    .poll(async () => (await cluster.list<Build>(builds)).map(({ status }) => status.phase).join())
    .toMatch(/^(Cancelled|Failed)$/);
  expect(await imageOf(cluster)).toBeUndefined();

  await upload(-1);
  await vddkPage.upload.click();
  await expect(vddkPage.done).toBeVisible({ timeout: 30_000 });
  await expectBuilt(cluster);
});

test('an upload goes on while another page of the console is open', async ({ page, signIn, cluster, context }) => {
  await signIn('prep', step);
  const vddkPage = new VddkPage(page);
  await vddkPage.chooseArchive(goodArchive(2 * mebibyte));
  const network = await context.newCDPSession(page);
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: mebibyte / 2,
  });
  await vddkPage.upload.click();
  await expect(vddkPage.progress).toBeVisible();
  await goToOverview(page);
  await expect(page.getByText('Migration readiness')).toBeVisible();
  await expectBuilt(cluster);
});

test('an administrator who acts as prep uploads as prep', async ({ page, signIn, cluster }) => {
  const sent = page.waitForRequest((request) => request.url().endsWith('/instantiatebinary'));
  await signIn(
    'kubeadmin',
    `${step}&impersonate=prep&impersonate-group=preparers&impersonate-group=system:authenticated`,
  );
  const vddkPage = new VddkPage(page);
  await vddkPage.chooseArchive();
  await vddkPage.upload.click();
  expect((await sent).headers()).toMatchObject({
    'impersonate-user': 'prep',
    'x-console-impersonate-groups': 'preparers,system:authenticated',
  });
  await expectBuilt(cluster);
});

test.describe('where no registry is configured', () => {
  test.use({ scenario: 'no-registry' });
  test('that is said before anything is sent, and nothing is left behind', async ({ page, signIn, cluster }) => {
    await signIn('kubeadmin', step);
    const vddkPage = new VddkPage(page);
    await vddkPage.chooseArchive();
    await vddkPage.upload.click();
    await expect(page.getByText(/image registry of this cluster is not configured/)).toBeVisible();
    await expectNothing(cluster);
  });
});

test.describe('where images cannot be built', () => {
  test.use({ scenario: 'no-builds' });
  test('that is said, and an image that exists is what is asked for', async ({ page, signIn }) => {
    await signIn('kubeadmin', step);
    await expect(page.getByRole('radio', { name: 'An existing image' })).toBeChecked();
    await page.getByRole('radio', { name: 'Upload the archive from VMware' }).click();
    await expect(page.getByText('This cluster cannot build images')).toBeVisible();
  });
});

test('who may set an image but not build one is told each right that is missing, and nothing is sent', async ({
  page,
  signIn,
  cluster,
}) => {
  await cluster.send('POST', '/apis/rbac.authorization.k8s.io/v1/namespaces/openshift-mtv/rolebindings', {
    metadata: { name: 'viewers-set-vddk-image' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'set-vddk-image' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'viewers' }],
  });
  await signIn('viewer', step);
  const vddkPage = new VddkPage(page);
  await vddkPage.chooseArchive();
  await vddkPage.upload.click();
  for (const right of [
    'create imagestreams',
    'create buildconfigs',
    'create buildconfigs/instantiatebinary',
    'create rolebindings',
  ]) {
    await expect(page.getByText(`You are not permitted to ${right} in openshift-mtv.`)).toBeVisible();
  }
  await expectNothing(cluster);
});

test.describe('while it is built', () => {
  // Set in the moment between the page's look and its write, the API server refuses the write: the guard is for that.
  test.use({ allowedErrors: /^Failed to load resource: the server responded with a status of 422 / });

  test('an image that somebody else set stays, until the user decides', async ({ page, signIn, cluster }) => {
    await signIn('prep', step);
    const vddkPage = new VddkPage(page);
    await vddkPage.chooseArchive();
    await vddkPage.upload.click();
    await expect(vddkPage.stage('Build the image: In progress')).toBeVisible();
    await cluster.send('PATCH', controller, { spec: { vddk_image: 'registry.example.com/theirs' } });
    await expect(page.getByText(/Meanwhile somebody set another image: registry.example.com\/theirs/)).toBeVisible();
    expect(await imageOf(cluster)).toBe('registry.example.com/theirs');
    await vddkPage.useThis.click();
    await expect(vddkPage.done).toBeVisible({ timeout: 30_000 });
    await expectBuilt(cluster);
  });
});
