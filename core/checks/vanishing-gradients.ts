/**
 * A long row of activations that are flat at both ends: each passes on a fraction of the gradient (a sigmoid at most a
 * quarter), so the first layers hardly learn (Hochreiter 1991; Glorot & Bengio 2010). Normalization between them, or a
 * path around them, ends the row.
 */

import type { Command } from "../graph/command.ts";
import type { GraphDocument, NodeDocument } from "../graph/document.ts";
import { nodeProblem, type Problem } from "../graph/problem.ts";
import { layerTypes } from "../layers/registry.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { insertFix, setActivation, USUAL_ACTIVATION } from "./mend.ts";
import { activationOf } from "./walk.ts";

/** Five sigmoids leave at most (1/4)⁵, a thousandth, of the gradient. */
export const LONGEST_SATURATING_ROW = 4;

export const vanishingGradients = defineCheck({
  code: "design.vanishing_gradients",
  // One report a row, on its last node: the rows that no longer row continues.
  runDesign: (context) => {
    const { rows, continued } = saturatingRows(context);
    const long = rows.filter((row) => row.length > LONGEST_SATURATING_ROW && !continued.has(row));
    if (long.length === 0) return [];
    const room = roomIn(context.design.graph);
    return long.map((row) => withNormalization(context, row, room));
  },
});

/** Saturating nodes one behind the other, told from the last of them: rows share their beginnings. */
interface Row {
  readonly last: CheckedNode;
  readonly before: Row | null;
  readonly length: number;
  /** What is said of a row that ends here, once it was asked for. */
  problem: Problem | null;
  /** The same with batch normalization as another way, and the graph that it was found for. */
  normalized: { readonly room: GraphDocument; readonly problem: Problem } | null;
}

/** By its last layer: as long as the layers of a row are the same objects, so is the row, and what is said of it. */
const known = new WeakMap<CheckedNode, Row>();

function rowOf(last: CheckedNode, before: Row | null): Row {
  const row = known.get(last);
  if (row !== undefined && row.before === before) return row;
  const made: Row = { last, before, length: (before?.length ?? 0) + 1, problem: null, normalized: null };
  known.set(last, made);
  return made;
}

function problemOf(end: Row): Problem {
  if (end.problem !== null) return end.problem;
  const { node } = end.last;
  // The last layer of a row often has to give a probability: it stays as it is, and so does what others read too.
  const commands: Command[] = [];
  for (let row = end.before; row !== null; row = row.before) {
    const command = row.last.outgoing.length > 1 ? null : setActivation(row.last, USUAL_ACTIVATION);
    if (command !== null) commands.push(command);
  }
  const enough = end.length - commands.length <= LONGEST_SATURATING_ROW;
  const fix = !enough
    ? undefined
    : {
        code: "fix.set_activations",
        params: { count: commands.length, activation: USUAL_ACTIVATION },
        commands: commands.reverse(),
      };
  const params = { count: end.length, activation: activationOf(end.last)?.name ?? "", name: node.name };
  end.problem = nodeProblem(node.id, "design.vanishing_gradients", params, "warning", fix);
  return end.problem;
}

/** Batch normalization as another way, where it leaves no row too long. It needs ids that are free: it is kept as long as they are. */
function withNormalization(context: CheckedDesign, end: Row, room: GraphDocument): Problem {
  if (end.normalized?.room !== room) end.normalized = { room, problem: normalizedAt(context, end) };
  return end.normalized.problem;
}

let lastRoom: GraphDocument | null = null;

/** The graph itself, or the one of before to which a layer would be added in the same way: by the same ids, name and place. */
function roomIn(graph: GraphDocument): GraphDocument {
  const before = lastRoom;
  const same =
    before !== null &&
    before.edges === graph.edges &&
    before.nodes.length === graph.nodes.length &&
    before.nodes.every((node, index) => node === graph.nodes[index] || standsAs(node, graph.nodes[index]));
  lastRoom = same ? before : graph;
  return lastRoom;
}

const standsAs = (node: NodeDocument, other: NodeDocument | undefined): boolean =>
  node.id === other?.id && node.type === other.type && node.name === other.name && node.position === other.position;

function normalizedAt(context: CheckedDesign, end: Row): Problem {
  const problem = problemOf(end);
  if (end.length > 2 * LONGEST_SATURATING_ROW) return problem;
  let row: Row = end;
  while (row.length > LONGEST_SATURATING_ROW + 1 && row.before !== null) row = row.before;
  const [edge, ...more] = row.last.incoming;
  const type = layerTypes.find((one) => context.lookup(one)?.traits.normalizes === "batch");
  if (edge === undefined || more.length > 0 || type === undefined) return problem;
  return { ...problem, otherFixes: [insertFix(context, edge, type, row.last.node.name)] };
}

/** All rows, in the order of computing: of each node those that the gradient must pass on its easiest way back to where it is fresh. */
function saturatingRows(context: CheckedDesign): { readonly rows: readonly Row[]; readonly continued: ReadonlySet<Row> } {
  const at = new Map<string, Row | null>();
  const rows: Row[] = [];
  const continued = new Set<Row>();
  for (const id of context.propagation.order) {
    const checked = context.nodes.get(id);
    if (checked === undefined) continue;
    const easiest = easiestWay(checked, at);
    if (checked.node.bypassed) at.set(id, easiest);
    else if (checked.definition.traits.normalizes !== undefined) at.set(id, null);
    else if (activationOf(checked)?.saturates === true) {
      const row = rowOf(checked, easiest);
      if (easiest !== null) continued.add(easiest);
      at.set(id, row);
      rows.push(row);
    } else at.set(id, easiest);
  }
  return { rows, continued };
}

function easiestWay({ incoming }: CheckedNode, at: ReadonlyMap<string, Row | null>): Row | null {
  const [first = null, ...others] = incoming.map((edge) => at.get(edge.source) ?? null);
  return others.reduce((best, row) => ((row?.length ?? 0) < (best?.length ?? 0) ? row : best), first);
}
