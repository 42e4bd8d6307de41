import type { Transform } from 'node:stream';

/** A compressor or decompressor of Node, a piece at a time: nothing of it runs ahead of what it was given. */
export interface Codec {
  /** What came of these bytes; `undefined`: they are damaged, or the stream had ended before them. */
  readonly feed: (bytes: Uint8Array) => Promise<readonly Uint8Array[] | undefined>;
  /** What is left at the end of the input; `undefined`: it came too early. */
  readonly finish: () => Promise<readonly Uint8Array[] | undefined>;
}

/** Takes a stream of node:zlib that nobody else uses. Give it small pieces: all that comes of one is in memory at once. */
export const codecOf = (transform: Transform): Codec => {
  let made: Uint8Array[] = [];
  const state = { isBroken: false, hasEnded: false };
  /** Whoever waits. No promise that lives long: it would keep what was waited for with it. */
  let wake = (): void => {};
  transform.on('error', () => {
    state.isBroken = true;
    wake();
  });
  transform.on('end', () => {
    state.hasEnded = true;
    wake();
  });
  transform.on('data', (bytes: Uint8Array) => made.push(bytes));
  const isOver = (): boolean => state.isBroken || state.hasEnded;
  const taken = (): readonly Uint8Array[] => {
    const all = made;
    made = [];
    return all;
  };
  return {
    feed: async (bytes) => {
      if (isOver()) return undefined;
      await new Promise<void>((resolve) => {
        // One that has seen its end in these bytes never says that it took them.
        wake = resolve;
        transform.write(bytes, (error) => {
          state.isBroken ||= Boolean(error);
          resolve();
        });
      });
      return isOver() ? undefined : taken();
    },
    finish: async () => {
      transform.end();
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (isOver()) resolve();
      });
      return state.isBroken ? undefined : taken();
    },
  };
};
