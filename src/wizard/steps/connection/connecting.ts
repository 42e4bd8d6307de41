import { useCallback } from 'react';
import type { ConnectProblem } from '../../../domain/connection/connect-wish';
import type { Refusal } from '../../../domain/connection/refusal';
import type { Metadata } from '../../../domain/objects';
import type { ConnectFailure } from '../../../work/connect';
import { useKept } from '../../DraftsContext';
import type { Run } from '../../use-converge';

/** What was stored for a Provider that had been there before: MTV needs a moment to look at it. */
export interface Corrected {
  readonly uid: string | undefined;
  /** Milliseconds. */
  readonly at: number;
  readonly providerVersion: Metadata['resourceVersion'];
  readonly secretVersion: Metadata['resourceVersion'];
}

/** What connecting has come to, whether the step is shown or not. */
export interface Connecting {
  readonly isBusy: boolean;
  readonly run: Run<ConnectProblem>;
  /** What was wanted last is stored. */
  readonly isSaved: boolean;
  /** What connects could not be fetched from the console's server, so nothing was tried. */
  readonly isUnloaded: boolean;
  /** How many times in a row vCenter has rejected what was typed. */
  readonly rejections: number;
  /** As long as nothing is written yet: ends the waiting, and nothing will be written. */
  readonly cancel?: (() => void) | undefined;
  readonly refusal?: Refusal | undefined;
  /** After a run that failed: the Secret it had made, and whether it could be deleted again. */
  readonly withdrawal?: Extract<ConnectFailure, { code: 'Unfinished' }>['withdrawal'];
  readonly corrected?: Corrected | undefined;
}

const resting: Connecting = {
  isBusy: false,
  run: { state: 'idle' },
  isSaved: false,
  isUnloaded: false,
  rejections: 0,
};

/** How connecting stands, and how to note something about it. It goes on when the step is left. */
export const useConnecting = (): [connecting: Connecting, note: (patch: Partial<Connecting>) => void] => {
  const [connecting, update] = useKept('connecting', resting);
  const note = useCallback(
    (patch: Partial<Connecting>) => {
      update((present) => ({ ...present, ...patch }));
    },
    [update],
  );
  return [connecting, note];
};
