/** The axes of what flows through a connection, for those who draw it: found once for all connections whenever shapes are. */
import { axisNames } from "../../core/graph/axis-names.ts";
import type { Propagation } from "../../core/graph/propagation.ts";
import type { DocumentState } from "./document.ts";

const found = new WeakMap<Propagation, ReadonlyMap<string, string>>();

/** @returns their names with commas between, the same text as long as nothing changes; "" for an axis without one, and where no shape is known */
export function axesOnEdge({ design, propagation }: Pick<DocumentState, "design" | "propagation">, edgeId: string): string {
  if (design === null || propagation === null) return "";
  let names = found.get(propagation);
  if (names === undefined) {
    names = new Map([...axisNames(design, propagation)].map(([id, axes]) => [id, axes.join(",")]));
    found.set(propagation, names);
  }
  return names.get(edgeId) ?? "";
}
