import { createElement, lazy, Suspense } from 'react';
import type { ComponentType } from 'react';
import { checks } from '../domain/checks/registry';
import { useTranslate } from '../parts/use-translate';
import type { PopupRow } from './PopupRows';
import { factsOf } from './readiness';
import type { WatchResults } from './readiness';

const NotLoaded = () => useTranslate()('The checks could not be loaded. Reload the page.');

const PopupRows = lazy<ComponentType<{ readonly rows: readonly PopupRow[] }>>(() =>
  import('./PopupRows').then(
    (module) => ({ default: module.PopupRows }),
    () => ({ default: NotLoaded }),
  ),
);

/**
 * Behind the Status card's item: every check, judged here and shown by a chunk that is fetched when it is opened. Without JSX, whose runtime
 * the console does not share: every visit of the Overview loads this.
 */
export const ReadinessPopup = (results: WatchResults) => {
  const facts = factsOf(checks, results);
  const rows = checks.map(({ id, title, step, judge }) => ({ id, title, step, ...judge(facts) }));
  return createElement(Suspense, { fallback: null }, createElement(PopupRows, { rows }));
};
