import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** States of the cluster (sandbox/scenarios), and who looks at them. */
export const scenarios = ['empty', 'half', 'assisted', 'fresh', 'prepared', 'elsewhere'] as const;
export const users = ['kubeadmin', 'prep', 'viewer'] as const;

type User = (typeof users)[number];
/** What is said to all users, or to each of them. */
type Said = string | Readonly<Record<User, string>>;
type Topic = Readonly<Record<string, Said>>;
type Table = Readonly<Record<string, { readonly checks: Topic; readonly steps: Topic }>>;

const table = parse(readFileSync(join(import.meta.dirname, 'readiness.yaml'), 'utf8')) as Table;

/** What is said to who may not look. */
export const forbidden = 'Unknown: You are not permitted to check this.';

const saidTo = (topic: Topic, user: User): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(topic).map(([name, said]) => {
      const text = typeof said === 'string' ? said : said[user];
      return [name, text === 'forbidden' ? forbidden : text];
    }),
  );

/** What page, Status card and report have to say in a scenario to a user: each check by its title, as "State: sentence"; each step by its name. */
export const readinessOf = (scenario: (typeof scenarios)[number], user: User) => {
  const { checks, steps } = table[scenario] ?? { checks: {}, steps: {} };
  return { checks: saidTo(checks, user), steps: saidTo(steps, user) };
};

/** Names that the cluster makes up. */
export const withoutMadeUpNames = (text: string): string => text.replaceAll(/\binstall-[a-z0-9]{5}\b/g, 'install-…');
