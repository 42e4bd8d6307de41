/** Orders texts by their code units, for `sort`: the same order in every language and on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
