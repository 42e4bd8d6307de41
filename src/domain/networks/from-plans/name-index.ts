/** Which owners name which keys, kept up to date one owner at a time. What it is asked is answered without a look at the others. */
export interface NameIndex {
  /** What an owner names now, instead of before; nothing when it is gone. */
  readonly set: (owner: string, keys: Iterable<string>) => void;
  /** The owners of a key, in no order. */
  readonly ownersOf: (key: string) => ReadonlySet<string>;
}

const nobody: ReadonlySet<string> = new Set();

/** An index in which nobody names anything. */
export const nameIndex = (): NameIndex => {
  const keysOf = new Map<string, ReadonlySet<string>>();
  const ownersOf = new Map<string, Set<string>>();
  return {
    set: (owner, keys) => {
      for (const key of keysOf.get(owner) ?? nobody) {
        const owners = ownersOf.get(key);
        owners?.delete(owner);
        if (owners?.size === 0) ownersOf.delete(key);
      }
      const named = new Set(keys);
      if (named.size === 0) keysOf.delete(owner);
      else keysOf.set(owner, named);
      for (const key of named) {
        const owners = ownersOf.get(key) ?? new Set();
        ownersOf.set(key, owners.add(owner));
      }
    },
    ownersOf: (key) => ownersOf.get(key) ?? nobody,
  };
};
