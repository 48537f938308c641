/**
 * WasmExecutable: one program of a plan as generated code. Neighbouring steps of a phase become one function, so that a
 * training step costs a handful of calls from JavaScript; a range that cuts through one runs instruction by instruction
 * through a second module, made when it is first asked for. Both give the same bits.
 */
import { at } from "../../ir/op.ts";
import type { OpName } from "../../ir/ops/registry.ts";
import type { Plan } from "../../ir/plan.ts";
import type { Executable, RunContext } from "../backend.ts";
import { bindInstructions } from "../reference/backend.ts";
import type { WasmArena } from "./arena.ts";
import { type Integer, integer } from "./emit/expression.ts";
import { ModuleBuilder } from "./emit/module.ts";
import type { Target } from "./kernels/target.ts";
import { placeInstructions, type Step, scheduleOf } from "./schedule.ts";

/** Instructions [from, to) and how they are run. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly run: (context: RunContext) => void;
}

export interface Coverage {
  /** Instructions that run as generated code. */
  readonly native: number;
  /** Ops that run through the reference kernels, each once. */
  readonly fallback: readonly OpName[];
  /** Functions from JavaScript that one run of the whole program calls. */
  readonly calls: number;
  readonly moduleBytes: number;
}

export class WasmExecutable implements Executable {
  readonly coverage: Coverage;
  private readonly parts: readonly Part[];
  private readonly length: number;
  private readonly makeSingles: () => readonly Part[];
  private singles: readonly Part[] | undefined;

  constructor(plan: Plan, index: number, arena: WasmArena, fused: boolean) {
    const planned = at(plan.programs, index);
    const { instructions } = planned.program;
    const placed = placeInstructions(planned, arena);
    const reference = bindInstructions(plan, index, arena);
    const runReference = (i: number, context: RunContext): void => {
      const { kernel, inputs, outputs, attributes } = at(reference, i);
      kernel(inputs, outputs, attributes, context);
    };
    const steps = scheduleOf(planned, placed, true);
    const groups = groupSteps(steps, (step) => at(instructions, step.from).phase);
    const { parts, moduleBytes } = compileGroups(groups, arena, fused, runReference);
    this.parts = parts;
    this.length = instructions.length;
    this.makeSingles = () =>
      compileGroups(
        scheduleOf(planned, placed, false).map((step) => [step]),
        arena,
        fused,
        runReference,
      ).parts;
    const left = steps.filter((step) => step.lower === undefined);
    this.coverage = {
      native: this.length - left.length,
      fallback: [...new Set(left.map((step) => at(instructions, step.from).op))],
      calls: parts.length,
      moduleBytes,
    };
  }

  run(context: RunContext, from = 0, to = this.length): void {
    for (const part of this.partsOf(from, to)) part.run(context);
  }

  private partsOf(from: number, to: number): readonly Part[] {
    if (from === 0 && to === this.length) return this.parts;
    const inside = this.parts.filter((part) => part.from >= from && part.to <= to);
    const covered = inside.reduce((sum, part) => sum + part.to - part.from, 0);
    if (covered === to - from) return inside;
    this.singles ??= this.makeSingles();
    return this.singles.slice(from, to);
  }
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

function compileGroups(
  groups: readonly (readonly Step[])[],
  arena: WasmArena,
  fused: boolean,
  runReference: (i: number, context: RunContext) => void,
): { parts: Part[]; moduleBytes: number } {
  const module = new ModuleBuilder(arena.limits, { fused, constantAddress: (bits) => arena.constants.addressOf(bits) });
  groups.forEach((group, g) => {
    const index = module.function(`part ${g}`, 1, (f) => {
      const [step] = f.parameters;
      const target: Target = {
        module,
        share: { index: 0, count: 1 },
        scratch: arena.scratch(0),
        call: (functionIndex, args) =>
          f.call(
            functionIndex,
            args.map((argument): Integer => (argument === "step" ? (step ?? integer(0)) : integer(argument))),
          ),
      };
      for (const { lower } of group) lower?.(target);
    });
    module.export(`part${g}`, index);
  });
  const bytes = module.bytes();
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory: arena.memory } });
  const parts = groups.map((group, g): Part => {
    const [first, last] = [at(group, 0), at(group, group.length - 1)];
    const range = { from: first.from, to: last.to };
    if (first.lower === undefined) return { ...range, run: (context) => runReference(first.from, context) };
    const generated = exports[`part${g}`] as (step: number) => void;
    return { ...range, run: ({ step }) => generated(step) };
  });
  return { parts, moduleBytes: bytes.length };
}
