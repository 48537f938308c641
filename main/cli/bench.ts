/**
 * neuroloom bench: which arithmetic this machine runs, how fast its matrix products are, and how long a step of a design takes here,
 * trained as `train` does. The library is left alone: what is imported and trained lies in a folder of its own that is removed again.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../core/errors.ts";
import { makeWideProbe, PROBE_OPERATIONS } from "../../core/kernels/wasm/wide-vectors.ts";
import type { CurvePoint, Run } from "../../core/protocol/methods.ts";
import { readTraining, takesAllRows } from "../../core/spec/training.ts";
import { wideVectorsFinding } from "../engine/wide-vectors.ts";
import { homeFolder, makeHome } from "../host/home.ts";
import { type OpenedHost, openHost } from "../host/host.ts";
import { EXIT, type Output } from "./output.ts";
import { completeDesign, loadData, projectFor, type TrainOptions, WORKER } from "./train.ts";

export interface BenchOptions extends Omit<TrainOptions, "design" | "epochs" | "out" | "vectors" | "freezeVectors"> {
  /** Null measures the machine only. */
  readonly design: TrainOptions["design"] | null;
  readonly rounds: number;
  /** Seconds of a round. */
  readonly seconds: number;
}

const FINDING = "wide-vectors.json";
/** A probe is run so long, in turns with the others, and the fastest run counts: the one that nothing disturbed. */
const PROBE_MS = 400;
/** More epochs than anyone waits for: the measurement ends the run. */
const ENDLESS = 1_000_000;

/** @returns the exit code */
export async function bench(options: BenchOptions, output: Output): Promise<number> {
  const home = makeHome(homeFolder());
  printMachine(join(home, FINDING), output);
  if (options.design === null) return EXIT.ok;
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-bench-"));
  try {
    if (existsSync(join(home, FINDING))) copyFileSync(join(home, FINDING), join(folder, FINDING));
    const host = await openHost({ home: folder, entry: "test", workerUrl: WORKER });
    try {
      return await benchDesign(host, { ...options, design: options.design }, output);
    } finally {
      await host.shutdown({ checkpoint: false });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why vectors are as wide as they are. */
const VERDICTS = {
  used: "V8's revectorizer is used: the same bits, faster",
  no_such_flag: "this V8 has no revectorizer for this processor",
  wrong_bits: "V8's revectorizer gave other bits and is not used",
  not_faster: "V8's revectorizer was not faster and is not used",
  slows_mathematics: "V8's revectorizer slows other mathematics down and is not used",
  not_finished: "trying V8's revectorizer did not come to an end; it is not used",
} as const;

/** One thread, products of a dense layer (forward and both gradients), in both arithmetics. */
function printMachine(file: string, output: Output): void {
  const { verdict, speedup } = wideVectorsFinding(file);
  const wide = verdict === "used";
  const probes = { fast: makeWideProbe(wide, true), reproducible: makeWideProbe(wide, false) };
  const least = { fast: Number.POSITIVE_INFINITY, reproducible: Number.POSITIVE_INFINITY };
  const names = ["fast", "reproducible"] as const;
  for (const start = performance.now(); performance.now() - start < PROBE_MS * names.length; )
    for (const name of names) {
      const before = performance.now();
      probes[name].run();
      least[name] = Math.min(least[name], performance.now() - before);
    }
  const gflops = (ms: number): number => PROBE_OPERATIONS / ms / 1e6;
  const [fast, reproducible] = [gflops(least.fast), gflops(least.reproducible)];
  const [processor, bits] = [cpus()[0]?.model ?? "unknown", wide ? 256 : 128];
  output.result(
    {
      event: "machine",
      processor,
      cores: availableParallelism(),
      node: process.versions.node,
      v8: process.versions.v8,
      vector_bits: bits,
      revectorizer: verdict,
      revectorizer_speedup: speedup,
      gflops_1t: { fast, reproducible },
    },
    `${processor}, ${availableParallelism()} cores, Node ${process.versions.node}
WebAssembly with vectors of ${bits} bits: ${VERDICTS[verdict]}${speedup === null ? "" : ` (${speedup.toFixed(2)} times)`}
matrix products, one thread: ${fast.toFixed(1)} GFLOP/s fast (fused multiply–add), ${reproducible.toFixed(1)} reproducible`,
  );
}

async function benchDesign(host: OpenedHost, options: BenchOptions & Pick<TrainOptions, "design">, output: Output): Promise<number> {
  const profile = await loadData(host, options, output);
  const whole = await completeDesign(host, profile, { ...options, epochs: ENDLESS });
  const design = { ...whole, train: { ...whole.train, early_stopping: { enabled: false } } };
  const projectId = await projectFor(host, design, profile.dataset.id);
  const threads = options.threads === null ? {} : { threads: options.threads };
  const start = async (): Promise<Run> =>
    (await host.handlers["runs.start"]({ project_id: projectId, design, dataset_id: profile.dataset.id, ...threads })).run;
  const { run, rounds } = await watch(host, start, options);
  if (run.status === "failed" && run.error !== null) {
    output.error(run.error);
    return EXIT.inputAtFault;
  }
  const megabytes = (run.peak_bytes ?? 0) / 2 ** 20;
  output.result(
    {
      event: "ready",
      parameters: run.parameters,
      peak_bytes: run.peak_bytes,
      memory: run.memory,
      backend: run.backend,
      threads: run.threads,
    },
    `${design.name}: ${(run.parameters ?? 0).toLocaleString("en")} parameters, ${megabytes.toFixed(1)} MB, ${run.backend}, ${run.threads} thread${run.threads === 1 ? "" : "s"}`,
  );
  const sorted = rounds.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const { optimizer, batch_size } = readTraining(design.train);
  // Null: every step takes all rows.
  const batch = takesAllRows(optimizer.type) ? null : batch_size;
  output.result(
    { event: "done", ms_per_step: median, rounds_ms: rounds, batch_size: batch, validation: true },
    `${median.toPrecision(3)} ms a step with its share of validation and saving (median of ${rounds.length} rounds: ${rounds.map((ms) => ms.toPrecision(3)).join(", ")})`,
  );
  return EXIT.ok;
}

/** The first round warms up and does not count; Ctrl+C ends it. Milliseconds a step, by the run's own clock and steps. */
function watch(
  host: OpenedHost,
  start: () => Promise<Run>,
  { rounds: wanted, seconds }: Pick<BenchOptions, "rounds" | "seconds">,
): Promise<{ readonly run: Run; readonly rounds: number[] }> {
  return new Promise((resolve, reject) => {
    const rounds: number[] = [];
    let last: CurvePoint | null = null;
    let warm = false;
    let id: string | null = null;
    let stopping = false;
    const stop = (): void => {
      if (stopping || id === null) return;
      stopping = true;
      void host.handlers["runs.stop"]({ id }).catch(reject);
    };
    process.once("SIGINT", stop);
    const take = (point: CurvePoint): void => {
      if (last === null) last = point;
      if (point.seconds - last.seconds < seconds || point.step <= last.step || rounds.length >= wanted) return;
      if (warm) rounds.push(((point.seconds - last.seconds) * 1000) / (point.step - last.step));
      warm = true;
      last = point;
      if (rounds.length >= wanted) stop();
    };
    const stopListening = host.onEvent((event, payload) => {
      if (event === "run.points" && "points" in payload && "run_id" in payload) payload.points.forEach(take);
      if (event !== "run.changed" || !("run" in payload)) return;
      const { run } = payload;
      if (!["done", "stopped", "failed", "interrupted"].includes(run.status)) return;
      stopListening();
      process.removeListener("SIGINT", stop);
      if (run.status !== "failed" && rounds.length === 0) reject(new AppError("cli.bench_too_short"));
      else resolve({ run, rounds });
    });
    start().then((run) => {
      id = run.id;
    }, reject);
  });
}
