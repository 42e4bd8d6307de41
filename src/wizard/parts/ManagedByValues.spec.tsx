import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { Provider } from '../../domain/objects';
import { declaredBy, ownLabels } from '../../domain/ownership';
import { connect, fillForm, provideRandomUuid } from '../../testing/fill-form';
import { memoryCluster } from '../../testing/memory-cluster';
import { renderStep } from '../../testing/render-step';
import { ConnectionStep } from '../steps/connection/ConnectionStep';
import { SummaryStep } from '../steps/summary/SummaryStep';
import { VddkStep } from '../steps/vddk/VddkStep';

const mtv = 'openshift-mtv';
const annotations = declaredBy({ namespace: 'prep', name: 'lab' });
const sentence = /To change it, change the values of release lab in prep, or the Secret that they name\./;
beforeAll(provideRandomUuid);

const provider = (name: string, isDeclared: boolean): Provider => ({
  metadata: { name, namespace: mtv, labels: ownLabels, ...(isDeclared && { annotations }) },
  spec: { type: 'vsphere', url: 'https://vcenter.example.com/sdk', secret: {} },
  status: {
    phase: 'ConnectionFailed',
    conditions: [{ type: 'ConnectionAuthFailed', status: 'True', category: 'Critical' }],
  },
});

const withImage = (isDeclared: boolean) => {
  const cluster = memoryCluster(mtv);
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv, ...(isDeclared && { annotations }) },
    spec: { vddk_image: 'quay.io/team/vddk:8' },
    status: { conditions: [{ type: 'Successful', status: 'True' }] },
  });
  return cluster;
};

describe('what values declare', () => {
  test('is shown in Connection, and corrected nowhere', async () => {
    const cluster = memoryCluster(mtv);
    cluster.put('providers', provider('declared', true));
    cluster.put('providers', provider('ours', false));
    const { container } = renderStep(<ConnectionStep />, { cluster });
    const list = await screen.findByRole('list', { name: 'vSphere providers' });
    const [declared, ours] = within(list).getAllByRole('listitem');
    if (!declared || !ours) throw new Error('not two providers');
    expect(within(declared).getByText('Managed by values')).toBeVisible();
    expect(declared).toHaveTextContent(sentence);
    expect(declared).toHaveTextContent('vCenter rejected the user or the password.');
    expect(declared).not.toHaveTextContent('connect again');
    expect(within(declared).queryByRole('button')).toBeNull();
    expect(within(ours).queryByText('Managed by values')).toBeNull();
    expect(within(ours).getByRole('button', { name: 'Edit ours' })).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('is not written to by the form either, whose name leads to it', async () => {
    const cluster = memoryCluster(mtv);
    cluster.put('providers', provider('vcenter-example-com', true));
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user);
    await connect(user);
    expect(
      await screen.findByText(
        'Provider vcenter-example-com is managed by the values of release lab in prep. Change it there.',
      ),
    ).toBeVisible();
    expect(cluster.writes).toHaveLength(0);
  });

  test.each([true, false])('is shown in VDDK, and replaced there only otherwise: %s', async (isDeclared) => {
    const { container } = renderStep(<VddkStep />, { cluster: withImage(isDeclared) });
    expect(await screen.findByText('quay.io/team/vddk:8')).toBeVisible();
    expect(screen.queryByText('Managed by values') !== null).toBe(isDeclared);
    expect(screen.queryByText(sentence) !== null).toBe(isDeclared);
    expect(screen.queryByRole('button', { name: 'Replace' }) === null).toBe(isDeclared);
    expect(await axe(container)).toHaveNoViolations();
  });

  test('is told apart in the list of what was created', async () => {
    const cluster = withImage(true);
    cluster.put('providers', provider('declared', true));
    cluster.put('providers', provider('ours', false));
    // Of a network the note only says who created it: no release would set it again.
    cluster.put('networkAttachmentDefinitions', {
      metadata: { name: 'vlan-100', namespace: 'vms', labels: ownLabels, annotations },
    });
    renderStep(<SummaryStep />, { cluster });
    const created = await screen.findByRole('region', { name: 'Created by Migration Prep' });
    const listed = (kind: string) => within(created).getByText(kind).closest('div');
    expect(listed('Provider')).toHaveTextContent(`declared in ${mtv} (managed by the values of release lab)`);
    expect(listed('Provider')).toHaveTextContent(new RegExp(`ours in ${mtv}(?! \\()`));
    expect(listed('NetworkAttachmentDefinition')).toHaveTextContent(/vlan-100 in vms(?! \()/);
  });
});
