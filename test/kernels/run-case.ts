/**
 * Runs instructions on a backend, all in one program, over memory that is filled with a pattern, and gives back
 * everything that each of them may write. Whatever else was changed is an error.
 */
import { Random } from "../../core/data/random.ts";
import { Builder } from "../../core/ir/builder.ts";
import { at } from "../../core/ir/op.ts";
import { ops } from "../../core/ir/ops/registry.ts";
import { planPrograms } from "../../core/ir/plan.ts";
import { sizeOf, type Tensor } from "../../core/ir/tensor.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { type OpCase, valuesOf } from "./op-case.ts";

const STEP = 5;

/** Numbers behind the arena's last tensor, to be found untouched. */
const MARGIN = 64;

/** By case: the tensors that the instruction writes, its outputs first, then the inputs that it updates. */
export function runCases(backend: KernelBackend, cases: readonly OpCase[]): number[][][] {
  const builder = new Builder();
  const written: Tensor[][] = [];
  const filled: { tensor: Tensor; values: number[] }[] = [];
  cases.forEach((opCase, c) => {
    const random = new Random(c, opCase.inputs.length);
    const inputs = opCase.inputs.map(({ shape, fill }, i) => {
      const tensor = builder.tensor(shape, "input", `case_${c}.${i}`);
      filled.push({ tensor, values: valuesOf(shape, fill, random) });
      return tensor;
    });
    const outputs = builder.emit(opCase.op, inputs, opCase.attributes);
    written.push([...outputs, ...(ops[opCase.op].writesInputs ?? []).flatMap((i) => inputs[i] ?? [])]);
  });
  const plan = planPrograms([builder.program(written.flat())]);
  const { offsets } = at(plan.programs, 0);
  const { elements, ...arena } = withPattern(backend.allocate(plan.elementCount + MARGIN));
  for (const { tensor, values } of filled) elements.set(values, at(offsets, tensor.id));
  const before = elements.slice();
  backend.compile(plan, 0, arena.arena).run({ step: STEP });

  const place = (tensor: Tensor): [number, number] => [at(offsets, tensor.id), at(offsets, tensor.id) + sizeOf(tensor.shape)];
  const mayChange = new Uint8Array(elements.length);
  for (const tensor of written.flat()) mayChange.fill(1, ...place(tensor));
  for (let i = 0; i < elements.length; i++)
    if (mayChange[i] === 0 && !Object.is(elements[i], before[i])) throw new Error(`element ${i}, which is of no output, was written`);
  return written.map((tensors) => tensors.map((tensor) => Array.from(elements.subarray(...place(tensor)))));
}

function withPattern(arena: ReturnType<KernelBackend["allocate"]>): { arena: typeof arena; elements: typeof arena.elements } {
  const { elements } = arena;
  for (let i = 0; i < elements.length; i++) elements[i] = 1000 + (i % 97);
  return { arena, elements };
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

/** Where two results first differ in a bit, in words; null where they do not. Vitest's own comparison takes longer than most kernels do. */
export function firstDifference(actual: readonly number[][][], expected: readonly number[][][]): string | null {
  for (let c = 0; c < Math.max(actual.length, expected.length); c++)
    for (let t = 0; t < Math.max(actual[c]?.length ?? 0, expected[c]?.length ?? 0); t++) {
      const [a, b] = [actual[c]?.[t] ?? [], expected[c]?.[t] ?? []];
      for (let i = 0; i < Math.max(a.length, b.length); i++)
        if (!Object.is(a[i], b[i])) return `case ${c}, tensor ${t}, number ${i}: ${a[i]} instead of ${b[i]}`;
    }
  return null;
}
