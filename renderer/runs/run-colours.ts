/**
 * The colour and the mark of a run: the same in every chart, table and list. A run gets the one of its number, or the
 * next free one, so that runs seen together differ; the mark's shape differs with the colour, so that colour is never the only cue.
 */
import { create } from "zustand";
import type { Run } from "../../core/protocol/methods.ts";
import { COLOUR_COUNT, type MarkShape, shapeAt } from "../../resources/mark-shapes.ts";

export interface RunLook {
  /** A CSS colour. */
  readonly colour: string;
  readonly shape: MarkShape;
}

/** @param place 0 or more; the same colour comes again after eight, with another shape */
export function lookOf(place: number): RunLook {
  return { colour: `var(--series-${(place % COLOUR_COUNT) + 1})`, shape: shapeAt(place) };
}

/**
 * The place for one more run.
 * @param wanted   the place that its number would have
 * @param together places of the runs seen with it: while there are any left, neither its colour nor its shape is one of theirs
 * @param used     places of all runs: colour and shape together are no other run's
 */
export function freePlace(wanted: number, together: ReadonlySet<number>, used: ReadonlySet<number> = together): number {
  const colours = new Set([...together].map((place) => place % COLOUR_COUNT));
  const free = [...Array(COLOUR_COUNT).keys()].map((offset) => (wanted + offset) % COLOUR_COUNT);
  let place = free.find((colour) => !colours.has(colour)) ?? wanted % COLOUR_COUNT;
  const shapes = together.size < COLOUR_COUNT ? new Set([...together].map(shapeAt)) : new Set();
  while (used.has(place) || shapes.has(shapeAt(place))) place += COLOUR_COUNT;
  return place;
}

const usePlaces = create<{ readonly places: ReadonlyMap<string, number> }>()(() => ({ places: new Map() }));

/**
 * Gives every run of a list its place. Those that have one keep it, unless a run before it in the list has the same colour
 * or the same shape.
 * @param runs seen together, the most important first
 */
export function assignLooks(runs: readonly Pick<Run, "id" | "number">[]): ReadonlyMap<string, number> {
  const { places } = usePlaces.getState();
  const next = new Map(places);
  const together = new Set<number>();
  const colours = new Set<number>();
  const shapes = new Set<MarkShape>();
  const without: Pick<Run, "id" | "number">[] = [];
  const take = (place: number): void => {
    together.add(place);
    colours.add(place % COLOUR_COUNT);
    shapes.add(shapeAt(place));
  };
  const isTaken = (place: number): boolean => colours.has(place % COLOUR_COUNT) || shapes.has(shapeAt(place));
  for (const run of runs) {
    const place = next.get(run.id);
    if (place === undefined || (isTaken(place) && together.size < COLOUR_COUNT)) without.push(run);
    else take(place);
  }
  for (const run of without) {
    next.delete(run.id);
    const place = freePlace(Math.max(0, run.number - 1), together, new Set(next.values()));
    next.set(run.id, place);
    take(place);
  }
  if ([...next].some(([id, place]) => places.get(id) !== place)) usePlaces.setState({ places: next });
  return next;
}

/** All looks given so far. */
export function useRunPlaces(): ReadonlyMap<string, number> {
  return usePlaces((state) => state.places);
}
