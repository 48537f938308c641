/** A run that is resumed goes on with the curve that it had: after a pause and a reload, and after the app was killed. */
import type { Page } from "@playwright/test";
import { expect, openTemplate, test } from "./app.ts";
import { type DrawnPoint, drawnPoints } from "./curve-points.ts";

/** Seconds an epoch on a slow machine and tenths on a fast one: the line has every epoch, none is thinned away. */
const TEMPLATE = "Digits, by convolution";
const EPOCHS = 400;

async function begin(page: Page): Promise<void> {
  await openTemplate(page, TEMPLATE);
  await page.getByRole("tab", { name: "Training" }).click();
  const inspector = page.getByRole("complementary").last();
  await inspector.getByLabel("Epochs", { exact: true }).fill(String(EPOCHS));
  await page.keyboard.press("Enter");
  const early = inspector.getByRole("switch", { name: /early/i }).first();
  if (await early.isChecked()) await early.click();
  await page.keyboard.press("Control+Enter");
}

/** The validation losses, by epoch. */
async function losses(page: Page): Promise<ReadonlyMap<number, number>> {
  const chart = page.getByRole("region", { name: "Charts" }).locator(".metric-chart").first();
  if (!(await chart.isVisible())) return new Map();
  // While a run is read anew its training line may stand alone for a moment.
  const parts = await chart.locator("svg.plot-lines g > path").evaluateAll((paths) => paths.map((path) => path.getAttribute("data-part")));
  const line = parts.indexOf("validation");
  const points = line < 0 ? [] : await drawnPoints(chart, line);
  return new Map(points.map(({ x, y }: DrawnPoint) => [Math.round(x), y]));
}

/** Draws the charts over epochs, so that a point is a whole number. */
async function overEpochs(page: Page): Promise<void> {
  await page.getByLabel("Horizontal axis").selectOption("epoch");
}

/** Every point of before stands where it stood, as far as pixels tell. */
function keeps(after: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>): boolean {
  const values = [...before.values(), ...after.values()];
  const pixels = (Math.max(...values) - Math.min(...values)) / 40;
  return [...before].every(([epoch, loss]) => Math.abs((after.get(epoch) ?? Number.POSITIVE_INFINITY) - loss) <= pixels);
}

async function growsWithoutLosing(page: Page, before: ReadonlyMap<number, number>): Promise<void> {
  await expect.poll(async () => (await losses(page)).size, { timeout: 90_000 }).toBeGreaterThan(before.size + 1);
  const after = await losses(page);
  expect(keeps(after, before), `${JSON.stringify([...before])} is the beginning of ${JSON.stringify([...after])}`).toBe(true);
}

test("paused, reloaded and resumed, a run draws on at the curve that it had", async ({ app: { page } }) => {
  await begin(page);
  await expect(page.locator(".metric-chart").first()).toBeVisible({ timeout: 60_000 });
  await overEpochs(page);
  await expect.poll(async () => (await losses(page)).size, { timeout: 90_000 }).toBeGreaterThanOrEqual(3);
  await page
    .getByRole("button", { name: /^Pause/ })
    .first()
    .click();
  const status = page.getByRole("contentinfo");
  await expect(status).toContainText(/paused/i);
  const paused = await losses(page);
  expect(paused.has(1)).toBe(true);

  await page.reload();
  await expect(status).toContainText(/paused/i);
  await expect.poll(async () => (await losses(page)).size).toBe(paused.size);
  expect(keeps(await losses(page), paused)).toBe(true);
  await page
    .getByRole("button", { name: /^(Resume|Continue)/ })
    .first()
    .click();
  await growsWithoutLosing(page, paused);
  await page.keyboard.press("Control+Alt+Enter");
  await expect(status).toContainText(/stopped/i);
});

test("resumed after the app was killed, a run's curve holds what it held before", async ({ app }) => {
  await begin(app.page);
  await expect(app.page.locator(".metric-chart").first()).toBeVisible({ timeout: 60_000 });
  await overEpochs(app.page);
  await expect.poll(async () => (await losses(app.page)).size, { timeout: 90_000 }).toBeGreaterThanOrEqual(3);
  const before = await losses(app.page);
  const { page } = await app.crashAndReopen();
  await page
    .getByRole("button", { name: /Resume/ })
    .first()
    .click();
  await expect(page.locator(".metric-chart").first()).toBeVisible({ timeout: 60_000 });
  // What came after the last checkpoint is trained again, to the same bits.
  await growsWithoutLosing(page, before);
  await page.keyboard.press("Control+Alt+Enter");
  await expect(page.getByRole("contentinfo")).toContainText(/stopped/i);
});
