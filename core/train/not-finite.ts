/**
 * Where NaN or infinity first appeared: in the data, in a weight after the last step, or in an op of a forward pass. Each
 * answer is an error that names the node, or null.
 */
import type { PreparedPart } from "../data/prepared.ts";
import { AppError } from "../errors.ts";
import { at } from "../ir/op.ts";
import type { PlannedProgram } from "../ir/plan.ts";
import { sizeOf, type Tensor } from "../ir/tensor.ts";
import type { Executable, RunContext } from "../kernels/backend.ts";
import type { ParameterInfo, StateInfo } from "../spec/build.ts";

export function isFiniteAll(values: Float32Array | Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** The whole data, not one batch: an infinite input may be swallowed by tanh and come back as the NaN of a weight, a step later. */
export function inputNotFinite(data: PreparedPart, step: number): AppError | null {
  const found = Object.entries(data.inputs).find(([, rows]) => !isFiniteAll(rows.values));
  return found === undefined ? null : new AppError("train.not_finite_input", { step: step + 1 }, { nodeId: found[0] });
}

/** What is looked at of a network. */
export interface Weights {
  readonly parameters: readonly ParameterInfo[];
  readonly states: readonly StateInfo[];
  readonly view: (role: "parameter" | "state", fullName: string) => Float32Array | Float64Array;
}

/** From the last layer to the first, as gradients flow. */
export function weightNotFinite(network: Weights, step: number): AppError | null {
  const places = [
    ...network.parameters.map((one) => ({ ...one, role: "parameter" as const })),
    ...network.states.map((one) => ({ ...one, role: "state" as const })),
  ];
  const found = places.reverse().find(({ role, fullName }) => !isFiniteAll(network.view(role, fullName)));
  return found === undefined
    ? null
    : new AppError("train.not_finite_weight", { step: step + 1, parameter: found.fullName }, { nodeId: found.nodeId });
}

export interface ForwardPass extends PlannedProgram {
  /** By the node of its output. */
  readonly losses: Readonly<Record<string, Tensor>>;
  readonly executable: Executable;
  /** Instructions before this one are the forward pass. */
  readonly end: number;
  readonly elements: Float32Array | Float64Array;
}

/** Runs the forward pass an instruction at a time; the loss is told where no op gives anything that is not finite. */
export function opNotFinite({ program, offsets, executable, end, elements, losses }: ForwardPass, context: RunContext): AppError {
  const { step } = context;
  for (let i = 0; i < end; i++) {
    executable.run(context, i, i + 1);
    const { outputs, nodeId } = at(program.instructions, i);
    const bad = outputs.some(({ id, shape }) => !isFiniteAll(elements.subarray(at(offsets, id), at(offsets, id) + sizeOf(shape))));
    if (!bad) continue;
    if (nodeId === "") break;
    return new AppError(nodeId in losses ? "train.not_finite_loss" : "train.not_finite", { step: step + 1 }, { nodeId });
  }
  return new AppError("train.not_finite_loss", { step: step + 1 });
}
