/** Most lines of a log that are kept: ten times what a build of VDDK writes, and little enough for a browser. */
export const mostLines = 5000;

/** Lines of a log, and how many earlier ones are left out. */
export interface LogLines {
  readonly lines: readonly string[];
  readonly dropped: number;
}

/** A log that has not begun. */
export const noLines: LogLines = { lines: [], dropped: 0 };

/** The log with the next piece of it. The last line may be unfinished: the next piece goes on where it ends. */
export const append = ({ lines, dropped }: LogLines, text: string): LogLines => {
  const [first = '', ...more] = text.split('\n');
  const all = [...lines.slice(0, -1), (lines.at(-1) ?? '') + first, ...more];
  const over = Math.max(0, all.length - mostLines);
  return { lines: all.slice(over), dropped: dropped + over };
};

/** The lines that contain what is looked for, by their place; upper and lower case are the same. Nothing looked for, nothing found. */
export const findIn = (lines: readonly string[], wanted: string): readonly number[] => {
  const low = wanted.trim().toLowerCase();
  return low === '' ? [] : lines.flatMap((line, at) => (line.toLowerCase().includes(low) ? [at] : []));
};
