import { isTrue } from './conditions';
import type { WithConditions } from './conditions';
import type { KubeObject } from './objects';

/** A migration of this Plan is under way (docs/facts/forklift.md §7). */
export const isRunning = ({ status }: KubeObject & { readonly status?: WithConditions }): boolean =>
  isTrue(status, 'Executing');

/** The Plans of which a migration is under way, as `project/name`. */
export const runningAmong = (plans: readonly KubeObject[]): readonly string[] =>
  plans.filter(isRunning).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
