import { keyOf } from '../../domain/change';
import type { ChangeName } from '../../domain/change';
import type { ChangeProgress } from '../../domain/converge';
import { changeInProjectText, changeText } from '../../domain/converge-text';
import type { Translate } from '../../domain/translate';
import { useTranslate } from '../../parts/use-translate';
import { ProgressSteps } from './ProgressSteps';

/** How far the changes of a run are, object by object. */
export const ChangeProgressList = ({ changes }: { readonly changes: readonly ChangeProgress[] }) => {
  const t = useTranslate();
  if (changes.length === 0) return null;
  const texts = changes.map(({ change }) => changeText(t, change));
  // One name in several projects.
  const isOnce = (text: string): boolean => texts.indexOf(text) === texts.lastIndexOf(text);
  const titleOf = (change: ChangeName): string => {
    const text = changeText(t, change);
    return isOnce(text) ? text : changeInProjectText(t, change);
  };
  return (
    <ProgressSteps
      label={t('Changes on the cluster')}
      steps={changes.map(({ change, state }) => ({
        id: keyOf(change),
        title: titleOf(change),
        state: state === 'applying' ? 'current' : state,
        description: stateText(t, state),
      }))}
    />
  );
};

const stateText = (t: Translate, state: ChangeProgress['state']): string => {
  switch (state) {
    case 'applying':
      return t('In progress');
    case 'done':
      return t('Done');
    case 'failed':
      return t('Failed');
  }
};
