/**
 * The gradient of the loss by the state after each step of a recurrent layer. The layer is run once more, from each of its states on:
 * a batch of copies, in which copy k starts from the state after step k and passes over what came before, so that the gradient by its
 * initial state is that by the state after step k, whatever the cell.
 */
import type { Seen, TimeGradients } from "../../insight/inside/look.ts";
import { appendGradients } from "../../ir/autodiff.ts";
import { Builder } from "../../ir/builder.ts";
import { at } from "../../ir/op.ts";
import { planPrograms } from "../../ir/plan.ts";
import { type Shape, sizeOf, type Tensor } from "../../ir/tensor.ts";
import type { KernelBackend } from "../../kernels/backend.ts";
import { NO_NOTES } from "../../layers/layer.ts";
import { arrivalsOf, valueName } from "../../spec/layer-values.ts";
import { definitionOf } from "../../spec/model.ts";
import type { LayerSpec } from "../../spec/model-spec.ts";
import type { RowProbe } from "./node-probe.ts";

/** Copies at most: of a longer walk states at equal distances are taken. */
const MOST_COPIES = 96;

/** What a recurrent layer was given and gave for the row, after a look at the loss. */
interface Walk {
  readonly x: Seen;
  /** [T], one for a step that counts. */
  readonly counts: readonly boolean[];
  /** [T, units] */
  readonly states: Seen;
  readonly cells: Seen | null;
  /** Gradients of the layer's own outputs: the sequence or the last state, the state, the cell's state. */
  readonly gradients: readonly (Seen | null)[];
}

type LayerWeights = Readonly<Record<string, { readonly shape: Shape; readonly values: Float32Array }>>;

/** @param weights of the layer, by name within it */
export function timeGradients(layer: LayerSpec, weights: LayerWeights, probe: RowProbe, backend: KernelBackend): TimeGradients[] {
  if (probe.taps(layer.id)["states"] !== undefined)
    return [{ direction: "", ...gradientsOfWalk(layer, weights, walkOf(layer, probe), backend) }];
  return (["forward_", "backward_"] as const).map((direction) => {
    const cell = cellOf(layer, direction);
    const own = Object.entries(weights).flatMap(([name, values]): [string, LayerWeights[string]][] =>
      name.startsWith(direction) ? [[name.slice(direction.length), values]] : [],
    );
    return { direction, ...gradientsOfWalk(cell, Object.fromEntries(own), walkOfDirection(layer, direction, probe), backend) };
  });
}

function gradientsOfWalk(
  layer: LayerSpec,
  weights: LayerWeights,
  walk: Walk,
  backend: KernelBackend,
): Pick<TimeGradients, "distances" | "norms"> {
  const [steps = 1] = walk.states.shape;
  const backwards = layer.config["go_backwards"] === true;
  // Places of a sequence in the order of the walk: place 0 is its first step.
  const inWalk = <T>(list: readonly T[]): T[] => (backwards ? list.toReversed() : [...list]);
  const placeOf = (step: number): number => (backwards ? steps - 1 - step : step);
  const counts = inWalk(walk.counts);
  const nextOf = (start: number): number => {
    const next = counts.findIndex((own, step) => own && step > start);
    return next < 0 ? steps : next;
  };
  const copies = Math.min(steps, MOST_COPIES);
  const starts = Array.from({ length: copies }, (_, copy) => steps - 1 - Math.floor((copy * steps) / copies));
  const run = compiledWalk(layer, weights, copies, walk, backend);
  starts.forEach((start, copy) => {
    run.rowOf("x", copy).set(walk.x.values);
    const mask = run.rowOf("mask", copy);
    counts.forEach((own, step) => (mask[placeOf(step)] = own && step > start ? 1 : 0));
    run.rowOf("initial_state", copy).set(rowOf(walk.states, placeOf(start)));
    if (walk.cells !== null) run.rowOf("initial_cell_state", copy).set(rowOf(walk.cells, placeOf(start)));
    walk.gradients.forEach((gradient, port) => {
      // What a copy that takes no more steps gives first is added below.
      if (gradient !== null && (port > 0 || nextOf(start) < steps)) run.rowOf(`output:${port}`, copy).set(gradient.values);
    });
  });
  run.run();
  const sequence = walk.gradients[0] ?? null;
  const norms = starts.map((start, copy) => {
    const total = Float64Array.from(run.gradientOf(copy));
    const next = nextOf(start);
    // Steps up to the next one that counts show the state itself; the copy leaves them out.
    if (sequence !== null && sequence.shape.length === 2)
      for (let step = start; step < next; step += 1) addTo(total, rowOf(sequence, step));
    else if (sequence !== null && next === steps) addTo(total, sequence.values);
    return Math.hypot(...total);
  });
  return { distances: starts.map((start) => steps - 1 - start), norms };
}

const rowOf = ({ shape, values }: Seen, row: number): Float32Array => {
  const width = sizeOf(shape.slice(1));
  return values.subarray(row * width, (row + 1) * width);
};

function addTo(sum: Float64Array, values: Float32Array): void {
  values.forEach((value, i) => {
    sum[i] = (sum[i] ?? 0) + value;
  });
}

/** One way of a layer that goes both, as the layer of its cell alone: the option that names the cell is the type of that layer. */
const cellOf = (layer: LayerSpec, direction: "forward_" | "backward_"): LayerSpec => ({
  ...layer,
  type: String(layer.config["cell"]),
  config: { ...layer.config, go_backwards: direction === "backward_", activity_l1: 0, activity_l2: 0 },
});

/** Gradients are taken where the direction gives its states, before both are merged: however that is done. */
function walkOfDirection(layer: LayerSpec, direction: "forward_" | "backward_", probe: RowProbe): Walk {
  const { [`${direction}states`]: states, [`${direction}cell_states`]: cells } = probe.taps(layer.id);
  const given = arrivedAt(layer, probe, states);
  const port = direction === "forward_" ? 1 : 2;
  const sequence = layer.config["return_sequences"] === true ? probe.tapGradient(layer.id, `${direction}states`) : null;
  // The cell's layer, going backwards, gives the last step first.
  const inOrder = sequence === null || direction === "forward_" ? sequence : flipped(sequence);
  const ends = [port, ...(cells === undefined ? [] : [port + 2])].map((place) => probe.gradient(valueName(layer.id, place)));
  return { ...given, cells: cells ?? null, gradients: [inOrder, ...ends] };
}

function flipped({ shape, values }: Seen): Seen {
  const [steps = 1, units = 1] = shape;
  return { shape, values: values.map((_, i) => values[(steps - 1 - Math.floor(i / units)) * units + (i % units)] ?? 0) };
}

function walkOf(layer: LayerSpec, probe: RowProbe): Walk {
  const { states, cell_states: cells } = probe.taps(layer.id);
  const given = arrivedAt(layer, probe, states);
  const names = (layer.shapes ?? [layer.shape]).map((_, port) => valueName(layer.id, port));
  // The last state is one value with two names.
  const gradients = names.map((name, port) =>
    names.slice(0, port).some((before) => probe.isSame(before, name)) ? null : probe.gradient(name),
  );
  return { ...given, cells: cells ?? null, gradients };
}

/** What a recurrent layer was given: its sequence, and which steps of it count. */
function arrivedAt(layer: LayerSpec, probe: RowProbe, states: Seen | undefined): Pick<Walk, "x" | "counts" | "states"> {
  const { ports } = definitionOf(layer);
  const { inputs, portNames } = arrivalsOf(layer, (value) => value);
  const valueAt = (port: string): string | undefined => {
    const place = portNames?.indexOf(port) ?? ports.inputs.findIndex(({ name }) => name === port);
    return place < 0 ? undefined : inputs[place];
  };
  const input = valueAt("input") ?? "";
  const x = probe.value(input);
  if (x === null || states === undefined) throw new Error(`${layer.name} walks through no steps`);
  const wired = valueAt("mask");
  const mask = wired === undefined ? probe.mask(input) : probe.value(wired);
  const counts = Array.from({ length: at(states.shape, 0) }, (_, step) => mask === null || mask.values[step] !== 0);
  return { x, counts, states };
}

/** The layer alone, `copies` times beside each other, with the sum of its outputs times given factors differentiated by its initial state. */
function compiledWalk(layer: LayerSpec, weights: LayerWeights, copies: number, { x, states, cells }: Walk, backend: KernelBackend) {
  const builder = new Builder();
  const input = (name: string, shape: Shape): Tensor => builder.tensor([copies, ...shape], "input", name);
  const parameters = Object.fromEntries(
    Object.entries(weights).map(([name, { shape }]) => [name, builder.tensor(shape, "parameter", name)]),
  );
  const [steps = 1, units = 1] = states.shape;
  const given: Record<string, Tensor> = {
    input: input("x", x.shape),
    initial_state: input("initial_state", [units]),
    ...(cells === null ? {} : { initial_cell_state: input("initial_cell_state", [units]) }),
    mask: input("mask", [steps]),
  };
  const outputs = definitionOf(layer).build({
    builder,
    config: layer.config as never,
    inputs: Object.values(given),
    portNames: Object.keys(given),
    ...NO_NOTES,
    masks: Object.values(given).map(() => undefined),
    parameters,
    states: {},
    training: false,
    stream: 0,
    seed: 0,
  });
  const terms = outputs.map((output, port) => {
    const product = builder.one("multiply", [output, input(`output:${port}`, output.shape.slice(1))]);
    return builder.one("sum_axis", [builder.reshape(product, [1, sizeOf(output.shape)])], { axis: 1 });
  });
  const initial = given["initial_state"] as Tensor;
  appendGradients(builder, terms.length === 1 ? at(terms, 0) : builder.one("add", terms), [initial]);
  const plan = planPrograms([builder.program()]);
  const arena = backend.allocate(plan.elementCount);
  arena.elements.fill(0);
  const executable = backend.compile(plan, 0, arena);
  const view = (place: string): Float32Array | Float64Array => {
    const region = plan.places.get(place);
    if (region === undefined) throw new Error(`no ${place}`);
    return arena.elements.subarray(region.offset, region.offset + region.size);
  };
  for (const [name, { values }] of Object.entries(weights)) view(`parameter:${name}`).set(values);
  const ofCopy = (place: string, copy: number): Float32Array | Float64Array => {
    const all = view(place);
    return all.subarray((copy * all.length) / copies, ((copy + 1) * all.length) / copies);
  };
  return {
    rowOf: (name: string, copy: number) => ofCopy(`input:${name}`, copy),
    gradientOf: (copy: number) => ofCopy("gradient:initial_state", copy),
    run: () => executable.run({ step: 0 }),
  };
}
