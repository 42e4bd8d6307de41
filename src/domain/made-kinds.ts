import type { KindId } from './kinds';

/** What Migration Prep may create so that there is an operator and its operand, in the order in which it is made. */
export const platformKinds = [
  'namespaces',
  'operatorGroups',
  'subscriptions',
  'lvmClusters',
  'forkliftControllers',
  'nmStates',
  'hyperConvergeds',
] as const satisfies readonly KindId[];
