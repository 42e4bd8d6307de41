import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goToMigrationPrep } from './pages/main-navigation';

const ours = '/api/plugins/migration-prep/';

interface Opening {
  /** The name of its budget in tools/budgets.json. */
  readonly what: string;
  /** An address, a step of the page, or a button of the step. */
  readonly opens: string;
  /** A button of the step that opens more of it. */
  readonly more?: string;
  /** What is visible when everything is there. */
  readonly shows: string;
}

/** A visit of the Overview, then of the page and its steps, in a tab that keeps what it has loaded. */
const openings: readonly Opening[] = [
  { what: 'Overview', opens: '/dashboards', shows: 'Migration readiness' },
  { what: 'Page with its first step', opens: '/migration-prep', shows: 'What migrations need of this cluster' },
  { what: 'Connection', opens: 'Connection', shows: 'Connect another vCenter' },
  {
    what: 'Connection: the form',
    opens: 'Connection',
    more: 'Connect another vCenter',
    shows: 'Project of the provider',
  },
  { what: 'VDDK', opens: 'VDDK', shows: 'MTV uses this image' },
  { what: 'VDDK: the form', opens: 'VDDK', more: 'Replace', shows: 'Where VDDK comes from' },
  { what: 'Networks', opens: 'Networks', shows: 'port groups shown' },
  { what: 'Summary', opens: 'Summary', shows: 'Created by Migration Prep' },
];

/** Most bytes of our JavaScript, compressed as they come, that an opening may load in addition to what was loaded before. */
const budgets = JSON.parse(readFileSync(join(import.meta.dirname, '../tools/budgets.json'), 'utf8')) as Readonly<
  Record<string, number>
>;

export interface Measured {
  readonly what: string;
  readonly bytes: number;
  readonly budget: number;
  readonly files: readonly string[];
}

/** Of all openings the files of ours that each loads, with their bytes. Nothing is fetched ahead. */
export const measureOpenings = async (
  page: Page,
  signIn: (user: string, path: string) => Promise<void>,
): Promise<readonly Measured[]> => {
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  let files: { readonly name: string; readonly bytes: Promise<number> }[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith(ours) || !pathname.endsWith('.js')) return;
    files.push({
      name: pathname.slice(ours.length),
      bytes: response
        .request()
        .sizes()
        .then(({ responseBodySize }) => responseBodySize),
    });
  });
  const measured: Measured[] = [];
  for (const { what, opens, more, shows } of openings) {
    files = [];
    if (opens === '/dashboards') await signIn('kubeadmin', opens);
    else if (opens.startsWith('/')) await goToMigrationPrep(page);
    else await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: opens }).click();
    if (more !== undefined) await page.getByRole('main').getByRole('button', { name: more, exact: true }).click();
    await page.getByText(shows).first().waitFor();
    await page.waitForLoadState('networkidle');
    const bytes = await Promise.all(files.map((file) => file.bytes));
    measured.push({
      what,
      bytes: bytes.reduce((sum, each) => sum + each, 0),
      budget: budgets[what] ?? 0,
      files: files.map(({ name }, at) => `${name} ${String(bytes[at])}`),
    });
  }
  return measured;
};
