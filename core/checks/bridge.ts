/** Layers that lead from one shape to another: a projection, a coarser or a finer grid, its ends cut off, a reshape. Each is found by its traits and tried. */
import { validConfigOf } from "../graph/node-result.ts";
import type { LayerLookup } from "../graph/ports.ts";
import { type Shape, sameShape, sizeOf } from "../ir/tensor.ts";
import type { LayerDefinition, LayerTraits } from "../layers/layer.ts";
import { layerTypes } from "../layers/registry.ts";
import { shapesOf } from "./arrivals.ts";

export interface Step {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** What comes out of it. */
  readonly shape: Shape;
}
type Options = Step["config"];

export const PADDED = "same";

/** The option that pads windows at the ends. */
export const paddingField = ({ schema }: Pick<LayerDefinition, "schema">): string | undefined =>
  Object.entries(schema).find(([, one]) => one.kind === "choice" && one.values.includes(PADDED))?.[0];

/** @returns the layers in order, none where the shapes are one; null where no way is known */
export function bridge(lookup: LayerLookup, from: Shape, to: Shape): readonly Step[] | null {
  if (sameShape(from, to)) return [];
  if (from.length === to.length) return from.length === 1 ? inRow(from, to, [widened(lookup, to)]) : overGrid(lookup, from, to);
  if (sizeOf(from) === sizeOf(to)) return inRow(from, to, [reshaped(lookup, to)]);
  const channels = from.at(-1) ?? 1;
  if (to.length === 1) return inRow(from, to, [toOneAxis(lookup, from), widened(lookup, to)]);
  if (from.length === 1) {
    const flat = [to.at(-1) ?? 1];
    const spread = [...to.slice(0, -1).map(() => 1), ...flat];
    return inRow(from, to, [widened(lookup, flat), reshaped(lookup, spread), (shape) => overGrid(lookup, shape, to)]);
  }
  const steps = sizeOf(from) / channels;
  const grid = to.slice(0, -1);
  if (to.length === 2) return inRow(from, to, [reshaped(lookup, [steps, channels]), (shape) => overGrid(lookup, shape, to)]);
  const laid = from.length === 2 && to.length === 3 ? (sizeOf(grid) === steps ? [...grid, channels] : [steps, 1, channels]) : null;
  return laid === null ? null : inRow(from, to, [reshaped(lookup, laid), (shape) => overGrid(lookup, shape, to)]);
}

/** Finds the layers of one part of the way; null where there are none. */
type Part = (from: Shape) => readonly Step[] | null;

/** One part after the other; null unless the last one comes to `to`. */
function inRow(from: Shape, to: Shape, parts: readonly Part[]): readonly Step[] | null {
  const found: Step[] = [];
  let shape = from;
  for (const part of parts) {
    const steps = part(shape);
    if (steps === null) return null;
    found.push(...steps);
    shape = steps.at(-1)?.shape ?? shape;
  }
  return sameShape(shape, to) ? found : null;
}

/** Another number of values on the last axis, by weights. */
const widened =
  (lookup: LayerLookup, to: Shape): Part =>
  (from) =>
    tried(lookup, from, [...from.slice(0, -1), to.at(-1) ?? 1], ({ linear, unitsField }) =>
      linear === true && unitsField !== undefined ? { [unitsField]: to.at(-1) } : null,
    );

/** The same numbers in another shape. */
export const reshaped =
  (lookup: LayerLookup, to: Shape): Part =>
  (from) =>
    tried(lookup, from, to, ({ shapeField, flattens }) =>
      flattens === true && to.length === 1 ? {} : shapeField === undefined ? null : { [shapeField]: to },
    );

/** The mean of each channel, or all numbers where no layer takes it. */
function toOneAxis(lookup: LayerLookup, from: Shape): Part {
  const all = [sizeOf(from)];
  const mean: Part = (shape) => tried(lookup, shape, from.slice(-1), ({ averagesGrid }) => (averagesGrid === from.length ? {} : null));
  return (shape) => mean(shape) ?? reshaped(lookup, all)(shape);
}

/** A grid of the same rank: coarser, finer, its ends cut off or padded, and other channels, as far as each is needed. */
function overGrid(lookup: LayerLookup, from: Shape, to: Shape): readonly Step[] | null {
  const grid = to.slice(0, -1);
  const channels = to.at(-1) ?? 1;
  const at = (axis: number): number => grid[axis] ?? 1;
  const resized = (shape: Shape, size: (old: number, axis: number) => number): Shape => [
    ...shape.slice(0, -1).map(size),
    shape.at(-1) ?? 1,
  ];
  const strides = from.slice(0, -1).map((size, axis) => {
    const stride = Math.ceil(size / at(axis));
    return Math.ceil(size / stride) === at(axis) ? stride : Math.max(1, Math.floor(size / at(axis)));
  });
  const coarser: Part = (shape) => {
    if (strides.every((stride) => stride === 1)) return [];
    const target = resized(shape, (size, axis) => Math.ceil(size / (strides[axis] ?? 1)));
    // One layer does both where windows with weights reach the grid by themselves.
    if (shape.at(-1) !== channels && sameShape(target.slice(0, -1), grid))
      return tried(lookup, shape, to, windows("convolution", strides, channels));
    return tried(lookup, shape, target, windows("pooling", strides));
  };
  const finer: Part = (shape) => {
    const times = shape.slice(0, -1).map((size, axis) => Math.max(1, Math.floor(at(axis) / size)));
    if (times.every((one) => one === 1)) return [];
    const target = resized(shape, (size, axis) => size * (times[axis] ?? 1));
    return tried(lookup, shape, target, ({ repeatsField }) => (repeatsField === undefined ? null : { [repeatsField]: listOrOne(times) }));
  };
  const ends =
    (adds: boolean): Part =>
    (shape) => {
      const missing = shape.slice(0, -1).map((size, axis) => Math.max(0, adds ? at(axis) - size : size - at(axis)));
      if (missing.every((count) => count === 0)) return [];
      const target = resized(shape, (size, axis) => size + (adds ? 1 : -1) * (missing[axis] ?? 0));
      return tried(lookup, shape, target, ({ movesEnds }) =>
        movesEnds?.adds !== adds || movesEnds.fields.length !== missing.length
          ? null
          : Object.fromEntries(
              movesEnds.fields.flatMap(([before, behind], axis) => {
                const count = missing[axis] ?? 0;
                return [
                  [before, Math.floor(count / 2)],
                  [behind, Math.ceil(count / 2)],
                ];
              }),
            ),
      );
    };
  const projected: Part = (shape) =>
    tried(
      lookup,
      shape,
      to,
      windows(
        "convolution",
        shape.slice(0, -1).map(() => 1),
        channels,
      ),
    ) ?? widened(lookup, to)(shape);
  return inRow(from, to, [coarser, finer, ends(false), ends(true), projected]);
}

/** Windows side by side, none of which overlaps another or leaves a place out. */
const windows =
  (kind: "convolution" | "pooling", strides: readonly number[], channels?: number) =>
  ({ window, unitsField }: LayerTraits, definition: LayerDefinition): Options | null => {
    const padding = paddingField(definition);
    if (window?.kind !== kind || padding === undefined || (channels === undefined) !== (unitsField === undefined)) return null;
    const size = listOrOne(strides);
    const options = { [window.size]: size, [window.strides]: size, [padding]: PADDED };
    return unitsField === undefined ? options : { [unitsField]: channels, ...options };
  };

/** Of a sequence options are a number, of a picture one for each of its axes. */
const listOrOne = (values: readonly number[]): number | readonly number[] => (values.length === 1 ? (values[0] ?? 1) : values);

/** The first layer that has the traits and comes to the shape; none where it is that already. */
function tried(
  lookup: LayerLookup,
  from: Shape,
  to: Shape,
  options: (traits: LayerTraits, definition: LayerDefinition) => Options | null,
): readonly Step[] | null {
  if (sameShape(from, to)) return [];
  for (const type of layerTypes) {
    const definition = lookup(type);
    const config = definition === undefined ? null : options(definition.traits, definition);
    if (definition === undefined || config === null) continue;
    const valid = validConfigOf(definition, { name: type, config });
    const found = valid === null ? null : shapesOf(definition, valid, { inputs: [from] });
    if (Array.isArray(found) && found[0] !== undefined && sameShape(found[0], to)) return [{ type, config, shape: to }];
  }
  return null;
}
