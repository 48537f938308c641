/**
 * How much of the input one position behind a layer depends on: computed from windows, strides and dilations on the way
 * (Araujo, Norris & Sim 2019, "Computing receptive fields of convolutional neural networks").
 */

import type { DesignDocument, EdgeDocument, NodeDocument } from "../graph/document.ts";
import { validConfigOf } from "../graph/node-result.ts";
import { edgesBy, type LayerLookup, nodeMap } from "../graph/ports.ts";
import type { Propagation } from "../graph/propagation.ts";
import type { Shape } from "../ir/tensor.ts";
import type { LayerTraits } from "../layers/layer.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { AnyConfig } from "../schema/fields.ts";
import { numbersOf, spansOf, windowOf } from "./windows.ts";

export interface ReceptiveField {
  /** Positions of the input along each axis of the grid (time, or height and width); padding around it counts. */
  readonly size: readonly number[];
  /** Positions of the input between two neighbours behind the layer; below 1 where they lie closer than those of the input. */
  readonly step: readonly number[];
  /** The grid of the input itself, or of what a flat input is laid out as. */
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
  const found = new Map<string, Field>();
  // In the order of computing and not from the layer back: a long chain would be as many calls deep.
  const needed = upstream(nodeId, (id) => (incoming.get(id) ?? []).map(({ source }) => source));
  for (const id of propagation.order) {
    const node = needed.has(id) ? nodes.get(id) : undefined;
    if (node === undefined) continue;
    const before = joined(passedOn(node, incoming.get(id) ?? [], lookup).map(({ source }) => found.get(source) ?? null));
    found.set(id, behind(node, before, propagation, lookup));
  }
  const field = found.get(nodeId) ?? null;
  return field === null || field === FLAT ? null : { ...field, size: field.size.map(Math.ceil) };
}

/** One value beside the other, of an input that has no grid yet. */
const FLAT = "flat";
type Field = ReceptiveField | typeof FLAT | null;

function upstream(start: string, sourcesOf: (id: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>([start]);
  for (const id of seen) for (const source of sourcesOf(id)) seen.add(source);
  return seen;
}

/** All that arrives; a bypassed node passes only the first on, in the order of its ports. */
function passedOn(node: NodeDocument, edges: readonly EdgeDocument[], lookup: LayerLookup): readonly EdgeDocument[] {
  if (!node.bypassed) return edges;
  const ports = lookup(node.type)?.ports.inputs ?? [];
  return ports.flatMap(({ name }) => edges.filter(({ target_port }) => target_port === name)).slice(0, 1);
}

function behind(node: NodeDocument, before: Field, propagation: Propagation, lookup: LayerLookup): Field {
  const definition = lookup(node.type);
  const result = propagation.nodes.get(node.id);
  const output = result?.outputs?.[0];
  if (definition === undefined || result === undefined || output === undefined) return null;
  const { traits } = definition;
  const grid = output.slice(0, -1);
  if (traits.role === "input") return grid.length === 0 ? FLAT : begun(grid);
  if (node.bypassed) return before;
  if (before === FLAT) return behindFlat(traits, grid);
  if (before === null || before.size.length !== grid.length) return null;
  const config = validConfigOf(definition, node);
  const window = windowOf({ config, definition });
  if (window !== null) {
    const at = (axis: number) => window[axis] ?? window[0] ?? { span: 1, stride: 1 };
    return {
      size: before.size.map((size, axis) => size + (at(axis).span - 1) * (before.step[axis] ?? 1)),
      step: before.step.map((step, axis) => step * at(axis).stride),
      input: before.input,
    };
  }
  if (traits.movesEnds !== undefined) return before;
  if (traits.spreads !== undefined || traits.repeatsField !== undefined) return enlarged(before, traits, config);
  return !mixesPositions(traits) && sameGrid(result.inputs, grid) ? before : null;
}

const begun = (grid: Shape): ReceptiveField => ({ size: grid.map(() => 1), step: grid.map(() => 1), input: grid });

/** Indices get a vector each, and values are laid out: there the grid begins. What computes with them all has none. */
function behindFlat(traits: LayerTraits, grid: Shape): Field {
  if (traits.indexCountField !== undefined || traits.shapeField !== undefined) return grid.length === 0 ? FLAT : begun(grid);
  return traits.trainingOnly === true || traits.normalizes !== undefined || traits.activates === true ? FLAT : null;
}

/** Every position comes out several times, or is spread over a window of new ones: of those there are more than before. */
function enlarged(before: ReceptiveField, { spreads, repeatsField = "" }: LayerTraits, config: AnyConfig | null): ReceptiveField | null {
  if (config === null) return null;
  const factors = numbersOf(config[spreads?.strides ?? repeatsField]);
  const spans = spreads === undefined ? [] : spansOf(config, spreads);
  const factor = (axis: number): number => factors[axis] ?? factors[0] ?? 1;
  // So many positions have a part in one that comes out.
  const meeting = (axis: number): number => Math.ceil((spans[axis] ?? spans[0] ?? 1) / factor(axis));
  return {
    size: before.size.map((size, axis) => size + (meeting(axis) - 1) * (before.step[axis] ?? 1)),
    step: before.step.map((step, axis) => step / factor(axis)),
    input: before.input,
  };
}

/** Whether what comes out at a position depends on others of its input, in another way than by a window. */
function mixesPositions({ sequencesField, attends, orderField, sumsFields, reads, shapeField, sliceFields }: LayerTraits): boolean {
  const fields = [sequencesField, orderField, sumsFields, shapeField, sliceFields];
  return attends === true || reads === "nodes" || fields.some((field) => field !== undefined);
}

const sameGrid = (inputs: readonly Shape[], grid: Shape): boolean =>
  inputs.every((shape) => shape.length === grid.length + 1 && grid.every((size, axis) => size === shape[axis]));

/** Where ways meet, the widest counts. */
function joined(fields: readonly Field[]): Field {
  const [first = null] = fields;
  if (fields.length === 1 || first === null || first === FLAT) return fields.length === 1 ? first : null;
  let all = first;
  for (const field of fields.slice(1)) {
    if (field === null || field === FLAT || field.step.join() !== all.step.join() || field.input.join() !== all.input.join()) return null;
    all = { ...all, size: all.size.map((size, axis) => Math.max(size, field.size[axis] ?? 0)) };
  }
  return all;
}
