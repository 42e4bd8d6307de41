/** Walks through bytes that come in pieces of any length. Holds one piece at a time and copies only what lies across two. */
export interface ByteCursor {
  /** The next `length` bytes, often a view into what came; fewer when the stream ends before. */
  readonly take: (length: number) => Promise<Uint8Array>;
  /** Passes over `length` bytes; how many there were. */
  readonly skip: (length: number) => Promise<number>;
  /** Tells the source that nothing more is wanted. */
  readonly close: () => Promise<void>;
}

/** A cursor at the beginning of a stream. */
export const cursorOver = (source: AsyncIterable<Uint8Array>): ByteCursor => {
  const pieces = source[Symbol.asyncIterator]();
  let piece: Uint8Array = new Uint8Array(0);
  let at = 0;

  /** Makes sure that there are bytes at the cursor; false at the end. */
  const ahead = async (): Promise<boolean> => {
    while (at === piece.length) {
      const next = await pieces.next();
      if (next.done === true) return false;
      piece = next.value;
      at = 0;
    }
    return true;
  };

  const skip = async (length: number): Promise<number> => {
    let passed = Math.min(length, piece.length - at);
    at += passed;
    while (passed < length) {
      const next = await pieces.next();
      if (next.done === true) break;
      piece = next.value;
      at = Math.min(length - passed, piece.length);
      passed += at;
    }
    return passed;
  };

  const take = async (length: number): Promise<Uint8Array> => {
    if ((await ahead()) && piece.length - at >= length) {
      at += length;
      return piece.subarray(at - length, at);
    }
    const joined = new Uint8Array(length);
    let filled = 0;
    while (filled < length && (await ahead())) {
      const part = piece.subarray(at, at + length - filled);
      joined.set(part, filled);
      at += part.length;
      filled += part.length;
    }
    return joined.subarray(0, filled);
  };

  const close = async (): Promise<void> => {
    await pieces.return?.();
  };

  return { take, skip, close };
};
