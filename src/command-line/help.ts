/** What the command line says about itself. docs/hooks.md is the long form. */

const everywhere = `
Everywhere:
  --kubeconfig FILE   which cluster (default: KUBECONFIG, ~/.kube/config, the pod's ServiceAccount)
  --context NAME      a context of that file other than its current one
  --dry-run           let the cluster check every change, but carry out none
  --deadline MINUTES  how long to wait and retry in total; 0: one try (default 10, for wait 30)
  --interval SECONDS  how long to wait before looking again (default 5)
  --help              show this help

Exit codes: 0 done · 1 failed, and waiting does not help · 2 the command line or the file is wrong · 3 the deadline passed ·
4 a right is missing or the login is not valid · 5 report --exit-code: something is not ready · 143, 130 stopped by a signal.
After 3, 143 or 130, run it again: it continues.`;

/** What `--help` prints without a command. */
export const overview = `Prepares an OpenShift cluster to receive virtual machines from vSphere, without a person at the console.
It works from a laptop with a kubeconfig, and in a pod with a ServiceAccount. It adopts what is already there, and creates nothing twice. If a run is stopped, the next run continues it.

  migration-prep COMMAND [arguments] [options]

  ensure             create operators, their resources, storage class and registry, as a file of wishes asks
  plan               print what ensure would do, why, and what would differ; change nothing
  wait               wait until targets are reached
  enable-plugin      add the plugin to the console's list
  disable-plugin     remove it from the list
  apply-application  wait for OpenShift GitOps, then create or correct an Application
  report             judge every check, print a table, and write it to a ConfigMap
  export             write a folder for Git: values of the chart that lead to what there is
  undo               list what Migration Prep made and what stays; with --yes, remove it
  cleanup            undo what ensure did, without a list: for the chart's hooks
  run                the controller: hold what the wishes declare, until it is stopped

migration-prep COMMAND --help explains one.
${everywhere}`;

const of = (text: string): string => `${text}\n${everywhere}`;

/** What `--help` prints for each command, by its name. Its keys are the list of commands. */
export const commandHelp = {
  ensure: of(`migration-prep ensure --wishes FILE [--only PARTS] [--inventory URL]

Creates what the wishes (YAML or JSON, "-" for standard input) ask for. Waits where one thing needs another: an operator's resource needs its
CRD, the annotation needs its storage class. Adopts an operator by its package in any namespace, and any OperatorGroup that is there.

  --only PARTS  separated by commas, of: operators, operator/ID, operands, operand/ID, virt-default-class, registry, eviction-strategy,
                providers, hosts, vddk; ID is lvms, mtv, nmstate or cnv
  --inventory URL  address of MTV's inventory, which knows the ESXi hosts; needed outside of the cluster (default: its Service)

  migration-prep ensure --wishes wishes.yaml --only operators
  migration-prep ensure --wishes wishes.yaml --dry-run`),
  plan: of(`migration-prep plan --wishes FILE [--only PARTS] [--output text|json] [--inventory URL]

Says what ensure would do for the same wishes: each change, why it is needed, and each value that would differ. The cluster is asked
whether you have the rights and whether it would accept each change. Nothing is changed and nothing is waited for. What cannot be checked
is said with the reason, such as a project that does not exist yet. Values of Secrets are never shown.

PARTS and URL are those of ensure. With --output json, standard output holds one JSON document and nothing else.

  migration-prep plan --wishes wishes.yaml
  migration-prep plan --wishes wishes.yaml --only operators --output json`),
  wait: of(`migration-prep wait TARGET… [--wishes FILE]

Waits until every target is reached. Says what it waits for whenever that changes.

  operator/ID          subscribed to, CSV Succeeded, CRD Established       operators     all of the wishes that are not skip
  csv/ID               CSV Succeeded                                       operands      all that the wishes ask for
  operand/ID           ready, as its operator reports it                 registry      Managed, Available, with a host name
  crd/NAME             the CRD is Established                              plugin/NAME   the console runs with it
  storage-class/NAME   exists                                              virt-default-class   one class, with wishes: that one

  migration-prep wait crd/forkliftcontrollers.forklift.konveyor.io operand/mtv --deadline 20`),
  'enable-plugin': of(`migration-prep enable-plugin [--name migration-prep]

Adds the plugin to the list in consoles.operator.openshift.io/cluster. The same request tests the list, so that two at once lose nothing.`),
  'disable-plugin': of(`migration-prep disable-plugin [--name migration-prep]

Removes the plugin from the console's list. Succeeds if it is not in the list, or if there is no console.`),
  'apply-application': of(`migration-prep apply-application --file FILE [--argocd openshift-gitops]

Waits for the CRD applications.argoproj.io, for the namespace, and until the ArgoCD is Available. Then creates the Application of the file, or sets
the parts of its spec that differ.`),
  report: of(`migration-prep report [--output text|json] [--exit-code] [--namespace NS] [--name migration-prep-report]

Judges every check that the page in the console shows, and writes the result to a ConfigMap in NS, by default the namespace of the context. With
--dry-run, it writes nothing. What you are not permitted to see is "not known".

  --output json   one JSON document on standard output: {"ready": …, "checks": [{"id", "title", "state", "reason", "text"}]}
  --exit-code     end with 5 if something is not ready; otherwise the exit code is 0 whatever the verdicts are

  migration-prep report --dry-run --exit-code && start-the-migration`),
  export: of(`migration-prep export --to FOLDER

Writes into FOLDER what belongs in Git: values.yaml, with which the chart makes the same of another cluster; objects/, what Migration Prep created
here; and NOTES.md, what is left for you. Secrets are not read and not written. The values name Secrets for you to create.

  migration-prep export --to clusters/one && git add clusters/one`),
  undo: of(`migration-prep undo [--yes] [--only PARTS] [--namespace NS] [--name migration-prep] [--report migration-prep-report]

Lists what Migration Prep made, and what stays because something needs it or because the values of a release declare it. Nothing else is
touched. With --yes, it then removes what it listed. If the controller runs, switch it off first: it would set again what you undo.

  --only PARTS  separated by commas, of: networks, providers, vddk, plugin, report, virt-default-class, eviction-strategy, registry,
                operands, operators, namespaces

  migration-prep undo --only networks
  migration-prep undo --yes`),
  cleanup:
    of(`migration-prep cleanup [--only PARTS] [--namespace NS] [--name migration-prep] [--report migration-prep-report]
                       [--release migration-prep]

Undoes what ensure did, and nothing else. Without --only: plugin, report, virt-default-class, eviction-strategy. Further parts: registry,
operands, operators, namespaces; controller, which stops the controller in NS before anything else; and declared, which takes away the note
that the release in NS declares a provider, an ESXi host or the VDDK image, so that the page can change them. Keeps what is in use, and says why.`),
  run: of(`migration-prep run --wishes FILE [--release NAME] [--namespace NS] [--port PORT] [--inventory URL]

Runs the controller: creates the networks that migration plans name, and says on a plan what it cannot decide. It ends when it is stopped by
SIGTERM or SIGINT, after the writes that it began, with exit code 0. --dry-run, --deadline and --interval do not count.

  --release NAME   whose values these are (default migration-prep), written on what is created
  --namespace NS   the project of that release (default: the pod's, or that of the context)
  --port PORT      where /healthz, /readyz and /metrics are served (default 8080; 0: any that is free)
  --inventory URL  address of MTV's inventory, for use outside of the cluster (default: its Service in MTV's project)

  migration-prep run --wishes wishes.yaml --inventory https://forklift-inventory.apps.example.com`),
} as const;

/** The name of a command. */
export type Command = keyof typeof commandHelp;

/** Whether a word of the command line is a command. */
export const isCommand = (word: string): word is Command => Object.hasOwn(commandHelp, word);
