/** One layer alone, run forwards by the reference kernels: what comes out, what it offers to look at, and the weights it was given. */
import { Builder } from "../ir/builder.ts";
import { at } from "../ir/op.ts";
import { planPrograms } from "../ir/plan.ts";
import { type Shape, sizeOf, type Tensor } from "../ir/tensor.ts";
import { createReferenceBackend } from "../kernels/reference/backend.ts";
import { type LayerDefinition, NO_NOTES, type ParameterDefinition } from "../layers/layer.ts";
import type { AnyConfig } from "../schema/fields.ts";
import { scattered } from "./made-up.ts";

/** Numbers in the order of the shape, samples first where there are any. */
export interface Values {
  readonly shape: Shape;
  readonly data: readonly number[];
}

export interface LayerRun {
  readonly outputs: readonly Values[];
  /** By the name under which the layer offers them: gates, states, weights of attention. */
  readonly taps: Readonly<Record<string, Values>>;
  readonly parameters: Readonly<Record<string, Values>>;
  /** What the layer adds to the loss. */
  readonly penalty: number;
  /** Which steps count for the layers behind, 1 or 0, of a layer that says so. */
  readonly mask: Values | null;
}

export interface LayerRunOptions {
  readonly training: boolean;
  /** Selects the random numbers of one step. */
  readonly step: number;
}

/** @throws AppError where the layer does not take these options or shapes */
export function runLayer(definition: LayerDefinition, config: AnyConfig, inputs: readonly Values[], options: LayerRunOptions): LayerRun {
  const builder = new Builder();
  const shapes = inputs.map(({ shape }) => shape.slice(1));
  const context = { config, inputs: shapes };
  definition.outputShapes(context as never);
  const own = definition.parameters?.(context as never) ?? [];
  const kept = definition.states?.(context as never) ?? [];
  const tensors = inputs.map(({ shape }, index) => builder.tensor(shape, "input", `input_${index}`));
  const parameters = Object.fromEntries(own.map(({ name, shape }) => [name, builder.tensor(shape, "parameter", name)]));
  const states = Object.fromEntries(kept.map(({ name, shape }) => [name, builder.tensor(shape, "state", name)]));
  const taps: Record<string, Tensor> = {};
  const penalties: Tensor[] = [];
  const masks: Tensor[] = [];
  builder.layerParameters = parameters;
  const outputs = definition.build({
    ...NO_NOTES,
    builder,
    config: config as never,
    inputs: tensors,
    parameters,
    states,
    training: options.training,
    stream: 1,
    seed: 7,
    addPenalty: (scalar) => penalties.push(scalar),
    maskOutput: (mask) => masks.push(mask),
    tap: (name, tensor) => {
      taps[name] = tensor;
    },
  });
  const program = builder.program([...outputs, ...Object.values(taps), ...penalties, ...masks]);
  const plan = planPrograms([program]);
  const backend = createReferenceBackend("float64");
  const arena = backend.allocate(plan.elementCount);
  const { offsets } = at(plan.programs, 0);
  const place = (tensor: Tensor): Float32Array | Float64Array => {
    const offset = at(offsets, tensor.id);
    return arena.elements.subarray(offset, offset + sizeOf(tensor.shape));
  };
  const read = (tensor: Tensor): Values => ({ shape: tensor.shape, data: [...place(tensor)] });
  tensors.forEach((tensor, index) => {
    place(tensor).set(at(inputs, index).data);
  });
  own.forEach((parameter, index) => {
    place(at(Object.values(parameters), index)).set(weightsOf(parameter, index));
  });
  for (const state of kept) place(at([states[state.name] as Tensor], 0)).fill(state.initializer === "ones" ? 1 : 0);
  backend.compile(plan, 0, arena).run({ step: options.step });
  return {
    outputs: outputs.map(read),
    taps: Object.fromEntries(Object.entries(taps).map(([name, tensor]) => [name, read(tensor)])),
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, tensor]) => [name, read(tensor)])),
    penalty: penalties.reduce((sum, tensor) => sum + (place(tensor)[0] ?? 0), 0),
    mask: masks[0] === undefined ? null : read(masks[0]),
  };
}

/** What starts at one number starts there; all else is scattered, as wide as what it adds up asks for. */
function weightsOf({ shape, initializer, initializerValue, fanIn = 1, ones }: ParameterDefinition, index: number): readonly number[] {
  const size = sizeOf(shape);
  const one = (place: number): number => {
    if (initializer === "zeros" && shape.length === 1) return ones !== undefined && place >= ones[0] && place < ones[1] ? 1 : 0;
    if (initializer === "ones") return 1;
    if (initializer === "constant") return initializerValue ?? 0;
    return Math.round((160 * scattered(place + 50 * (index + 1))) / Math.sqrt(Math.max(1, fanIn))) / 100;
  };
  return Array.from({ length: size }, (_, place) => one(place));
}
