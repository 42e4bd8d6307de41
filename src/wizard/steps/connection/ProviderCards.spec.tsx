import { screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { ServerCertificate } from '../../../domain/connection/certificate';
import { mtvLabels } from '../../../domain/connection/plan-provider';
import type { Provider } from '../../../domain/objects';
import { ownLabels } from '../../../domain/ownership';
import { err, ok } from '../../../domain/result';
import type { Services } from '../../../cluster/services';
import { provideRandomUuid } from '../../../testing/fill-form';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { overheard } from '../../../testing/run-cases';
import { vcenterCertificate } from '../../../testing/vcenter-certificate';
import { ConnectionStep } from './ConnectionStep';

const mtv = 'openshift-mtv';
const url = 'https://vc.example.com/sdk';
const secret = { name: 'vc-credentials', namespace: mtv };

beforeAll(provideRandomUuid);

interface Differences {
  readonly labels?: Readonly<Record<string, string>>;
  readonly status?: Provider['status'];
  readonly settings?: Readonly<Record<string, string>>;
  readonly secretLabels?: Readonly<Record<string, string>>;
}

/** A cluster with one Provider and its Secret. */
const world = ({ labels = ownLabels, status = { phase: 'Ready' }, settings, secretLabels }: Differences = {}) => {
  const cluster = memoryCluster(mtv);
  cluster.put('secrets', {
    metadata: { ...secret, labels: secretLabels ?? { ...labels, ...mtvLabels } },
    data: { url: btoa(url), user: btoa('admin'), password: btoa('first'), insecureSkipVerify: btoa('true') },
  });
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: mtv, labels },
    spec: { type: 'vsphere', url, secret, ...(settings && { settings }) },
    status,
  });
  return cluster;
};

const card = async () => within(await screen.findByRole('listitem'));
const button = (name: string) => screen.findByRole('button', { name });
const valueOf = (cluster: MemoryCluster, key: string) => atob(cluster.all('secrets')[0]?.data?.[key] ?? '');

/** The certificate of a server, valid for so many days. */
const certificateFor = (days: number): ServerCertificate => ({
  pem: 'PEM',
  subject: 'CN=vc',
  issuer: 'CN=vc',
  notBefore: '2020-01-01T00:00:00.000Z',
  notAfter: new Date(Date.now() + (days + 0.5) * 24 * 3600 * 1000).toISOString(),
  sha1: 'AB',
  sha256: 'CD',
});
const showing = (days: number): Pick<Services, 'fetchCertificate'> => ({
  fetchCertificate: () => Promise.resolve(ok(certificateFor(days))),
});

describe('what is there comes first', () => {
  test('with its facts, as links where they have pages, and without a form', async () => {
    const cluster = world({ settings: { sdkEndpoint: 'esxi' } });
    const { container } = renderStep(<ConnectionStep />, { cluster });
    const shown = await card();
    expect(shown.getByRole('heading', { name: 'vc', level: 3 })).toBeVisible();
    expect(shown.getByRole('link', { name: 'vc' })).toHaveAttribute(
      'href',
      `/k8s/ns/${mtv}/forklift.konveyor.io~v1beta1~Provider/vc`,
    );
    expect(shown.getByRole('link', { name: mtv })).toHaveAttribute(
      'href',
      `/k8s/cluster/project.openshift.io~v1~Project/${mtv}`,
    );
    for (const fact of ['Connected', url, 'ESXi host', 'MTV verifies it.', 'Migration Prep'])
      expect(shown.getByText(fact)).toBeVisible();
    expect(screen.queryByLabelText(/^Password/)).toBeNull();
    expect(screen.queryByRole('button', { name: 'Connect' })).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('and the form follows on request, and goes on request with all that was typed', async () => {
    const { user } = renderStep(<ConnectionStep />, { cluster: world() });
    await user.click(await button('Connect another vCenter'));
    expect(await screen.findByRole('textbox', { name: /Address of the vCenter/ })).toHaveFocus();
    expect(screen.getByRole('heading', { name: 'Connect another vCenter' })).toBeVisible();
    await user.type(screen.getByLabelText(/^Password/), 'typed');
    await user.click(await button('Close the form'));
    expect(screen.queryByLabelText(/^Password/)).toBeNull();
    await user.click(await button('Connect another vCenter'));
    expect(await screen.findByLabelText(/^Password/)).toHaveValue('');
  });

  test('privileges that MTV misses are named', async () => {
    const status = {
      phase: 'Ready',
      conditions: [{ type: 'InsufficientPrivileges', status: 'True', category: 'Warn', items: ['A.Read', 'B.Write'] }],
    };
    renderStep(<ConnectionStep />, { cluster: world({ status }) });
    const shown = await card();
    expect(shown.getByText(/A\.Read, B\.Write\. Add them to the role of the user/)).toBeVisible();
    expect(shown.getByText('Connected')).toBeVisible();
  });

  test.each([
    [29, /MTV verifies it\. It expires in 29 days\. Renew it in vCenter, then here\./],
    [-2, /It has expired\. Renew it in vCenter, then here\./],
    [300, /MTV verifies it\. It is valid until \d{4}-\d\d-\d\d\./],
  ])('a certificate with %d days left says so', async (days, says) => {
    renderStep(<ConnectionStep />, { cluster: world(), services: showing(days) });
    expect(await screen.findByText(says, {}, { timeout: 3000 })).toBeVisible();
  });
});

describe('a Provider of somebody else', () => {
  const theirs: Differences = { labels: {}, secretLabels: {} };

  test('is neither edited nor removed; its password is rotated when somebody asks for it', async () => {
    const cluster = world(theirs);
    const { user, container } = renderStep(<ConnectionStep />, { cluster });
    const shown = await card();
    expect(shown.getByText(/Somebody else, for example on MTV's page/)).toBeVisible();
    expect(shown.queryByRole('button', { name: /Edit|Remove/ })).toBeNull();
    await user.click(await button('Rotate password of vc'));
    expect(await screen.findByLabelText(/^Password/)).toHaveFocus();
    expect(screen.queryByRole('textbox', { name: /Address/ })).toBeNull();
    expect(screen.queryByRole('radiogroup', { name: 'Certificate' })).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(await button('Rotate password'));
    expect(screen.getByLabelText(/^Password/)).toHaveAccessibleDescription(/Enter the password\./);
    await user.type(screen.getByLabelText(/^Password/), 'second');
    await user.click(await button('Rotate password'));
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
    expect(valueOf(cluster, 'password')).toBe('second');
    expect(valueOf(cluster, 'user')).toBe('admin');
    expect(cluster.writes).toHaveLength(1);
    expect(screen.queryByLabelText(/^Password/)).toBeNull();
  });
});

test('a certificate is renewed without the password, and verification is not given up by the way', async () => {
  const cluster = world();
  const { user } = renderStep(<ConnectionStep />, { cluster });
  await user.click(await button('Renew certificate of vc'));
  await user.click(await screen.findByRole('radio', { name: 'Verify with this certificate' }));
  expect(screen.queryByRole('radio', { name: 'Do not verify' })).toBeNull();
  expect(screen.queryByLabelText(/^Password/)).toBeNull();
  await user.click(await screen.findByRole('textbox', { name: 'Certificate in PEM format' }));
  await user.paste(vcenterCertificate);
  await user.click(await button('Renew certificate'));
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  expect(valueOf(cluster, 'ca.crt')).toBe(vcenterCertificate);
  expect(valueOf(cluster, 'cacert')).toBe(vcenterCertificate);
  expect(valueOf(cluster, 'insecureSkipVerify')).toBe('false');
  expect(valueOf(cluster, 'password')).toBe('first');
});

test('an ESXi host is connected as one', async () => {
  const cluster = memoryCluster(mtv);
  const { user } = renderStep(<ConnectionStep />, { cluster });
  await user.click(await screen.findByRole('radio', { name: 'ESXi host' }));
  await user.type(screen.getByRole('textbox', { name: /Address of the ESXi host/ }), 'esxi.example.com');
  await user.type(screen.getByRole('textbox', { name: /^User/ }), 'root');
  expect(screen.queryByText(/user names usually have a domain/)).toBeNull();
  await user.type(screen.getByLabelText(/^Password/), 'secret');
  await user.click(screen.getByRole('radio', { name: 'Do not verify' }));
  await user.click(screen.getByRole('checkbox', { name: /I accept/ }));
  await user.click(await button('Connect'));
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  expect(cluster.all('providers')[0]?.spec?.settings).toEqual({ sdkEndpoint: 'esxi' });
});

describe('the danger of a lock', () => {
  test('is said before a second try of the form', async () => {
    const cluster = world();
    cluster.fail({ verb: 'patch', kind: 'secrets', failure: 'Rejected', message: 'Invalid credentials', times: 2 });
    const { user, container } = renderStep(<ConnectionStep />, { cluster });
    await user.click(await button('Rotate password of vc'));
    await user.type(await screen.findByLabelText(/^Password/), 'wrong');
    expect(screen.queryByText(/Each wrong try counts/)).toBeNull();
    await user.click(await button('Rotate password'));
    expect(await screen.findByText(/Each wrong try counts.*Rejected from this page so far: 1\./)).toBeVisible();
    expect(screen.getByLabelText(/^Password/)).toHaveFocus();
    expect(await axe(container)).toHaveNoViolations();
    await user.type(screen.getByLabelText(/^Password/), '!');
    expect(screen.getByText(/Each wrong try counts/)).toBeVisible();
    expect(cluster.writes).toEqual([]);
  });

  test('is said before the first try where MTV was rejected already', async () => {
    const status = { phase: 'ConnectionFailed', conditions: [{ type: 'ConnectionAuthFailed', status: 'True' }] };
    const { user } = renderStep(<ConnectionStep />, { cluster: world({ status }) });
    await user.click(await button('Edit vc'));
    expect(await screen.findByText(/Each wrong try counts/)).toBeVisible();
  });
});

describe('Test again', () => {
  const tested = async (differences: Differences, services: Partial<Services>) => {
    const { cluster, asked } = overheard(world(differences));
    const { user } = renderStep(<ConnectionStep />, { cluster, services });
    await user.click(await button('Test again: vc'));
    return { cluster, asked, user };
  };

  test('signs in without writing while MTV calls it Ready', async () => {
    const { asked, cluster } = await tested({}, showing(300));
    expect(await screen.findByText('The server answers, and did not reject the user and the password.')).toBeVisible();
    expect(asked).toEqual(['try secrets']);
    expect(cluster.writes).toEqual([]);
    expect(screen.getByText(/It is valid until/)).toBeVisible();
  });

  test('makes MTV look again where it does not call it Ready', async () => {
    const { asked } = await tested({ status: { phase: 'ConnectionFailed' } }, showing(300));
    expect(await screen.findByText(/^The server answers/)).toBeVisible();
    expect(asked).toEqual(['try secrets', 'write secrets']);
  });

  test.each<[string, Differences, Partial<Services>, RegExp]>([
    ['the Secret lacks the labels', { secretLabels: ownLabels }, showing(300), /The password was not tried/],
    ['the service cannot be asked', {}, {}, /service could not be asked, so only MTV itself knows/],
    [
      'the server is out of reach',
      {},
      {
        fetchCertificate: () =>
          Promise.resolve(
            err({ code: 'ServerFailed', message: 'dial tcp 192.0.2.7:443: connect: connection refused' }),
          ),
      },
      /Nothing answers at this address/,
    ],
  ])('says no more than was seen: %s', async (_, differences, services, says) => {
    await tested(differences, services);
    expect(await screen.findByText(says)).toBeVisible();
    expect(screen.queryByText(/did not reject/)).toBeNull();
  });

  test('tries rejected credentials again only when somebody confirms it', async () => {
    const conditions = [{ type: 'ConnectionAuthFailed', status: 'True' }];
    const { asked, cluster, user } = await tested({ status: { phase: 'ConnectionFailed', conditions } }, showing(300));
    expect(await screen.findByText('The last try was rejected', { exact: false })).toBeVisible();
    expect(asked).toEqual([]);
    await user.click(await button('Cancel'));
    expect(screen.queryByText('The last try was rejected', { exact: false })).toBeNull();
    await user.click(await button('Test again: vc'));
    cluster.fail({ verb: 'patch', kind: 'secrets', failure: 'Rejected', message: 'Invalid credentials' });
    await user.click(await button('Test all the same'));
    expect(await screen.findByText('The test failed', { exact: false })).toBeVisible();
    expect(asked).toEqual(['try secrets']);
    expect(cluster.writes).toEqual([]);
  });
});

describe('Remove', () => {
  const opened = async (cluster: MemoryCluster) => {
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await user.click(await button('Remove vc'));
    const dialog = await screen.findByRole('dialog', { name: 'Remove vc' });
    return { user, dialog, within: within(dialog) };
  };

  test('lists the Provider, its Secret and its hosts; confirmed, they are gone', async () => {
    const cluster = world();
    cluster.put('hosts', {
      metadata: { name: 'vc-host-1', namespace: mtv, labels: ownLabels },
      spec: { provider: { name: 'vc', namespace: mtv } },
    });
    const { user, dialog, within: inside } = await opened(cluster);
    const going = within(await inside.findByRole('list', { name: 'What goes' }));
    expect(going.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Delete Host vc-host-1'),
      expect.stringContaining('Delete Provider vc'),
      expect.stringContaining('Delete Secret vc-credentials'),
    ]);
    expect(await axe(dialog)).toHaveNoViolations();
    await user.click(inside.getByRole('button', { name: 'Remove what is listed' }));
    expect(await inside.findByText(/Done: what was listed is gone/, {}, { timeout: 10_000 })).toBeVisible();
    for (const kind of ['hosts', 'providers', 'secrets'] as const) expect(cluster.all(kind)).toEqual([]);
    await user.click(inside.getAllByRole('button', { name: 'Close' })[0] ?? document.body);
    await waitFor(() => {
      expect(screen.getByText('No vSphere provider is connected.')).toBeVisible();
    });
  });

  test.each<[string, (cluster: MemoryCluster) => void, RegExp]>([
    [
      'a plan needs it',
      (cluster) => {
        cluster.put('plans', {
          metadata: { name: 'wave-1', namespace: mtv },
          spec: { provider: { source: { name: 'vc', namespace: mtv } } },
        });
      },
      /Provider vc Plan openshift-mtv\/wave-1 needs it\..*Secret vc-credentials Plan openshift-mtv\/wave-1 needs it\./,
    ],
    [
      'another provider uses its Secret',
      (cluster) => {
        cluster.put('providers', {
          metadata: { name: 'other', namespace: mtv },
          spec: { type: 'vsphere', url, secret },
        });
      },
      /Secret vc-credentials Provider openshift-mtv\/other needs it\./,
    ],
  ])('leaves what others use: %s', async (_, arrange, says) => {
    const cluster = world();
    arrange(cluster);
    const { user, within: inside } = await opened(cluster);
    expect(await inside.findByRole('list', { name: 'What stays' })).toHaveTextContent(says);
    await user.click(inside.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(cluster.writes).toEqual([]);
  });

  test('leaves a Secret of somebody else', async () => {
    const { within: inside } = await opened(world({ secretLabels: mtvLabels }));
    const going = within(await inside.findByRole('list', { name: 'What goes' }));
    expect(going.getAllByRole('listitem')).toHaveLength(1);
  });
});
