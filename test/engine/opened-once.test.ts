/** How often the table of a run is opened: each opening of DuckDB costs as much as a short training of a sweep. */
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, expect, it, vi } from "vitest";
import { proposeData } from "../../core/data/propose.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { Feeders, feederUrlBeside } from "../../main/engine/feeders.ts";
import type { TableSource } from "../../main/engine/messages.ts";
import { prepareJob } from "../../main/engine/prepare-job.ts";
import { TRAINER } from "../built.ts";
import { importPlaceForEachTest } from "../host/import-place.ts";
import { chain, node } from "./design.ts";
import { jobOf } from "./stored-jobs.ts";

const place = importPlaceForEachTest();
afterEach(() => void vi.restoreAllMocks());

const ROWS = 40;

async function stored(column: string, cell: (row: number) => string) {
  const lines = Array.from({ length: ROWS }, (_, row) => `${row / 7},${cell(row)},${row % 3 === 0 ? "a" : "b"}`);
  const imported = await place.importContent(`x,${column},answer\n${lines.join("\n")}\n`);
  const design: DesignDocument = {
    format: "neuroloom-design",
    format_version: 1,
    name: "opened once",
    notes: "",
    train: { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 8, epochs: 1, seed: 5 },
    graph: chain(
      node("x", "input"),
      node("classes", "dense", { units: 1, activation: "sigmoid" }),
      node("y", "output", { loss: "binary_crossentropy" }),
    ),
    data: proposeData({ kind: "file", name: "given.csv" }, imported.columns, ["answer"]),
  };
  return { design, imported };
}

/** @returns how often DuckDB was opened, and how many rows are trained on */
async function prepared(design: DesignDocument, table: TableSource, dataMemoryBytes = 2 ** 40) {
  const openings = vi.spyOn(DuckDBInstance, "create");
  const feeders = new Feeders(feederUrlBeside(TRAINER));
  const job = await prepareJob({ ...jobOf(design, table.path), table, dataMemoryBytes }, feeders);
  feeders.close();
  await job.close();
  const { training, validation } = job.prepared.prepared;
  return { openings: openings.mock.calls.length, rows: training.rowCount + validation.rowCount };
}

it("a table of numbers and words whose rows are known is opened once, and twice where they must be counted", async () => {
  const { design, imported } = await stored("word", (row) => ["red", "green"][row % 2] as string);
  const { rowCount: rows } = imported;
  expect(rows).toBe(ROWS);
  const known = await prepared(design, { path: imported.path, rows });
  vi.restoreAllMocks();
  const counted = await prepared(design, { path: imported.path });
  expect([known.openings, counted.openings]).toEqual([1, 2]);
  expect(known.rows).toBe(counted.rows);
});

it("rows that are known to be too many for memory are brought from the disk all the same", async () => {
  const { design, imported } = await stored("number", (row) => String(row));
  const { rows } = await prepared(design, { path: imported.path, rows: ROWS }, 100);
  expect(rows).toBe(ROWS);
});
