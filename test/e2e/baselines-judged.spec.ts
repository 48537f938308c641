/** A baseline is judged like a network: on other data from its page, by mouse and by keys, and its report has all that its evaluation shows. */
import { readFileSync } from "node:fs";
import { expect, openTemplate, test, watchComplaints } from "./app.ts";

test("a baseline on other data, and its report", async ({ app: { page } }) => {
  test.setTimeout(120_000);
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await page.getByRole("button", { name: /^Runs/ }).first().click();
  await page.getByRole("button", { name: "Baselines" }).click();
  const forest = page.getByRole("row", { name: /Random forest/ });
  await expect(forest).toContainText("Done", { timeout: 60_000 });
  await forest.getByRole("rowheader").click();
  await page
    .getByRole("tab", { name: "Evaluation" })
    .or(page.getByText("Evaluation", { exact: true }))
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Confusion matrix" })).toBeVisible();

  // The rows behind a cell, by keys.
  await page.locator(".confusion-cell").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".examples-table tbody tr").first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("heading", { name: "By the values of a column" })).toBeVisible();

  // By keys: the rows, then the data set.
  const rows = page.getByRole("combobox", { name: "Rows" });
  await rows.focus();
  await page.keyboard.press("End");
  const other = page.getByRole("combobox", { name: "Data set" });
  await expect(other).toBeVisible();
  await other.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByText("150 rows", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "Confusion matrix" })).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Report", exact: true }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  expect(text).toContain("<h2>Evaluation, validation rows</h2>");
  expect(text.match(/<figure class="unit">/g)).toHaveLength(7);
  await expect(page.getByRole("button", { name: "Report", exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});
