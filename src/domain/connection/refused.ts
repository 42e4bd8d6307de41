import type { Change, PatchOperation } from '../change';
import { because, create, patchOf } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { declaredBy, isOurs, owned } from '../ownership';
import type { Release } from '../ownership';
import { err, ok } from '../result';
import type { Text } from '../translate';

/** Name of the ConfigMap in which a release keeps which Secrets were refused. Nothing of their content is in it. */
const noteOf = ({ name }: Release): string => `${name}-refused-credentials`;

/** What `planRefused` looks at. */
export const refusedNeeds = (release: Release) =>
  ({
    note: { kind: 'configMaps', name: noteOf(release), namespace: release.namespace },
  }) as const satisfies Needs;

/** What is known of refused credentials. */
export type RefusedSeen = Seen<ReturnType<typeof refusedNeeds>>;

/** The version of the Secret that was refused for this Provider or host; `undefined`: none was. */
export const refusedVersion = ({ note }: RefusedSeen, key: string): string | undefined => note?.data?.[key];

/**
 * Notes which version of a Secret was refused, so that a restart does not try it again: each try counts toward the lock of the account. With
 * `version` undefined, takes the note away.
 */
export const planRefused =
  (release: Release, key: string, version: string | undefined) =>
  ({ note }: RefusedSeen): Plan<'NoteTaken'> => {
    if (note && !isOurs(note)) return err('NoteTaken');
    const present = note?.data?.[key];
    if (present === version) return ok([]);
    const why: Text = (t) =>
      t('Credentials that were refused are not tried again, so that the account does not get locked.');
    const write = (operations: readonly PatchOperation[]): Change[] =>
      note ? [because(why, patchOf('configMaps', note, operations))] : [];
    if (version === undefined) return ok(write([{ op: 'remove', path: `/data/${key}` }]));
    if (note)
      return ok(
        write([
          note.data
            ? { op: 'add', path: `/data/${key}`, value: version }
            : { op: 'add', path: '/data', value: { [key]: version } },
        ]),
      );
    const metadata = owned({ name: noteOf(release), namespace: release.namespace, annotations: declaredBy(release) });
    return ok([because(why, create('configMaps', { metadata, data: { [key]: version } }))]);
  };
