/** Which values are tried as dates at all: what is told of them is tested with the import (import-file.test.ts). */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findDateForms } from "./date-forms.ts";
import { openDatabase } from "./duckdb.ts";
import { findMonthsAndNumbers } from "./months-and-numbers.ts";

it("tens of thousands of names with numbers in them take no time: none begins as a date does", async () => {
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-dates-"));
  const database = await openDatabase(folder);
  try {
    await database.run(
      "CREATE TABLE counts AS SELECT 0 AS place, 'name ' || i AS value, 1::DOUBLE AS n, i::DOUBLE AS first_row, NULL::DOUBLE AS number FROM range(50000) t(i)",
    );
    await database.run("INSERT INTO counts VALUES (1, '2 Jan 2015', 1, 0, NULL), (1, '13 JAN 2016', 1, 1, NULL)");
    // One that looks like a date among names that do not, and streets with numbers.
    await database.run("INSERT INTO counts VALUES (0, 'May 12', 1, 50000, NULL), (0, 'Mark 12', 1, 50001, NULL)");
    await database.run(
      "INSERT INTO counts SELECT 2, i || ' High St, N' || i % 20 || ' 4AB', 1, i, NULL FROM range(50000) t(i) UNION ALL SELECT 3, '12 Maybury Road ' || i, 1, i, NULL FROM range(50000) t(i)",
    );
    const start = performance.now();
    const forms = await findDateForms(database);
    expect(performance.now() - start).toBeLessThan(4000);
    expect([...forms.keys()].sort()).toEqual([0, 1]);
    expect(forms.get(1)?.dates).toBe(2);
    expect(forms.get(0)?.firsts.map(({ value }) => value)).toEqual(["name 0"]);
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

it("codes of letters and numbers are not tried as months beside numbers", async () => {
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-dates-"));
  const database = await openDatabase(folder);
  try {
    await database.run(
      "CREATE TABLE counts AS SELECT 0 AS place, translate(lpad(i::VARCHAR, 6, '0'), '0123456789', 'ABCDEFGHIK') || '-' || (10 + i % 90) AS value, 1::DOUBLE AS n, i::DOUBLE AS first_row, NULL::DOUBLE AS number FROM range(100000) t(i)",
    );
    await database.run("INSERT INTO counts VALUES (1, 'SEPTEMBER-15', 1, 0, NULL), (1, 'may-32', 1, 1, NULL)");
    const start = performance.now();
    const found = await findMonthsAndNumbers(database);
    expect(performance.now() - start).toBeLessThan(1500);
    expect([...found.keys()]).toEqual([1]);
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
