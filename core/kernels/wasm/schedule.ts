/**
 * The schedule of one program: its instructions in order, each as a step that is lowered to generated code or left to
 * the reference kernel, with a linear and the relu behind it, and a batch normalization's gradient and that of the relu before it,
 * joined into one step where nothing else can tell.
 */
import { at } from "../../ir/op.ts";
import { ops } from "../../ir/ops/registry.ts";
import { type PlannedProgram, rootOf } from "../../ir/plan.ts";
import { type Instruction, type Shape, sizeOf, type Tensor } from "../../ir/tensor.ts";
import type { WasmArena } from "./arena.ts";
import { isRelu } from "./kernels/activation.ts";
import { lowerGradient } from "./kernels/batch-normalization.ts";
import { lowerConvolution } from "./kernels/convolution.ts";
import { lowerLinear } from "./kernels/linear.ts";
import { wasmKernelFor } from "./kernels/registry.ts";
import { type Operand, operandAt, type PlacedInstruction, type Target } from "./kernels/target.ts";

export interface Step {
  /** Instructions [from, to) of the program. */
  readonly from: number;
  readonly to: number;
  /** Numbers read and written, and a quarter of the multiply–adds: tells what is worth sharing among threads. */
  readonly work: number;
  /** Absent where the reference kernel runs the instruction. */
  readonly lower?: (target: Target) => void;
}

/** Added to the addresses of what moves from run to run, beyond any real one: where such an address is passed on, the shift is added. */
export const MOVING = 2 ** 40;

/** @param moves whether the batch may lie elsewhere in every run */
export function placeInstructions(planned: PlannedProgram, arena: WasmArena, moves: boolean): PlacedInstruction[] {
  const moving = new Set(moves ? planned.program.brought : []);
  const operand = (tensor: Tensor): Operand => ({
    address: arena.address(at(planned.offsets, tensor.id)) + (moving.has(rootOf(planned.program, tensor)) ? MOVING : 0),
    shape: tensor.shape,
    size: sizeOf(tensor.shape),
  });
  return planned.program.instructions.map(({ op, inputs, outputs, attributes }) => ({
    op,
    inputs: inputs.map(operand),
    outputs: outputs.map(operand),
    attributes,
  }));
}

/** @param joined whether neighbours may become one step; when false, every instruction is a step of its own */
export function scheduleOf(planned: PlannedProgram, placed: readonly PlacedInstruction[], joined: boolean): Step[] {
  const { instructions, results } = planned.program;
  const isResult = new Set(results.map((tensor) => rootOf(planned.program, tensor).id));
  const uses = countUses(instructions);
  const steps: Step[] = [];
  for (let i = 0; i < placed.length; i++) {
    const here = at(placed, i);
    const next = placed[i + 1];
    const pair = joined && next !== undefined && onlyReadByNext(instructions, i, uses, isResult) ? joinedWith(here, next) : undefined;
    if (pair !== undefined) {
      steps.push({ from: i, to: i + 2, work: workOf(here), lower: pair });
      i++;
      continue;
    }
    const kernel = wasmKernelFor(here);
    const step = { from: i, to: i + 1, work: workOf(here) };
    steps.push(kernel === undefined ? step : { ...step, lower: (target) => kernel.lower(target, here) });
  }
  return steps;
}

/** How two neighbours become one step; undefined where they do not. */
function joinedWith(here: PlacedInstruction, next: PlacedInstruction): ((target: Target) => void) | undefined {
  const output = operandAt(next.outputs, 0);
  if (isProductWithRelu(here, next) && !overlaps(output, here.inputs))
    return (target) => {
      if (here.op === "conv2d") lowerConvolution(target, here, output, "relu");
      else lowerLinear(target, here.inputs, output, "relu");
    };
  if (isNormalizationOfRelu(here, next)) {
    // In place, number by number, is well; a shifted overlap is not.
    const others = [...here.inputs, ...here.outputs.slice(1)].filter(({ address }) => address !== output.address);
    if (!overlaps(output, others)) return (target) => lowerGradient(target, here, output, true);
  }
  return undefined;
}

function workOf({ op, inputs, outputs, attributes }: PlacedInstruction): number {
  const shapes = (operands: readonly Operand[]): Shape[] => operands.map((operand) => operand.shape);
  const multiplyAdds = ops[op].multiplyAdds?.(shapes(inputs), shapes(outputs), attributes) ?? 0;
  return [...inputs, ...outputs].reduce((sum, operand) => sum + operand.size, multiplyAdds / 4);
}

function countUses(instructions: readonly Instruction[]): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  for (const { inputs } of instructions) for (const input of inputs) uses.set(input.id, (uses.get(input.id) ?? 0) + 1);
  return uses;
}

const isProductWithRelu = (here: PlacedInstruction, next: PlacedInstruction): boolean =>
  (here.op === "linear" || (here.op === "conv2d" && wasmKernelFor(here) !== undefined)) &&
  isRelu(next) &&
  next.inputs[0]?.address === here.outputs[0]?.address;

/** The gradient of a batch normalization over a relu's output, and the gradient of that relu behind it. */
const isNormalizationOfRelu = (here: PlacedInstruction, next: PlacedInstruction): boolean =>
  here.op === "batch_normalization_gradient" &&
  next.op === "unary_gradient" &&
  next.attributes["function"] === "relu" &&
  next.inputs[0]?.address === here.inputs[0]?.address &&
  next.inputs[1]?.address === here.outputs[0]?.address;

/** Nobody misses the first output of instruction i: the next one alone reads it and the caller does not. */
function onlyReadByNext(
  instructions: readonly Instruction[],
  i: number,
  uses: ReadonlyMap<number, number>,
  isResult: ReadonlySet<number>,
): boolean {
  const [here, next] = [at(instructions, i), at(instructions, i + 1)];
  // An update gives nothing: it writes what comes in.
  const [between] = here.outputs;
  return (
    between !== undefined &&
    next.inputs.some((input) => input.id === between.id) &&
    uses.get(between.id) === 1 &&
    between.role === "temporary" &&
    !isResult.has(between.id) &&
    here.phase === next.phase
  );
}

/** Written while the inputs are still read: the joined step must not share their storage, as two steps may. */
function overlaps(output: Operand, inputs: readonly Operand[]): boolean {
  const end = output.address + output.size * 4;
  return inputs.some((input) => input.address < end && output.address < input.address + input.size * 4);
}
