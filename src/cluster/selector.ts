/** A selector as the console takes it, from one as the API server reads it: `key=value` and `!key`, separated by commas. */
export const selectorOf = (selector: string) => {
  const terms = selector.split(',');
  return {
    matchLabels: Object.fromEntries(
      terms.filter((term) => !term.startsWith('!')).map((pair) => pair.split('=') as [string, string]),
    ),
    matchExpressions: terms
      .filter((term) => term.startsWith('!'))
      .map((term) => ({ key: term.slice(1), operator: 'DoesNotExist' })),
  };
};
