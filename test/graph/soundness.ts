/** What no act may break of a design, and what may become of its connections. */
import { expect } from "vitest";
import type { Command } from "../../core/graph/command.ts";
import { type DesignDocument, type EdgeDocument, graphSchema } from "../../core/graph/document.ts";
import { edgesBy } from "../../core/graph/ports.ts";
import { ownerOf } from "../../core/graph/sharing.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { ACTS, pick } from "./random-acts.ts";
import type { Step } from "./random-steps.ts";

export function assertSound(state: DesignDocument): void {
  // What a save would refuse.
  expect(graphSchema.safeParse(state.graph).error).toBeUndefined();
  const { nodes, edges, groups } = state.graph;
  expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
  expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
  expect(new Set(edges.map((edge) => edge.id)).size).toBe(edges.length);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  // Of a layer that this version does not know the ports are not known either.
  const has = (id: string, side: "inputs" | "outputs", port: string): boolean =>
    byId.has(id) && layerDefinition(byId.get(id)?.type ?? "")?.ports[side].some(({ name }) => name === port) !== false;
  // One expectation for all: an assertion an edge and an act would take most of the time.
  const loose = edges.filter((edge) => !has(edge.source, "outputs", edge.source_port) || !has(edge.target, "inputs", edge.target_port));
  expect(loose).toEqual([]);
  const annotations = state.graph.annotations ?? [];
  expect(new Set(annotations.map(({ id }) => id)).size).toBe(annotations.length);
  for (const node of nodes) if (node.shared_with !== null) expect(byId.has(node.shared_with)).toBe(true);
  const members = groups.flatMap((group) => group.node_ids);
  expect(members.filter((id) => !byId.has(id))).toEqual([]);
  // A layer is in one group at most, and once.
  expect(new Set(members).size).toBe(members.length);
  expect(groups.filter(({ node_ids }) => node_ids.length === 0)).toEqual([]);
  expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
}

/** Connections go only where the act may take them, and what is led elsewhere carries on what it carried. */
export function assertNoEdgeLost(before: DesignDocument, after: DesignDocument, command: Command, { kind, a }: Step): void {
  const { edges: rule } = ACTS[kind];
  if (rule === "all" || command.type === "replace") return;
  const left = new Set(after.graph.edges.map(({ id }) => id));
  const lost = before.graph.edges.filter(({ id }) => !left.has(id));
  if (lost.length === 0) return;
  const removed = new Set(removedBy(command));
  const unexplained = lost.filter(({ id, source, target }) => ![id, source, target].some((one) => removed.has(one)));
  expect(unexplained, kind).toEqual([]);
  if (rule === "take") return;
  expect(rule, `${kind} loses ${lost.map(({ id }) => id).join(" ")}`).toBeDefined();
  // The layer that is taken from its place leaves what fed it, and what it fed is fed by that.
  const moved = kind === "rewire" || kind === "rewire_groups" ? pick(before.graph.nodes, a)?.id : undefined;
  const fed = new Set(after.graph.edges.map(portOf));
  const starved = before.graph.edges.filter((edge) => edge.target !== moved && !fed.has(portOf(edge)));
  expect(starved, kind).toEqual([]);
  if (rule === "give_up") expect(new Set(lost.map(portOf)).size, kind).toBe(1);
  else expect(unreached(after, lost, moved), kind).toEqual([]);
}

/** Layers of a collapsed group keep their places to one another when boxes are lined up. Far out a number holds no place to the unit. */
export function assertBoxesWhole(before: DesignDocument, after: DesignDocument, { kind }: Step): void {
  if (kind !== "align") return;
  const placeIn = ({ graph }: DesignDocument, id: string) => graph.nodes.find((node) => node.id === id)?.position ?? { x: 0, y: 0 };
  for (const { collapsed, node_ids } of before.graph.groups) {
    const [first, ...others] = node_ids;
    if (!collapsed || first === undefined) continue;
    const way = (state: DesignDocument, id: string): readonly number[] => {
      const [own, from] = [placeIn(state, id), placeIn(state, first)];
      return [own.x - from.x, own.y - from.y];
    };
    const far = node_ids.some((id) => Math.max(Math.abs(placeIn(before, id).x), Math.abs(placeIn(before, id).y)) > 1e9);
    if (!far) for (const id of others) expect(way(after, id)).toEqual(way(before, id));
  }
}

/** Layers that share weights go on to share them, whatever becomes of the layer that held them, but where the act is about just that. */
export function assertStillSharing(before: DesignDocument, after: DesignDocument, command: Command, { kind }: Step): void {
  if (sharesAnew(command)) return;
  const owners = new Map(after.graph.nodes.map((node) => [node.id, ownerOf(node)]));
  const families = new Map<string, Set<string>>();
  for (const node of before.graph.nodes) {
    const now = owners.get(node.id);
    if (now !== undefined) families.set(ownerOf(node), (families.get(ownerOf(node)) ?? new Set()).add(now));
  }
  expect(
    [...families].flatMap(([owner, now]) => (now.size > 1 ? [owner] : [])),
    kind,
  ).toEqual([]);
}

const sharesAnew = (command: Command): boolean =>
  command.type === "set_shared" || command.type === "replace" || (command.type === "batch" && command.commands.some(sharesAnew));

const portOf = ({ target, target_port }: EdgeDocument): string => `${target} ${target_port}`;

const removedBy = (command: Command): readonly string[] =>
  command.type === "batch"
    ? command.commands.flatMap(removedBy)
    : command.type === "remove"
      ? [...command.edge_ids, ...command.node_ids]
      : [];

/** Connections whose end does not depend on their beginning any more. */
function unreached({ graph }: DesignDocument, lost: readonly EdgeDocument[], moved: string | undefined): readonly EdgeDocument[] {
  const next = edgesBy(graph, "source");
  const behind = (from: string): ReadonlySet<string> => {
    const found = new Set([from]);
    for (const id of found) for (const { target } of next.get(id) ?? []) found.add(target);
    return found;
  };
  return lost.filter(({ source, target }) => source !== moved && target !== moved && !behind(source).has(target));
}
