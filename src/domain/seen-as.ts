/** Under which names of an export's needs the kinds of operators and operands are. */
export const seenAs = {
  lvmClusters: 'lvmClusters',
  hyperConvergeds: 'hyperConvergeds',
  forkliftControllers: 'controllers',
  subscriptions: 'subscriptions',
  operatorGroups: 'operatorGroups',
  nmStates: 'nmStates',
} as const;
