import { useEffect } from 'react';
import { esxiHosts } from '../../../domain/checks/esxi-hosts';
import type { FactsProps } from '../../step';
import { useFacts } from '../../use-facts';

const checks = [esxiHosts];

/** Looks at the hosts that are set, for whoever shows how the steps stand. Shows nothing itself. */
export const EsxiHostsFacts = ({ onFacts }: FactsProps) => {
  const facts = useFacts(checks);
  const { hosts } = facts;
  useEffect(() => {
    onFacts({ checks, facts });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- facts are new on every render, what they hold is not
  }, [onFacts, hosts]);
  return null;
};
