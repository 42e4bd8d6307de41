import type { Host } from './objects';
import { ownSelector } from './ownership';
import { undoing } from './undoing';
import type { Undoing } from './undoing';
import { isRunning } from './running-plans';

/**
 * The removal of one ESXi host of ours with its Secret. A migration that runs keeps it; a plan that does not run works without it: MTV then
 * copies through vCenter (docs/facts/forklift.md §5).
 */
export const undoHost = ({ metadata, spec }: Host): Undoing => {
  const { name: secret = '', namespace = metadata.namespace ?? '' } = spec?.secret ?? {};
  return undoing(
    {
      hosts: { list: 'hosts', labelSelector: ownSelector },
      plans: { list: 'plans' },
      secret: { kind: 'secrets', name: secret, namespace, metadataOnly: true },
    },
    ({ hosts, plans, secret: object }) => {
      const running = plans.find((plan) => {
        const { name, namespace } = plan.spec?.provider?.source ?? {};
        return isRunning(plan) && name === spec?.provider?.name && namespace === spec?.provider?.namespace;
      });
      const usedBy = running && `Plan ${running.metadata.namespace ?? ''}/${running.metadata.name}`;
      return [
        ...hosts
          .filter((each) => each.metadata.uid === metadata.uid)
          .map((each) => ({ kind: 'hosts' as const, object: each, usedBy })),
        ...(object ? [{ kind: 'secrets' as const, object, usedBy }] : []),
      ];
    },
  );
};
