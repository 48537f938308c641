/** The hotel table through the real reader and the real preparation, against scikit-learn's figures in hotel.json. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { DataNeeds } from "../../../core/data/data-needs.ts";
import { layoutOf } from "../../../core/data/layout.ts";
import { prepare } from "../../../core/data/prepare.ts";
import type { PreparedData } from "../../../core/data/prepared.ts";
import type { Rows } from "../../../core/data/rows.ts";
import type { DataDocument } from "../../../core/graph/document.ts";
import { importFile } from "../../../main/host/datasets/import-file.ts";
import type { ImportedTable } from "../../../main/host/datasets/import-request.ts";
import { loadTable } from "../../../main/host/datasets/load-table.ts";
import { realData, requireRealData } from "../../real-data.ts";
import golden from "./hotel.json" with { type: "json" };

const HOTEL = "hotel/hotel.csv.gz";

const TOLERANCE = 1e-6;
const NEEDS: DataNeeds = {
  inputs: [{ nodeId: "in", columns: [], shape: null }],
  outputs: [{ nodeId: "out", columns: [], targetInput: null, encodings: ["binary"], width: 1 }],
};
const design = (method: "none" | "stratified"): DataDocument => ({
  source: { kind: "file", name: "hotel.csv.gz" },
  columns: [
    ...golden.numeric.map((name) => ({ name, type: "numeric" as const, role: "feature" as const })),
    ...golden.words.map((name) => ({ name, type: "categorical" as const, role: "feature" as const })),
    { name: "is_canceled", type: "numeric", role: "target" },
  ],
  steps: [
    { type: "impute", columns: golden.numeric, strategy: "constant", value: 0 },
    { type: "standardise", columns: golden.numeric },
    { type: "impute", columns: golden.words, strategy: "category", category: "NA" },
    { type: "one_hot", columns: golden.words },
  ],
  split: { method, validation_fraction: 0.25, seed: null },
  feature_count: null,
  class_count: null,
});

describe("the hotel table", () => {
  let home = "";
  let imported: ImportedTable;
  beforeEach(async (context) => {
    requireRealData(context, HOTEL);
    if (home !== "") return;
    home = await mkdtemp(join(tmpdir(), "neuroloom-hotel-"));
    imported = await importFile({ path: realData(HOTEL), name: "hotel.csv.gz", folder: home });
  });
  afterAll(() => home !== "" && rm(home, { recursive: true, force: true }));
  const prepared = async (method: "none" | "stratified"): Promise<PreparedData> => {
    const data = design(method);
    return prepare(await loadTable(imported.path, data.columns), data, NEEDS, 0);
  };

  it("has the rows, columns, missing values and SHA-256 that its description says", () => {
    expect([imported.rowCount, imported.columnCount]).toEqual([119_390, 32]);
    expect(imported.fingerprint).toBe("7c2ae42a7353905ea136e5c2287f17c92c5435826598bfbb8491c6f0c7b1fc06");
    const missing = Object.fromEntries(imported.columns.flatMap(({ name, missing }) => (missing > 0 ? [[name, missing]] : [])));
    expect(missing).toEqual({ children: 4, country: 488, agent: 16_340, company: 112_593 });
    const types = new Map(imported.columns.map(({ name, type }) => [name, type]));
    expect(golden.numeric.map((name) => types.get(name))).toEqual(golden.numeric.map(() => "numeric"));
    expect(golden.words.map((name) => types.get(name))).toEqual(golden.words.map(() => "categorical"));
    expect(types.get("reservation_status_date")).toBe("date");
    expect(imported.warnings).toEqual([]);
  });

  it("fitted on all rows gives scikit-learn's 63 features, means, deviations and counts", async () => {
    const { pipeline, training } = await prepared("none");
    const names = pipeline.features.flatMap((group) => group.names);
    expect(names).toEqual([...golden.numeric, ...golden.one_hot_names]);
    expect(names.length).toBe(63);
    const fitted = pipeline.steps[1]?.fitted as Record<string, { mean: number; scale: number }>;
    golden.numeric.forEach((name, place) => {
      expect(Math.abs((fitted[name]?.mean ?? 0) / (golden.mean[place] as number) - 1), name).toBeLessThan(TOLERANCE);
      expect(Math.abs((fitted[name]?.scale ?? 0) / (golden.scale[place] as number) - 1), name).toBeLessThan(TOLERANCE);
    });
    const { values } = training.inputs.in as Rows;
    const counts = golden.one_hot_names.map((_, place) => {
      let count = 0;
      for (let row = 0; row < training.rowCount; row += 1) count += values[row * 63 + golden.numeric.length + place] as number;
      return count;
    });
    expect(counts).toEqual(golden.one_hot_counts);
    expect((training.targets.out as Rows).values.reduce((sum, value) => sum + value, 0)).toBe(golden.positive);
  });

  it("split stratified by a quarter keeps the balance of classes in both parts", async () => {
    const layout = layoutOf(await prepared("stratified"));
    expect(layout.training_rows + layout.validation_rows).toBe(119_390);
    expect(layout.validation_rows).toBe(Math.round(119_390 / 4));
    expect(layout.classes).toEqual(["0", "1"]);
    for (const { label, training, validation } of layout.class_balance) {
      const share = (label === "1" ? golden.positive : golden.rows - golden.positive) / golden.rows;
      expect(Math.abs(training / layout.training_rows - share)).toBeLessThan(1e-4);
      expect(Math.abs(validation / layout.validation_rows - share)).toBeLessThan(1e-4);
    }
  });
});
