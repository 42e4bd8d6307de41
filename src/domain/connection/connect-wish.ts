import type { Plan } from '../converge';
import type { Translate } from '../translate';
import { planProvider, providerNeeds, providerProblemText } from './plan-provider';
import type { ProviderProblem, ProviderSeen, ProviderWish } from './plan-provider';
import { planRotation, rotationNeeds, rotationProblemText } from './plan-rotation';
import type { RotationProblem, RotationWish } from './plan-rotation';

/** What is to be connected, or connected with another password or certificate. */
export type ConnectWish = ProviderWish | RotationWish;

/** Why nothing can be written. */
export type ConnectProblem = ProviderProblem | RotationProblem;

/** What a wish looks at, and what it plans. */
interface Connection {
  readonly needs: ReturnType<typeof providerNeeds> | ReturnType<typeof rotationNeeds>;
  readonly plan: (seen: ProviderSeen) => Plan<ConnectProblem>;
}

/** What is looked at and planned for a wish. */
export const connectionOf = (wish: ConnectWish): Connection =>
  'content' in wish
    ? { needs: rotationNeeds(wish), plan: planRotation(wish) }
    : { needs: providerNeeds(wish), plan: planProvider(wish) };

/** Why nothing can be written, and what to do. */
export const connectProblemText = (t: Translate, problem: ConnectProblem): string => {
  switch (problem.code) {
    case 'SecretTaken':
    case 'ProviderTaken':
    case 'DeclaredElsewhere':
      return providerProblemText(t, problem);
    case 'ProviderGone':
    case 'SecretGone':
    case 'OtherSecret':
      return rotationProblemText(t, problem);
  }
};
