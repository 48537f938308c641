/**
 * Switches V8's revectorizer on where it is there, faster, and right to the bit, and tells core's backend so. The finding takes
 * about half a second, is made once and kept per machine in the user's folder (docs/decisions/0005).
 */
import { isAscii } from "node:buffer";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname } from "node:path";
import { setFlagsFromString } from "node:v8";
import { makeWideProbe, type WideProbe, type WideVectors } from "../../core/kernels/wasm/wide-vectors.ts";
import { ENGINE_VERSION } from "../../core/version.ts";

const FLAG = "experimental-wasm-revectorize";
/** Less than this is within what a shared machine's moods do. */
const WORTH_IT = 1.2;
/** V8 has optimised a probe long before; it is run and thrown away. */
const WARM_MS = 60;
/** So many times as long where it has not. */
const LONGER = 10;
const ROUNDS = 15;

export type Verdict = "used" | "no_such_flag" | "wrong_bits" | "not_faster" | "slows_mathematics" | "not_finished";

export interface Finding {
  /** What the finding holds for: it is made anew on another machine or with another V8. */
  readonly machine: string;
  readonly verdict: Verdict;
  /** How many times faster the products were; null where nothing was measured. */
  readonly speedup: number | null;
  readonly seconds: number;
}

/** What the finding needs of the machine; tests pass their own. */
export interface Surroundings {
  readonly machine: string;
  readonly flagExists: () => boolean;
  readonly setFlag: (on: boolean) => void;
  readonly makeProbe: (wide: boolean, fused: boolean) => WideProbe;
  readonly nowMs: () => number;
}

const settleBytes = new Uint8Array(256).fill(1);
/** Node's test for ASCII uses wide registers itself and clears their upper halves when it is done: 20 ns (of a Buffer 60), no allocation. */
const settle = (): void => void isAscii(settleBytes);

/**
 * @param file where the finding is kept
 * @returns what to pass to createWasmBackend; undefined where vectors stay 128 bits wide
 */
export function findWideVectors(file: string, around: Surroundings = here()): WideVectors | undefined {
  return wideVectorsFinding(file, around).verdict === "used" ? { settle } : undefined;
}

/** The finding that is kept, or a new one; the revectorizer is on afterwards where it is used. @param file where the finding is kept */
export function wideVectorsFinding(file: string, around: Surroundings = here()): Finding {
  const known = read(file);
  const finding = known?.machine === around.machine ? known : makeAndKeep(file, around);
  if (finding.verdict === "used") around.setFlag(true);
  return finding;
}

/** Until it is done the file says so: should V8 take the process down, nothing is tried a second time. */
function makeAndKeep(file: string, around: Surroundings): Finding {
  write(file, { machine: around.machine, verdict: "not_finished", speedup: null, seconds: 0 });
  const finding = makeFinding(around);
  write(file, finding);
  return finding;
}

export function makeFinding(around: Surroundings): Finding {
  const start = around.nowMs();
  const end = (verdict: Verdict, speedup: number | null = null): Finding => {
    if (verdict !== "used" && verdict !== "no_such_flag") around.setFlag(false);
    return { machine: around.machine, verdict, speedup, seconds: (around.nowMs() - start) / 1000 };
  };
  if (!around.flagExists()) return end("no_such_flag");
  around.setFlag(false);
  const narrow = around.makeProbe(false, true);
  const narrowRounded = around.makeProbe(false, false);
  warm(narrow, around);
  warm(narrowRounded, around);
  const narrowMs = fastest(narrow.run, around);
  const mathematicsMs = fastest(exponentials, around);
  around.setFlag(true);
  const wide = around.makeProbe(true, true);
  const wideRounded = around.makeProbe(true, false);
  // The first runs are of code that is not optimised, and not joined; the last ones are.
  warm(wide, around);
  warm(wideRounded, around);
  if (!sameBits(narrow.result(), wide.result()) || !sameBits(narrowRounded.result(), wideRounded.result())) return end("wrong_bits");
  let wideMs = fastest(wide.run, around);
  if (narrowMs / wideMs < WORTH_IT) {
    // On a busy machine V8's compiler may not have had its turn yet.
    for (let i = 0; i < LONGER; i++) warm(wide, around);
    wideMs = fastest(wide.run, around);
  }
  const afterWide = fastest(exponentials, around, () => {
    wide.run();
    settle();
  });
  const speedup = narrowMs / wideMs;
  if (speedup < WORTH_IT) return end("not_faster", speedup);
  // Ten times the mathematics and 50 µs: a disturbed moment is not taken for a slow processor, 25 times slower is not missed.
  return end(afterWide > 10 * mathematicsMs + 0.05 ? "slows_mathematics" : "used", speedup);
}

function warm(probe: WideProbe, { nowMs }: Surroundings): void {
  const start = nowMs();
  while (nowMs() - start < WARM_MS) probe.run();
}

/** Milliseconds of the fastest of some runs: the one that nothing disturbed. @param before called before each, not measured */
function fastest(run: () => void, { nowMs }: Surroundings, before: () => void = () => {}): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    before();
    const start = nowMs();
    run();
    least = Math.min(least, nowMs() - start);
  }
  return least;
}

const exponentialsOf = new Float64Array(2048);
function exponentials(): void {
  for (let i = 0; i < exponentialsOf.length; i++) exponentialsOf[i] = Math.exp(i / 2048);
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  const [x, y] = [a, b].map(({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length));
  return x !== undefined && y !== undefined && x.length === y.length && x.every((bits, i) => bits === y[i]);
}

function read(file: string): Finding | undefined {
  try {
    const found = JSON.parse(readFileSync(file, "utf8")) as Partial<Finding> | null;
    return typeof found?.machine === "string" && typeof found.verdict === "string" ? (found as Finding) : undefined;
  } catch {
    // Not there yet, or not ours: it is written anew.
    return undefined;
  }
}

/** Through a file of its own name, so that another process never reads half of it. */
function write(file: string, finding: Finding): void {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, `${JSON.stringify(finding)}\n`);
  renameSync(part, file);
}

function here(): Surroundings {
  return {
    machine: [process.versions.v8, process.platform, process.arch, cpus()[0]?.model ?? "", ENGINE_VERSION].join(" | "),
    // V8 joins vectors on x64 only. An unknown flag would be complained about on the terminal, so V8 is asked for its list.
    flagExists: () => process.arch === "x64" && listsFlag(),
    setFlag: (on) => setFlagsFromString(`--${on ? "" : "no-"}${FLAG}`),
    makeProbe: makeWideProbe,
    nowMs: () => performance.now(),
  };
}

function listsFlag(): boolean {
  try {
    const environment = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
    return execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8", env: environment, maxBuffer: 8 << 20 }).includes(FLAG);
  } catch {
    // A program that cannot list its flags is not asked to use one.
    return false;
  }
}
