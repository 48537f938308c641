/** A thread that asks DuckDB one thing after another until it is ended: short queries, or one that would take minutes. */
import { parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "../../main/host/datasets/duckdb.ts";

const { spill, rows } = workerData as { spill: string; rows: number };
const database = await openDatabase(spill);
parentPort?.postMessage("asks");
for (;;) await database.rows(`SELECT CAST(sum(sqrt(i)) AS DOUBLE) FROM range(${rows}) AS t(i)`);
