import { connectionOf, connectProblemText } from '../../../domain/connection/connect-wish';
import type { ConnectWish } from '../../../domain/connection/connect-wish';
import { signsIn } from '../../../domain/connection/plan-provider';
import { rehearsalOf } from '../../parts/rehearsal';
import type { Rehearsal } from '../../parts/rehearsal';

/** The dry run of a wish, without a try of its credentials. */
export const rehearsalOfConnection = (wish: ConnectWish): Rehearsal =>
  rehearsalOf({ ...connectionOf(wish), signsIn }, connectProblemText);
