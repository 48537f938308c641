/** The job of the first five minutes: a template that does not learn, mended, run again, compared, exported, read back. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readModel } from "../../core/export/json/model-json.ts";
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";
import { saveTo } from "./saving.ts";

test("watches a deep network not learn, mends it, runs it again and sees the one difference", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Deep network that does not learn");
  await page.keyboard.press("Control+Enter");
  const status = page.getByRole("contentinfo");
  await expect(status).toContainText(/done/i);
  // The first thing that the run's verdict offers, before another rate.
  const verdict = page.getByRole("list", { name: "What this run says" });
  await expect(verdict.getByRole("button").first()).toHaveText("Set 8 layers to ReLU");
  await verdict.getByRole("button").first().click();
  await expect(node(page, "layer_4")).toContainText("ReLU");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: /Runs · 2/ })).toBeVisible();
  await expect(status).toContainText(/done/i);
  await page.getByRole("tab", { name: "Compare" }).click();
  const table = page.getByRole("table").filter({ hasText: "activation" });
  await expect(table).toContainText("Sigmoid");
  await expect(table).toContainText("ReLU");
  await expect(table).not.toContainText("batch_size");
  expect(complaints).toEqual([]);
});

test("pauses, goes on, survives a reload in the middle of training, and stops keeping the model", async ({ app: { page } }) => {
  await openTemplate(page, "Exclusive or");
  await page.getByRole("tab", { name: "Training" }).click();
  const inspector = page.getByRole("complementary").last();
  await inspector.getByLabel("Epochs", { exact: true }).fill("1000000");
  await page.keyboard.press("Enter");
  // By hand first: the key begins a run that rests after one batch, the buttons go on by a batch, by an epoch, and slowly.
  await page.keyboard.press("F10");
  const status = page.getByRole("contentinfo");
  await expect(status).toContainText(/paused/i);
  const controls = page.getByRole("group", { name: "Training by hand" });
  const figures = page.locator(".run-figures").first();
  await expect(figures).toContainText(/step 1\b/);
  await controls.getByRole("button", { name: "One batch" }).click();
  await expect(figures).toContainText(/step 2\b/);
  await controls.getByRole("button", { name: "To the end of the epoch" }).click();
  await expect(figures).toContainText(/epoch 1 of .* step 10\b/i);
  await controls.getByRole("combobox", { name: "Pace" }).selectOption({ label: "1 step a second" });
  await expect(controls.getByRole("combobox", { name: "Pace" })).toHaveValue("1");
  await controls.getByRole("combobox", { name: "Pace" }).selectOption({ label: "Full speed" });
  await controls.getByRole("button", { name: /^(Resume|Continue)/ }).click();
  await expect(status).toContainText("Training run 1");
  await page
    .getByRole("button", { name: /^Pause/ })
    .first()
    .click();
  await expect(status).toContainText(/paused/i);
  await page
    .getByRole("button", { name: /^(Resume|Continue)/ })
    .first()
    .click();
  await page.reload();
  await expect(node(page, "hidden")).toBeVisible();
  await expect(page.getByRole("contentinfo")).toContainText(/training|running/i);
  await page.keyboard.press("Control+Alt+Enter");
  await expect(page.getByRole("contentinfo")).toContainText(/stopped/i);
});

test("asked to train again while a run is just starting: the same is said to be starting, a changed one waits behind it", async ({
  app,
}) => {
  const { page } = app;
  await openTemplate(page, "Exclusive or");
  await page.getByRole("tab", { name: "Training" }).click();
  const epochs = page.getByRole("complementary").last().getByLabel("Epochs", { exact: true });
  await epochs.fill("1000000");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("banner")).toContainText("Saved");
  // Nothing answers, as on a machine that is busy with the start of a large run.
  app.hold(true);
  try {
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText(/^This run is just starting/)).toBeVisible();
    await epochs.fill("900000");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
  } finally {
    app.hold(false);
  }
  await expect(page.getByRole("button", { name: /Runs · 2/ })).toBeVisible();
  await expect(page.getByText("“#2” waits in the queue, place 1", { exact: true })).toBeVisible();
  await expect(page.getByRole("contentinfo")).toContainText(/training run 1.* of 1,000,000/i);
});

test("exports the trained model as JSON that is read back and compared, and imports it again", { tag: "@window" }, async ({ app }) => {
  const { page } = app;
  await openTemplate(page, "Softmax regression");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText(/done/i);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog");
  const file = join(app.home, "downloads", "model.json");
  await saveTo(app, file, () => dialog.getByRole("button", { name: "Export model" }).click());
  expect(readModel(readFileSync(file, "utf8")).name).toBe("Softmax regression");
  await expect(dialog).toContainText(/16 rows/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Projects", exact: true }).click();
  await page.locator('input[type="file"]').first().setInputFiles(file);
  await expect(node(page, "species")).toBeVisible();
  await expect(page.getByRole("button", { name: /Runs · 1/ })).toBeVisible();
});

test("a killed app offers to go on with the run it was training", { tag: "@window" }, async ({ app }) => {
  await openTemplate(app.page, "Exclusive or");
  await app.page.getByRole("tab", { name: "Training" }).click();
  await app.page.getByRole("complementary").last().getByLabel("Epochs", { exact: true }).fill("1000000");
  await app.page.keyboard.press("Enter");
  await app.page.keyboard.press("Control+Enter");
  await expect(app.page.getByRole("contentinfo")).toContainText(/epoch [2-9]|epoch \d\d/i);
  const { page } = await app.crashAndReopen();
  await page
    .getByRole("button", { name: /Resume/ })
    .first()
    .click();
  await expect(page.getByRole("contentinfo")).toContainText(/training|running/i);
  await page.keyboard.press("Control+Alt+Enter");
  await expect(page.getByRole("contentinfo")).toContainText(/stopped/i);
});
