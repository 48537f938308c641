/** Times of day without a date are told from durations, and read alike by a table and by rows for a model that exists. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyPipeline, prepare } from "../../../core/data/prepare.ts";
import type { FittedPipeline } from "../../../core/data/prepared.ts";
import { proposeData } from "../../../core/data/propose.ts";
import { needs } from "../../../core/data/small-tables.test-support.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { importPlaceForEachTest, warningsOf } from "../../../test/host/import-place.ts";
import { number, workbook } from "../../../test/workbook-file.ts";
import type { ImportedTable } from "./import-request.ts";
import { loadTable, previewTable, readFileTable } from "./load-table.ts";

const place = importPlaceForEachTest();
/** Midnight of 1 January of the year 0. */
const DAY = -62_167_219_200_000;
const at = (hour: number, minute = 0, second = 0): number => DAY + ((hour * 60 + minute) * 60 + second) * 1000;

const csv = (columns: Readonly<Record<string, readonly string[]>>): string => {
  const names = Object.keys(columns);
  const rows = (columns[names[0] ?? ""] ?? []).map((_, row) => names.map((name) => columns[name]?.[row] ?? "").join(","));
  return `${names.join(",")}\n${rows.join("\n")}\n`;
};
const told = ({ columns }: ImportedTable): Record<string, string> =>
  Object.fromEntries(
    columns.map(({ name, type, remarks }) => [name, [type, ...remarks.filter((one) => one.startsWith("date_"))].join(" ")]),
  );
const column = (name: string, date_format: string): ColumnDocument => ({ name, type: "date", role: "feature", date_format });

describe("a column of times of day", () => {
  it("is one of dates without a day, with its earliest and latest", async () => {
    const made = await place.importContent(
      csv({
        clock: ["13:45", "08:30", "", "00:00"],
        twelve: ["1:45 PM", "12:00 AM", "12 p.m.", "8:05:30am"],
        fine: ["08:30:15.250", "23:59:59", "17:00", "09:00"],
        arrival_time: ["9:30", "17:45", "7:05", "12:00"],
        price: ["1.5", "2.5", "3.5", "4"],
      }),
    );
    expect(told(made)).toEqual({
      clock: "date date_format=%H:%M",
      twelve: "date date_format=%I:%M %p",
      fine: "date date_format=%H:%M",
      arrival_time: "date date_format=%H:%M",
      price: "numeric",
    });
    expect(warningsOf(made)).toEqual([]);
    expect(made.columns.slice(0, 3).map(({ min, max, missing }) => [min, max, missing])).toEqual([
      [at(0), at(13, 45), 1],
      [at(0), at(13, 45), 0],
      [at(8, 30, 15.25), at(23, 59, 59), 0],
    ]);
    const table = await loadTable(made.path, [column("clock", "%H:%M"), column("twelve", "%I:%M %p")]);
    expect(table.columns.map((one) => one.kind === "number" && [...one.values])).toEqual([
      [at(13, 45), at(8, 30), Number.NaN, at(0)],
      [at(13, 45), at(0), at(12), at(8, 5, 30)],
    ]);
  });

  it("stays words where its values are durations, and is not guessed at where they may be", async () => {
    const made = await place.importContent(
      csv({
        song: ["3:25", "4:10", "25:01", "2:59"],
        length: ["03:25", "14:10", "12:01", "02:59"],
        lap_time: ["1:25", "14:10", "12:01", "2:59"],
        short: ["3:25", "4:10", "5:01", "2:59"],
        evening: ["18:32", "22:10", "17:05", "19:00"],
        both: ["13:45", "1:45 PM", "12:01", "08:59"],
        never: ["13:60", "24:00", "12:01", "08:59"],
      }),
    );
    expect(told(made)).toEqual({
      song: "categorical",
      length: "categorical",
      lap_time: "categorical",
      short: "categorical date_unclear=%H:%M",
      evening: "categorical date_unclear=%H:%M",
      both: "categorical",
      never: "categorical",
    });
    expect(warningsOf(made)).toEqual([
      'data.time_or_duration {"column":"short","value":"3:25","row":1}',
      'data.time_or_duration {"column":"evening","value":"18:32","row":1}',
    ]);
  });

  it("says earliest and latest of dates too", async () => {
    const made = await place.importContent("day,x\n2020-03-01,1\n2019-12-31,2\n2020-01-05,3\n");
    expect(made.columns.map(({ min, max }) => [min, max])).toEqual([
      [Date.UTC(2019, 11, 31), Date.UTC(2020, 2, 1)],
      [1, 3],
    ]);
  });

  it("of a workbook is times, beside dates of which one is the first day", async () => {
    const head = '<c r="A1" t="inlineStr"><is><t>at</t></is></c><c r="B1" t="inlineStr"><is><t>day</t></is></c>';
    const rows = [0.5, 0.25, 0.75, 0].map((time, row) => number(`A${row + 2}`, time, 2) + number(`B${row + 2}`, row === 0 ? 0 : 45_000, 1));
    const made = await place.importContent(workbook({ one: [head, ...rows] }), { name: "book.xlsx" });
    expect((await previewTable(made.path, 0, 9)).rows).toEqual([
      ["12:00:00", "1899-12-30"],
      ["06:00:00", "2023-03-15"],
      ["18:00:00", "2023-03-15"],
      ["00:00:00", "2023-03-15"],
    ]);
    expect(told(made)["at"]).toBe("date date_format=%H:%M");
  });

  it("gives rows for a model the bits that training had, and refuses what is no time by its row", async () => {
    const text = csv({
      clock: Array.from({ length: 40 }, (_, row) => (row % 7 === 3 ? "" : `${String((row * 5) % 24).padStart(2, "0")}:${10 + row}`)),
      price: Array.from({ length: 40 }, (_, row) => String(row / 3)),
    });
    const made = await place.importContent(text);
    const data = proposeData({ kind: "file", name: "t.csv" }, made.columns, ["price"]);
    expect(data.steps[0]).toMatchObject({ type: "date_parts", columns: ["clock"], year: false, weekday: false, hour: true, minute: true });
    const all = { ...data, split: { ...data.split, method: "none" as const } };
    const { pipeline, training } = prepare(await loadTable(made.path, data.columns), all, needs(["value"], 1), 0);
    const stored = JSON.parse(JSON.stringify(pipeline)) as FittedPipeline;
    expect(stored.features.map(({ names }) => names)).toEqual([["clock.hour", "clock.minute"]]);
    const path = join(place.home, "fresh.csv");
    await writeFile(path, text);
    const { table } = await readFileTable(path, stored.columns);
    const again = applyPipeline(table, stored, needs(["value"], 1), { withTargets: false });
    expect([...(again.inputs.in?.values ?? [])]).toEqual([...(training.inputs.in?.values ?? [])]);
    await writeFile(path, "clock,price\n12:00,1\n24:10,2\n");
    await expect(readFileTable(path, stored.columns)).rejects.toThrow(
      'data.not_a_time {"column":"clock","value":"24:10","row":2,"count":1}',
    );
  });
});
