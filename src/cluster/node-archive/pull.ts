import type { IncomingMessage } from 'node:http';

/** The next bytes of an answer's body; `end`: there are no more; `lost`: the connection is gone before that; `stalled`: nothing came in time. */
export type Pulled = Uint8Array | 'end' | 'lost' | 'stalled';

/** Waits for the next bytes. The time counts only while somebody waits: who sends on slowly is not the server's fault. */
export const pull = (response: IncomingMessage, milliseconds: number): Promise<Pulled> =>
  new Promise((resolve) => {
    const end = (pulled: Pulled): void => {
      clearTimeout(timer);
      response.off('readable', look).off('end', look).off('close', look);
      resolve(pulled);
    };
    const look = (): void => {
      const bytes = response.read() as Buffer | null;
      if (bytes !== null) end(bytes);
      else if (response.readableEnded) end('end');
      else if (response.destroyed) end('lost');
    };
    const timer = setTimeout(() => {
      end('stalled');
    }, milliseconds);
    // A lost connection is an error too; that it is lost, 'close' says.
    if (response.listenerCount('error') === 0) response.on('error', () => {});
    response.on('readable', look).on('end', look).on('close', look);
    look();
  });
