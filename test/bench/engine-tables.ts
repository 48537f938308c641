/** The engine's figures as tables and as JSON: times beside the others' with what was asked, compile times, and where the memory goes. */
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { openWorkload, workloadNamed } from "./engine/networks.ts";
import type { Contender, WorkloadTimes } from "./engine/workload-times.ts";
import { goals, TFJS_GOAL } from "./engine-goals.ts";
import { median, type Table } from "./measurement.ts";

type Versions = Readonly<Record<"torch" | "tfjs" | "brainjs", string | null>>;

const medianOrNull = (values: readonly number[]): number | null => (values.length === 0 ? null : median(values));
const ratio = (ours: number | null, theirs: number | null): number | null => (ours === null || theirs === null ? null : ours / theirs);
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(4)));

export interface WorkloadRecord {
  readonly ours_ms: number | null;
  readonly ours_1t_ms: number | null;
  readonly torch_1t_ms: number | null;
  readonly torch_2t_ms: number | null;
  readonly tfjs_wasm_ms: number | null;
  readonly brainjs_ms: number | null;
  readonly ratio_torch_2t: number | null;
  readonly ratio_tfjs: number | null;
  readonly arithmetic: { readonly mode: "fast"; readonly vector_bits: number; readonly revectorized: boolean };
  readonly goal_ratio: number | null;
  readonly goal_met: boolean | null;
  readonly compile_ms: number | null;
  readonly rounds: number;
}

export function recordOf({ name, rounds, opening }: WorkloadTimes, vectorBits: number): WorkloadRecord {
  const ms = (contender: Contender): number | null => medianOrNull(rounds[contender]);
  const ratioTorch = ratio(ms("ours"), ms("torch_2t"));
  const goal = goalOf(name, vectorBits);
  return {
    ours_ms: rounded(ms("ours")),
    ours_1t_ms: rounded(ms("ours_1t")),
    torch_1t_ms: rounded(ms("torch_1t")),
    torch_2t_ms: rounded(ms("torch_2t")),
    tfjs_wasm_ms: rounded(ms("tfjs_wasm")),
    brainjs_ms: rounded(ms("brainjs")),
    ratio_torch_2t: rounded(ratioTorch),
    ratio_tfjs: rounded(ratio(ms("ours"), ms("tfjs_wasm"))),
    arithmetic: { mode: "fast", vector_bits: vectorBits, revectorized: vectorBits > 128 },
    goal_ratio: goal,
    goal_met: goal === null || ratioTorch === null ? null : ratioTorch <= goal,
    compile_ms: rounded(opening.compileMs),
    rounds: rounds.ours.length,
  };
}

const goalOf = (name: string, vectorBits: number): number | null => goals[name]?.[vectorBits > 128 ? "revectorized" : "plain"] ?? null;

const NONE = "–";
const show = (value: number | null): string =>
  value === null ? NONE : value < 0.1 ? value.toPrecision(2) : value < 10 ? value.toFixed(2) : value.toFixed(1);

export function timesTable(found: readonly WorkloadTimes[], vectorBits: number, versions: Versions): Table {
  const rows = found.map((one) => {
    const record = recordOf(one, vectorBits);
    const { goal_ratio: goal, goal_met: met, ratio_tfjs: tfjs } = record;
    const least = Math.min(...one.rounds.ours);
    const most = Math.max(...one.rounds.ours);
    return [
      one.name,
      show(record.ours_ms),
      `${show(least)} to ${show(most)}`,
      show(record.ours_1t_ms),
      show(record.torch_2t_ms),
      show(record.torch_1t_ms),
      show(record.tfjs_wasm_ms),
      show(record.brainjs_ms),
      show(record.ratio_torch_2t),
      goal === null ? NONE : `≤ ${goal} ${met === null ? "" : met ? "met" : "NOT met"}`.trim(),
      tfjs === null ? NONE : `${(1 / tfjs).toFixed(0)} × ${tfjs <= TFJS_GOAL ? "met" : "NOT met"}`,
    ];
  });
  const code = vectorBits > 128 ? "256-bit code by V8's revectorizer" : "128-bit code (no revectorizer)";
  return withoutEmptyColumns({
    title: "Milliseconds a training step",
    head: [
      "",
      "ours, 2 threads",
      "least to most",
      "ours, 1",
      "PyTorch, 2",
      "PyTorch, 1",
      "TF.js wasm",
      "brain.js",
      "ours / PyTorch, 2",
      "asked",
      "faster than TF.js (10 × asked)",
    ],
    rows,
    notes: [
      `Arithmetic of ours: fast (fused), ${code}. ${peersOf(versions)} – is: absent, cannot train it, or nothing asked.`,
      ...found.map(({ name, workload }) => `${name}: ${workload.about}.`),
    ],
  });
}

/** With their versions; those that are not there are left out. */
function peersOf({ torch, tfjs, brainjs }: Versions): string {
  const ofBrain = "row by row, no cross-entropy: a pass over a batch";
  const named = [torch && `PyTorch ${torch}`, tfjs && `TensorFlow.js ${tfjs}`, brainjs && `brain.js ${brainjs} (${ofBrain})`];
  const there = named.filter((name) => name !== null);
  return there.length === 0 ? "" : `${there.join(", ")}.`;
}

/** Who took no part in any row has no column. */
function withoutEmptyColumns(table: Table): Table {
  const isFilled = table.head.map((_, i) => i === 0 || table.rows.some((row) => row[i] !== NONE));
  const kept = (row: readonly string[]): string[] => row.filter((_, i) => isFilled[i]);
  return { ...table, head: kept(table.head), rows: table.rows.map(kept) };
}

const COMPILE_GOAL_MS = 150;

export function compileTable(found: readonly WorkloadTimes[]): Table {
  return {
    title: "Compiling the plan",
    head: ["", "ms, 1 thread", "ms, 2 threads", `at most ${COMPILE_GOAL_MS} ms`],
    rows: found.map(({ name, opening: { compileMs, compileSharedMs } }) => [
      name,
      compileMs.toFixed(0),
      compileSharedMs.toFixed(0),
      Math.max(compileMs, compileSharedMs) <= COMPILE_GOAL_MS ? "met" : "NOT met",
    ]),
    notes: [
      "Building, planning, writing and compiling the programs of full batch and evaluation; one measurement each, one thread first, after another network.",
    ],
  };
}

const CLASSES = ["parameter", "gradient", "slot", "state", "constant", "input", "temporary"] as const;

/** Bytes by class of tensor, as the plan knows them before the first step. */
export function memoryTable(names: readonly string[]): Table {
  const megabytes = (elements: number): string => ((elements * 4) / 2 ** 20).toFixed(2);
  return {
    title: "Peak memory of the engine, MB",
    head: ["", ...CLASSES, "all"],
    rows: names.map((name) => {
      const { plan } = openWorkload(workloadNamed(name), createWasmBackend({ arithmetic: "fast", threads: 1 })).network;
      return [name, ...CLASSES.map((role) => megabytes(plan.breakdown[role])), megabytes(plan.elementCount)];
    }),
    notes: [
      "Known before the first step; a test allocates them and compares (test/engine/peak-memory.test.ts). Slots are the optimizer's; temporaries share storage by liveness.",
    ],
  };
}
