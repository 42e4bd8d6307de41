/**
 * What a line says beside its event. Numbers and words, and never an object: what is written is chosen, and so no Secret comes along with
 * something that held one.
 */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes what happened: one line of JSON each. */
export interface Log {
  readonly info: (event: string, fields?: Fields) => void;
  readonly warn: (event: string, fields?: Fields) => void;
  readonly error: (event: string, fields?: Fields) => void;
}

/** A log that writes lines somewhere, with the time of the wall clock. */
export const jsonLog = (write: (line: string) => void, now: () => Date): Log => {
  const at =
    (level: keyof Log) =>
    (event: string, fields: Fields = {}): void => {
      write(JSON.stringify({ time: now().toISOString(), level, event, ...fields }));
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
};
