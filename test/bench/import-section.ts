/** Import of the hotel file as the app does it, how long it holds up the event loop, and what DuckDB alone and pandas need to read it. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { literal, openDatabase } from "../../main/host/datasets/duckdb.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import { REPOSITORY } from "../run/command.ts";
import { temporaryHome } from "./loopback-app.ts";
import { type Measurement, measured, median, type Section, timed } from "./measurement.ts";
import { findPythonWith } from "./torch.ts";

const HOTEL = join(REPOSITORY, "../shared/data/hotel/hotel.csv.gz");
/** How finely the event loop is looked at; part of every figure. */
const RESOLUTION_MS = 1;
/** Of what DuckDB alone takes. */
const GOAL = 1.5;
const PANDAS = fileURLToPath(new URL("pandas_read.py", import.meta.url));

export const importSection: Section = {
  name: "import",
  title: "Import",
  about:
    "119,390 rows × 32 columns from gzip: read, types guessed from all rows, profile of every column, stored as Parquet; in turns with DuckDB's own reader into a table (types from all rows too) and pandas.read_csv, which do none of the rest. The longest block is that of the thread that serves the window.",
  measure: async ({ rounds, say }) => {
    if (!existsSync(HOTEL)) return { measurements: [], missing: ["import: shared/data/hotel/hotel.csv.gz is not beside the repository."] };
    const python = findPythonWith("pandas");
    const [ours, blocks, bare, pandas]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let round = 1; round <= rounds; round++) {
      say(`import: round ${round} of ${rounds}`);
      const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      loop.enable();
      ours.push((await importOnce()) / 1000);
      loop.disable();
      blocks.push(loop.max / 1e6);
      bare.push((await readBare()) / 1000);
      if (python !== null) pandas.push(readWithPandas(python));
    }
    const ratio = median(ours) / median(bare);
    const measurements: Measurement[] = [
      measured("hotel file imported with its profile", "s", ours, "under 3 s"),
      measured("longest block of the event loop meanwhile", "ms", blocks, "under 50 ms"),
      measured(
        "DuckDB alone, into a table",
        "s",
        bare,
        `ours at most ${GOAL} of it: ${ratio.toFixed(2)}, ${ratio <= GOAL ? "met" : "NOT met"}`,
      ),
    ];
    if (python === null) return { measurements, missing: ["pandas: no Python with it was found; NEUROLOOM_PYTHON names one."] };
    return { measurements: [...measurements, measured("pandas.read_csv, into a frame", "s", pandas)], missing: [] };
  },
};

/** @returns seconds */
function readWithPandas(python: string): number {
  const { stdout, stderr, status } = spawnSync(python, [PANDAS, HOTEL], { encoding: "utf8" });
  if (status !== 0) throw new Error(`pandas: ${stderr}`);
  const { seconds, rows } = JSON.parse(stdout) as { seconds: number; rows: number };
  if (rows !== 119_390) throw new Error(`pandas read ${rows} rows of 119,390`);
  return seconds;
}

async function importOnce(): Promise<number> {
  using home = temporaryHome();
  return await timed(async () => {
    const { rowCount } = await importFile({ path: HOTEL, name: "hotel.csv.gz", folder: join(home.path, "datasets") });
    if (rowCount !== 119_390) throw new Error(`the hotel file has 119,390 rows, ${rowCount} were imported`);
  });
}

async function readBare(): Promise<number> {
  using home = temporaryHome();
  const spill = join(home.path, "spill");
  await mkdir(spill);
  return await timed(async () => {
    const database = await openDatabase(spill);
    try {
      await database.run(`CREATE TABLE hotel AS SELECT * FROM read_csv(${literal(HOTEL)}, sample_size = -1)`);
    } finally {
      database.close();
    }
  });
}
