import { nameTakenText } from '../../../domain/networks/name-taken-text';
import type { NetworksWish } from '../../../domain/networks/arrange-nads';
import { planNadsIn, projectsNeeds } from '../../../domain/networks/plan-nads';
import type { Rehearsal } from '../../parts/rehearsal';
import { rehearsalOf } from '../../parts/rehearsal';

/** The dry run of the networks that are missing in these projects. */
export const rehearsalOfNetworks = (wishes: readonly NetworksWish[]): Rehearsal =>
  rehearsalOf({ needs: projectsNeeds(wishes.map(({ project }) => project)), plan: planNadsIn(wishes) }, nameTakenText);
