import { useEffect } from 'react';
import { prerequisiteChecks } from '../../../domain/checks/prerequisites';
import type { FactsProps } from '../../step';
import { useFacts } from '../../use-facts';

/** Looks at what the prerequisites are judged by, for whoever shows how the steps stand. Shows nothing itself. */
export const PrerequisiteFacts = ({ onFacts }: FactsProps) => {
  const facts = useFacts(prerequisiteChecks);
  // As many as there are needs, always in the same order.
  const values = Object.values(facts);
  useEffect(() => {
    onFacts({ checks: prerequisiteChecks, facts });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- facts are new on every render, what they hold is not
  }, [onFacts, ...values]);
  return null;
};
