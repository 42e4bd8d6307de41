import { HttpError } from '@openshift-console/dynamic-plugin-sdk';
import { render, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { MemoryRouter } from 'react-router';
import { ReadinessPopup } from './ReadinessPopup';

const forbidden = new HttpError('Forbidden', 403, undefined, { reason: 'Forbidden' });

test('leads from each check to its step, and says what it may not see', async () => {
  const { container } = render(
    <MemoryRouter>
      <ReadinessPopup
        providers={{ data: [], loaded: true }}
        forkliftControllers={{ loaded: false, loadError: forbidden }}
        networkAttachmentDefinitions={{
          data: [
            {
              metadata: { name: 'vlan-100', namespace: 'vms' },
              spec: { config: '{"type":"bridge","bridge":"br1","vlan":100}' },
            },
          ],
          loaded: true,
        }}
      />
    </MemoryRouter>,
  );
  expect(screen.getByRole('link', { name: 'vSphere provider' })).toHaveAttribute(
    'href',
    '/migration-prep?step=connection',
  );
  expect(screen.getByRole('link', { name: 'Networks' })).toHaveAttribute('href', '/migration-prep?step=networks');
  expect(screen.getByText('You are not permitted to check this.')).toBeVisible();
  expect(screen.getByText('Ready')).toBeVisible();
  expect(screen.getByText('Networks ready: 1')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});
