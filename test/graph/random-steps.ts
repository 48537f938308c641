/** Random acts on a design for property tests: a step is the name of an act, and numbers by which it picks what it is done to. */
import fc from "fast-check";
import type { Command } from "../../core/graph/command.ts";
import { createNode } from "../../core/graph/create.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { layerTypes } from "../../core/layers/registry.ts";
import { ACTS, type ActName, pick } from "./random-acts.ts";

const NAMES = Object.keys(ACTS) as ActName[];

/** One of the acts, each as often as its weight says; all of them where none is named. */
export const stepOf = (names: readonly ActName[] = NAMES) =>
  fc.record({
    kind: fc.constantFrom(...names.flatMap((name) => Array.from({ length: ACTS[name].weight }, () => name))),
    a: fc.nat(),
    b: fc.nat(),
    c: fc.nat(),
    merge: fc.boolean(),
  });
export const step = stepOf();
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The command of a step, or null where there is nothing to pick; many of them are refused, as a person's are. */
export function commandOf(state: DesignDocument, { kind, a, b, c }: Step, newId: () => string): Command | null {
  const { nodes, edges } = state.graph;
  const [node, other] = [pick(nodes, a), pick(nodes, b)];
  // On an empty canvas there is nothing but to add.
  if (node === undefined || other === undefined)
    return { type: "add_nodes", nodes: [createNode(pick(layerTypes, a) ?? "", { x: b % 1000, y: c % 1000 }, state, newId)], edges: [] };
  return ACTS[kind].command({ state, node, other, edge: pick(edges, b), a, b, c, newId });
}
