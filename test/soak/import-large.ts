/**
 * 10 million rows × 50 columns (2.3 GB of text) imported by a process of its own, which watches its memory and how long its
 * thread is held up; then the same import cancelled in every stage.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeLargeTable } from "./large-table.ts";
import { allHold, atMost, type Figure, type Soak, type SoakOptions, told } from "./soak.ts";

const ROWS = 10_000_000;
const COLUMNS = 50;
const SEED = 20_261_121;
const MOST_MEGABYTES = 1500;
/** The thread that serves the window may be held up so long. */
const MOST_TASK_MS = 50;
const STAGES = ["reading", "storing", "profiling"] as const;
const CHILD = fileURLToPath(new URL("import-child.ts", import.meta.url));

/** What import-child.ts prints last. */
export interface ImportOutcome {
  readonly rows: number | null;
  readonly code: string | null;
  readonly seconds: number;
  readonly peakMegabytes: number;
  /** Most that buffers of JavaScript held after the garbage was collected. */
  readonly bufferMegabytes: number;
  readonly longestTaskMs: number;
  readonly longestDelayMs: number;
  readonly reports: number;
  readonly stages: readonly string[];
}

export const importLarge: Soak = {
  name: "import-10m",
  title: "Import of 10 million rows × 50 columns",
  about:
    "A table of 10,000,000 rows × 50 columns (whole numbers, decimals, words, dates, a number of its own for every row, empty cells; test/soak/large-table.ts, always the same) is imported with its profile by a process of its own. Peak memory is the process's resident set as the system counts it. A task is what the process's main thread, which would serve the window, works on at a stretch, by its own processor time; the delay beside it includes waiting for a core.",
  run,
};

async function run({ share, say }: SoakOptions): Promise<Figure[]> {
  const place = await mkdtemp(join(tmpdir(), "neuroloom-soak-"));
  try {
    const path = join(place, "large.csv");
    const rows = Math.round(ROWS * share);
    say(`writing ${rows} rows`);
    const bytes = await writeLargeTable({ path, rows, columns: COLUMNS, seed: SEED });
    say("importing");
    const done = await importInChild(path, join(place, "datasets"));
    const stored = await folderBytes(join(place, "datasets"));
    const cancelled: string[] = [];
    for (const stage of STAGES) {
      say(`cancelling in ${stage}`);
      const folder = join(place, `cancelled in ${stage}`);
      const outcome = await importInChild(path, folder, stage);
      const left = await readdir(folder);
      if (outcome.code !== "data.import_cancelled" || left.length > 0) cancelled.push(`${stage}: ${outcome.code}, ${left.join()} left`);
    }
    const megabytes = (count: number): string => `${Math.round(count / 1e6).toLocaleString("en")} MB`;
    return [
      { what: "rows imported", value: String(done.rows), goal: String(rows), met: done.rows === rows },
      told("text", megabytes(bytes)),
      told("stored table", megabytes(stored)),
      told("time", `${done.seconds.toFixed(0)} s`),
      atMost("peak memory of the process", done.peakMegabytes, MOST_MEGABYTES, "MB"),
      // Pieces of 1 MB on their way: less than a hundredth of the file, which the gate imports.
      // The text passes in pieces: some dozens of them may wait for V8's sweeper, which frees them on a thread of its own.
      atMost("most that buffers of JavaScript held, garbage aside", done.bufferMegabytes, 64, "MB"),
      atMost("longest task of the main thread", done.longestTaskMs, MOST_TASK_MS, "ms"),
      told("longest delay of its timers, waiting for a core included", `${done.longestDelayMs.toFixed(0)} ms`),
      told("reports of progress", String(done.reports)),
      allHold("cancelled in a stage, nothing left behind", STAGES.length, cancelled),
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** @param cancelIn the stage in whose middle the import is cancelled */
function importInChild(path: string, folder: string, cancelIn = ""): Promise<ImportOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--expose-gc", CHILD, path, folder, cancelIn], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.on("data", (text) => (output += String(text)));
    child.stderr.on("data", (text) => (errors += String(text)));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(output) as ImportOutcome);
      else reject(new Error(`the import ended with ${code}: ${errors}`));
    });
  });
}

async function folderBytes(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
