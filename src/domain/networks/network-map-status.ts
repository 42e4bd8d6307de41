import { holding } from '../conditions';
import type { NetworkMap } from '../migration-objects';
import type { Condition } from '../objects';
import type { ReadingState } from '../reading';
import type { Translate } from '../translate';

/** One thing that MTV says of a NetworkMap: a condition that holds. */
interface Said {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** Networks or port groups that it is about, as MTV names them. */
  readonly items: readonly string[];
}

/** What MTV says of a NetworkMap as it is now. `waiting`: nothing yet. */
export interface NetworkMapReading {
  readonly state: Extract<ReadingState, 'ready' | 'warning' | 'waiting' | 'blocked'>;
  readonly says: readonly Said[];
}

/**
 * Reads a NetworkMap's conditions (docs/facts/forklift.md §7, recorded). MTV removes what does not hold. It writes no status at all while
 * an inventory is loading.
 */
export const readNetworkMap = ({ metadata, status }: NetworkMap): NetworkMapReading => {
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0)) return { state: 'waiting', says: [] };
  const conditions = (status?.conditions ?? []).filter((each) => each.status === 'True');
  const of = (...categories: readonly string[]): readonly Said[] =>
    conditions.filter(({ category = '' }) => categories.includes(category)).map(saidOf);
  const wrong = of('Critical', 'Error');
  if (wrong.length > 0) return { state: 'blocked', says: wrong };
  if (!holding(status, 'Ready')) return { state: 'waiting', says: [] };
  const doubts = of('Warn');
  return { state: doubts.length > 0 ? 'warning' : 'ready', says: doubts };
};

const saidOf = ({ type, reason = '', message = '', items = [] }: Condition): Said => ({ type, reason, message, items });

/** In which state a NetworkMap is. */
export const mapStateText = (t: Translate, state: NetworkMapReading['state']): string => {
  switch (state) {
    case 'ready':
      return t('MTV accepts it. Migration plans can use it.');
    case 'warning':
      return t('MTV accepts it, with a warning.');
    case 'waiting':
      return t(
        "MTV has not looked at it yet. That takes a few seconds. If it stays so, look whether the provider is ready and MTV's pods run.",
      );
    case 'blocked':
      return t('MTV cannot use it.');
  }
};

/** One thing that MTV says, with what to do; of a later MTV as it says it. */
export const mapSaysText = (t: Translate, { type, reason, message, items }: Said): string => {
  const list = items.map((item) => item.trim()).join(', ');
  switch (`${type} ${reason}`.trim()) {
    case 'SourceProviderNotValid NotFound':
    case 'SourceProviderNotValid NotSet':
      return t('The vCenter that it names is not there. Connect it under the same name, or delete this map.');
    case 'SourceProviderNotReady':
      return t('The vCenter is not ready. The step Connection says why.');
    case 'DestinationProviderNotValid NotFound':
    case 'DestinationProviderNotValid NotSet':
    case 'DestinationProviderNotValid TypeNotValid':
      return t("MTV's provider for this cluster is not there. The step Prerequisites says why.");
    case 'DestinationProviderNotReady':
      return t("MTV's provider for this cluster is not ready. The step Prerequisites says why.");
    case 'SourceNetworkNotValid NotFound':
      return t('vCenter has no such port groups: {{list}}. Remove them from this map.', { list });
    case 'SourceNetworkNotValid Ambiguous':
      return t('vCenter has several port groups of that name: {{list}}. Name them by their id in this map.', { list });
    case 'SourceNetworkNotValid NotSet':
      return t('An entry of this map names no port group. Remove it.');
    case 'DestinationNetworkNotValid NotFound':
      return t('These networks are not there: {{list}}. Create them again. MTV looks again every 10 seconds.', {
        list,
      });
    case 'DestinationNetworkNotValid Ambiguous':
      return t('These networks are named without their project: {{list}}. Enter it in this map.', { list });
    default:
      return list === '' ? message : t('{{message}} ({{items}})', { message, items: list });
  }
};
