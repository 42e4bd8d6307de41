import type { Cluster } from './cluster';

/** How something is looked at again and again. */
export interface Patience {
  /** Milliseconds between two looks. */
  readonly every: number;
  /** After how many looks in a row that brought nothing it is enough. */
  readonly misses: number;
}

/** How long we wait for what others do: for all hosts, and in no other place. */
export const patience = {
  /** A read or write that failed for a reason that may pass. The pause doubles from one failure to the next. */
  passing: { every: 400, misses: 4 },
  /**
   * The build of an upload whose answer did not come. OpenShift makes it a second after the request began (sandbox/recorded/README.md), so
   * that it may come to be after the connection is gone; and whoever lost an answer may get none to the first question either.
   */
  lostAnswer: { every: 1000, misses: 4 },
  /** A build that waits for a pod, and whose upload is not ours: OpenShift gives up such an upload after five minutes. */
  othersUpload: { every: 2000, misses: 160 },
  /** A build, and MTV's operator at work. A request that fails now and then does not matter. */
  progress: { every: 2000, misses: 5 },
  /** Nodes that carry out a policy of NMState, and that show no step forward: a node alone may take eight minutes and more (docs/facts/platform.md §11). */
  rollOut: { every: 2000, misses: 450 },
  /** What is being deleted, with all that has to go before it. */
  going: { every: 2000, misses: 60 },
  /** What began and cannot be seen right now. It costs one request, and only its end is an answer. */
  unseen: { every: 10_000, misses: Infinity },
  /** A download that broke off. Each pause is twice as long as the one before, until something new has come. */
  download: { every: 1000, misses: 5 },
  /** MTV's inventory while MTV starts or restarts. */
  inventory: { every: 3000, misses: Infinity },
  /**
   * What was written into an object of others: time for an operator that watches it to take it back. Once may happen while the operator
   * starts; the second time we give in.
   */
  takenBack: { every: 3000, misses: 2 },
} as const satisfies Readonly<Record<string, Patience>>;

/** What one look brought. `open`: there is no answer yet, and nothing is wrong. `missed`: the answer, should no later look bring more. */
export type Look<T> = { readonly state: 'found' | 'missed'; readonly value: T } | { readonly state: 'open' };

/** The answer: nobody looks any more. */
export const found = <T>(value: T): Look<T> => ({ state: 'found', value });
/** A look that brought nothing; `value` is the answer should no later one bring more. */
export const missed = <T>(value: T): Look<T> => ({ state: 'missed', value });
/** There is no answer yet, and nothing is wrong. */
export const open = { state: 'open' } as const;

/** Looks until there is an answer, or until enough looks in a row brought none. The first look is at once. */
export const poll = async <T>(
  { pause }: Pick<Cluster, 'pause'>,
  { every, misses }: Patience,
  look: () => Promise<Look<T>>,
): Promise<T> => {
  for (let inARow = 0; ;) {
    const seen = await look();
    inARow = seen.state === 'missed' ? inARow + 1 : 0;
    if (seen.state === 'found' || (seen.state === 'missed' && inARow >= misses)) return seen.value;
    await pause(every);
  }
};
