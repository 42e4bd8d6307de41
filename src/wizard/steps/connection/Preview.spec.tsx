import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { parseAllDocuments } from 'yaml';
import { ownLabels } from '../../../domain/ownership';
import { fillForm, provideRandomUuid } from '../../../testing/fill-form';
import { memoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { overheard, runCases } from '../../../testing/run-cases';
import { ConnectionStep } from './ConnectionStep';

const mtv = 'openshift-mtv';
const password = 'Prep&Migrate-9';

beforeAll(provideRandomUuid);

/** The step, filled in, with its preview open. */
const previewed = async (arrange: (cluster: ReturnType<typeof memoryCluster>) => void = () => undefined) => {
  const { cluster, asked } = overheard(memoryCluster(mtv));
  arrange(cluster);
  const { user } = renderStep(<ConnectionStep />, { cluster });
  await fillForm(user, password);
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  const dialog = await screen.findByRole('dialog', { name: 'Preview' });
  return { cluster, asked, user, dialog, within: within(dialog) };
};

/** The texts of a file that is downloaded. */
const downloads = (): { readonly name: string; readonly content: Blob }[] => {
  const files: { name: string; content: Blob }[] = [];
  let last: Blob | undefined;
  URL.createObjectURL = (content) => {
    last = content as Blob;
    return 'blob:x';
  };
  URL.revokeObjectURL = () => undefined;
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    if (last) files.push({ name: this.download, content: last });
  });
  return files;
};

test('shows each object with its reason and its values, and neither writes nor signs in to vCenter', async () => {
  const { cluster, asked, dialog, within } = await previewed();
  expect(await within.findByText('Plan: 2 to create, 1 to change, 0 to delete. Not checked: 2.')).toBeVisible();
  expect(
    within.getByRole('heading', { name: /^Create Secret \S+-credentials in openshift-mtv Not checked/ }),
  ).toBeVisible();
  expect(within.getByText('MTV signs in to vCenter with the credentials in this Secret.')).toBeVisible();
  expect(within.getByText(/^Not checked: checking it would sign in to vSphere/)).toBeVisible();
  expect(within.getByText(/\+ data\.password: \(hidden\)/)).toBeVisible();
  expect(
    within.getByRole('heading', { name: /^Create Provider \S+ in openshift-mtv The cluster accepts/ }),
  ).toBeVisible();
  expect(within.getByText(/\+ spec\.url: https:\/\/vcenter\.example\.com\/sdk/)).toBeVisible();
  expect(within.getByText('Not checked: it follows from the other changes.')).toBeVisible();
  expect(dialog.innerHTML).not.toContain(password.slice(0, 4));
  expect(asked).toEqual(['try providers']);
  expect(cluster.writes).toEqual([]);
  expect(await axe(dialog)).toHaveNoViolations();
});

test('is copied and downloaded as YAML, without the password, and leaves the form as it was', async () => {
  const files = downloads();
  const { user, within } = await previewed();
  await user.click(await within.findByRole('button', { name: 'Copy as YAML' }));
  expect(await within.findByText('Copied.')).toBeVisible();
  const copied = await navigator.clipboard.readText();
  await user.click(within.getByRole('button', { name: 'Download as YAML' }));
  const [file] = files;
  expect(file?.name).toBe('migration-prep-connection.yaml');
  expect(new TextDecoder().decode(await file?.content.arrayBuffer())).toBe(copied);
  expect(copied).not.toContain('Migrate');
  expect(copied).not.toContain('administrator');
  expect(parseAllDocuments(copied).map((each) => (each.toJS() as { kind: string }).kind)).toEqual([
    'Secret',
    'Provider',
    'Secret',
  ]);
  await user.click(within.getAllByRole('button', { name: 'Close' })[0] ?? document.body);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByLabelText(/^Password/)).toHaveValue(password);
});

test('where the browser lets nobody copy, that is said', async () => {
  const { user, within } = await previewed();
  jest.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
  await user.click(await within.findByRole('button', { name: 'Copy as YAML' }));
  expect(await within.findByText(/does not let this page copy/)).toBeVisible();
});

test('a form that is not filled in says so instead', async () => {
  const { user } = renderStep(<ConnectionStep />, { cluster: memoryCluster(mtv) });
  await user.click(await screen.findByRole('button', { name: 'Preview' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByRole('textbox', { name: /Address of the vCenter/ })).toHaveFocus();
});

test.each(runCases.filter(({ isTried }) => isTried))(
  '$name: the preview says so as the run itself does',
  async ({ arrange, says }) => {
    const { within, cluster } = await previewed((each) => {
      arrange(each, 'providers');
    });
    expect((await within.findAllByText(says(mtv, 'Provider')))[0]).toBeVisible();
    expect(within.getByRole('heading', { name: /^Create Provider .* Refused$/ })).toBeVisible();
    expect(cluster.writes).toEqual([]);
  },
);

test('each right that is missing is a line of its own', async () => {
  const { within } = await previewed((cluster) => {
    cluster.forbid('create', 'providers');
    cluster.forbid('patch', 'secrets');
  });
  await within.findByText('Rights are missing', { exact: false });
  expect(within.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'You are not permitted to create Provider in openshift-mtv.',
    'You are not permitted to patch Secret in openshift-mtv.',
  ]);
});

test('a name that belongs to somebody else is said, and nothing is asked', async () => {
  const { within, asked } = await previewed((cluster) => {
    cluster.put('providers', { metadata: { name: 'vcenter-example-com', namespace: mtv }, spec: { type: 'vsphere' } });
  });
  expect(await within.findByText(/already exists and was not created by Migration Prep/)).toBeVisible();
  expect(within.queryByRole('button', { name: 'Copy as YAML' })).toBeNull();
  expect(asked).toEqual([]);
});

test('a cluster that does not answer is asked again', async () => {
  const { user, within } = await previewed((cluster) => {
    cluster.fail({ verb: 'get', kind: 'secrets', failure: 'Unreachable', times: 9 });
  });
  expect(await within.findByText('The cluster could not be asked', { exact: false })).toBeVisible();
  for (;;) {
    const retry = within.queryByRole('button', { name: 'Retry' });
    if (!retry) break;
    await user.click(retry);
    await within.findByText(/could not be asked|Plan:/);
  }
  expect(within.getByText(/^Plan: 2 to create/)).toBeVisible();
});

test('what is corrected shows what was and what will be', async () => {
  const { within } = await previewed((cluster) => {
    cluster.put('providers', {
      metadata: { name: 'vcenter-example-com', namespace: mtv, labels: ownLabels },
      spec: {
        type: 'vsphere',
        url: 'https://old.example.com/sdk',
        secret: { name: 'vcenter-example-com-credentials', namespace: mtv },
      },
    });
  });
  expect(
    await within.findByText('~ spec.url: https://old.example.com/sdk -> https://vcenter.example.com/sdk'),
  ).toBeVisible();
});
