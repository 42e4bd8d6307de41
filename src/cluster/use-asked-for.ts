import { useEffect, useState } from 'react';
import type { Cluster, Many, One } from '../domain/cluster';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { Watched } from '../domain/watched';

/** Milliseconds between two questions. */
const interval = 15_000;

/**
 * What there is of a kind that the console does not know. The console asks for all kinds when a CRD comes; what the API server serves a moment
 * later, it does not know until the page is loaded anew (docs/facts/console-host.md, "Watches"). So a kind that is absent is asked for by
 * ourselves, until the console knows it. `undefined`: it is absent, as far as is known.
 */
export const useAskedFor = <K extends KindId>(
  cluster: Pick<Cluster, 'list' | 'get'>,
  query: One<K> | Many<K> | undefined,
  isAbsent: boolean,
): Watched<ObjectOf[K]> | undefined => {
  const question = query && isAbsent ? JSON.stringify(query) : undefined;
  const [answer, setAnswer] = useState<{ readonly question: string; readonly watched: Watched<ObjectOf[K]> }>();
  useEffect(() => {
    if (question === undefined) return undefined;
    const asked = JSON.parse(question) as One<K> | Many<K>;
    let isShown = true;
    const timer = setInterval(() => {
      void ask(cluster, asked).then((items) => {
        if (isShown) setAnswer(items && { question, watched: { state: 'loaded', items } });
      });
    }, interval);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [cluster, question]);
  return answer?.question === question ? answer?.watched : undefined;
};

const ask = async <K extends KindId>(
  cluster: Pick<Cluster, 'list' | 'get'>,
  query: One<K> | Many<K>,
): Promise<readonly ObjectOf[K][] | undefined> => {
  if ('list' in query) {
    const listed = await cluster.list(query);
    return listed.ok ? listed.value : undefined;
  }
  const found = await cluster.get(query);
  return found.ok && found.value ? [found.value] : undefined;
};
