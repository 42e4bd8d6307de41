/** One of the things that a user may choose. */
export interface Choice {
  /** What is chosen. */
  readonly value: string;
  /** What is shown for it in the list; the value when left out. */
  readonly text?: string;
  /** More about it, below its name; it is searched too. */
  readonly description?: string;
  /** It is there and cannot be chosen. */
  readonly isDisabled?: boolean;
}

/** What a list shows of many choices. */
export interface Matches {
  readonly shown: readonly Choice[];
  /** How many more match. */
  readonly more: number;
}

/** More than anybody reads, and few enough for a browser to show at once. */
const most = 50;

/** The choices that contain what was typed, those that begin with it first; otherwise in the order given. */
export const matching = (choices: readonly Choice[], typed: string): Matches => {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ value, text = value, description = '' }: Choice): number => {
    const name = text.toLowerCase();
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    return name.includes(wanted) ? 2 : description.toLowerCase().includes(wanted) ? 3 : 4;
  };
  const found = choices
    .map((choice) => ({ choice, at: rank(choice) }))
    .filter(({ at }) => at < 4)
    .sort((a, b) => a.at - b.at)
    .map(({ choice }) => choice);
  return { shown: found.slice(0, most), more: Math.max(0, found.length - most) };
};

/** The choice of exactly this name; one that cannot be chosen is none. */
export const choiceOf = (choices: readonly Choice[], typed: string): Choice | undefined =>
  choices.find(({ value, isDisabled }) => value === typed.trim() && !isDisabled);
