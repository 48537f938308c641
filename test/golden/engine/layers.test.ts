import { describe, expect, it } from "vitest";
import type { Builder } from "../../../core/ir/builder.ts";
import { at } from "../../../core/ir/op.ts";
import type { Tensor } from "../../../core/ir/tensor.ts";
import {
  type BuildNotes,
  type LayerDefinition,
  NO_NOTES,
  type ParameterDefinition,
  type StateDefinition,
} from "../../../core/layers/layer.ts";
import { hashOf } from "../../../core/spec/hash.ts";
import { everyBackend } from "../../engine/backends.ts";
import { distance } from "../../engine/distance.ts";
import { SmallProgram, sumWeights, weightedSum } from "../../engine/program.ts";
import { layerGoldenPath, readGolden, type Values } from "./golden-file.ts";
import { BATCH, describeExamples, type LayerCase, layersWithMaths, titleOf } from "./layers.ts";

interface Declared {
  readonly inputs: readonly Tensor[];
  readonly parameters: Readonly<Record<string, Tensor>>;
  readonly states: Readonly<Record<string, Tensor>>;
  readonly outputs: readonly Tensor[];
  readonly sumWeights: readonly Tensor[];
  readonly masks: readonly (Tensor | undefined)[];
  /** What the layer adds to the loss itself. */
  readonly penalties: readonly Tensor[];
}

/** Declares and builds the layer; inputs are parameters, so that their gradients are computed. */
function declare(builder: Builder, definition: LayerDefinition, golden: LayerCase, training: boolean): Declared {
  const context = contextOf(golden);
  const byName = (role: "parameter" | "state", list: readonly (ParameterDefinition | StateDefinition)[] = []): Record<string, Tensor> =>
    Object.fromEntries(list.map(({ name, shape }) => [name, builder.tensor(shape, role, name)]));
  const parameters = byName("parameter", definition.parameters?.(context));
  const states = byName("state", definition.states?.(context));
  const inputs = golden.inputs.map((shape, i) => builder.tensor([BATCH, ...shape], "parameter", `input ${i}`));
  const masks = golden.inputs.map((_, i) => {
    const mask = golden.mask_values?.[i] ?? undefined;
    return mask === undefined ? undefined : builder.tensor(mask.shape, "constant", `mask ${i}`);
  });
  const penalties: Tensor[] = [];
  const notes: BuildNotes = { ...NO_NOTES, masks, addPenalty: (scalar) => penalties.push(scalar) };
  const outputs = definition.build({ builder, ...context, ...notes, inputs, parameters, states, training, stream: 0, seed: 0 });
  return { inputs, parameters, states, outputs, masks, penalties, sumWeights: sumWeights(builder, outputs) };
}

const contextOf = ({ config, inputs, portNames }: LayerCase) => ({ config, inputs, ...(portNames === undefined ? {} : { portNames }) });

/** The golden loss: the outputs times fixed weights, and the penalties that parameters ask for. */
function lossOf(
  builder: Builder,
  definition: LayerDefinition,
  golden: LayerCase,
  { outputs, sumWeights: weights, parameters, penalties: own }: Declared,
): Tensor {
  const penalties = (definition.parameters?.(contextOf(golden)) ?? []).flatMap(({ name, l1 = 0, l2 = 0 }) => {
    const parameter = parameters[name];
    return parameter === undefined || (l1 === 0 && l2 === 0) ? [] : [builder.one("penalty", [parameter], { l1, l2 })];
  });
  const sum = weightedSum(builder, outputs, weights);
  const all = [...penalties, ...own];
  return all.length === 0 ? sum : builder.one("add", [sum, ...all]);
}

function write(program: SmallProgram, definition: LayerDefinition, golden: LayerCase, declared: Declared): void {
  declared.inputs.forEach((input, i) => program.write(input, at(golden.input_values, i).values));
  declared.masks.forEach((mask, i) => {
    const values = golden.mask_values?.[i];
    if (mask !== undefined && values !== null && values !== undefined) program.write(mask, values.values);
  });
  declared.sumWeights.forEach((weights, i) => program.write(weights, at(golden.output_weights, i).values));
  const starts = new Map(definition.states?.(contextOf(golden)).map(({ name, initializer }) => [name, initializer === "ones" ? 1 : 0]));
  for (const [name, tensor] of Object.entries({ ...declared.parameters, ...declared.states })) {
    const values = golden.weight_values[name]?.values ?? program.read(tensor).fill(starts.get(name) ?? Number.NaN);
    program.write(tensor, values);
  }
}

function expectNear(actual: readonly number[], expected: Values | undefined, tolerance: number, what: string): void {
  expect(expected, `golden value of ${what}`).toBeDefined();
  expect(actual.length, what).toBe(expected?.values.length);
  expect(distance(actual, expected?.values ?? []), what).toBeLessThan(tolerance);
}

/** Zero but for the rounding of double precision: terms that cancel, as for the bias of attention's keys. */
const isNothing = (values: Values | undefined): boolean => values?.values.every((value) => Math.abs(value) < 1e-12) === true;

/** A gradient of nothing has no size of its own: what rounding leaves of it is measured by the layer's largest gradient. */
function expectNothing(actual: readonly number[], largest: number, tolerance: number, what: string): void {
  expect(Math.max(...actual.map(Math.abs)) / largest, what).toBeLessThan(tolerance);
}

function largestGradient({ input_gradients, parameter_gradients }: LayerCase["result"]["training"]): number {
  return Math.max(1e-3, ...[...input_gradients, ...Object.values(parameter_gradients)].flatMap(({ values }) => values.map(Math.abs)));
}

describe.each(layersWithMaths.map((definition) => ({ definition, type: definition.type })))("$type", ({ definition, type }) => {
  const golden = readGolden<LayerCase>(layerGoldenPath(type));

  it("has golden values of the examples as they are now", () => {
    expect(golden.description_hash, "run npm run golden").toBe(hashOf(describeExamples(definition)));
  });

  it("has golden values of every example, with the shapes that the layer promises", () => {
    expect(golden.cases.map((one) => one.name)).toEqual(definition.examples.map((example) => example.name));
    for (const one of golden.cases)
      expect(one.result.training.outputs.map((output) => output.shape)).toEqual(one.outputs.map((shape) => [BATCH, ...shape]));
  });

  describe.each(golden.cases.map((one) => ({ one, title: titleOf(definition, one) })))("$title", ({ one }) => {
    it.each(everyBackend)("gives PyTorch's outputs, gradients and states in training ($name)", ({ backend, tolerance }) => {
      let declared: Declared | undefined;
      const program = new SmallProgram(backend, (builder) => {
        declared = declare(builder, definition, one, true);
        return { results: declared.outputs, loss: lossOf(builder, definition, one, declared) };
      });
      if (declared === undefined) throw new Error("nothing was declared");
      const { inputs, parameters, states, outputs } = declared;
      write(program, definition, one, declared);
      program.run();
      const { training } = one.result;
      outputs.forEach((output, i) => expectNear(program.read(output), training.outputs[i], tolerance, `output ${i}`));
      inputs.forEach((input, i) => expectNear(program.gradient(input), training.input_gradients[i], tolerance, `gradient of input ${i}`));
      for (const [name, parameter] of Object.entries(parameters)) {
        const expected = training.parameter_gradients[name];
        const what = `gradient of ${name}`;
        if (isNothing(expected)) expectNothing(program.gradient(parameter), largestGradient(training), tolerance, what);
        else expectNear(program.gradient(parameter), expected, tolerance, what);
      }
      for (const [name, expected] of Object.entries(training.states))
        expectNear(program.read(states[name] as Tensor), expected, tolerance, `state ${name}`);
    });

    it.each(everyBackend)("gives PyTorch's outputs when predicting, and leaves states alone ($name)", ({ backend, tolerance }) => {
      let declared: Declared | undefined;
      const program = new SmallProgram(backend, (builder) => {
        declared = declare(builder, definition, one, false);
        return { results: declared.outputs };
      });
      if (declared === undefined) throw new Error("nothing was declared");
      const { outputs, states } = declared;
      write(program, definition, one, declared);
      program.run();
      outputs.forEach((output, i) => expectNear(program.read(output), one.result.evaluation.outputs[i], tolerance, `output ${i}`));
      for (const [name, state] of Object.entries(states))
        if (one.weight_values[name] !== undefined) expect(program.read(state)).toEqual(one.weight_values[name].values);
    });
  });
});
