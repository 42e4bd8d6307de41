import { useEffect, useState } from 'react';
import type { Provider } from '../../../domain/objects';
import { useServices } from '../../ServicesContext';

const every = 15_000;

/** `project/name` of the Secret that a Provider names; empty when it names none. */
export const secretOf = ({ spec }: Provider): string =>
  spec?.secret?.name === undefined || spec.secret.namespace === undefined
    ? ''
    : `${spec.secret.namespace}/${spec.secret.name}`;

/**
 * Which Secrets of these Providers are not there any more, by `project/name`: MTV notices, but writes no status (recorded). Only their
 * metadata is asked for, again and again. Where the user may not look, nothing is known and nothing is said. `since` asks anew at once.
 */
export const useLostSecrets = (providers: readonly Provider[], since: number | undefined): ReadonlySet<string> => {
  const { cluster } = useServices();
  const [lost, setLost] = useState<ReadonlySet<string>>(new Set());
  const key = [...new Set(providers.map(secretOf))].filter(Boolean).sort().join(' ');
  useEffect(() => {
    let isShown = true;
    const closed = new Set<string>();
    const look = async (): Promise<void> => {
      const found = await Promise.all(
        key
          .split(' ')
          .filter((each) => each !== '' && !closed.has(each))
          .map(async (each) => {
            const [namespace = '', name = ''] = each.split('/');
            const answer = await cluster.get({ kind: 'secrets', name, namespace, metadataOnly: true });
            if (!answer.ok && answer.error.code === 'Forbidden') closed.add(each);
            return answer.ok && answer.value === undefined ? [each] : [];
          }),
      );
      if (isShown) setLost(new Set(found.flat()));
    };
    void look();
    const timer = setInterval(() => void look(), every);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [cluster, key, since]);
  return lost;
};
