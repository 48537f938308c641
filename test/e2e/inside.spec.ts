/** A layer looked into by hand: the one that is selected, by mouse and by keys, at the end and at an earlier epoch, for a row that was searched for. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";
import { axeOf } from "./axe.ts";

test("the units of a layer are looked at, back to the first epoch, and row by row", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  // Led by hand first: by key and by button, a batch and to the end of an epoch; then at full speed.
  const header = page.locator(".run-figures");
  await page.keyboard.press("F10");
  await expect(header).toContainText("step 1 ·");
  await page.keyboard.press("F10");
  await expect(header).toContainText("step 2 ·");
  const byHand = page.getByRole("group", { name: "Training by hand" });
  await byHand.getByRole("button", { name: "One batch" }).click();
  await expect(header).toContainText("step 3 ·");
  await byHand.getByRole("button", { name: "To the end of the epoch" }).click();
  await expect(header).not.toContainText("step 3 ·");
  await expect(header).toContainText("Paused");
  await page.keyboard.press("Control+F8");
  await expect(byHand.getByRole("combobox", { name: "Pace" })).toHaveValue("2");
  await page.keyboard.press("Control+F8");
  await expect(byHand.getByRole("combobox", { name: "Pace" })).toHaveValue("full");
  await byHand.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  await page.getByRole("button", { name: "Epochs", exact: true }).click();
  await page.getByRole("slider", { name: "Epoch shown" }).focus();
  await page.keyboard.press("Home");
  await seriousOf(page, ".look-back");
  await page.getByRole("button", { name: "Epochs", exact: true }).click();
  await page.getByRole("tab", { name: "Look inside" }).click();
  await node(page, "hidden").click();
  const tab = page.getByRole("region", { name: "Look inside" });
  const layer = tab.getByRole("combobox", { name: "Layer" });
  await expect(layer.locator("option:checked")).toHaveText("hidden");
  const units = tab.getByRole("toolbar", { name: "All of them by Unit" });
  await expect(units.getByRole("button")).toHaveCount(8);
  await units.getByRole("button").first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab.getByRole("heading", { name: "Unit 2" })).toBeVisible();
  const map = tab.getByRole("group", { name: "Unit 2" });
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab.getByText(/^x2 .+, x1 .+: -?[\d.e-]+$/)).toBeVisible();
  const trained = await units.getByRole("button").nth(1).getAttribute("aria-label");
  await tab.getByRole("slider", { name: "Epoch shown" }).focus();
  await page.keyboard.press("Home");
  await expect(units.getByRole("button").nth(1)).not.toHaveAttribute("aria-label", trained ?? "");
  await tab.getByRole("combobox", { name: "View" }).selectOption({ label: "Activations" });
  const bars = tab.getByRole("list", { name: "Activations" });
  await expect(bars.getByRole("listitem")).toHaveCount(8);
  const first = await bars.textContent();
  await tab.getByRole("button", { name: "Find a row in a list" }).click();
  await tab.getByRole("list", { name: "Rows" }).getByRole("button").nth(6).click();
  await expect(tab.getByRole("spinbutton", { name: "Row of the data" })).toHaveValue("7");
  await expect.poll(() => bars.textContent()).not.toBe(first);
  await seriousOf(page, ".inside-tab");
  // A second run waits after its first step: stopped and discarded by button and by key, and brought back both times.
  await page.locator(".react-flow").focus();
  await page.keyboard.press("F10");
  await expect(header).toContainText("step 1 ·");
  const said = page.locator(".toast").filter({ hasText: "was stopped and discarded" });
  const runs = page.getByRole("banner").getByRole("button", { name: /^Runs/ });
  await page.getByRole("banner").getByRole("button", { name: "Stop and discard" }).click();
  await said.getByRole("button", { name: "Undo" }).click();
  await expect(runs).toHaveText(/2/);
  await page.keyboard.press("F10");
  await expect(header).toContainText("step 1 ·");
  await page.keyboard.press("Control+Shift+Enter");
  await said.getByRole("button", { name: "Undo" }).click();
  await expect(runs).toHaveText(/3/);
  // The table and every point of a run's curves as CSV.
  await runs.click();
  const [table] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save this table as CSV" }).click()]);
  expect(
    readFileSync((await table.path()) ?? "", "utf8")
      .trim()
      .split("\n"),
  ).toHaveLength(4);
  await page.getByRole("rowheader", { name: "#1" }).click();
  await page.getByRole("complementary").last().getByRole("button", { name: "More", exact: true }).click();
  const points = page.getByRole("menuitem", { name: "Save all points of its curves (CSV)" });
  const [curves] = await Promise.all([page.waitForEvent("download"), points.click()]);
  expect(readFileSync((await curves.path()) ?? "", "utf8")).toMatch(/\n.*val_loss/);
  expect(complaints).toEqual([]);
});

async function seriousOf(page: Page, part: string): Promise<void> {
  const { violations } = await axeOf(page).include(part).withTags(["wcag2a", "wcag2aa"]).analyze();
  expect(
    violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => [id, nodes[0]?.html]),
  ).toEqual([]);
}
