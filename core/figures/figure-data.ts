/**
 * What a figure of a help card shows: a small made-up sample, what the layer makes of it with the node's own options, and how many
 * steps the drawing has. Computed by the reference kernels, so that it cannot show another thing than what is trained.
 */
import { activationDefinition } from "../activations/definitions.ts";
import { activationImplementation } from "../activations/implementations.ts";
import { AppError } from "../errors.ts";
import type { Shape } from "../ir/tensor.ts";
import type { LayerFigure } from "../layers/figure.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { pairOf, windowAxis } from "../layers/windows.ts";
import type { AnyConfig } from "../schema/fields.ts";
import { defaultsOf, validateConfig } from "../schema/validate.ts";
import { type Curve, lossCurve, penaltyCurve, slopeByNeighbours } from "./curve-data.ts";
import { madeUp } from "./made-up.ts";
import { type TableRow, tableRows } from "./row-data.ts";
import { type LayerRun, runLayer, type Values } from "./run-layer.ts";

/** One axis over which a window moves. */
export interface WindowSteps {
  readonly length: number;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before the axis. */
  readonly before: number;
  readonly after: number;
  readonly output: number;
}

export interface FigureData extends LayerRun {
  readonly figure: LayerFigure;
  readonly config: AnyConfig;
  readonly inputs: readonly Values[];
  /** Windows, steps of time, queries, units … that the drawing goes through. */
  readonly frames: number;
  /** Of `window`: one axis or two. */
  readonly axes: readonly WindowSteps[];
  /** Of `mask`: one draw a frame. */
  readonly draws: readonly Values[];
  /** Of `sources` and `graph`: by output number, the places of each input that change it. */
  readonly sources: readonly (readonly ReadonlySet<number>[])[];
  /** Of `curve`: dy/dx at each place; null for a function of whole rows. */
  readonly slope: readonly number[] | null;
  /** The node's own options do not fit a drawing this small (a window of 500 steps): the defaults are shown. */
  readonly byDefaults: boolean;
  /** The node's own options leave nothing to see (a penalty of 0): these are shown. */
  readonly example: Readonly<Record<string, unknown>> | null;
  /** Of `penalty` and `loss`. */
  readonly curve: Curve | null;
  /** Of `rows`. */
  readonly rows: readonly TableRow[];
}

const DRAWS = 6;
/** More entries than this along an axis are too small to be seen. */
const LONGEST = { one: 24, two: 11 } as const;

/** @param own the node's options, as the document has them */
export function figureData(definition: LayerDefinition, figure: LayerFigure, own: Readonly<Record<string, unknown>>): FigureData {
  try {
    return computed(definition, figure, own, false);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return computed(definition, figure, {}, true);
  }
}

function computed(
  definition: LayerDefinition,
  figure: LayerFigure,
  own: Readonly<Record<string, unknown>>,
  byDefaults: boolean,
): FigureData {
  const given = { ...defaultsOf(definition.schema), ...own, ...figure.options };
  const example = exampleOf(definition, figure, given);
  const config = validateConfig(definition.schema, { ...given, ...example }, definition.type);
  const alone = withoutRun(definition, figure, config, { byDefaults, example });
  if (alone !== null) return alone;
  const axes = figure.kind === "window" ? windowSteps(definition, config, figure) : [];
  const shapes = figure.inputs.map((shape) =>
    axes.length === 0 ? shape : [...axes.map(({ length }) => length), ...shape.slice(axes.length)],
  );
  const indices = Number(config[definition.traits.indexCountField ?? ""] ?? 1);
  const function_ = figure.kind === "curve" ? activationDefinition(String(config[definition.traits.activationField ?? ""])) : null;
  // A function of whole rows has no curve: a row of five numbers shows what it does.
  const ofRows = function_ !== null && function_.op !== "unary" && function_.op !== "learned";
  const numbersOf = shapes.map((shape, index): Values => {
    const whole = [figure.samples ?? 1, ...(ofRows ? [5] : shape)];
    const numbers = madeUp(ofRows ? "wave" : figure.values, whole, indices);
    // Two inputs of the same numbers would hide what is done with them: a difference of nothing, a maximum of equals.
    const turned = figure.kind === "sources" ? numbers.map((_, place) => numbers[(place + 5 * index) % numbers.length] ?? 0) : numbers;
    return { shape: whole, data: figure.paddedWith === undefined ? turned : padded(turned, whole, Number(config[figure.paddedWith])) };
  });
  const inputs = figure.links === undefined ? numbersOf : [...numbersOf, edgesOf(figure.links)];
  const training = figure.training === true;
  const run = runLayer(definition, config, inputs, { training, step: 0 });
  const draws =
    figure.kind === "mask"
      ? Array.from({ length: DRAWS }, (_, step) => runLayer(definition, config, inputs, { training, step }).outputs[0] ?? EMPTY)
      : [];
  const sources =
    figure.kind === "sources" || figure.kind === "graph"
      ? sourcesOf(numbersOf, inputs, run, (changed) => runLayer(definition, config, changed, { training, step: 0 }))
      : [];
  const data = { ...run, figure, config, inputs, axes, draws, sources, byDefaults, example, curve: null, rows: [] };
  return { ...data, slope: ofRows ? null : slopeOf(data), frames: framesOf(data, ofRows) };
}

/** The example's options where all of them are the usual ones; null where the node's own are shown. */
function exampleOf(
  { schema }: LayerDefinition,
  { example }: LayerFigure,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | null {
  if (example === undefined || Object.keys(example).some((name) => given[name] !== schema[name]?.default)) return null;
  return example;
}

/** How many places the mark on a curve goes through. */
const CURVE_FRAMES = 17;
const NO_RUN: LayerRun = { outputs: [], taps: {}, parameters: {}, penalty: 0, mask: null };

/** Figures that are not of the numbers which come out: a penalty, a loss, a row of a table. Null for all others. */
function withoutRun(
  definition: LayerDefinition,
  figure: LayerFigure,
  config: AnyConfig,
  shown: Pick<FigureData, "byDefaults" | "example">,
): FigureData | null {
  const base = { ...NO_RUN, ...shown, figure, config, inputs: [], axes: [], draws: [], sources: [], slope: null, curve: null, rows: [] };
  if (figure.kind === "rows") {
    const rows = tableRows();
    return { ...base, rows, frames: rows.length };
  }
  if (figure.kind !== "penalty" && figure.kind !== "loss") return null;
  const curve = figure.kind === "penalty" ? penaltyCurve(definition, config) : lossCurve(definition, config);
  return curve === null ? null : { ...base, curve, slope: slopeByNeighbours(curve.x, curve.y), frames: CURVE_FRAMES };
}

/** A step in the middle and those at the end hold nothing but one number. @param shape with the samples first, then the steps */
function padded(values: readonly number[], shape: Shape, filler: number): readonly number[] {
  const [, steps = 1, features = 1] = shape;
  return values.map((value, place) => {
    const step = Math.floor(place / features) % steps;
    return step === 2 || step >= steps - 2 ? filler : value;
  });
}

/** So little that the largest of several numbers stays the largest. */
const NUDGE = 1e-4;

/** Rows of source, target and weight, as a layer over graphs takes them. */
function edgesOf(links: NonNullable<LayerFigure["links"]>): Values {
  const rows = links.flatMap(([a, b]) => [
    [a, b, 1],
    [b, a, 1],
  ]);
  return { shape: [1, rows.length, 3], data: rows.flat() };
}

/** Found by trying: every number of those that may change is changed a little, and the outputs that follow are seen. */
function sourcesOf(
  changing: readonly Values[],
  inputs: readonly Values[],
  { outputs }: LayerRun,
  run: (inputs: readonly Values[]) => LayerRun,
): readonly (readonly ReadonlySet<number>[])[] {
  const before = outputs[0]?.data ?? [];
  const found = before.map(() => changing.map(() => new Set<number>()));
  changing.forEach(({ data }, input) => {
    data.forEach((_, place) => {
      const changed = inputs.map((one, index) =>
        index === input ? { ...one, data: one.data.map((value, at) => (at === place ? value + NUDGE : value)) } : one,
      );
      run(changed).outputs[0]?.data.forEach((value, output) => {
        if (Math.abs(value - (before[output] ?? 0)) > NUDGE * 1e-6) found[output]?.[input]?.add(place);
      });
    });
  });
  return found;
}

const EMPTY: Values = { shape: [0], data: [] };

/** What the layer's options make of axes just long enough to show several windows. @throws AppError where that is too long to be drawn */
function windowSteps(definition: LayerDefinition, config: AnyConfig, figure: LayerFigure): readonly WindowSteps[] {
  const { window } = definition.traits;
  if (window === undefined) throw new Error(`${definition.type}: a figure of windows, and no window`);
  const two = (figure.inputs[0]?.length ?? 0) === 3;
  const option = (name: string | undefined, otherwise: readonly [number, number]): readonly [number, number] => {
    const value = name === undefined ? null : config[name];
    if (typeof value === "number") return [value, value];
    return Array.isArray(value) ? pairOf(value as readonly number[], name ?? "") : otherwise;
  };
  const size = option(window.size, [1, 1]);
  const strides = option(window.strides, size);
  const dilation = option(window.dilation, [1, 1]);
  const padding = config["padding"];
  return (two ? ([0, 1] as const) : ([0] as const)).map((axis): WindowSteps => {
    const span = (size[axis] - 1) * dilation[axis] + 1;
    const least = figure.inputs[0]?.[axis] ?? 1;
    const length = Math.max(least, span + strides[axis]);
    const longest = two ? LONGEST.two : LONGEST.one;
    if (length > longest) throw new AppError("design.window_too_large", { axis: String(axis), span, length: longest });
    const steps = { length, size: size[axis], stride: strides[axis], dilation: dilation[axis] };
    const kind = padding === "same" || padding === "causal" ? padding : "valid";
    return { ...steps, ...windowAxis(String(axis), { ...steps, padding: kind }) };
  });
}

type Computed = Omit<FigureData, "slope" | "frames">;

function framesOf({ figure, axes, inputs, outputs, taps }: Computed, ofRows: boolean): number {
  const width = inputs[0]?.shape.at(-1) ?? 1;
  switch (figure.kind) {
    case "window":
      return axes.reduce((product, { output }) => product * output, 1);
    case "gates":
      return inputs[0]?.shape[1] ?? 1;
    case "focus":
      return taps["weights"]?.shape.at(-2) ?? 1;
    case "lookup":
      return width;
    case "mask":
      return DRAWS;
    case "strips":
    case "rows":
      return 1;
    case "kept":
      return inputs[0]?.shape[1] ?? 1;
    case "sources":
    case "graph":
      return outputs[0]?.data.length ?? 1;
    case "weights":
      return outputs[0]?.shape.at(-1) ?? 1;
    case "curve":
      return ofRows ? 1 : CURVE_FRAMES;
    case "penalty":
    case "loss":
      return CURVE_FRAMES;
    default:
      return figure.kind satisfies never;
  }
}

/** By the derivative that training uses; of a learned function, whose weights are its own, by the difference of neighbours. */
function slopeOf({ figure, config, inputs, outputs }: Computed): readonly number[] | null {
  const [x, y] = [inputs[0]?.data, outputs[0]?.data];
  if (figure.kind !== "curve" || x === undefined || y === undefined) return null;
  const name = String(config["activation"]);
  const { op } = activationDefinition(name);
  if (op === "unary") {
    const { saved, value, derivative } = activationImplementation(name);
    // An option of the layer may have made it another function: a slope of its own.
    if (x.some((one, place) => Math.abs(value(one) - (y[place] ?? 0)) > 1e-5)) return slopeByNeighbours(x, y);
    return (saved === "input" ? x : y).map(derivative);
  }
  return slopeByNeighbours(x, y);
}
