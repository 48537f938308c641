/** Options as columns of the run list: chosen by mouse and by keys, sorted and filtered by, in the turned table, in differences only and in the CSV. */
import { readFileSync } from "node:fs";
import { type App, expect, openTemplate, test, watchComplaints } from "./app.ts";

/** A run with this many epochs and this learning rate, set in the inspector. */
async function train({ page }: App, number: number, rate: string): Promise<void> {
  await page.getByRole("tab", { name: "Training" }).click();
  const inspector = page.getByRole("complementary").last();
  await inspector.getByLabel("Epochs", { exact: true }).fill("2");
  await inspector.getByLabel("Learning rate", { exact: true }).fill(rate);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText(`Done run ${number}`, { timeout: 90_000 });
}

test("options in which runs differ are columns: by mouse and by keys, sorted, filtered, turned, saved", async ({ app }) => {
  test.setTimeout(240_000);
  const { page } = app;
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  for (const [place, rate] of ["0.05", "0.2", "0.01"].entries()) await train(app, place + 1, rate);
  await page
    .getByRole("navigation")
    .getByRole("button", { name: /^Runs/ })
    .or(page.getByRole("button", { name: /^Runs ·/ }))
    .first()
    .click();
  const list = page.getByRole("region", { name: /^Runs: arrow keys/ });
  const names = (): Promise<string[]> => list.getByRole("rowheader").allTextContents();
  await expect(list.getByRole("rowheader")).toHaveCount(3);

  // By mouse.
  await page.getByRole("button", { name: "Columns…" }).click();
  const dialog = page.getByRole("dialog", { name: "Options as columns" });
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  await expect(dialog.getByRole("listitem")).toContainText("0.01, 0.05, 0.2");
  await dialog.getByRole("checkbox", { name: /Learning rate/ }).click();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  const head = list.getByRole("columnheader", { name: /Learning rate/ });
  await expect(head).toBeVisible();
  await head.getByRole("button").click();
  await expect.poll(names).toEqual(["#3", "#1", "#2"]);
  await head.getByRole("button").click();
  await expect.poll(names).toEqual(["#2", "#1", "#3"]);

  // A condition of the filter, of the field alone and with its owner.
  const filter = page.getByPlaceholder(/Filter by name/);
  await filter.fill("learning_rate<0.1");
  await expect.poll(names).toEqual(["#1", "#3"]);
  await filter.fill("optimizer.learning_rate=0.2");
  await expect.poll(names).toEqual(["#2"]);
  await filter.fill("");

  // In the file, and in the table turned, where it stays in differences only.
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save this table as CSV" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  expect(text.split("\r\n")[0]).toContain("Learning rate");
  expect(text.split("\r\n")[1]).toMatch(/^#2,.*,0\.2,/);
  await page.getByRole("button", { name: "Runs as columns" }).click();
  await page.getByRole("button", { name: "Differences only" }).click();
  await expect(page.getByRole("row", { name: /Learning rate/ })).toContainText("0.2");
  await page.getByRole("button", { name: "Runs as columns" }).click();
  await page.getByRole("button", { name: "Differences only" }).click();

  // By keys: the dialog opens, letters find, Space takes the column away again, Escape leaves.
  await page.getByRole("button", { name: "Columns (1)…" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("rate");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("checkbox", { name: /Learning rate/ })).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Columns…" })).toBeFocused();
  await expect(head).toHaveCount(0);
  // What sorted by it no longer does.
  await expect.poll(names).toEqual(["#3", "#2", "#1"]);
  expect(complaints).toEqual([]);
});
