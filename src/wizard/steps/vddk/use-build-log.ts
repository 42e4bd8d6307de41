import { useEffect, useState } from 'react';
import type { ClusterFailure } from '../../../domain/failure';
import type { Build } from '../../../domain/objects';
import { append, noLines } from '../../../domain/vddk/log-lines';
import type { LogLines } from '../../../domain/vddk/log-lines';
import { useServices } from '../../ServicesContext';

/** What a build has written so far. */
export interface ShownLog extends LogLines {
  readonly failure: ClusterFailure | undefined;
}

const nothing: ShownLog = { ...noLines, failure: undefined };

/** Follows the log of a build for as long as the component is shown. */
export const useBuildLog = ({ metadata: { name, namespace = '' } }: Build): ShownLog => {
  const { followBuildLog } = useServices();
  const [log, setLog] = useState(nothing);

  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    setLog(nothing);
    const onText = (text: string): void => {
      if (!signal.aborted) setLog((before) => ({ ...before, ...append(before, text) }));
    };
    void followBuildLog({ project: namespace, build: name, signal, onText }).then((answer) => {
      if (!answer.ok && !signal.aborted) setLog((before) => ({ ...before, failure: answer.error }));
    });
    return () => {
      leave.abort();
    };
  }, [followBuildLog, name, namespace]);
  return log;
};
