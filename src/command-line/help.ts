/** What the command line says about itself. docs/hooks.md is the long form. */

const everywhere = `
Everywhere:
  --kubeconfig FILE   which cluster (default: KUBECONFIG, ~/.kube/config, the pod's ServiceAccount)
  --context NAME      a context of that file other than its current one
  --dry-run           let the cluster check every change, carry out none
  --deadline MINUTES  how long to wait and retry in all; 0: one try (default 10, wait: 30)
  --interval SECONDS  between two looks (default 5)
  --help              this

Exit codes: 0 done · 1 failed, waiting does not mend it · 2 the command line or the file is wrong · 3 the deadline passed ·
4 a right is missing or the login is not valid · 143, 130 stopped by a signal. After 3, 143 and 130 run it again: it continues.`;

export const overview = `Prepares an OpenShift cluster to receive virtual machines from vSphere, without a person at the console.
What is there already is adopted; nothing is made twice; whatever was stopped continues with the next run.

  main.mjs COMMAND [arguments] [options]

  ensure             make operators, their resources, storage class, registry, as a file of wishes says
  plan               say what ensure would do, why, and what would differ; change nothing
  wait               wait until something is so
  enable-plugin      put the plugin into the console's list
  disable-plugin     take it out again
  apply-application  wait for OpenShift GitOps, then create or correct an Application
  report             judge every check, print a table, keep it in a ConfigMap
  cleanup            take back what ensure did

main.mjs COMMAND --help explains one.
${everywhere}`;

const of = (text: string): string => `${text}\n${everywhere}`;

export const commandHelp = {
  ensure: of(`main.mjs ensure --wishes FILE [--only PARTS]

Makes what the wishes (YAML or JSON, "-" for standard input) ask for, and waits where one thing needs another: an operator's own resource for
its CRD, the annotation for its storage class. Adopts an operator by its package in any namespace, and any OperatorGroup that is there.

  --only PARTS  separated by commas, of: operators, operator/ID, operands, operand/ID, virt-default-class, registry, eviction-strategy
                ID is lvms, mtv, nmstate or cnv

  main.mjs ensure --wishes wishes.yaml --only operators
  main.mjs ensure --wishes wishes.yaml --dry-run`),
  plan: of(`main.mjs plan --wishes FILE [--only PARTS] [--output text|json]

Says what ensure would do for the same wishes: each change, why it is needed, and each value that would differ. The cluster is asked
whether you have the rights and whether it would accept each change. Nothing is changed and nothing is waited for. What cannot be checked
is said with the reason, such as a project that does not exist yet. Values of Secrets are never shown.

PARTS are those of ensure. With --output json, standard output holds one JSON document and nothing else.

  main.mjs plan --wishes wishes.yaml
  main.mjs plan --wishes wishes.yaml --only operators --output json`),
  wait: of(`main.mjs wait TARGET… [--wishes FILE]

Waits until everything named is so, and says what it waits for whenever that changes.

  operator/ID          subscribed to, CSV Succeeded, CRD Established       operators     all of the wishes that are not skip
  csv/ID               CSV Succeeded                                       operands      all that the wishes ask for
  operand/ID           ready by the signs of that operator                 registry      Managed, Available, with a host name
  crd/NAME             the CRD is Established                              plugin/NAME   the console runs with it
  storage-class/NAME   exists                                              virt-default-class   one class, with wishes: that one

  main.mjs wait crd/forkliftcontrollers.forklift.konveyor.io operand/mtv --deadline 20`),
  'enable-plugin': of(`main.mjs enable-plugin [--name migration-prep]

Adds the plugin behind those in consoles.operator.openshift.io/cluster. The list is tested in the same request, so that two at once lose nothing.`),
  'disable-plugin': of(`main.mjs disable-plugin [--name migration-prep]

Takes the plugin out of the console's list. It is fine if it is not in there, or if there is no console.`),
  'apply-application': of(`main.mjs apply-application --file FILE [--argocd openshift-gitops]

Waits for the CRD applications.argoproj.io, the namespace and the ArgoCD named to be Available; then creates the Application of the file, or sets
the parts of its spec that differ.`),
  report: of(`main.mjs report [--namespace NS] [--name migration-prep-report]

Judges every check that the page in the console shows. The exit code is 0 whatever the verdicts are; what may not be seen is "not known".`),
  cleanup: of(`main.mjs cleanup [--only PARTS] [--namespace NS] [--name migration-prep] [--report migration-prep-report]

Takes back what ensure did and nothing else. Without --only: plugin, report, virt-default-class, eviction-strategy. Further parts: registry,
operands, operators, namespaces. What holds work of people is kept, and it is said why.`),
} as const;

export type Command = keyof typeof commandHelp;

export const isCommand = (word: string): word is Command => Object.hasOwn(commandHelp, word);
