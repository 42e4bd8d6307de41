import type { PatchOperation } from './change';
import { pointerSegment } from './change';
import { isRecord, parseJson } from './json';
import type { Metadata } from './objects';
import type { Text } from './translate';

/** On an object of others, of which we set one field: what we set and what was there before, so that it can be taken back. */
export const undoAnnotation = 'migration-prep/undo';

/** The value that we set in one field, empty when we removed it, and the one from before our first change. */
export interface Undo {
  readonly set: string;
  /** `null`: there was nothing. */
  readonly before: string | null;
  /** Fields that were set along with it, by their names, as they were before. `null`: there was nothing. */
  readonly others?: Readonly<Record<string, unknown>>;
}

/** What we once set on this object; `undefined` when we did not. */
export const undoOf = ({ annotations }: Metadata): Undo | undefined => {
  const parsed = parseJson(annotations?.[undoAnnotation] ?? '');
  if (!parsed.ok || !isRecord(parsed.value)) return undefined;
  const { set, before, others } = parsed.value;
  return typeof set === 'string' && (before === null || typeof before === 'string')
    ? { set, before, ...(isRecord(others) && { others }) }
    : undefined;
};

/** The note to add when a field is set; what was there before our first change is kept, also that there was nothing. */
export const noteFor = (metadata: Metadata, undo: Undo): Readonly<Record<string, string>> => ({
  [undoAnnotation]: JSON.stringify({ ...(undoOf(metadata) ?? undo), set: undo.set } satisfies Undo),
});

/** Takes the note away. */
export const forget: PatchOperation = { op: 'remove', path: `/metadata/annotations/${pointerSegment(undoAnnotation)}` };

/** Why an object of others is changed a second time. */
export const takenBack: Text = (t) => t('This undoes what Migration Prep changed here.');

/** Takes the note away and sets the field at `path` back to what it was, unless somebody has changed it since. */
export const takeBack = (
  path: string,
  { set, before }: Undo,
  present: string | undefined,
): readonly PatchOperation[] => [
  forget,
  ...(present !== set
    ? []
    : before === null
      ? [{ op: 'remove', path } as const]
      : // Also what was removed, since nothing was set in its place.
        [{ op: 'add', path, value: before } as const]),
];
