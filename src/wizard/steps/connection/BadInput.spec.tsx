import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { Services } from '../../../cluster/services';
import { err } from '../../../domain/result';
import { renderStep } from '../../../testing/render-step';
import { ConnectionStep } from './ConnectionStep';
import { connect, fillForm, provideRandomUuid } from '../../../testing/fill-form';

const mtv = 'openshift-mtv';
const address = () => screen.getByRole('textbox', { name: /Address of the vCenter/ });

beforeAll(provideRandomUuid);

test.each([
  ['plain http', 'http://vcenter.example.com', /accepts only https/],
  ['the web UI', 'https://vcenter.example.com/ui/app/home', /address of the vSphere Client/],
  ['the old web UI', 'vcenter.example.com/vsphere-client', /address of the vSphere Client/],
  ['a path', 'https://vcenter.example.com/rest', /path must be \/sdk/],
  ['credentials', 'https://admin:Secret1@vcenter.example.com', /Leave the user and password out/],
  ['bare IPv6', '2001:db8::1', /IPv6 address in brackets/],
  ['no address', 'my vcenter', /not a server address/],
])('%s in the address is said at the field, and nothing is asked or stored', async (_, typed, says) => {
  const cluster = memoryCluster(mtv);
  const asked: string[] = [];
  const fetchCertificate: Services['fetchCertificate'] = (url) => {
    asked.push(url);
    return Promise.resolve(err({ code: 'Unreachable' }));
  };
  const { user, container } = renderStep(<ConnectionStep />, { cluster, services: { fetchCertificate } });
  await fillForm(user);
  await user.clear(address());
  await user.click(address());
  await user.paste(typed);
  await connect(user);
  expect(address()).toHaveFocus();
  expect(address()).toHaveAccessibleDescription(says);
  expect(container).not.toHaveTextContent('Secret1');
  expect(asked).toEqual([]);
  expect(cluster.writes).toEqual([]);
  expect(await axe(container)).toHaveNoViolations();
});

test.each([
  [
    'an unknown host',
    'dial tcp: lookup vcenter.example.com on 10.0.0.10:53: no such host',
    /cluster cannot resolve the name.*Check the spelling/,
  ],
  [
    'a closed port',
    'dial tcp 192.0.2.7:443: connect: connection refused',
    /Nothing answers at this address.*Check the port/,
  ],
  ['a server without https', 'tls: first record does not look like a TLS handshake', /does not use https.*443/],
])('%s is said before anything is stored', async (_, message, says) => {
  const cluster = memoryCluster(mtv);
  const fetchCertificate = () => Promise.resolve(err({ code: 'ServerFailed' as const, message }));
  const { user, container } = renderStep(<ConnectionStep />, { cluster, services: { fetchCertificate } });
  await fillForm(user);
  await connect(user);
  expect(await screen.findByText('Nothing was changed')).toBeVisible();
  expect(screen.getByText(says)).toBeVisible();
  expect(cluster.writes).toEqual([]);
  expect(await axe(container)).toHaveNoViolations();
});

test.each(['ServiceAbsent', 'Forbidden', 'Unreachable'] as const)(
  'whether a server answers is left to MTV when its service says %s',
  async (code) => {
    const cluster = memoryCluster(mtv);
    const { user } = renderStep(<ConnectionStep />, {
      cluster,
      services: { fetchCertificate: () => Promise.resolve(err({ code })) },
    });
    await fillForm(user);
    await connect(user);
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  },
);

test.each(['secrets', 'providers'] as const)(
  'what the API server calls invalid in %s (422) is said before anything is stored',
  async (kind) => {
    const cluster = memoryCluster(mtv);
    cluster.fail({ verb: 'create', kind, failure: 'Invalid', message: 'spec.url: Invalid value' });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user);
    await connect(user);
    expect(await screen.findByText(/spec\.url: Invalid value/)).toBeVisible();
    expect(cluster.writes).toEqual([]);
  },
);

test.each(['secrets', 'providers'] as const)(
  'a webhook for %s that knows no dry runs does not stand in the way',
  async (kind) => {
    const cluster = memoryCluster(mtv);
    cluster.fail({
      verb: 'create',
      kind,
      failure: 'Invalid',
      message: 'admission webhook "x" does not support dry run',
    });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user);
    await connect(user);
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  },
);

test("somebody else's Secret of the same name is left alone", async () => {
  const cluster = memoryCluster(mtv);
  cluster.put('secrets', { metadata: { name: 'vcenter-example-com-credentials', namespace: mtv } });
  const { user } = renderStep(<ConnectionStep />, { cluster });
  await fillForm(user);
  await connect(user);
  expect(
    await screen.findByText(
      /Secret vcenter-example-com-credentials already exists and was not created by Migration Prep.*another provider name/,
    ),
  ).toBeVisible();
  expect(cluster.writes).toEqual([]);
});

test('without MTV it says what to install, and asks for no password', () => {
  const cluster = memoryCluster(mtv);
  cluster.uninstall('providers');
  renderStep(<ConnectionStep />, { cluster });
  expect(screen.getByText(/Migration Toolkit for Virtualization is not installed/)).toBeVisible();
  expect(screen.queryByLabelText(/^Password/)).toBeNull();
});
