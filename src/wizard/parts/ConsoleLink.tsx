import { consolePathOf } from '../../domain/console-path';
import type { KindId } from '../../domain/kinds';
import { kinds } from '../../domain/kinds';
import type { KubeObject } from '../../domain/objects';

/** An object by kind and name, as a link to its page of the console. */
export const ConsoleLink = ({ kind, object }: { readonly kind: KindId; readonly object: KubeObject }) => (
  <a href={consolePathOf(kind, object.metadata)}>{`${kinds[kind].kind} ${object.metadata.name}`}</a>
);
