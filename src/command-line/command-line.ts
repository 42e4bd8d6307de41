import { parseArgs } from 'node:util';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { isCommand } from './help';
import type { Command } from './help';

/** What was asked for. `help` without a command: all of it. */
export type Invocation =
  | { readonly ask: 'help'; readonly command: Command | undefined }
  | {
      readonly ask: 'run';
      readonly command: Command;
      readonly targets: readonly string[];
      /** Options that are texts, by name. */
      readonly texts: Readonly<Record<string, string | undefined>>;
      /** Options without a value that were given. */
      readonly flags: ReadonlySet<string>;
      readonly dryRun: boolean;
      /** Milliseconds. */
      readonly deadline: number;
      readonly interval: number;
    };

const everywhere = {
  kubeconfig: 'string',
  context: 'string',
  deadline: 'string',
  interval: 'string',
  'dry-run': 'boolean',
  help: 'boolean',
} as const;

/** Options of each command beside those of all, and whether it takes arguments. */
const own: Readonly<
  Record<
    Command,
    {
      readonly options: readonly string[];
      readonly flags?: readonly string[];
      readonly targets?: true;
      readonly required?: string;
    }
  >
> = {
  ensure: { options: ['wishes', 'only', 'inventory'], required: 'wishes' },
  plan: { options: ['wishes', 'only', 'output', 'inventory'], required: 'wishes' },
  wait: { options: ['wishes'], targets: true },
  'enable-plugin': { options: ['name'] },
  'disable-plugin': { options: ['name'] },
  'apply-application': { options: ['file', 'argocd'], required: 'file' },
  report: { options: ['namespace', 'name', 'output'], flags: ['exit-code'] },
  cleanup: { options: ['only', 'namespace', 'name', 'report', 'release'] },
  export: { options: ['to'], required: 'to' },
  undo: { options: ['only', 'namespace', 'name', 'report'], flags: ['yes'] },
  run: { options: ['wishes', 'release', 'namespace', 'port', 'inventory'], required: 'wishes' },
};

const minutes = 60_000;
const seconds = 1000;

/** Reads the arguments after the program's name. The error says what is wrong. */
export const readCommandLine = (argv: readonly string[]): Result<Invocation, string> => {
  const [command = '--help', ...rest] = argv;
  if (command === '--help' || command === 'help') return ok({ ask: 'help', command: rest.find(isCommand) });
  if (!isCommand(command)) return err(`There is no command ${command}.`);
  const { options, flags = [], targets: takesTargets = false, required } = own[command];
  const parsed = parse(rest, options, flags);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  if (values.help === true) return ok({ ask: 'help', command });
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  if (!takesTargets && positionals.length > 0) return err(`${command} takes no argument ${positionals.join(' ')}.`);
  if (takesTargets && positionals.length === 0) return err(`${command} needs to be told what to wait for.`);
  if (required !== undefined && text(required) === undefined)
    return err(`${command} needs --${required} ${required === 'to' ? 'FOLDER' : 'FILE'}.`);
  const deadline = numberOf(text('deadline') ?? (command === 'wait' ? '30' : '10'));
  const interval = numberOf(text('interval') ?? '5');
  if (deadline === undefined) return err('--deadline must be a number of minutes, 0 or more.');
  if (interval === undefined) return err('--interval must be a number of seconds, 0 or more.');
  const texts = Object.fromEntries([...options, 'kubeconfig', 'context'].map((name) => [name, text(name)]));
  return ok({
    ask: 'run',
    command,
    targets: positionals,
    texts,
    flags: new Set(flags.filter((name) => values[name] === true)),
    dryRun: values['dry-run'] === true,
    deadline: deadline * minutes,
    interval: interval * seconds,
  });
};

type Parsed = ReturnType<typeof parseArgs>;

const parse = (args: string[], options: readonly string[], flags: readonly string[]): Result<Parsed, string> => {
  const strings = Object.fromEntries(options.map((name) => [name, { type: 'string' as const }]));
  const booleans = Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }]));
  const shared = Object.fromEntries(Object.entries(everywhere).map(([name, type]) => [name, { type }]));
  try {
    return ok(parseArgs({ args, options: { ...shared, ...strings, ...booleans }, allowPositionals: true }));
  } catch (thrown) {
    const { message } = thrown as Error;
    return err(message.endsWith('.') ? message : `${message}.`);
  }
};

const numberOf = (text: string): number | undefined => {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
};

/** Words separated by commas, each of which must be known. */
export const readParts = (given: string | undefined, known: readonly string[]): Result<readonly string[], string> => {
  const words = (given ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  const unknown = words.find((word) => !known.includes(word));
  return unknown === undefined ? ok(words) : err(`--only does not know ${unknown}. It knows: ${known.join(', ')}.`);
};
