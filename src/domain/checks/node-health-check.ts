import { defineCheck, ready, warning } from './check';

/**
 * Whether something looks after nodes that fail. A hint: migrations do not need it, so it is neither in the list of checks nor in the report.
 * A virtual machine starts elsewhere only after its node is known to be down (medik8s/node-healthcheck-operator, docs).
 */
export const nodeHealthCheck = defineCheck({
  id: 'node-health-check',
  title: (t) => t('Node Health Check'),
  needs: { nodeHealthChecks: { list: 'nodeHealthChecks', optional: true } },
  judge: ({ nodeHealthChecks }, isServed) => {
    if (nodeHealthChecks.length > 0) return ready('NodesWatched');
    return isServed('nodeHealthChecks') ? warning('NoNodeHealthCheck') : warning('NoNodeHealthCheckOperator');
  },
  reasons: {
    NodesWatched: (t) => t('Nodes that fail are remediated.'),
    NoNodeHealthCheck: (t) =>
      t(
        'Nothing remediates a node that fails, so its virtual machines stay down until somebody does. Create a NodeHealthCheck. Migrations do not need it.',
      ),
    NoNodeHealthCheckOperator: (t) =>
      t(
        'Nothing remediates a node that fails, so its virtual machines stay down until somebody does. The Node Health Check Operator does that. Migrations do not need it.',
      ),
  },
});
