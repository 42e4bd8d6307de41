import type { Change, PatchOperation } from '../change';
import { pointerSegment } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import type { Provider } from '../objects';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import { isWithoutVddk, withoutVddkAnnotation } from './without';

/** What `planWithout` looks at. */
export const withoutNeeds = (namespace: string) => ({ providers: { list: 'providers', namespace } }) as const satisfies Needs;

/** Marks every vSphere Provider. Without one there is nothing to keep the choice on. */
export const planWithout = ({ providers }: Seen<ReturnType<typeof withoutNeeds>>): Plan<'NoProvider'> => {
  const vsphere = providers.filter(({ spec }) => spec?.type === 'vsphere');
  return vsphere.length === 0 ? err('NoProvider') : ok(vsphere.filter((provider) => !isWithoutVddk(provider)).map(mark));
};

const mark = ({ metadata: { name, namespace, resourceVersion, annotations } }: Provider): Change => {
  const operations: readonly PatchOperation[] = [
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
    annotations
      ? { op: 'add', path: `/metadata/annotations/${pointerSegment(withoutVddkAnnotation)}`, value: 'yes' }
      : { op: 'add', path: '/metadata/annotations', value: { [withoutVddkAnnotation]: 'yes' } },
  ];
  return { verb: 'patch', kind: 'providers', name, ...(namespace !== undefined && { namespace }), operations };
};

/** Why the choice could not be kept, and what to do. */
export const withoutProblemText = (t: Translate): string =>
  t('The choice is kept with the vSphere provider, and there is none. Connect a vCenter first.');
