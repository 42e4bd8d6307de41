/**
 * Whether a text is what a pattern says, in time linear in their product: `*` stands for any text, `?` for one character. The empty
 * pattern stands for everything. Capital letters count.
 */
export const matchesGlob = (pattern: string, text: string): boolean =>
  pattern === '' ||
  matches(Array.from(pattern), Array.from(text), (token, character) => token === '?' || token === character);

/**
 * Whether a pattern stands for everything that another one stands for. `false` may also mean that it was not found out: "*?"
 * and "?*" stand for the same texts.
 */
export const coversGlob = (pattern: string, other: string): boolean =>
  pattern === '' ||
  matches(
    Array.from(pattern),
    Array.from(other === '' ? '*' : other),
    // What may be any text is covered by nothing but a `*`.
    (token, theirs) => theirs !== '*' && (token === '?' || token === theirs),
  );

/** Whether a pattern leaves nothing out, and so says nothing about a name. */
export const isEverything = (pattern: string): boolean => /^\**$/.test(pattern);

/** With the last `*` taking one more character whenever the rest does not fit: no other one needs to be tried again. */
const matches = (
  pattern: readonly string[],
  text: readonly string[],
  fits: (token: string, character: string) => boolean,
): boolean => {
  let [at, star, taken] = [0, -1, 0];
  for (let next = 0; next < text.length;) {
    const token = pattern[at];
    if (token === '*') {
      [star, taken] = [at, next];
      at += 1;
    } else if (token !== undefined && fits(token, text[next] ?? '')) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      taken += 1;
      [at, next] = [star + 1, taken];
    } else return false;
  }
  return pattern.slice(at).every((token) => token === '*');
};
