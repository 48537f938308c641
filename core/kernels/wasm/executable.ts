/**
 * WasmExecutable: one program of a plan as generated code. Neighbouring steps of a phase become one function, so that a
 * training step costs a handful of calls from JavaScript; a range that cuts through one runs instruction by instruction
 * through a second module, made when it is first asked for. Both give the same bits.
 */
import { at } from "../../ir/op.ts";
import type { OpName } from "../../ir/op-name.ts";
import { ops } from "../../ir/ops/registry.ts";
import { type Plan, rootOf } from "../../ir/plan.ts";
import type { Instruction, Program, Tensor } from "../../ir/tensor.ts";
import type { Executable, RunContext } from "../backend.ts";
import { bindInstructions } from "../reference/backend.ts";
import type { WasmArena } from "./arena.ts";
import { wasmKernelFor } from "./kernels/registry.ts";
import type { PlacedInstruction } from "./kernels/target.ts";
import { compileParts, type Part, type PartsOptions } from "./parts.ts";
import { placeInstructions, type Step, scheduleOf } from "./schedule.ts";
import type { WideVectors } from "./wide-vectors.ts";

export interface Coverage {
  /** Instructions that run as generated code. */
  readonly native: number;
  /** Ops that run through the reference kernels, each once. */
  readonly fallback: readonly OpName[];
  /** Functions from JavaScript that one run of the whole program calls. */
  readonly calls: number;
  /** Functions generated: they grow with the shapes of a network, not with its layers. */
  readonly functions: number;
  readonly moduleBytes: number;
}

export type ExecutableOptions = Pick<PartsOptions, "fused" | "team" | "worthSharing"> & { readonly wide: WideVectors | undefined };

export class WasmExecutable implements Executable {
  readonly coverage: Coverage;
  readonly takesShift: boolean;
  private readonly parts: readonly Part[];
  private readonly length: number;
  private readonly settle: (() => void) | undefined;
  private readonly makeSingles: () => readonly Part[];
  private singles: readonly Part[] | undefined;

  constructor(plan: Plan, index: number, arena: WasmArena, how: ExecutableOptions) {
    const planned = at(plan.programs, index);
    const { instructions } = planned.program;
    this.takesShift = mayMove(planned.program, placeInstructions(planned, arena, false));
    const placed = placeInstructions(planned, arena, this.takesShift);
    const reference = bindInstructions(plan, index, arena);
    const runReference = (i: number, context: RunContext): void => {
      const { kernel, inputs, outputs, attributes } = at(reference, i);
      kernel(inputs, outputs, attributes, context);
    };
    const steps = scheduleOf(planned, placed, true);
    const groups = groupSteps(steps, (step) => at(instructions, step.from).phase);
    const options: PartsOptions = { ...how, wide: how.wide !== undefined, arena, runReference };
    this.settle = how.wide?.settle;
    const { parts, functions, moduleBytes } = compileParts(groups, options);
    this.parts = parts;
    this.length = instructions.length;
    this.makeSingles = () =>
      compileParts(
        scheduleOf(planned, placed, false).map((step) => [step]),
        options,
      ).parts;
    const left = steps.filter((step) => step.lower === undefined);
    this.coverage = {
      native: this.length - left.length,
      fallback: [...new Set(left.map((step) => at(instructions, step.from).op))],
      calls: parts.length,
      functions,
      moduleBytes,
    };
  }

  /** Called in every training step: makes no lists, no closures and no iterators. */
  run(context: RunContext, from = 0, to = this.length, goesOn = false): void {
    if (this.isWholeParts(from, to)) {
      for (let i = 0; i < this.parts.length; i++) {
        const part = at(this.parts, i);
        if (part.from >= from && part.to <= to) part.run(context);
      }
    } else {
      this.singles ??= this.makeSingles();
      for (let i = from; i < to; i++) at(this.singles, i).run(context);
    }
    if (!goesOn) this.settle?.();
  }

  /** Whether the range begins and ends where parts do. */
  private isWholeParts(from: number, to: number): boolean {
    let covered = 0;
    for (let i = 0; i < this.parts.length; i++) {
      const part = at(this.parts, i);
      if (part.from >= from && part.to <= to) covered += part.to - part.from;
    }
    return covered === to - from;
  }
}

/** Nothing but generated code reads the batch, and the caller does not read it back as a result. */
function mayMove(program: Program, placed: readonly PlacedInstruction[]): boolean {
  const brought = new Set(program.brought);
  const isBrought = (tensor: Tensor): boolean => brought.has(rootOf(program, tensor));
  const fallsBack = ({ inputs }: Instruction, i: number): boolean =>
    inputs.some(isBrought) && ops[at(program.instructions, i).op].alias !== true && wasmKernelFor(at(placed, i)) === undefined;
  return brought.size > 0 && !program.results.some(isBrought) && !program.instructions.some(fallsBack);
}

/** Runs of neighbouring steps that are all lowered and of one phase. */
function groupSteps(steps: readonly Step[], phaseOf: (step: Step) => string): Step[][] {
  const groups: Step[][] = [];
  let last: Step | undefined;
  for (const step of steps) {
    const group = groups[groups.length - 1];
    if (
      group !== undefined &&
      last !== undefined &&
      last.lower !== undefined &&
      step.lower !== undefined &&
      phaseOf(last) === phaseOf(step)
    )
      group.push(step);
    else groups.push([step]);
    last = step;
  }
  return groups;
}
