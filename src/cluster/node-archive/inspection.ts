import type { Result } from '../../domain/result';
import { err } from '../../domain/result';
import type { ArchiveProblem, VddkArchive } from '../../domain/vddk/archive';
import { judgeArchive } from '../../domain/vddk/judge-archive';

/** `judgeArchive` for whoever has the bytes and not a stream: it keeps step with what it is given. */
export interface Inspection {
  /** Answers when these bytes have been looked at; with the verdict, if that is clear before the end. */
  readonly look: (bytes: Uint8Array) => Promise<Result<VddkArchive, ArchiveProblem> | undefined>;
  /** The verdict after the last byte. */
  readonly end: () => Promise<Result<VddkArchive, ArchiveProblem>>;
}

type Deliver = (next: IteratorResult<Uint8Array, undefined>) => void;

const noMore = { done: true, value: undefined } as const;

/** Looks through an unpacked archive; what it is about is the same as `judgeArchive`'s. */
export const inspect = (how: Parameters<typeof judgeArchive>[1]): Inspection => {
  const state: { ask?: Deliver | undefined; verdict?: Result<VddkArchive, ArchiveProblem>; isOver: boolean } = {
    isOver: false,
  };
  /** Whoever waits. No promise that lives long: it would keep the bytes that were handed over. */
  let wake = (): void => {};
  const source: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () =>
        state.isOver
          ? Promise.resolve(noMore)
          : new Promise((resolve) => {
              state.ask = resolve;
              wake();
            }),
    }),
  };
  void judgeArchive(source, how).then((verdict) => {
    state.verdict = verdict;
    wake();
  });
  /** Until it asks for more, or knows enough. */
  const rest = async (): Promise<void> => {
    if (!state.ask && !state.verdict) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const give = async (next: IteratorResult<Uint8Array, undefined>): Promise<void> => {
    await rest();
    const { ask } = state;
    if (state.verdict || !ask) return;
    state.ask = undefined;
    ask(next);
    await rest();
  };
  return {
    look: async (bytes) => {
      await give({ done: false, value: bytes });
      return state.verdict;
    },
    end: async () => {
      state.isOver = true;
      await give(noMore);
      return state.verdict ?? err({ code: 'Damaged' });
    },
  };
};
