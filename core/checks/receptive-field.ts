/**
 * How much of the input one position behind a layer depends on: computed from windows, strides and dilations on the way
 * (Araujo, Norris & Sim 2019, "Computing receptive fields of convolutional neural networks").
 */

import type { DesignDocument, NodeDocument } from "../graph/document.ts";
import { validConfigOf } from "../graph/node-result.ts";
import { edgesBy, type LayerLookup, nodeMap } from "../graph/ports.ts";
import type { Propagation } from "../graph/propagation.ts";
import type { Shape } from "../ir/tensor.ts";
import { layerDefinition } from "../layers/registry.ts";
import { windowOf } from "./windows.ts";

export interface ReceptiveField {
  /** Positions of the input along each axis of the grid (time, or height and width); padding around it counts. */
  readonly size: readonly number[];
  /** Positions of the input between two neighbours behind the layer. */
  readonly step: readonly number[];
  /** The grid of the input itself. */
  readonly input: readonly number[];
}

/**
 * @param nodeId of a layer whose sample has a grid: [time, channels] or [height, width, channels]
 * @returns null where it cannot be told from windows: shapes not known, another kind of layer on the way (one that sees all
 *          positions, or makes new ones), several inputs, ways with different steps that meet
 */
export function receptiveField(
  design: Pick<DesignDocument, "graph">,
  propagation: Propagation,
  nodeId: string,
  lookup: LayerLookup = layerDefinition,
): ReceptiveField | null {
  const nodes = nodeMap(design.graph);
  const incoming = edgesBy(design.graph, "target");
  const found = new Map<string, ReceptiveField | null>();
  // In the order of computing and not from the layer back: a long chain would be as many calls deep.
  const needed = upstream(nodeId, (id) => (incoming.get(id) ?? []).map(({ source }) => source));
  for (const id of propagation.order) {
    const node = needed.has(id) ? nodes.get(id) : undefined;
    if (node === undefined) continue;
    const before = joined((incoming.get(id) ?? []).map(({ source }) => found.get(source) ?? null));
    found.set(id, behind(node, before, propagation, lookup));
  }
  return found.get(nodeId) ?? null;
}

function upstream(start: string, sourcesOf: (id: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>([start]);
  for (const id of seen) for (const source of sourcesOf(id)) seen.add(source);
  return seen;
}

function behind(node: NodeDocument, before: ReceptiveField | null, propagation: Propagation, lookup: LayerLookup): ReceptiveField | null {
  const definition = lookup(node.type);
  const result = propagation.nodes.get(node.id);
  const output = result?.outputs?.[0];
  if (definition === undefined || result === undefined || output === undefined) return null;
  const { traits } = definition;
  const grid = output.slice(0, -1);
  if (traits.role === "input") {
    const ones = grid.map(() => 1);
    return grid.length === 0 ? null : { size: ones, step: ones, input: grid };
  }
  if (before === null || before.size.length !== grid.length) return null;
  if (node.bypassed) return before;
  const window = windowOf({ config: validConfigOf(definition, node), definition });
  if (window !== null) {
    const at = (axis: number) => window[axis] ?? window[0] ?? { span: 1, stride: 1 };
    return {
      size: before.size.map((size, axis) => size + (at(axis).span - 1) * (before.step[axis] ?? 1)),
      step: before.step.map((step, axis) => step * at(axis).stride),
      input: before.input,
    };
  }
  if (traits.movesEnds !== undefined) return before;
  const seesAll = traits.sequencesField !== undefined || traits.attends === true || traits.orderField !== undefined;
  return !seesAll && sameGrid(result.inputs, grid) ? before : null;
}

const sameGrid = (inputs: readonly Shape[], grid: Shape): boolean =>
  inputs.every((shape) => shape.length === grid.length + 1 && grid.every((size, axis) => size === shape[axis]));

/** Where ways meet, the widest counts. */
function joined(fields: readonly (ReceptiveField | null)[]): ReceptiveField | null {
  const [first = null] = fields;
  let all = first;
  for (const field of fields.slice(1)) {
    if (all === null || field === null || field.step.join() !== all.step.join() || field.input.join() !== all.input.join()) return null;
    all = { ...all, size: all.size.map((size, axis) => Math.max(size, field.size[axis] ?? 0)) };
  }
  return all;
}
