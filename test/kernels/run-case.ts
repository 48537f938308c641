/**
 * Runs one instruction on a backend, between memory that is filled with a pattern, and gives back everything that the
 * instruction may write. Whatever else it changed is an error.
 */
import { Random } from "../../core/data/random.ts";
import { Builder } from "../../core/ir/builder.ts";
import { at } from "../../core/ir/op.ts";
import { ops } from "../../core/ir/ops/registry.ts";
import { planPrograms } from "../../core/ir/plan.ts";
import { sizeOf, type Tensor } from "../../core/ir/tensor.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { type OpCase, valuesOf } from "./cases.ts";

const STEP = 5;

/** Numbers behind the arena's last tensor, to be found untouched. */
const MARGIN = 64;

/** The tensors that the instruction writes: its outputs, then the inputs that it updates. */
export function runCase(backend: KernelBackend, opCase: OpCase): number[][] {
  const definition = ops[opCase.op];
  const builder = new Builder();
  const inputs = opCase.inputs.map(({ shape }, i) => builder.tensor(shape, "input", `input_${i}`));
  const outputs = builder.emit(opCase.op, inputs, opCase.attributes);
  const plan = planPrograms([builder.program()]);
  const { offsets } = at(plan.programs, 0);
  const arena = backend.allocate(plan.elementCount + MARGIN);
  const { elements } = arena;
  for (let i = 0; i < elements.length; i++) elements[i] = 1000 + (i % 97);
  const random = new Random(sizeOf(opCase.inputs[0]?.shape ?? [1]), opCase.inputs.length);
  const place = (tensor: Tensor): { start: number; end: number } => ({
    start: at(offsets, tensor.id),
    end: at(offsets, tensor.id) + sizeOf(tensor.shape),
  });
  inputs.forEach((tensor, i) => {
    elements.set(valuesOf(tensor.shape, at(opCase.inputs, i).fill, random), place(tensor).start);
  });
  const before = elements.slice();
  backend.compile(plan, 0, arena).run({ step: STEP });

  const written = [...outputs, ...(definition.writesInputs ?? []).flatMap((i) => inputs[i] ?? [])];
  const mayChange = new Uint8Array(elements.length);
  for (const tensor of written) mayChange.fill(1, place(tensor).start, place(tensor).end);
  for (let i = 0; i < elements.length; i++)
    if (mayChange[i] === 0 && !Object.is(elements[i], before[i]))
      throw new Error(`${opCase.op} wrote element ${i}, which is none of its outputs`);
  return written.map((tensor) => Array.from(elements.subarray(place(tensor).start, place(tensor).end)));
}

/** max|a − b| / max(1e-3, max|b|) over a tensor, as architecture.md defines it; infinite where a is NaN and b is not. */
export function distance(actual: readonly number[], expected: readonly number[]): number {
  let difference = 0;
  let largest = 1e-3;
  expected.forEach((b, i) => {
    const a = actual[i] ?? Number.NaN;
    difference = Math.max(difference, Number.isNaN(a) !== Number.isNaN(b) ? Number.POSITIVE_INFINITY : Math.abs(a - b) || 0);
    largest = Math.max(largest, Math.abs(b));
  });
  return difference / largest;
}
