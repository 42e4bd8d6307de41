import type { WantedHost } from '../../../domain/hosts/draft';
import { hostProblemText } from '../../../domain/hosts/plan-host';
import { hostsNeeds, planHosts } from '../../../domain/hosts/plan-hosts';
import { rehearsalOf } from '../../parts/rehearsal';
import type { Rehearsal } from '../../parts/rehearsal';

/** The dry run of all selected hosts, without a try of their credentials. The content of a Secret is never shown, so no certificate is fetched. */
export const rehearsalOfHosts = (wanted: readonly WantedHost[]): Rehearsal => {
  const submission = crypto.randomUUID();
  const wishes = wanted.map(({ trust, ...target }) => ({
    ...target,
    certificate: trust.by === 'nothing' ? undefined : trust.by === 'certificate' ? trust.pem : '',
    submission,
  }));
  return rehearsalOf(
    { needs: hostsNeeds(wishes), plan: planHosts(wishes), signsIn: ({ kind }) => kind === 'secrets' },
    hostProblemText,
  );
};
