/** Which values are tried as dates at all: what is told of them is tested with the import (import-file.test.ts). */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findDateForms } from "./date-forms.ts";
import { openDatabase } from "./duckdb.ts";

it("tens of thousands of names with numbers in them take no time: none begins as a date does", async () => {
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-dates-"));
  const database = await openDatabase(folder);
  try {
    await database.run(
      "CREATE TABLE counts AS SELECT 0 AS place, 'name ' || i AS value, 1::DOUBLE AS n, i::DOUBLE AS first_row, NULL::DOUBLE AS number FROM range(50000) t(i)",
    );
    await database.run("INSERT INTO counts VALUES (1, '2 Jan 2015', 1, 0, NULL), (1, '13 JAN 2016', 1, 1, NULL)");
    const start = performance.now();
    const forms = await findDateForms(database);
    expect(performance.now() - start).toBeLessThan(4000);
    expect([...forms.keys()]).toEqual([1]);
    expect(forms.get(1)?.dates).toBe(2);
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
