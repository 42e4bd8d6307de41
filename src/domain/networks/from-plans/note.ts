import type { Change } from '../../change';
import type { MigrationPlan } from '../../migration-objects';
import type { NetworkAttachmentDefinition } from '../../objects';
import type { Params } from '../../reading';
import type { Text, Translate } from '../../translate';
import type { NoteReason } from './reasons';
import { noteSentences } from './reasons';

/** One thing that cannot be decided, and is left alone until its cause goes. An Event says it on the object that it is about. */
export interface NetworkNote {
  readonly about: NoteSubject;
  readonly reason: NoteReason;
  /** `<namespace>/<name>` of the network; `undefined`: every network that the plan lacks. */
  readonly destination: string | undefined;
  /** What is the matter, and what to do. */
  readonly text: Text;
}

/** The plan that lacks a network; or the network that may be unused. */
export interface NoteSubject {
  readonly kind: 'plans' | 'networkAttachmentDefinitions';
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** Why something is not decided. What it names may itself be words, so it is asked for in a language. */
export interface Trouble {
  readonly reason: NoteReason;
  readonly params: (t: Translate) => Params;
}

/** A trouble whose names are the same in every language. */
export const trouble = (reason: NoteReason, params: Params = {}): Trouble => ({ reason, params: () => params });

/** A trouble as it is said of a plan. */
export const noteOnPlan = (plan: MigrationPlan, found: Trouble, destination?: string): NetworkNote =>
  noteOn('plans', plan, found, destination);

/** A trouble as it is said of a network. */
export const noteOnNetwork = (nad: NetworkAttachmentDefinition, found: Trouble, destination: string): NetworkNote =>
  noteOn('networkAttachmentDefinitions', nad, found, destination);

const noteOn = (
  kind: NoteSubject['kind'],
  { metadata: { namespace = '', name, uid = '' } }: MigrationPlan | NetworkAttachmentDefinition,
  { reason, params }: Trouble,
  destination: string | undefined,
): NetworkNote => ({
  about: { kind, namespace, name, uid },
  reason,
  destination,
  text: (t) => noteSentences[reason](t, params(t)),
});

/** What is to be done, and what cannot be decided. Nothing of both: everything is as it should be. */
export interface NetworksPlan {
  readonly changes: readonly Change[];
  readonly notes: readonly NetworkNote[];
}
