import { fireEvent, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { ConnectionStep } from './ConnectionStep';
import { vcenterCertificate as pem } from '../../../testing/vcenter-certificate';
import { connect, fillForm, provideRandomUuid } from '../../../testing/fill-form';

const field = () => screen.getByRole('textbox', { name: 'Certificate in PEM format' });
const found = () => within(screen.getByRole('list', { name: 'Certificates found' })).getAllByRole('listitem');
const raw = Uint8Array.from(atob(pem.split('\n').slice(1, -2).join('')), (character) => character.charCodeAt(0));
const key = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIHunter2\n-----END EC PRIVATE KEY-----\n';

beforeAll(provideRandomUuid);

const open = async () => {
  const cluster = memoryCluster('openshift-mtv');
  const { user, container } = renderStep(<ConnectionStep />, { cluster });
  await fillForm(user);
  await user.clear(field());
  const paste = async (text: string) => {
    await user.click(field());
    await user.paste(text);
  };
  return { cluster, user, container, paste };
};

describe('case 9: a certificate that is pasted, chosen or dropped', () => {
  test('is shown for what it is, and stored without what was around it', async () => {
    const { cluster, user, container, paste } = await open();
    await paste(`Bag Attributes\n    friendlyName: vcenter\n${pem.replaceAll('\n', ' ')}\n# the end`);
    expect(
      await screen.findByText(
        'CN=vcenter.example.com, O=Ex, ample, DC=local, signed by itself, valid until 2036-11-21',
      ),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await connect(user);
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
    for (const name of ['cacert', 'ca.crt']) expect(atob(cluster.all('secrets')[0]?.data?.[name] ?? '')).toBe(pem);
  });

  test('is refused where it was pasted, at once, when it cannot be read; nothing is sent', async () => {
    const { cluster, user, container, paste } = await open();
    await paste(pem.replace(/\n[^\n]+\n[^\n]+\n-----END/, '\n-----END'));
    expect(await screen.findByText(/neither this page nor MTV can read/)).toBeVisible();
    expect(field()).toHaveAccessibleDescription(/neither this page nor MTV can read/);
    await connect(user);
    expect(field()).toHaveFocus();
    expect(cluster.writes).toEqual([]);
    expect(await axe(container)).toHaveNoViolations();
  });

  test('with a private key is not even taken into the field, and what was there stays', async () => {
    const { user, container, paste } = await open();
    await paste(pem);
    await paste(key);
    expect(screen.getByText(/contains a private key, so it was not accepted/)).toBeVisible();
    expect(field()).toHaveValue(pem);
    expect(field()).toHaveAccessibleDescription(/contains a private key/);
    expect(container.innerHTML).not.toContain('Hunter2');
    await user.type(field(), ' ');
    expect(screen.queryByText(/contains a private key/)).toBeNull();
  });

  test('may be a file in DER', async () => {
    const { cluster, user } = await open();
    await user.upload(screen.getByLabelText('File with the certificate'), new File([raw], 'vcenter.cer'));
    expect(await screen.findByText(/signed by itself/)).toBeVisible();
    expect(field()).toHaveValue(pem);
    await connect(user);
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
    expect(atob(cluster.all('secrets')[0]?.data?.cacert ?? '')).toBe(pem);
  });

  test('may be dropped; a file with a key, an archive and one too large are refused and leave the field as it was', async () => {
    const { container } = await open();
    const drop = (...content: (string | Uint8Array<ArrayBuffer>)[]) =>
      fireEvent.drop(field(), { dataTransfer: { files: [new File(content, 'x')] } });
    drop('# of our vCenter\n', pem, '# the end');
    expect(await screen.findByText(/signed by itself/)).toBeVisible();
    expect(found()).toHaveLength(1);
    for (const [content, says] of [
      [key, /contains a private key/],
      [Uint8Array.from([0x50, 0x4b, 3, 4]), /ZIP archive/],
      ['x'.repeat(1024 * 1024 + 1), /not a certificate in PEM format/],
    ] as const) {
      drop(content);
      expect(await screen.findByText(says)).toBeVisible();
      expect(field()).toHaveValue(pem);
    }
    expect(container.innerHTML).not.toContain('Hunter2');
  });

  test('that has expired is said before MTV refuses it', async () => {
    jest.useFakeTimers({
      now: new Date('2037-01-01'),
      doNotFake: ['setTimeout', 'setInterval', 'queueMicrotask', 'nextTick', 'setImmediate'],
    });
    try {
      const { paste } = await open();
      await paste(pem);
      expect(await screen.findByText(/This certificate has expired/)).toBeVisible();
    } finally {
      jest.useRealTimers();
    }
  });
});
