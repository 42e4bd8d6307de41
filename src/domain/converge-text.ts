import type { ChangeName } from './change';
import type { ConvergeFailure } from './converge';
import { failureText } from './failure';
import { kinds } from './kinds';
import { missingRightsText } from './rights';
import type { Translate } from './translate';

/** A change in words. */
export const changeText = (t: Translate, { verb, kind, name }: ChangeName): string => {
  const params = { kind: kinds[kind].kind, name };
  switch (verb) {
    case 'create':
      return t('Create {{kind}} {{name}}', params);
    case 'patch':
      return t('Change {{kind}} {{name}}', params);
    case 'delete':
      return t('Delete {{kind}} {{name}}', params);
  }
};

/** A change in words, with its project. */
export const changeInProjectText = (t: Translate, change: ChangeName): string =>
  change.namespace === undefined
    ? changeText(t, change)
    : t('{{change}} in {{project}}', { change: changeText(t, change), project: change.namespace });

/** Why a run of `converge` stopped, and what to do. */
export const convergeFailureText = <P>(
  t: Translate,
  failure: ConvergeFailure<P>,
  problemText: (t: Translate, problem: P) => string,
): string => {
  switch (failure.code) {
    case 'Refused':
      return problemText(t, failure.problem);
    case 'RightsMissing':
      return missingRightsText(t, failure.rights);
    case 'ReadFailed':
    case 'WriteFailed':
      return failureText(t, failure.failure);
    case 'NotConverging':
      return t('Something keeps undoing these changes: {{changes}}. Find out what manages these objects, then retry.', {
        changes: failure.changes.map((change) => changeText(t, change)).join(', '),
      });
  }
};
