import { annotate, because, patchOf } from '../change';
import type { Change } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import type { Provider } from '../objects';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import { isWithoutVddk, withoutVddkAnnotation } from './without';

/** What `planWithout` looks at. */
export const withoutNeeds = (namespace: string) =>
  ({ providers: { list: 'providers', namespace } }) as const satisfies Needs;

/** Marks every vSphere Provider. Without one there is nothing to keep the choice on. */
export const planWithout = ({ providers }: Seen<ReturnType<typeof withoutNeeds>>): Plan<'NoProvider'> => {
  const vsphere = providers.filter(({ spec }) => spec?.type === 'vsphere');
  return vsphere.length === 0
    ? err('NoProvider')
    : ok(vsphere.filter((provider) => !isWithoutVddk(provider)).map(mark));
};

const mark = (provider: Provider): Change =>
  because(
    (t) => t('MTV does not ask for a VDDK image at a provider with this mark.'),
    patchOf('providers', provider, annotate(provider.metadata, { [withoutVddkAnnotation]: 'yes' })),
  );

/** Why the choice could not be kept, and what to do. */
export const withoutProblemText = (t: Translate): string =>
  t('This choice is stored with the vSphere provider, but there is none. Connect a vCenter first.');
