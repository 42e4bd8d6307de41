import { useEffect, useState } from 'react';
import type { ClusterFailure } from '../../../domain/failure';
import type { Build } from '../../../domain/objects';
import { useServices } from '../../ServicesContext';

/** What a build has written, its last lines only. */
export interface ShownLog {
  readonly lines: readonly string[];
  readonly failure: ClusterFailure | undefined;
}

const mostLines = 500;

const nothing: ShownLog = { lines: [], failure: undefined };

/** Follows the log of a build for as long as the component is shown; `undefined` rests. */
export const useBuildLog = (build: Build | undefined): ShownLog => {
  const { followBuildLog } = useServices();
  const [log, setLog] = useState(nothing);
  const { name, namespace = '' } = build?.metadata ?? {};

  useEffect(() => {
    if (name === undefined) return undefined;
    const leave = new AbortController();
    const { signal } = leave;
    setLog(nothing);
    const onText = (text: string): void => {
      if (!signal.aborted) setLog(({ lines, ...rest }) => ({ ...rest, lines: append(lines, text) }));
    };
    void followBuildLog({ project: namespace, build: name, signal, onText }).then((answer) => {
      if (!answer.ok && !signal.aborted) setLog(({ lines }) => ({ lines, failure: answer.error }));
    });
    return () => {
      leave.abort();
    };
  }, [followBuildLog, name, namespace]);
  return log;
};

/** The last line may be unfinished: the next piece goes on where it ends. */
const append = (lines: readonly string[], text: string): readonly string[] => {
  const [first = '', ...more] = text.split('\n');
  return [...lines.slice(0, -1), (lines.at(-1) ?? '') + first, ...more].slice(-mostLines);
};
