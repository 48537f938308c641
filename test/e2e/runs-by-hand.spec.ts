/** Runs by hand: a trained design put back or opened by itself, predictions taken away, and why a training does not begin. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";
import { saveTo } from "./saving.ts";

test("a run's design is put back in the project, which is undone, and opens as a project of its own, which trains", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  const status = page.getByRole("contentinfo");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 1", { timeout: 90_000 });
  const trained = await status.textContent();
  const parameters = /([\d,]+) parameters/.exec(trained ?? "")?.[0] ?? "?";
  await node(page, "hidden").click();
  const inspector = page.getByRole("complementary", { name: /inspector|details/i });
  await inspector.getByLabel("Units", { exact: true }).fill("31");
  await page.keyboard.press("Enter");
  await expect(status).not.toContainText(parameters);

  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  const detail = page.getByRole("complementary", { name: "Run #1" });
  await detail.getByRole("button", { name: "Use its design here" }).click();
  await expect(node(page, "hidden")).toBeVisible();
  await expect(status).toContainText(parameters);
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+z");
  await expect(status).not.toContainText(parameters);
  await node(page, "hidden").click();
  await expect(inspector.getByLabel("Units", { exact: true })).toHaveValue("31");
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+Shift+z");
  await expect(status).toContainText(parameters);

  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  await detail.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Open its design as a new project" }).click();
  await expect(page.getByRole("banner")).toContainText("Exclusive or from #1");
  await expect(status).toContainText(parameters);
  await expect(page.getByRole("button", { name: "Runs", exact: true })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 1", { timeout: 90_000 });
  await page.getByRole("button", { name: "Projects", exact: true }).click();
  await expect(page.getByRole("region", { name: "Recent projects" }).getByRole("listitem")).toHaveCount(2);
  expect(complaints).toEqual([]);
});

test("predictions are saved with the columns that were ticked, row by row in the order of the data", { tag: "@window" }, async ({
  app,
}) => {
  const { page, home } = app;
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1", { timeout: 90_000 });
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("tab", { name: "Predictions" }).click();
  const choice = dialog.getByRole("group", { name: "Columns to carry along" });
  await expect(choice.locator("label")).toHaveCount(5);
  const names = (await choice.locator("label").allTextContents()).map((name) => name.trim());
  // Ticked the other way round: the file keeps the order of the data.
  const [first = "", , , , last = ""] = names;
  await choice.getByLabel(last, { exact: true }).check();
  await choice.getByLabel(first, { exact: true }).check();
  const file = join(home, "saved", "predictions.csv");
  await saveTo(app, file, () => dialog.getByRole("button", { name: "Write predictions" }).click());
  await expect(dialog.getByRole("status")).toContainText("with 150 rows was saved");
  const [header = [], ...rows] = readFileSync(file, "utf8")
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  expect(header.slice(0, 3)).toEqual([first, last, "prediction"]);
  const classes = header.slice(3).map((name) => name.replace("probability_", ""));
  expect(classes).toEqual(["setosa", "versicolor", "virginica"]);
  expect(rows).toHaveLength(150);
  expect(rows[0]?.slice(0, 2)).toEqual(["5.1", "setosa"]);
  expect(rows[149]?.slice(0, 2)).toEqual(["5.9", "virginica"]);
  for (const [, , predicted, ...probabilities] of rows) {
    const values = probabilities.map(Number);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    expect(predicted).toBe(classes[values.indexOf(Math.max(...values))]);
  }
  const right = rows.filter(([, actual, predicted]) => actual === predicted).length;
  expect(right, "a trained model is right far more often than by chance").toBeGreaterThan(110);
  expect(complaints).toEqual([]);
});

test("without data, and with a mistake in the design, no run begins and the window says why and where", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Choose the data to train on first.", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What should the network learn from?" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Runs", exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Projects", exact: true }).click();
  await openTemplate(page, "Exclusive or");
  await page.locator(".react-flow__edge").last().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Delete");
  await page.getByRole("banner").getByRole("button", { name: "Train", exact: true }).click();
  await expect(page.getByText(/^Fix .*Checks tab lists/)).toBeVisible();
  await expect(page.getByRole("tab", { name: /^Checks/ })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("complementary").last()).toContainText(/connected/i);
  await expect(page.getByRole("button", { name: "Runs", exact: true })).toBeVisible();
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1", { timeout: 90_000 });
  expect(complaints).toEqual([]);
});

test("a run that waits says so, is taken out of the queue or discarded without a trace, and a discarded one comes back", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("complementary").last().getByLabel("Epochs", { exact: true }).fill("1000000");
  await page.keyboard.press("Enter");
  const status = page.getByRole("contentinfo");
  for (const run of [1, 2, 3, 4]) {
    await expect(page.getByRole("banner").getByRole("button", { name: "Train", exact: true })).toBeEnabled();
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("button", { name: `Runs · ${run}`, exact: true })).toBeVisible();
    // Pressed while a run is being started it starts no other: the run is listed a moment before it has been started.
    if (run === 1) await expect(status).toContainText("Training run 1");
    else await expect(page.getByText(`“#${run}” waits in the queue`).first()).toBeVisible();
  }
  await status.getByRole("button", { name: "3 waiting" }).click();
  const queue = page.getByRole("dialog", { name: "Queue" });
  // With the keys alone: what is taken out leaves the focus on the next in its place.
  await queue.getByRole("button", { name: "Take out of the queue: #2" }).focus();
  await page.keyboard.press("Enter");
  await expect(queue.getByRole("listitem")).toHaveCount(2);
  await expect(queue.getByRole("button", { name: "Take out of the queue: #3" })).toBeFocused();
  await queue.getByRole("button", { name: "Close" }).click();

  await page.getByRole("button", { name: "Runs · 4", exact: true }).click();
  const row = page.getByRole("rowheader", { name: "#4", exact: true });
  await row.click();
  const detail = page.getByRole("complementary", { name: "Run #4" });
  await expect(detail).toContainText("#4 waits for its turn");
  await expect(detail.getByRole("button", { name: "Take out of the queue" })).toBeVisible();
  await expect(detail.getByRole("button", { name: "Pause" })).toHaveCount(0);
  await detail.getByRole("button", { name: "Stop and discard" }).click();
  await expect(page.getByText("#4 was stopped and discarded.", { exact: true })).toBeVisible();
  await expect(row).toHaveCount(0);
  await expect(detail).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(row).toBeVisible();
  await row.click();
  await expect(detail).toContainText("Stopped");

  await page.keyboard.press("Control+Comma");
  await page.getByRole("dialog").getByLabel("Runs that train side by side").fill("2");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await status.getByRole("button", { name: "2 train side by side" }).click();
  await expect(page.getByRole("row", { name: /#3/ })).toContainText("Training");
  expect(complaints).toEqual([]);
});
