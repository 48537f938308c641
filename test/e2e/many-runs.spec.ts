/** A list of a thousand runs: whatever its length, the page holds as many rows as are seen, and keys and wheel reach both ends. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, openTemplate, test, watchComplaints } from "./app.ts";

const RUNS = 1000;

/** Copies of the run that was trained, as if it had been trained again and again; the app reads them at its next start. */
function multiply(home: string): void {
  const library = new DatabaseSync(join(home, "library.sqlite"));
  const columns = library
    .prepare("PRAGMA table_info(runs)")
    .all()
    .map(({ name }) => String(name));
  const changed = new Map([
    ["id", "id || '-' || CAST(?1 AS INTEGER)"],
    ["number", "CAST(?1 AS INTEGER)"],
    ["name", "'run ' || CAST(?1 AS INTEGER)"],
    ["created_at", "created_at + CAST(?1 AS INTEGER)"],
  ]);
  const values = columns.map((name) => changed.get(name) ?? name).join(", ");
  const copy = library.prepare(`INSERT INTO runs (${columns.join(", ")}) SELECT ${values} FROM runs WHERE number = 1`);
  library.exec("BEGIN");
  for (let number = 2; number <= RUNS; number += 1) copy.run(number);
  library.exec("COMMIT");
  library.close();
}

test("of a thousand runs the page holds those that are seen, at the top, in the middle and at the end", async ({ app }) => {
  await openTemplate(app.page, "Exclusive or");
  await app.page.keyboard.press("Control+Enter");
  await expect(app.page.getByRole("contentinfo")).toContainText("Done run 1", { timeout: 90_000 });
  multiply(app.home);
  const { page } = await app.crashAndReopen();
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: "Open project Exclusive or" }).click();
  const open = page.getByRole("button", { name: /Runs · 1,?000/ });
  await expect(open).toBeVisible();
  const begun = performance.now();
  await open.click();
  const list = page.getByRole("region", { name: /^Runs: arrow keys/ });
  await expect(list.getByRole("rowheader", { name: "run 1000", exact: true })).toBeVisible();
  console.log(`runs: a list of ${RUNS} opened in ${Math.round(performance.now() - begun)} ms`);
  const table = list.getByRole("table");
  await expect(table).toHaveAttribute("aria-rowcount", String(RUNS + 1));
  const room = (await list.boundingBox())?.height ?? 0;
  const rows = list.getByRole("rowheader");
  // Rows are 30 pixels high; eight more at either end are drawn ahead.
  const most = Math.ceil(room / 30) + 16 + 1;
  expect(await rows.count()).toBeLessThanOrEqual(most);

  await list.hover();
  for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, 700);
  await expect(list.getByRole("rowheader", { name: "run 1000", exact: true })).toHaveCount(0);
  await expect(rows.first()).toBeAttached();
  expect(await rows.count()).toBeLessThanOrEqual(most);
  await list.focus();
  await page.keyboard.press("End");
  await expect(list.getByRole("rowheader", { name: "#1", exact: true })).toBeVisible();
  expect(await rows.count()).toBeLessThanOrEqual(most);
  // From the end of a long list a filter leads to what it finds, though that is more than a screen of rows.
  const filter = page.getByPlaceholder(/Filter by name/);
  await filter.fill("run 9");
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeGreaterThan(10);
  await filter.fill("");
  await list.focus();
  await page.keyboard.press("Home");
  await expect(list.getByRole("rowheader", { name: "run 1000", exact: true })).toBeVisible();
  // 77, 177 … 977 and 770 to 779.
  await filter.fill("run 77");
  await expect(rows).toHaveCount(19);
  expect(complaints).toEqual([]);
});
