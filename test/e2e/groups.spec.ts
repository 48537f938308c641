/** Groups of runs and the queue by hand: folds by one click, a sweep put together by mouse and looked at by key, a queue reordered, a crash in the middle. */
import { type App, expect, node, openTemplate, test, watchComplaints } from "./app.ts";

const LONG = 240_000;

async function setEpochs({ page }: App, epochs: number): Promise<void> {
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("complementary").last().getByLabel("Epochs", { exact: true }).fill(String(epochs));
  await page.keyboard.press("Enter");
}

const menu = async ({ page }: App, entry: string | RegExp): Promise<void> => {
  await page.getByRole("banner").getByRole("button", { name: "Folds, seeds, bagging, sweeps" }).click();
  await page.getByRole("menuitem", { name: entry }).click();
};

test("folds by one click: the mean and deviation of five, in one row of the run list that opens", async ({ app }) => {
  test.setTimeout(LONG);
  const { page } = app;
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await setEpochs(app, 5);
  await menu(app, "5-fold cross-validation");
  await expect(page.getByText("5 of 5 runs ended").first()).toBeVisible({ timeout: 120_000 });
  const figures = page.getByRole("region", { name: "Mean and deviation" });
  await expect(figures.getByRole("row").nth(1)).toContainText("±");
  await page.getByRole("button", { name: "To the run list" }).click();
  const row = page.getByRole("row", { name: /5 folds/ });
  await expect(row).toContainText("×");
  await expect(row).toContainText("±");
  await expect(page.getByRole("rowheader", { name: "#3" })).toHaveCount(0);
  await page.getByRole("region", { name: "List of runs" }).or(page.locator(".run-table-scroll")).first().focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("rowheader", { name: "#3" })).toBeVisible();
  await page.keyboard.press("Space");
  await page.getByRole("main").getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("region", { name: "Groups among the chosen runs" })).toContainText("5 folds (5)");
  expect(complaints).toEqual([]);
});

test("a sweep from the inspector: its settings over their seeds, its table, its lines brushed by key, and what matters", async ({
  app,
}) => {
  test.setTimeout(LONG);
  const { page } = app;
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  await setEpochs(app, 3);
  await node(page, "hidden").click();
  const inspector = page.getByRole("complementary").last();
  await inspector.getByRole("tab").first().click();
  await inspector.getByText("Units", { exact: true }).hover();
  await inspector.getByRole("button", { name: /Sweep over “Units”/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Search").selectOption("grid");
  await dialog.getByLabel("hidden: Units: Points").fill("3");
  await dialog.getByLabel("Options").selectOption({ label: "Learning rate" });
  await dialog.getByLabel("Optimizer: Learning rate: Points").fill("2");
  await dialog.getByLabel("Seeds each").fill("2");
  await expect(dialog).toContainText("6 settings × 2 seeds = 12 runs of 3 epochs");
  await dialog.getByRole("button", { name: "Start 12 runs" }).click();
  await expect(page.getByText("12 of 12 runs ended").first()).toBeVisible({ timeout: 150_000 });
  const settings = page.getByRole("region", { name: "Settings over their seeds" });
  const ranked = settings.getByRole("row");
  // The title, and the first five of six.
  await expect(ranked).toHaveCount(6);
  const means: number[] = [];
  for (const place of [1, 2, 3, 4, 5]) {
    await expect(ranked.nth(place)).toContainText("±");
    const [mean = ""] = /[\d.]+(?= ±)/.exec((await ranked.nth(place).textContent()) ?? "") ?? [];
    means.push(Number(mean));
  }
  expect(means).toEqual(means.toSorted((a, b) => a - b));
  await expect(settings.getByRole("status")).toContainText(/The first is better|may be as good/);
  const best = settings.getByRole("button").first();
  const run = (await best.textContent()) ?? "";
  await best.click();
  const detail = page.getByRole("complementary", { name: new RegExp(`${run}$`) });
  await expect(detail).toBeVisible();
  await detail.getByRole("button", { name: "Close the panel" }).click();
  const table = page.getByRole("table", { name: "Runs of the group" });
  await expect(table.getByRole("row")).toHaveCount(13);
  await expect(table.getByRole("columnheader", { name: "hidden: Units" })).toBeVisible();
  const lines = page.getByRole("region", { name: "Every run as a line" });
  await expect(lines).toContainText("12 of 12 runs lie in the stretches");
  const axis = lines.getByRole("slider", { name: "hidden: Units" });
  await axis.focus();
  await page.keyboard.press("ArrowUp");
  await expect(lines).not.toContainText("12 of 12 runs");
  await page.keyboard.press("Escape");
  await expect(lines).toContainText("12 of 12 runs");
  const box = await axis.boundingBox();
  if (box === null) throw new Error("the axis is not drawn");
  await page.mouse.move(box.x + box.width / 2, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await expect(lines).not.toContainText("12 of 12 runs");
  await expect(page.getByRole("region", { name: "What matters" }).getByRole("meter").first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a run started while another trains waits, can be moved and taken out, and outlives a crash", async ({ app }) => {
  test.setTimeout(LONG);
  const { page } = app;
  await openTemplate(page, "Exclusive or");
  await setEpochs(app, 1_000_000);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Training run 1");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("1 waiting");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("contentinfo").getByRole("button", { name: "2 waiting" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("listitem").first()).toContainText("#2");
  await dialog.getByRole("button", { name: "Earlier: #3" }).click();
  await expect(dialog.getByRole("listitem").first()).toContainText("#3");
  await dialog.getByRole("button", { name: "Take out of the queue: #2" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  const { page: again } = await app.crashAndReopen();
  await again
    .getByRole("button", { name: /Exclusive or/ })
    .first()
    .click();
  await expect(again.getByRole("contentinfo")).toContainText("Training run 3", { timeout: 60_000 });
});

test("a run goes on from the weights of another and names it", async ({ app }) => {
  test.setTimeout(LONG);
  const { page } = app;
  await openTemplate(page, "Exclusive or");
  await setEpochs(app, 4);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText(/Done run 1/, { timeout: 60_000 });
  await node(page, "hidden").click();
  await page.getByRole("tab", { name: "Layer" }).click();
  await page.getByRole("complementary").last().getByLabel("Units", { exact: true }).fill("12");
  await page.keyboard.press("Enter");
  await menu(app, "Continue from a run…");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Weights")).toContainText("of the trained model");
  // More units change both the layer's own weights and those of the layer after it.
  await expect(dialog).toContainText("Keep their weights: none.");
  await expect(dialog).toContainText("Begin fresh: hidden, class.");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+z");
  await menu(app, "Continue from a run…");
  await expect(dialog).toContainText("Keep their weights: hidden, class.");
  await expect(dialog).toContainText("Begin fresh: none.");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("contentinfo")).toContainText(/Done run 2/, { timeout: 60_000 });
  await page.getByRole("banner").getByRole("button", { name: /^Runs/ }).click();
  await page.getByRole("rowheader", { name: "#2" }).click();
  await expect(page.getByRole("complementary").last()).toContainText("Continued from");
});
