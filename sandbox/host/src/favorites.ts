import { useSyncExternalStore } from 'react';

interface Favorite {
  readonly name: string;
  readonly url: string;
}

const key = 'sandbox-favorites';
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const stored = () => localStorage.getItem(key) ?? '[]';

/** Pages that the user marked with a star. The console keeps the path without what is behind `?`. */
export const useFavorites = (): [favorites: readonly Favorite[], toggle: (favorite: Favorite) => void] => {
  const favorites = JSON.parse(useSyncExternalStore(subscribe, stored)) as readonly Favorite[];
  const toggle = (favorite: Favorite) => {
    const others = favorites.filter(({ url }) => url !== favorite.url);
    localStorage.setItem(key, JSON.stringify(others.length < favorites.length ? others : [...favorites, favorite]));
    for (const listener of listeners) listener();
  };
  return [favorites, toggle];
};
