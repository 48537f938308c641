import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Database, openDatabase } from "../duckdb.ts";
import { joinTable } from "./join-table.ts";

it("of tables that hardly share a key only the names that are shown are held", async () => {
  const work = mkdtempSync(join(tmpdir(), "neuroloom-join-table-"));
  const database = await openDatabase(join(work, "spill"));
  try {
    let most = 0;
    const watched: Database = {
      ...database,
      rows: async (sql) => {
        const rows = await database.rows(sql);
        most = Math.max(most, rows.length);
        return rows;
      },
    };
    await database.run("CREATE TABLE main_rows AS SELECT 'own' || (i % 50)::VARCHAR AS c0 FROM range(100) t(i) UNION ALL SELECT 'both'");
    const partner = { path: "", name: "more.csv", key: "id" };
    const joining = { database: watched, work, partner, key: 0, names: ["id"], file: "rows.csv", strict: false };
    const joined = await joinTable(joining, async () => {
      await database.run("CREATE TABLE source AS SELECT 'other' || i::VARCHAR AS c0, i::VARCHAR AS c1 FROM range(300) t(i)");
      await database.run("INSERT INTO source VALUES ('both', '7')");
      return { names: ["id", "n"], rowCount: 301, sha256: "", fileBytes: 0, encoding: "utf-8", warnings: [] };
    });
    expect(joined.warnings).toEqual([
      {
        code: "data.join_unmatched_rows",
        params: { file: "rows.csv", column: "id", partner: "more.csv", count: 100, names: "own0, own1, own10, own11, own12 …" },
      },
      {
        code: "data.join_unused",
        params: { partner: "more.csv", count: 300, names: "other0, other1, other10, other100, other101 …" },
      },
    ]);
    expect(most).toBeLessThan(10);
  } finally {
    database.close();
    rmSync(work, { recursive: true, force: true });
  }
});
