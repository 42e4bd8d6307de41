import AxeBuilder from '@axe-core/playwright';
import { test as base } from '@playwright/test';
import type { APIRequestContext, Page } from '@playwright/test';
import { startSandbox } from './sandbox';
import type { RunningSandbox } from './sandbox';

export { expect } from '@playwright/test';

/** What breaks requests at the bridge (sandbox/internal/bridge/faults.go). */
export interface Fault {
  readonly method?: string;
  readonly path: string;
  readonly action: 'delay' | 'drop-before' | 'drop-after' | 'status' | 'cut-watch';
  readonly status?: number;
  readonly milliseconds?: number;
  readonly count?: number;
  readonly skip?: number;
}

/** The API server, asked as the cluster administrator: tests believe it, not the page. */
export interface KubeApi {
  readonly get: <T>(path: string) => Promise<T>;
  readonly list: <T>(path: string) => Promise<readonly T[]>;
  /** Answers what the API server answered. */
  readonly send: (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;
}

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** What the page said that nobody should have to read. */
export interface Complaints {
  readonly errors: readonly string[];
}

interface TestFixtures {
  readonly scenario:
    | 'empty'
    | 'half'
    | 'assisted'
    | 'fresh'
    | 'prepared'
    | 'no-registry'
    | 'no-builds'
    | 'elsewhere'
    | 'upstream'
    | 'nodes-even'
    | 'nodes-odd';
  readonly cluster: KubeApi;
  readonly signIn: (user: string, path?: string) => Promise<void>;
  /** Goes on as somebody else, by the console's impersonation, which begins on Projects. */
  readonly actAs: (user: string, groups?: string) => Promise<void>;
  readonly breakRequests: (...faults: Fault[]) => Promise<void>;
  /** What axe finds wrong with the plugin's part of the page. */
  readonly accessibilityProblems: () => Promise<readonly string[]>;
  readonly requests: () => Promise<readonly LoggedRequest[]>;
  /** Errors on the console, watches asked for twice, and violations of the content security policy; checked after each test. */
  readonly allowedErrors: RegExp | undefined;
  readonly complaints: Complaints;
}

interface WorkerFixtures {
  /** Folder with CRDs that take the place of the sandbox's own. */
  readonly crds: string | undefined;
  /** Every request to the API server is written down. */
  readonly audit: boolean;
  readonly sandbox: RunningSandbox;
}

const apiOf = (request: APIRequestContext, { info }: RunningSandbox): KubeApi => {
  const token = info.users.find(({ name }) => name === 'kubeadmin')?.token ?? '';
  const ask = async (method: string, path: string, data?: unknown) => {
    const answer = await request.fetch(info.apiServer + path, {
      method,
      ignoreHTTPSErrors: true,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      },
      ...(data !== undefined && { data }),
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${String(answer.status())} ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };
  return {
    get: async <T>(path: string) => (await ask('GET', path)) as T,
    list: async <T>(path: string) => ((await ask('GET', path)) as { items: T[] }).items,
    send: ask,
  };
};

/** The browser's own note that somebody was refused or found nothing: answers that a page asks for. What it makes of them, tests see. */
const answered = /^Failed to load resource: the server responded with a status of (403|404) /;

/** The console's warning of a watch that was ended and begun again before its list had come (docs/facts/console-host.md, "Watches"). */
const watchedTwice = 'Attempted to create multiple websockets ';

/** Every error of the page, every watch that it asks for twice, and every violation of its policy. */
const listen = (page: Page, errors: string[]) => {
  page.on('console', (message) => {
    if (message.type() === 'error' && !answered.test(message.text())) errors.push(message.text());
    if (message.type() === 'warning' && message.text().startsWith(watchedTwice)) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`securitypolicyviolation: ${violatedDirective} ${blockedURI}`);
    });
  });
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  scenario: ['fresh', { option: true }],
  allowedErrors: [undefined, { option: true }],
  crds: [undefined, { option: true, scope: 'worker' }],
  audit: [false, { option: true, scope: 'worker' }],
  sandbox: [
    async ({ crds, audit }, use) => {
      const sandbox = await startSandbox({ crds, audit });
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ sandbox }, use) => {
    await use(sandbox.info.console);
  },
  cluster: [
    async ({ request, sandbox, scenario }, use) => {
      // Another scenario may mean that operators go and others come: no action of a user, so its time is the fixture's.
      const answer = await request.post(`${sandbox.info.console}/_sandbox/reset?scenario=${scenario}`, { timeout: 0 });
      if (!answer.ok()) throw new Error(await answer.text());
      await use(apiOf(request, sandbox));
    },
    { auto: true, timeout: 120_000 },
  ],
  complaints: [
    async ({ page, allowedErrors }, use, testInfo) => {
      const errors: string[] = [];
      await listen(page, errors);
      await use({ errors });
      // What an assertion saw of the page when it failed, typed credentials included, would be written beside the results.
      for (const error of testInfo.errors) delete error.errorContext;
      const unexpected = errors.filter((error) => !allowedErrors?.test(error));
      if (unexpected.length > 0) throw new Error(`The page complained:\n${unexpected.join('\n')}`);
    },
    { auto: true },
  ],
  signIn: async ({ page }, use) => {
    await use(async (user, path = '/migration-prep') => {
      await page.goto(`/auth/login?then=${encodeURIComponent(path)}`);
      await page.getByRole('button', { name: new RegExp(`^${user}`) }).click();
    });
  },
  actAs: async ({ page }, use) => {
    await use(async (user, groups = '') => {
      await page.getByText('Impersonate', { exact: true }).click();
      await page.getByRole('textbox', { name: 'User to impersonate' }).fill(user);
      await page.getByRole('textbox', { name: 'Groups to impersonate' }).fill(groups);
      await page.getByRole('button', { name: 'Begin' }).click();
      await page.getByText(`acting as ${user}`).waitFor();
    });
  },
  breakRequests: async ({ request, sandbox }, use) => {
    await use(async (...faults) => {
      const answer = await request.post(`${sandbox.info.console}/_sandbox/faults`, { data: faults });
      if (!answer.ok()) throw new Error(await answer.text());
    });
    const faults = (await (await request.get(`${sandbox.info.console}/_sandbox/faults`)).json()) as (Fault & {
      hits: number;
    })[];
    await request.delete(`${sandbox.info.console}/_sandbox/faults`);
    const idle = faults.filter(({ hits }) => hits === 0).map(({ method = '', path }) => `${method} ${path}`);
    if (idle.length > 0) throw new Error(`No request was broken: ${idle.join(', ')}`);
  },
  accessibilityProblems: async ({ page }, use) => {
    await use(async () => {
      const { violations } = await new AxeBuilder({ page }).include('main').analyze();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
  },
  requests: async ({ request, sandbox }, use) => {
    await use(
      async () => (await (await request.get(`${sandbox.info.console}/_sandbox/requests`)).json()) as LoggedRequest[],
    );
  },
});
