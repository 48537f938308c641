/**
 * Parts: runs of steps that become one generated function for each thread. Between two steps that threads share stands
 * a barrier; steps too small to share are run by the first thread alone, and a part of nothing but those needs no helper.
 */
import { at } from "../../ir/op.ts";
import type { RunContext } from "../backend.ts";
import type { WasmArena } from "./arena.ts";
import { iAdd, integer } from "./emit/expression.ts";
import { ModuleBuilder } from "./emit/module.ts";
import type { Target } from "./kernels/target.ts";
import { MOVING, type Step } from "./schedule.ts";
import { barrier } from "./threads/barrier.ts";
import { partExport } from "./threads/protocol.ts";
import type { ThreadTeam } from "./threads/team.ts";

/** Instructions [from, to) and how they are run. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly run: (context: RunContext) => void;
}

export interface PartsOptions {
  readonly arena: WasmArena;
  /** Fused multiply–add. */
  readonly fused: boolean;
  /** Tiles for registers of 8 lanes. */
  readonly wide: boolean;
  /** Undefined for one thread. */
  readonly team: ThreadTeam | undefined;
  /** Steps of less work than this (Step.work) are run by the first thread alone. */
  readonly worthSharing: number;
  readonly runReference: (instruction: number, context: RunContext) => void;
}

export interface CompiledParts {
  readonly parts: readonly Part[];
  /** Functions of the module: kernels by shape, and one a part and thread. */
  readonly functions: number;
  readonly moduleBytes: number;
}

interface Call {
  readonly functionIndex: number;
  readonly args: readonly (number | "step")[];
}

/** Calls of one step, by thread. */
type StepCalls = readonly (readonly Call[])[];

export function compileParts(groups: readonly (readonly Step[])[], options: PartsOptions): CompiledParts {
  const { arena, team } = options;
  const module = new ModuleBuilder(arena.limits, {
    fused: options.fused,
    wide: options.wide,
    constantAddress: (bits) => arena.constants.addressOf(bits),
  });
  const threads = team?.count ?? 1;
  const shared = groups.map((group, g) => emitPart(module, group, g, threads, options));
  const bytes = module.bytes();
  const compiled = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory: arena.memory } });
  const program = team !== undefined && shared.includes(true) ? team.register(compiled, arena.memory) : undefined;
  const parts = groups.map((group, g): Part => {
    const first = at(group, 0);
    const range = { from: first.from, to: at(group, group.length - 1).to };
    if (first.lower === undefined) return { ...range, run: (context) => options.runReference(first.from, context) };
    const own = exports[partExport(g, 0)] as (step: number, shiftBytes: number) => void;
    if (team !== undefined && program !== undefined && shared[g] === true)
      return { ...range, run: ({ step, broughtShift = 0 }) => team.run(program, g, step, 4 * broughtShift, own) };
    return { ...range, run: ({ step, broughtShift = 0 }) => own(step, 4 * broughtShift) };
  });
  return { parts, functions: module.functionCount, moduleBytes: bytes.length };
}

/** Writes the function of every thread. @returns whether helpers have anything to do in it */
function emitPart(module: ModuleBuilder, group: readonly Step[], part: number, threads: number, options: PartsOptions): boolean {
  const steps = group.map((step) => callsOf(module, step, threads, options));
  const isShared = steps.map((calls) => calls.some((list, thread) => thread > 0 && list.length > 0));
  const anyShared = isShared.includes(true);
  for (let thread = 0; thread < (anyShared ? threads : 1); thread++) {
    const index = module.function(`part ${part} of thread ${thread}`, 2, (f) => {
      const argumentOf = (argument: Call["args"][number]) => {
        if (argument === "step") return f.parameter(0);
        return argument < MOVING / 2 ? integer(argument) : iAdd(f.parameter(1), integer(argument - MOVING));
      };
      steps.forEach((calls, s) => {
        // Steps of the first thread alone follow each other in order by themselves.
        if (s > 0 && (isShared[s - 1] === true || isShared[s] === true)) f.call(barrier(module, threads), []);
        for (const { functionIndex, args } of at(calls, thread)) f.call(functionIndex, args.map(argumentOf));
      });
      if (anyShared) f.call(barrier(module, threads), []);
    });
    module.export(partExport(part, thread), index);
  }
  return anyShared;
}

function callsOf(module: ModuleBuilder, step: Step, threads: number, { arena, worthSharing }: PartsOptions): StepCalls {
  const count = step.work >= worthSharing ? threads : 1;
  return Array.from({ length: threads }, (_, thread) => {
    const calls: Call[] = [];
    const target: Target = {
      module,
      share: { index: thread, count },
      scratch: arena.scratch(thread),
      sharedScratch: arena.scratch(0),
      barrier: () => {
        if (count > 1) calls.push({ functionIndex: barrier(module, threads), args: [] });
      },
      call: (functionIndex, args) => void calls.push({ functionIndex, args }),
    };
    if (thread < count) step.lower?.(target);
    return calls;
  });
}
