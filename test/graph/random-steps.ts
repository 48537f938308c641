/** Random acts on a design for property tests: a step is numbers, which pick a command and what it is done to. */
import fc from "fast-check";
import { addAnnotationCommand, changeAnnotationsCommand, removeAnnotationsCommand } from "../../core/graph/annotations.ts";
import { copySelection, pasteSelection } from "../../core/graph/clipboard.ts";
import type { Command } from "../../core/graph/command.ts";
import { createNode, insertOnEdge } from "../../core/graph/create.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { groupCommand } from "../../core/graph/groups.ts";
import { readDesign, writeDesign } from "../../core/graph/migrate.ts";
import { renameCommand } from "../../core/graph/rename.ts";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { data } from "./designs.ts";

/** One random act: what it is, and numbers by which it picks its objects. */
export const step = fc.record({ kind: fc.integer({ min: 0, max: 21 }), a: fc.nat(), b: fc.nat(), c: fc.nat(), merge: fc.boolean() });
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];

/** The command of a step, or null where there is nothing to pick; many of them are refused, as a person's are. */
export function commandOf(state: DesignDocument, { kind, a, b, c }: Step, newId: () => string): Command | null {
  const { nodes, edges, annotations = [] } = state.graph;
  const node = pick(nodes, a);
  const other = pick(nodes, b);
  const edge = pick(edges, b);
  if (kind <= 3)
    return { type: "add_nodes", nodes: [createNode(pick(layerTypes, a) ?? "", { x: b % 1000, y: c % 1000 }, state, newId)], edges: [] };
  if (node === undefined || other === undefined) return null;
  const port = (type: string, side: "inputs" | "outputs"): string => pick(layerDefinition(type)?.ports[side] ?? [], c)?.name ?? "none";
  const drawn = {
    id: newId(),
    source: node.id,
    source_port: port(node.type, "outputs"),
    target: other.id,
    target_port: port(other.type, "inputs"),
  };
  switch (kind) {
    case 4:
    case 5:
    case 6:
      return { type: "connect", edge: drawn };
    case 7:
      return { type: "connect", edge: drawn, index: c % (edges.length + 2) };
    case 8:
      return { type: "remove", node_ids: [...new Set([node.id, other.id])], edge_ids: c % 3 === 0 && edge !== undefined ? [edge.id] : [] };
    case 9:
      return { type: "move", positions: { [node.id]: { x: c % 50, y: 1 }, [other.id]: { x: b % 50, y: 2 } } };
    case 10:
      return renameCommand(state, node.id, pick(["in", "points", `n${c % 40}`, other.name], b) ?? "");
    case 11:
      return {
        type: "set_config",
        id: node.id,
        config: { [pick(["units", "rate", "target_input", "shape"], b) ?? ""]: pick([1, 7, null, "in", [2, 3], undefined], c) },
        ...(c % 5 === 0 ? { replace: true } : {}),
        ...(c % 7 === 0 ? { unset: ["units"] } : {}),
      };
    case 12:
      return c % 2 === 0
        ? { type: "set_bypassed", ids: [node.id, other.id], bypassed: b % 2 === 0 }
        : c % 5 === 0
          ? { type: "set_frozen", frozen: { [node.id]: b % 2 === 0, [other.id]: b % 3 === 0 ? null : true } }
          : { type: "set_shared", owners: { [node.id]: c % 3 === 0 ? null : other.id } };
    case 13:
      return pasteSelection(
        state,
        copySelection(state, [node.id, other.id], c % 3 === 0 ? annotations.slice(0, 2).map(({ id }) => id) : []),
        { x: c % 99, y: 0 },
        newId,
        { keepIncoming: c % 2 === 0 },
      );
    case 14:
      return edge === undefined
        ? null
        : insertOnEdge(state, edge.id, createNode(pick(layerTypes, c) ?? "", { x: 0, y: 0 }, state, newId), newId);
    case 15:
      return groupCommand(state, [node.id, other.id], "g", newId);
    case 16:
    case 17:
      return c % 6 === 0
        ? { type: "set_direction", direction: pick(["right", "down", null] as const, b) ?? null }
        : annotationCommand(state, { a, b, c }, newId);
    case 18:
      return annotationCommand(state, { a, b, c }, newId);
    case 19:
      return a % 2 === 0
        ? { type: "set_data", data: b % 3 === 0 ? null : data(1 + (b % 4), c % 2 === 0 ? 3 : null) }
        : { type: "set_groups", groups: state.graph.groups.slice(1).map((group) => ({ ...group, collapsed: !group.collapsed })) };
    case 20:
      return c % 8 === 0 ? { type: "replace", design: readDesign(writeDesign({ ...state, notes: "replaced" })) } : null;
    default:
      return (
        pick<Command>(
          [
            { type: "set_training", patch: { epochs: b % 9 } },
            { type: "set_notes", notes: String(b) },
            { type: "set_name", name: String(c) },
            {
              type: "batch",
              commands: [
                { type: "set_notes", notes: "!" },
                { type: "rename", id: node.id, name: other.name },
              ],
            },
          ],
          c,
        ) ?? null
      );
  }
}

/** Notes and frames: drawn, changed, dragged together with a layer, taken away, some of them not there. */
export function annotationCommand(state: DesignDocument, { a, b, c }: Pick<Step, "a" | "b" | "c">, newId: () => string): Command {
  const { annotations = [], nodes } = state.graph;
  const one = pick(annotations, a);
  const place = { x: b % 500, y: c % 500 };
  if (one === undefined || c % 3 === 0)
    return addAnnotationCommand(
      state,
      { kind: b % 2 === 0 ? "note" : "frame", text: `n${b % 9}`, colour: "blue", position: place, width: 1 + (b % 300), height: c % 300 },
      newId,
    );
  if (c % 7 === 1) return removeAnnotationsCommand(state, new Set([one.id]));
  const id = c % 17 === 2 ? "not there" : one.id;
  const change = changeAnnotationsCommand(state, new Map([[id, c % 2 === 0 ? { position: place } : { text: `t${b}`, width: b % 90 }]]));
  const node = pick(nodes, b);
  return node === undefined || c % 4 !== 0
    ? change
    : { type: "batch", commands: [{ type: "move", positions: { [node.id]: place } }, change] };
}
