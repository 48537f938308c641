/** What a run of a series says step by step, and what several runs say together: by hand, and held against axe in light and dark. */
import type { Page } from "@playwright/test";
import { expect, openTemplate, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

test("a forecast is drawn beside the series, and is read point by point by keys", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openTemplate(page, "Forecast of a series");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1", { timeout: 90_000 });
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  const detail = page.getByRole("complementary", { name: "Run #1" });
  await detail.getByRole("tab", { name: "Curve" }).click();
  const cursor = detail.getByRole("slider", { name: "Point that is read" });
  await expect(cursor).toBeVisible({ timeout: 30_000 });
  const told = await cursor.getAttribute("aria-valuetext");
  await cursor.focus();
  await page.keyboard.press("ArrowRight");
  await expect(cursor).not.toHaveAttribute("aria-valuetext", told ?? "");
  await expectAccessible(page);
  await inTheDark(page);
  expect(complaints).toEqual([]);
});

test("two runs are combined, and the page says what that gains", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openTemplate(page, "Softmax regression");
  const status = page.getByRole("contentinfo");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 1", { timeout: 90_000 });
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByLabel("Seed", { exact: true }).fill("7");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 2", { timeout: 90_000 });
  await page.getByRole("button", { name: /Runs · 2/ }).click();
  for (const name of ["#1", "#2"])
    await page
      .getByRole("row", { name: new RegExp(name) })
      .getByRole("checkbox")
      .check();
  await page.getByRole("button", { name: "Combine" }).click();
  await page.getByRole("menuitem", { name: "Average of what they say" }).click();
  const detail = page.getByRole("complementary", { name: /^Run / });
  await expect(detail).toBeVisible({ timeout: 30_000 });
  await detail.getByRole("tab", { name: "Ensemble" }).click();
  await expect(detail.getByRole("heading", { name: "How much the members differ" })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await inTheDark(page);
  expect(complaints).toEqual([]);
});

async function inTheDark(page: Page): Promise<void> {
  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("button", { name: /深色/ }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(page);
}
