import type { KubeConfig } from '@kubernetes/client-node';
import { parseDocument } from 'yaml';
import { loadKubeConfig } from '../cluster/kube-config';
import { fetchCertificate, fingerprintOf } from '../cluster/node-certificate';
import { nodeArchives } from '../cluster/node-archive/archive-host';
import { nodeCluster } from '../cluster/node-cluster';
import { nodeHosts } from '../cluster/node-inventory';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import type { Wishes } from '../domain/wishes';
import { credentialGuard } from '../work/prepare/credential-guard';
import type { ArchiveWorld } from '../work/prepare/declared-archive';
import { ensureParts, ensureTasks } from '../work/prepare/ensure';
import { preparationParts, preparationTasks } from '../work/prepare/preparation-tasks';
import type { PreparationWorld } from '../work/prepare/preparation-tasks';
import type { Task, World } from '../work/prepare/task';
import { applyApplication, readApplication } from './apply-application';
import { cleanupDefault, cleanupParts, cleanupTasks } from './cleanup';
import { readCommandLine, readParts } from './command-line';
import type { Invocation } from './command-line';
import { exportTo } from './export';
import type { WriteFile } from './export';
import { commandHelp, overview } from './help';
import { outputs, planEnsure } from './plan';
import { disablePlugin, enablePlugin } from './plugin';
import { readWishes } from './read-wishes';
import { readInventoryOption, readingIn } from './reading-inventory';
import { runReport } from './report';
import { undo, undoParts, undoTasks } from './undo';
import { exitCodes, until } from './until';
import type { Patience } from './until';
import { waitTasks } from './wait';

/** What the program asks of the machine it runs on. */
export interface Machine {
  /** The content of a file, `-` for standard input; the error says why not. */
  readonly read: (path: string) => Promise<Result<string, string>>;
  readonly write: WriteFile;
  readonly now: () => number;
  /** Resolves when the program is asked to stop, which from then on does not end it. */
  readonly untilStopped: () => Promise<void>;
  /** Leaves word for whoever asks why the container ended. */
  readonly leaveWord: (text: string) => Promise<void>;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

type Run = Extract<Invocation, { ask: 'run' }>;

const pluginName = 'migration-prep';
const reportName = 'migration-prep-report';

/** Runs one command to its end and answers with the exit code (docs/hooks.md). */
export const run = async (argv: readonly string[], machine: Machine): Promise<number> => {
  const { say, complain } = machine;
  const invocation = readCommandLine(argv);
  const wrong = (line: string): number => {
    complain(line);
    return exitCodes.usage;
  };
  if (!invocation.ok) return wrong(`${invocation.error} See --help.`);
  if (invocation.value.ask === 'help') {
    const { command } = invocation.value;
    say(command ? commandHelp[command] : overview);
    return exitCodes.done;
  }
  const asked = invocation.value;
  const prepared = await prepare(asked, machine);
  if (!prepared.ok) {
    if (asked.command === 'run') await machine.leaveWord(prepared.error);
    return wrong(prepared.error);
  }
  const config = loadKubeConfig({ kubeconfig: asked.texts.kubeconfig, context: asked.texts.context });
  if (!config.ok) {
    return wrong(
      config.error.code === 'NoCluster'
        ? 'No cluster is known: give --kubeconfig FILE, or run this in a pod with a ServiceAccount.'
        : `The kubeconfig cannot be used: ${config.error.message}.`,
    );
  }
  const cluster = nodeCluster(config.value);
  const { deadline, interval, dryRun: isRehearsal } = asked;
  const patience = { deadline, interval, isRehearsal, now: machine.now, pause: cluster.pause, say, complain };
  const archives = nodeArchives(config.value, process.env);
  return prepared.value(
    { cluster, dryRun: isRehearsal, say, archives },
    namespaceOf(config.value),
    patience,
    config.value,
  );
};

/** The pod's own project, or the one of the context. */
const namespaceOf = (config: KubeConfig): string =>
  config.getContextObject(config.getCurrentContext())?.namespace ?? 'default';

/** What commands work with. */
type CommandWorld = World & Pick<ArchiveWorld, 'archives'>;

/** A command that is known to be right, and not yet begun. Answers with the exit code. */
type Start = (world: CommandWorld, namespace: string, patience: Patience, config: KubeConfig) => Promise<number>;

const trying =
  (make: (world: World, namespace: string) => readonly Task[]): Start =>
  (world, namespace, patience) =>
    until(make(world, namespace), patience);

/** Everything that can be wrong before the cluster is asked anything. */
const prepare = async ({ command, targets, texts, flags }: Run, machine: Machine): Promise<Result<Start, string>> => {
  const { name = pluginName } = texts;
  switch (command) {
    case 'enable-plugin':
      return ok(trying((world) => [enablePlugin(world, name)]));
    case 'disable-plugin':
      return ok(trying((world) => [disablePlugin(world, name)]));
    case 'report': {
      const output = outputs.find((each) => each === (texts.output ?? 'text'));
      if (!output) return err(unknownOutput);
      return ok((world, own, patience) => {
        const place = { name: texts.name ?? reportName, namespace: texts.namespace ?? own };
        return runReport(world, patience, place, { output, judges: flags.has('exit-code') });
      });
    }
    case 'cleanup': {
      const only = readParts(texts.only ?? cleanupDefault.join(','), cleanupParts);
      if (!only.ok) return only;
      const { report: reported = reportName, release = pluginName } = texts;
      return ok(
        trying((world, own) =>
          cleanupTasks(world, only.value, {
            plugin: name,
            report: reported,
            release,
            namespace: texts.namespace ?? own,
          }),
        ),
      );
    }
    case 'export':
      return ok(trying((world) => [exportTo(world, texts.to ?? '', machine.write)]));
    case 'undo': {
      const only = readParts(texts.only, undoParts);
      if (!only.ok) return only;
      const { report: reported = reportName } = texts;
      return ok((world, own, patience) => {
        const names = { plugin: name, report: reported, release: pluginName, namespace: texts.namespace ?? own };
        return undo(world, patience, (each) => undoTasks(each, only.value, names), flags.has('yes'));
      });
    }
    case 'ensure':
    case 'plan': {
      const output = outputs.find((each) => each === (texts.output ?? 'text'));
      if (!output) return err(unknownOutput);
      const only = readParts(texts.only, [...ensureParts, ...preparationParts]);
      if (!only.ok) return only;
      const inventory = readInventoryOption(texts.inventory);
      if (!inventory.ok) return inventory;
      const wishes = await wishesIn(texts.wishes ?? '', machine);
      if (!wishes.ok) return wishes;
      return ok((world, own, patience, config) => {
        const fetchHosts = readingIn(config, inventory.value, nodeHosts);
        const make = (world: CommandWorld) => [
          ...ensureTasks(world, wishes.value, only.value),
          ...preparationTasks(once(world, own, fetchHosts), wishes.value.preparation, only.value),
        ];
        return command === 'plan'
          ? planEnsure(world, patience, (trial) => make({ ...trial, archives: world.archives }), output)
          : until(make(world), patience);
      });
    }
    case 'run': {
      // Nothing else needs the controller and what it needs.
      const { readControllerOptions, runController } = await import('./run-controller');
      const options = readControllerOptions(texts);
      if (!options.ok) return options;
      const wishes = await wishesIn(texts.wishes ?? '', machine);
      if (!wishes.ok) return wishes;
      const { release = pluginName, namespace } = texts;
      return ok((_world, own, _patience, config) =>
        runController(config, wishes.value, options.value, { name: release, namespace: namespace ?? own }, machine),
      );
    }
    case 'wait': {
      const wishes = texts.wishes === undefined ? ok(undefined) : await wishesIn(texts.wishes, machine);
      if (!wishes.ok) return wishes;
      const made = targets.map((target) => ({ target, make: waitTasks(target, wishes.value) }));
      const unknown = made.find(({ make }) => make === undefined);
      if (unknown) return err(unknownTarget(unknown.target));
      return ok(trying(({ cluster }) => made.flatMap(({ make }) => make?.(cluster) ?? [])));
    }
    case 'apply-application': {
      const content = await parsedFile(texts.file ?? '', machine);
      const application = content.ok ? readApplication(content.value) : content;
      return application.ok
        ? ok(trying((world) => [applyApplication(world, application.value, texts.argocd ?? 'openshift-gitops')]))
        : application;
    }
  }
};

/** What is declared is made once: no release holds it. Its Secrets are in the project of the pod or of the context. */
const once = (world: CommandWorld, home: string, fetchHosts: PreparationWorld['fetchHosts']): PreparationWorld => ({
  ...world,
  home,
  fetchHosts,
  release: undefined,
  guard: credentialGuard(world.cluster, undefined),
  fetchCertificate,
  fingerprintOf,
});
const unknownOutput = `--output must be one of: ${outputs.join(', ')}.`;

const unknownTarget = (target: string): string =>
  /^operators$|^operands$/.test(target)
    ? `${target} needs --wishes FILE.`
    : `Nothing is known to wait for as ${target}. See wait --help.`;

const parsedFile = async (path: string, { read }: Machine): Promise<Result<unknown, string>> => {
  const content = await read(path);
  if (!content.ok) return err(`${path} cannot be read: ${content.error}`);
  const document = parseDocument(content.value, { prettyErrors: false });
  const [problem] = document.errors;
  if (problem) return err(`${path} is not YAML: ${problem.message}, at character ${String(problem.pos[0])}.`);
  return ok(document.toJS() as unknown);
};

const wishesIn = async (path: string, machine: Machine): Promise<Result<Wishes, string>> => {
  const content = await parsedFile(path, machine);
  if (!content.ok) return content;
  const wishes = readWishes(content.value);
  return wishes.ok ? wishes : err(wishes.error.map((problem) => `${path}: ${problem}`).join('\n'));
};
