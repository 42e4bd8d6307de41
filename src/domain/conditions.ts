import type { Condition } from './objects';

/** What carries conditions: an object's status, which may not have been written yet. */
export interface WithConditions {
  readonly conditions?: readonly Condition[];
}

/** The condition of a type; `undefined` when nobody has written it. */
export const conditionOf = (status: WithConditions | undefined, type: string): Condition | undefined =>
  status?.conditions?.find((each) => each.type === type);

/**
 * Whether a condition is True. A missing one is unknown, and so neither True nor False
 * (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties).
 */
export const isTrue = (status: WithConditions | undefined, type: string): boolean =>
  conditionOf(status, type)?.status === 'True';

/** Whether a condition is False, which a missing one is not. */
export const isFalse = (status: WithConditions | undefined, type: string): boolean =>
  conditionOf(status, type)?.status === 'False';

/** What a condition says if it is True: a reason and a message; `undefined` if it is not. */
export const holding = (status: WithConditions | undefined, type: string): Condition | undefined => {
  const condition = conditionOf(status, type);
  return condition?.status === 'True' ? condition : undefined;
};

/** Whether a CustomResourceDefinition is served; one that is not there is not. */
export const isEstablished = (definition: { readonly status?: WithConditions } | undefined): boolean =>
  isTrue(definition?.status, 'Established');
