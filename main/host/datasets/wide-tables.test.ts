/**
 * Tables of thousands of columns: reading them takes time that grows with the columns, not with their square. Of queries
 * the number is counted; of planning, which DuckDB does by itself, only a far too steep growth is refused.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { asNumber, blanksOff, isMissing } from "./cell-types.ts";
import { columnId, type Database, openDatabase } from "./duckdb.ts";
import { importFile } from "./import-file.ts";
import { readColumns } from "./load-table.ts";

const folder = mkdtempSync(join(tmpdir(), "neuroloom-wide-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withWideTable<T>(cells: readonly string[], act: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(folder);
  try {
    await database.run(`CREATE TABLE source AS SELECT ${cells.map((cell, place) => `'${cell}' AS ${columnId(place)}`).join(", ")}`);
    return await act(database);
  } finally {
    database.close();
  }
}

test("a thousand columns of words are read with a few queries of the table, each with its own words", async () => {
  const names = Array.from({ length: 1000 }, (_, place) => `column ${place}`);
  const documents: ColumnDocument[] = names.map((name) => ({ name, type: "categorical", role: "feature" }));
  let queries = 0;
  const table = await withWideTable(
    names.map((_, place) => (place === 7 ? " NA " : ` word ${place}`)),
    (database) =>
      readColumns(
        {
          ...database,
          rows: (sql) => {
            queries += 1;
            return database.rows(sql);
          },
          numberChunks: (sql, take) => {
            queries += 1;
            return database.numberChunks(sql, take);
          },
        },
        "source",
        names,
        documents,
      ),
  );
  expect(queries).toBeLessThan(10);
  expect(table.columns).toHaveLength(1000);
  table.columns.forEach((column, place) => {
    if (column.kind !== "category") throw new Error("words are categories");
    expect([column.name, column.categories, [...column.codes]]).toEqual(
      place === 7 ? ["column 7", [], [-1]] : [`column ${place}`, [`word ${place}`], [0]],
    );
  });
});

test("what planning asks of a cell does not grow with the square of the columns", async () => {
  const few = 64;
  const many = 768;
  const [quick, slow] = await withWideTable(
    Array.from({ length: many }, () => "1"),
    async (database) => {
      const planning = async (count: number): Promise<number> => {
        const asked = Array.from({ length: count }, (_, place) => {
          const id = columnId(place);
          return `coalesce(${asNumber(id)}, CASE WHEN ${isMissing(blanksOff(id))} THEN 'nan'::DOUBLE ELSE 'infinity'::DOUBLE END)`;
        });
        // Of the processor: a machine that does ten other things too takes many times as long now and then.
        const start = process.cpuUsage();
        await database.run(`EXPLAIN SELECT ${asked.join(", ")} FROM source`);
        const { user, system } = process.cpuUsage(start);
        return user + system;
      };
      await planning(few);
      const rounds: [number, number][] = [];
      for (let round = 0; round < 3; round += 1) rounds.push([await planning(few), await planning(many)]);
      return [Math.min(...rounds.map(([time]) => time)), Math.min(...rounds.map(([, time]) => time))];
    },
  );
  // Twelve times the columns: 10 to 20 times as long; with an OR and a CASE a cell it was 100 times and more.
  expect(slow / quick).toBeLessThan(45);
});

test("a table of 4,000 columns is imported in the memory that a database may take", async () => {
  const names = Array.from({ length: 4000 }, (_, place) => `column ${place}`);
  const lines = Array.from({ length: 150 }, (_, row) => names.map((_, place) => (row * 31 + place) % 997).join(","));
  const path = join(folder, "wide.csv");
  writeFileSync(path, `${[names.join(","), ...lines].join("\n")}\n`);
  const { rowCount, columnCount } = await importFile({ path, name: "wide.csv", folder });
  expect([rowCount, columnCount]).toEqual([150, 4000]);
}, 120_000);
