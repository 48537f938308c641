/** Layers that a person likes and those used last: kept across projects and starts, shown above the palette. */
import { create } from "zustand";
import { remember } from "./session.ts";

interface Shelf {
  /** Types, in the order in which they were marked. */
  readonly favourites: readonly string[];
  /** Types, the last used first. */
  readonly recent: readonly string[];
}

const MOST_RECENT = 5;

export const useShelf = create<Shelf>()(() => ({ favourites: [], recent: [] }));

export function toggleFavourite(type: string): void {
  const { favourites } = useShelf.getState();
  const next = favourites.includes(type) ? favourites.filter((one) => one !== type) : [...favourites, type];
  useShelf.setState({ favourites: next });
  remember("favourite_layers", next);
}

export function noteUse(type: string): void {
  const { recent } = useShelf.getState();
  if (recent[0] === type) return;
  const next = [type, ...recent.filter((one) => one !== type)].slice(0, MOST_RECENT);
  useShelf.setState({ recent: next });
  remember("recent_layers", next);
}

/** Types that this version does not know are kept, and not drawn: a newer one may have marked them. */
export function readShelf({ favourite_layers: favourites, recent_layers: recent }: Readonly<Record<string, unknown>>): void {
  const types = (saved: unknown): string[] =>
    Array.isArray(saved) ? saved.filter((type): type is string => typeof type === "string") : [];
  useShelf.setState({ favourites: types(favourites), recent: types(recent).slice(0, MOST_RECENT) });
}
