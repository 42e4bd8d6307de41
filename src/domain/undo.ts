import type { PatchOperation } from './change';
import { pointerSegment } from './change';
import { isRecord, parseJson } from './json';
import type { Metadata } from './objects';
import type { Text } from './translate';

/** On an object of others, of which we set one field: what we set and what was there before, so that it can be taken back. */
export const undoAnnotation = 'migration-prep/undo';

/** The value that we set in one field, and the one from before our first change. */
export interface Undo {
  readonly set: string;
  /** `null`: there was nothing. */
  readonly before: string | null;
}

/** What we once set on this object; `undefined` when we did not. */
export const undoOf = ({ annotations }: Metadata): Undo | undefined => {
  const parsed = parseJson(annotations?.[undoAnnotation] ?? '');
  if (!parsed.ok || !isRecord(parsed.value)) return undefined;
  const { set, before } = parsed.value;
  return typeof set === 'string' && (before === null || typeof before === 'string') ? { set, before } : undefined;
};

/** The note to add when a field is set; what was there before our first change is kept, also that there was nothing. */
export const noteFor = (metadata: Metadata, { set, before }: Undo): Readonly<Record<string, string>> => ({
  [undoAnnotation]: JSON.stringify({ set, before: (undoOf(metadata) ?? { before }).before } satisfies Undo),
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
      : [{ op: 'replace', path, value: before } as const]),
];
