import { HealthState } from '@openshift-console/dynamic-plugin-sdk';
import { checks } from '../domain/checks/registry';
import { judgeReadiness } from './readiness';
import type { WatchResults } from './readiness';

type ConsoleTranslate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/**
 * The Status card's item: one state and sentence for all checks. Called on every render of the Overview, so it is cheap and pure.
 * `t` is the console's, which takes our keys with our namespace before them (docs/facts/sdk-ux.md §1).
 */
export const readinessHealth = (
  results: WatchResults,
  t: ConsoleTranslate,
): { state: HealthState; message: string } => {
  const say = (key: string, params?: Readonly<Record<string, string | number>>) =>
    t(`plugin__migration-prep~${key}`, params);
  // What the extractor of texts cannot see, because of the namespace before it and in console-extensions.json:
  // t('Not permitted to check') t('Could not be checked') t('{{ready}} of {{total}} ready') t('Ready') t('Migration readiness') t('Migration')
  const { states, total, ready, verdicts } = judgeReadiness(checks, results);
  const message = (text: string, state: HealthState) => ({ state, message: text });
  if (states.has('loading')) return message('', HealthState.LOADING);
  if (verdicts.every(({ state }) => state === 'unknown')) {
    const isForbidden = verdicts.every(({ reason }) => reason === 'Forbidden');
    return message(say(isForbidden ? 'Not permitted to check' : 'Could not be checked'), HealthState.NOT_AVAILABLE);
  }
  const counted = say('{{ready}} of {{total}} ready', { ready, total });
  if (states.has('blocked')) return message(counted, HealthState.WARNING);
  if (states.has('waiting')) return message(counted, HealthState.PROGRESS);
  if (states.has('unknown')) return message(counted, HealthState.UNKNOWN);
  if (states.has('warning')) return message(counted, HealthState.WARNING);
  return message(say('Ready'), HealthState.OK);
};
