/**
 * What a benchmark measures: one figure a round, told as the median of the rounds with the least and the most beside it.
 * Machines are shared: a difference under a quarter is none.
 */
export interface Measurement {
  readonly name: string;
  /** Empty for figures without one (a loss, a share). */
  readonly unit: "ms" | "s" | "MB" | "";
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly rounds: number;
  /** The figure it is held against, in words; empty when there is none. */
  readonly goal: string;
}

export interface Section {
  readonly name: string;
  readonly title: string;
  /** How it is measured, for the reader of the figures. */
  readonly about: string;
  /** @throws Error in words when something that it needs is missing on this machine */
  readonly measure: (options: Options) => Promise<Measured>;
}

export interface Options {
  readonly rounds: number;
  readonly say: (line: string) => void;
  /** Workloads of the engine to measure; all of them when left out. */
  readonly workloads?: readonly string[];
}

export interface Measured {
  readonly measurements: readonly Measurement[];
  /** What was not measured, and what it would take. */
  readonly missing: readonly string[];
  /** Tables of its own, as lines for a terminal and for the page. */
  readonly tables?: readonly Table[];
  /** Files for the page to show, by path in the repository; written with `--write`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Figures by workload for `--json`. */
  readonly workloads?: Readonly<Record<string, unknown>>;
}

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Said below it. */
  readonly notes: readonly string[];
}

export function measured(name: string, unit: Measurement["unit"], values: readonly number[], goal = ""): Measurement {
  if (values.length === 0) throw new Error(`${name}: nothing was measured`);
  return { name, unit, median: median(values), least: Math.min(...values), most: Math.max(...values), rounds: values.length, goal };
}

/** The mean of the two in the middle where their number is even. */
export function median(values: readonly number[]): number {
  return (percentile(values, 0.5, "low") + percentile(values, 0.5, "high")) / 2;
}

/** The value below which the share lies: the nearest one that was measured. */
export function percentile(values: readonly number[], share: number, side: "low" | "high" = "high"): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  return sorted[side === "low" ? Math.floor(place) : Math.ceil(place)] ?? Number.NaN;
}

export async function timed(act: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

export function lineOf({ name, unit, median: middle, least, most, rounds, goal }: Measurement): string {
  const show = (value: number): string => (value < 10 ? value.toFixed(3) : value.toFixed(1));
  return `${name.padEnd(58)} ${show(middle).padStart(9)} ${unit.padEnd(2)}  (${show(least)} to ${show(most)}, ${rounds} rounds)${goal === "" ? "" : `  ${goal}`}`;
}

/** Columns side by side, numbers to the right. */
export function linesOf({ title, head, rows, notes }: Table): string[] {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  return [title, line(head), ...rows.map(line), ...notes];
}
