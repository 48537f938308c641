/** Repeating layers of a design in a row, as a command: copies behind them, each fed by the one before, in a group of its own where they are one. */
import { AppError } from "../errors.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import { type DesignDocument, type GroupDocument, LONGEST_NAME, type NodeDocument } from "./document.ts";
import { drawnBoxes } from "./drawn-boxes.ts";
import { wholeGroup } from "./groups.ts";
import { type NewId, uniqueId, uniqueName } from "./naming.ts";
import { nodeMap } from "./ports.ts";
import { propagate } from "./propagate.ts";
import type { Propagation } from "./propagation.ts";
import { repeatBlock } from "./repeat-block.ts";

export interface Repeated {
  readonly command: Command;
  /** The layers themselves and all of their copies, in their order. */
  readonly rows: readonly (readonly string[])[];
}

/** Frames of two groups stand this far apart more than layers do. */
const FRAMES = 44;

/**
 * @param times how often they stand in a row then, at least 2
 * @param entered the group that is worked in: the copies are no group of their own, and of what is drawn only its layers make room
 * @throws AppError design.nothing_selected, design.repeat_end, design.repeat_apart, design.repeat_shapes, sweep.block_not_a_row
 */
export function repeatCommand(
  design: DesignDocument,
  nodeIds: Iterable<string>,
  times: number,
  newId: NewId,
  entered: string | null = null,
): Repeated {
  const chosen = new Set(nodeIds);
  const { graph } = design;
  const nodes = graph.nodes.filter(({ id }) => chosen.has(id));
  if (nodes.length === 0) throw new AppError("design.nothing_selected");
  for (const { type, name } of nodes) {
    const ports = layerDefinition(type)?.ports;
    if (ports !== undefined && (ports.inputs.length === 0 || ports.outputs.length === 0)) throw new AppError("design.repeat_end", { name });
  }
  const taken = new Set([...graph.nodes, ...graph.edges, ...graph.groups].map(({ id }) => id));
  const fresh = (): string => {
    const id = uniqueId(taken, newId);
    taken.add(id);
    return id;
  };
  const known = new Map<string, string>();
  const idOf = (id: string, copy: number): string => {
    const key = `${copy} ${id}`;
    const made = known.get(key) ?? fresh();
    known.set(key, made);
    return made;
  };
  const ids = nodes.map(({ id }) => id);
  const group = entered === null ? wholeGroup(graph.groups, chosen) : undefined;
  const after = repeatBlock(graph, ids, times, {
    idOf,
    nameOf: (name, _copy, names) => uniqueName(name, names),
    closed: group?.collapsed === true,
    beside: drawnBoxes(design, entered, () => ({ width: 0, height: 0 })),
    between: group === undefined ? 0 : FRAMES,
  });
  const rows = Array.from({ length: times }, (_, row) => ids.map((id) => (row === 0 ? id : idOf(id, row + 1))));
  const command = commandTo(design, after, group === undefined ? [] : copiesOf(group, graph.groups, rows, fresh), fresh);
  const worse = firstWorse(propagate(applyCommand(design, command).design), rows);
  if (worse !== null) throw notThrough(nodes, nodeMap({ ...graph, nodes: after.nodes }).get(worse)?.name ?? worse);
  return { command, rows };
}

function copiesOf(
  group: GroupDocument,
  groups: readonly GroupDocument[],
  rows: readonly (readonly string[])[],
  fresh: NewId,
): readonly GroupDocument[] {
  const names = new Set(groups.map(({ name }) => name));
  return rows.slice(1).map((row) => {
    // With room for the number.
    const stem = group.name.replace(/ \d+$/, "").slice(0, LONGEST_NAME - 8);
    let number = 2;
    while (names.has(`${stem} ${number}`)) number += 1;
    names.add(`${stem} ${number}`);
    return { ...group, id: fresh(), name: `${stem} ${number}`, node_ids: [...row] };
  });
}

/** The command that leads to a graph with more layers, and connections that begin elsewhere. */
function commandTo({ graph }: DesignDocument, after: DesignDocument["graph"], groups: readonly GroupDocument[], fresh: NewId): Command {
  const [nodes, edges] = [nodeMap(graph), new Map(graph.edges.map((edge) => [edge.id, edge]))];
  const added = {
    nodes: after.nodes.filter(({ id }) => !nodes.has(id)),
    edges: after.edges.filter(({ id }) => !edges.has(id)),
  };
  const led = after.edges.flatMap((edge, index) => {
    const before = edges.get(edge.id);
    return before !== undefined && before.source !== edge.source ? [{ edge, index }] : [];
  });
  const moved = after.nodes.filter(({ id, position }) => nodes.has(id) && nodes.get(id)?.position !== position);
  const commands: Command[] = [
    { type: "add_nodes", ...added },
    { type: "remove", node_ids: [], edge_ids: led.map(({ edge }) => edge.id) },
    // In the places that they had, because order counts at ports that take several.
    ...led.map(({ edge, index }): Command => ({ type: "connect", edge: { ...edge, id: fresh() }, index })),
  ];
  if (moved.length > 0) commands.push({ type: "move", positions: Object.fromEntries(moved.map(({ id, position }) => [id, position])) });
  if (groups.length > 0) commands.push({ type: "set_groups", groups: [...graph.groups, ...groups] });
  return { type: "batch", commands };
}

/** The first layer of a copy with a mistake that the same layer does not have in the first of the row. */
export function firstWorse(propagation: Propagation, rows: readonly (readonly string[])[]): string | null {
  const errors = (id: string | undefined): readonly string[] =>
    (propagation.nodes.get(id ?? "")?.problems ?? []).flatMap(({ severity, error }) => (severity === "error" ? [error.code] : []));
  const [first = [], ...copies] = rows;
  for (const row of copies)
    for (const [place, id] of row.entries()) {
      const before = errors(first[place]);
      if (errors(id).some((code) => !before.includes(code))) return id;
    }
  return null;
}

function notThrough(nodes: readonly NodeDocument[], layer: string): AppError {
  return new AppError("design.repeat_shapes", { names: nodes.map(({ name }) => name).join(", "), layer });
}
