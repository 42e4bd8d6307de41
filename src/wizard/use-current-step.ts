import { useSearchParams } from 'react-router';
import { steps } from './registry';

/** The place of the step that the page's address names among `steps`: from 0, the first step's if it names none. */
export const useCurrentStep = (): number => {
  const [search] = useSearchParams();
  return Math.max(
    steps.findIndex(({ id }) => id === search.get('step')),
    0,
  );
};
