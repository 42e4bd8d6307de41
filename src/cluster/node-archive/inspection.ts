import type { Result } from '../../domain/result';
import type { ArchiveProblem, VddkArchive } from '../../domain/vddk/archive';
import { judgeArchive } from '../../domain/vddk/judge-archive';

/** `judgeArchive` for whoever has the bytes and not a stream: it keeps step with what it is given. */
export interface Inspection {
  /** Answers when these bytes have been looked at; with the verdict, if that is clear before the end. */
  readonly look: (bytes: Uint8Array) => Promise<Result<VddkArchive, ArchiveProblem> | undefined>;
  /** The verdict after the last byte. */
  readonly end: () => Promise<Result<VddkArchive, ArchiveProblem>>;
}

const noMore = { done: true, value: undefined } as const;

type Deliver = (next: IteratorResult<Uint8Array, undefined>) => void;

/** Looks through an unpacked archive; what it is about is the same as `judgeArchive`'s. */
export const inspect = (how: Parameters<typeof judgeArchive>[1]): Inspection => {
  let ask: (deliver: Deliver) => void = () => {};
  let asked = new Promise<Deliver>((resolve) => {
    ask = resolve;
  });
  let isOver = false;
  const source: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () =>
        isOver
          ? Promise.resolve(noMore)
          : new Promise((resolve) => {
              ask(resolve);
            }),
    }),
  };
  const verdict = judgeArchive(source, how);
  /** Hands over what it asked for, and answers when it asks again; `false` when it has a verdict and asks no more. */
  const give = async (next: IteratorResult<Uint8Array, undefined>): Promise<boolean> => {
    const deliver = await Promise.race([asked, verdict.then(() => undefined)]);
    if (!deliver) return false;
    asked = new Promise((resolve) => {
      ask = resolve;
    });
    deliver(next);
    return Promise.race([asked.then(() => true), verdict.then(() => false)]);
  };
  return {
    look: async (bytes) => ((await give({ done: false, value: bytes })) ? undefined : verdict),
    end: async () => {
      isOver = true;
      await give(noMore);
      return verdict;
    },
  };
};
