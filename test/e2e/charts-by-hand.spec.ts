/** Charts by hand: one cursor over all of them by mouse and by keys, and the figures of a run while it trains and afterwards. */
import type { Locator, Page } from "@playwright/test";
import { expect, openTemplate, test, watchComplaints } from "./app.ts";

const charts = (page: Page): Locator => page.getByRole("region", { name: "Charts" }).locator(".metric-chart");

test("one cursor stands in all charts with their values, moved by the mouse and by arrow keys", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1", { timeout: 90_000 });
  await expect(charts(page).nth(1)).toBeVisible();
  const count = await charts(page).count();
  const boxes = charts(page).locator(".cursor-values");
  await expect(boxes).toHaveCount(0);
  const places = async (): Promise<Set<string>> => new Set(await boxes.locator(":scope > .faint").allTextContents());

  const plot = charts(page).first().getByRole("slider");
  const box = await plot.boundingBox();
  if (box === null) throw new Error("the chart is drawn");
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await expect(boxes).toHaveCount(count);
  const [first, ...others] = await places();
  expect(first).toMatch(/^step \d/);
  expect(others, "all charts show the same step").toEqual([]);
  await expect(boxes.first()).toContainText(/validation\s*\d/);
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2);
  await expect.poll(places).not.toEqual(new Set([first]));
  await expect(boxes).toHaveCount(count);
  await page.mouse.move(5, 5);
  await expect(boxes).toHaveCount(0);

  // By keys, from the end: the last value is the one that the chart's description says.
  const second = charts(page).nth(1).getByRole("slider");
  await second.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(boxes).toHaveCount(count);
  const atEnd = await places();
  expect(atEnd.size).toBe(1);
  await page.keyboard.press("ArrowRight");
  await expect.poll(places).not.toEqual(atEnd);
  const said = /validation ([\d.]+)/.exec((await second.getAttribute("aria-label")) ?? "")?.[1];
  await expect(boxes.nth(1)).toContainText(new RegExp(`validation\\s*${said}`));
  for (let press = 0; press < 60; press += 1) await page.keyboard.press("ArrowLeft");
  expect([...(await places())][0]).toBe("step 0");
  await expect(second).toHaveAttribute("aria-valuenow", "0");
  await expect(second).toHaveAttribute("aria-valuetext", /^step 0, .*validation/);
  await page.keyboard.press("Escape");
  await expect(boxes).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("a run's figures stand above the charts while it trains, and afterwards those that still count", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("complementary").last().getByLabel("Epochs", { exact: true }).fill("1000000");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  const line = page.locator(".run-figures");
  const figures = async (): Promise<string> => (await line.locator(".number").getAttribute("title", { timeout: 60_000 })) ?? "";
  const stepOf = async (): Promise<number> => Number(/step ([\d,]+)/.exec(await figures())?.[1]?.replaceAll(",", ""));
  await expect(line).toContainText(/training|running/i, { timeout: 60_000 });
  await expect
    .poll(figures, { timeout: 60_000 })
    .toMatch(/^epoch [\d,]+ of 1,000,000 · step [\d,]+ · learning rate 0\.03\d* · [\d.]+ .+ elapsed · about .+ left · [\d,]+ samples\/s$/);
  const before = await stepOf();
  await expect.poll(stepOf).toBeGreaterThan(before);

  await page.keyboard.press("Control+Alt+Enter");
  await expect(line).toContainText(/stopped/i);
  const after = await figures();
  expect(after).toMatch(/^epoch [\d,]+ of 1,000,000 · step [\d,]+ · [\d.]+ .+ elapsed/);
  expect(after).not.toMatch(/left|samples|learning rate/);
  // The foot of the window says the same.
  const epoch = /epoch ([\d,]+)/.exec(after)?.[1]?.replaceAll(",", "");
  expect((await page.getByRole("contentinfo").textContent())?.replaceAll(",", "")).toContain(`epoch ${epoch}`);
  expect(complaints).toEqual([]);
});
