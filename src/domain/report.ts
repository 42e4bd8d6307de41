import type { PatchOperation } from './change';
import { because, create, deletionOf } from './change';
import type { Check, VerdictState } from './checks/check';
import type { Facts } from './watched';
import type { Needs, Seen } from './cluster';
import type { Plan } from './converge';
import { isOurs, owned } from './ownership';
import { err, ok } from './result';
import type { Text, Translate } from './translate';

/** A check's verdict as others read it. */
export interface ReportRow {
  readonly id: string;
  readonly title: string;
  readonly state: VerdictState;
  readonly reason: string;
  readonly text: string;
}

/** Every check over the same facts. */
export const reportRows = (t: Translate, checks: readonly Check[], facts: Facts): readonly ReportRow[] =>
  checks.map(({ id, title, judge }) => {
    const { state, reason, text } = judge(facts);
    return { id, title: title(t), state, reason, text: text(t) };
  });

/** What the planners look at. */
export const reportNeeds = (name: string, namespace: string) =>
  ({ present: { kind: 'configMaps', name, namespace } }) as const satisfies Needs;

type SeenHere = Seen<ReturnType<typeof reportNeeds>>;

/** Writes the ConfigMap of a report; one of somebody else is left alone. */
export const planReport =
  (name: string, namespace: string, data: Readonly<Record<string, string>>) =>
  ({ present }: SeenHere): Plan<'NameTaken'> => {
    if (!present) {
      const creation = create('configMaps', { metadata: owned({ name, namespace }), data });
      return ok([because((t) => t('The report is stored here.'), creation)]);
    }
    if (!isOurs(present)) return err('NameTaken');
    const isSame = JSON.stringify(sorted(present.data ?? {})) === JSON.stringify(sorted(data));
    const operations: readonly PatchOperation[] = [{ op: 'add', path: '/data', value: data }];
    const why: Text = (t) => t('The result of a check has changed since the last report.');
    return ok(isSame ? [] : [because(why, { verb: 'patch', kind: 'configMaps', name, namespace, operations })]);
  };

/** Deletes the ConfigMap of a report, if it is ours. */
export const planReportRemoval = ({ present }: SeenHere): Plan<never> =>
  ok(
    (present && isOurs(present) ? deletionOf('configMaps', present) : []).map((each) =>
      because((t) => t('Migration Prep wrote this report.'), each),
    ),
  );

const sorted = (data: Readonly<Record<string, string>>) => Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
