/**
 * Reverse-mode differentiation of a program: walks the forward instructions backwards, lets each op emit its gradient
 * ops and adds up what meets. The gradient of every parameter that is trained ends in a tensor of role `gradient` of the same name, so
 * that all of them lie in one block.
 */
import type { Builder } from "./builder.ts";
import { at } from "./op.ts";
import { ops } from "./ops/registry.ts";
import type { Instruction, Tensor } from "./tensor.ts";

/**
 * Appends the backward pass of `loss` (shape [1]) to the builder.
 * @param loss       a scalar that the forward instructions compute
 * @param parameters those whose gradients are wanted, in the order of the gradient block; what leads only to others (frozen
 *                   ones) is left out. @defaultValue all
 * @returns the gradients of all tensors that the parameters reach the loss through, by tensor id
 * @throws Error when an op on the way has no gradient rule
 */
export function appendGradients(
  builder: Builder,
  loss: Tensor,
  parameters: readonly Tensor[] = builder.tensors.filter((tensor) => tensor.role === "parameter"),
): ReadonlyMap<number, Tensor> {
  const gradients = differentiate(builder, [loss], parameters);
  const found = parameters.map((parameter) => gradients.get(parameter.id));
  const places = new Map<number, number>();
  for (const gradient of found) if (gradient !== undefined) places.set(gradient.id, (places.get(gradient.id) ?? 0) + 1);
  const uses = usesOf(builder.instructions);
  parameters.forEach((parameter, i) => {
    const gradient = found[i];
    placeGradient(builder, parameter, gradient, uses, gradient !== undefined && (places.get(gradient.id) ?? 0) > 1);
  });
  return gradients;
}

/**
 * Appends the gradients of the sum of all numbers of `ends` by `wanted`, and by what lies between.
 * @param ends   tensors that the forward instructions compute
 * @param wanted weights or inputs; what leads only to others is left out
 * @returns the gradients by tensor id
 * @throws Error when an op on the way has no gradient rule
 */
export function differentiate(builder: Builder, ends: readonly Tensor[], wanted: readonly Tensor[]): ReadonlyMap<number, Tensor> {
  const forward = builder.instructions.filter((instruction) => instruction.phase === "forward");
  const needsGradient = markDependents(forward, wanted);
  const gradients = new Map<number, Tensor>();
  builder.phase = "backward";
  for (const end of ends) {
    builder.nodeId = end.nodeId;
    gradients.set(end.id, builder.one("fill", [], { shape: end.shape, value: 1 }));
  }
  for (let i = forward.length - 1; i >= 0; i--) {
    const instruction = at(forward, i);
    const outputGradients = instruction.outputs.map((output) => gradients.get(output.id) ?? null);
    if (outputGradients.every((gradient) => gradient === null)) continue;
    const needs = instruction.inputs.map((input) => needsGradient.has(input.id));
    if (!needs.includes(true)) continue;
    const definition = ops[instruction.op];
    if (definition.gradient === undefined) throw new Error(`op '${instruction.op}' has no gradient`);
    builder.nodeId = instruction.nodeId;
    const inputGradients = definition.gradient({
      builder,
      inputs: instruction.inputs,
      outputs: instruction.outputs,
      outputGradients,
      attributes: instruction.attributes,
      needs,
    });
    instruction.inputs.forEach((input, k) => {
      const gradient = inputGradients[k] ?? null;
      if (gradient === null || needs[k] !== true) return;
      const before = gradients.get(input.id);
      gradients.set(input.id, before === undefined ? gradient : builder.one("add", [before, gradient]));
    });
  }
  return gradients;
}

/** Ids of all tensors that depend on what is wanted. */
function markDependents(forward: readonly Instruction[], wanted: readonly Tensor[]): ReadonlySet<number> {
  const marked = new Set(wanted.map(({ id }) => id));
  for (const instruction of forward)
    if (instruction.inputs.some((input) => marked.has(input.id))) for (const output of instruction.outputs) marked.add(output.id);
  return marked;
}

interface Uses {
  /** Place of the instruction that computes a tensor, by its id. */
  readonly producers: ReadonlyMap<number, number>;
  /** Ids of tensors that an instruction reads, itself or through an alias. */
  readonly read: ReadonlySet<number>;
}

/** One walk for all parameters. What their placing appends reads only gradients that are copied, and so asked for no more. */
function usesOf(instructions: readonly Instruction[]): Uses {
  const producers = new Map<number, number>();
  const read = new Set<number>();
  instructions.forEach(({ inputs, outputs }, index) => {
    for (const { id } of outputs) if (!producers.has(id)) producers.set(id, index);
    for (const { id, aliasOf } of inputs) {
      read.add(id);
      if (aliasOf !== undefined) read.add(aliasOf);
    }
  });
  return { producers, read };
}

/**
 * Lets the instruction that computes a parameter's gradient write it straight into the gradient block.
 * @param shared whether another parameter has the same tensor for its gradient (both were added)
 */
function placeGradient(builder: Builder, parameter: Tensor, gradient: Tensor | undefined, uses: Uses, shared: boolean): void {
  builder.nodeId = parameter.nodeId;
  const place = builder.tensor(parameter.shape, "gradient", parameter.name);
  if (gradient === undefined) {
    builder.emit("fill", [], { shape: parameter.shape, value: 0 }, [place]);
    return;
  }
  const producer = uses.producers.get(gradient.id) ?? -1;
  const instruction = builder.instructions[producer];
  if (
    instruction === undefined ||
    shared ||
    uses.read.has(gradient.id) ||
    gradient.role !== "temporary" ||
    ops[instruction.op].alias === true
  ) {
    builder.emit("copy", [gradient], {}, [place]);
    return;
  }
  builder.instructions[producer] = {
    ...instruction,
    outputs: instruction.outputs.map((output) => (output.id === gradient.id ? place : output)),
  };
}
