/** A run's evaluation by hand: trained, opened beside the list of runs, and the figures are those of the run. */
import { expect, openTemplate, test, watchComplaints } from "./app.ts";

test("shows where a trained classifier is wrong", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText(/done/i);
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  const detail = page.getByRole("complementary", { name: "Run #1" });
  const accuracy = await detail
    .getByRole("row", { name: /^Accuracy/ })
    .getByRole("cell")
    .first()
    .textContent();
  await detail.getByRole("tab", { name: "Evaluation" }).click();
  await expect(detail.locator(".evaluation-figures").first()).toContainText(`Accuracy${accuracy}`);
  const matrix = detail.getByRole("table").filter({ hasText: "Each line is a true class" });
  // Of twenty figures the chief ones stand before it, so that its cells are in sight in the smallest window.
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect(matrix.getByRole("row").last()).toBeInViewport({ ratio: 1 });
  await expect(detail.getByText("Log loss")).toBeHidden();
  await detail.getByText(/more figures$/).click();
  await expect(detail.getByText("Log loss")).toBeVisible();
  await expect(matrix.getByRole("row")).toHaveCount(4);
  await expect(detail.getByRole("img", { name: /ROC, area/ })).toBeVisible();
  await expect(detail.getByRole("img", { name: /Calibration/ })).toBeVisible();
  const examples = detail.getByRole("region", { name: "Worst predictions first" });
  await expect(examples.getByRole("row").nth(1)).toBeVisible();
  const cell = matrix.locator("td.wrong button, td.right button").first();
  const count = Number(await cell.textContent());
  await cell.click();
  await expect(detail.locator(".examples tbody tr")).toHaveCount(Math.min(50, count));
  await detail.getByRole("button", { name: "All rows" }).click();
  await expect(examples).toBeVisible();
  await detail.getByLabel("Rows", { exact: true }).selectOption("training");
  await expect(detail.locator(".run-evaluation")).toContainText("112 rows");
  const rows = examples.getByRole("table").locator("tbody tr");
  await expect(rows).toHaveCount(50);
  await examples.getByRole("button", { name: "Show 112 of 112 rows" }).click();
  await expect(rows).toHaveCount(112);
  await expect(examples.getByText("112 of 112 rows")).toBeVisible();
  await expect(examples.getByRole("button", { name: /^Show \d/ })).toHaveCount(0);
  const sticksOut = await detail.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(sticksOut, "only the tables may be wider than the panel, and scroll").toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
});

test("a dearer miss moves the threshold until fewer are missed", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Network that learns by heart");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  await page.getByRole("tab", { name: "Evaluation" }).click();
  const threshold = page.getByRole("region", { name: /^Threshold for/ });
  const figure = async (name: string): Promise<number> =>
    Number.parseFloat((await threshold.locator(".threshold-point div", { hasText: name }).first().locator("dd").textContent()) ?? "");
  await threshold.getByLabel("Aim").selectOption("Least cost");
  const missed = await figure("Missed");
  expect(missed).toBeGreaterThan(0);
  await threshold.getByLabel("Cost of a miss").fill("50");
  await expect.poll(() => figure("Missed")).toBeLessThan(missed);
  // Each kind of error with its own cost.
  const fewer = await figure("Missed");
  await expect(threshold.locator(".threshold-point")).toContainText(`${fewer} · cost ${50 * fewer}`);
  // By keys the slider goes its own way, and every rate follows.
  const before = await figure("Threshold");
  await threshold.getByRole("slider", { name: "Threshold" }).focus();
  await page.keyboard.press("Home");
  await expect(threshold.locator(".threshold-point")).toContainText("> 1");
  await page.keyboard.press("End");
  await expect.poll(() => figure("Threshold")).toBeLessThanOrEqual(before);
  await threshold.getByLabel("Across").selectOption("Recall (true positive rate)");
  await threshold.getByLabel("Up").selectOption("Precision");
  await expect(threshold.getByRole("img", { name: /Precision against Recall/ })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a row is left out and another labelled anew from where the run was wrong, and undo takes it back", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText(/done/i);
  // From the charts straight to it.
  await page.getByRole("button", { name: "Evaluate #1" }).click();
  const detail = page.getByRole("complementary", { name: "Run #1" });
  const examples = detail.getByRole("region", { name: "Worst predictions first" });
  await examples
    .getByRole("button", { name: /Leave row/ })
    .first()
    .click();
  await examples.getByRole("combobox").nth(1).selectOption({ index: 1 });
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await page.getByRole("tab", { name: /Rows/ }).click();
  const chosen = page.getByRole("region", { name: "Rows chosen by hand" });
  await expect(chosen).toContainText("rows left out 1, labels put right 1");
  await chosen.getByRole("button", { name: "Show" }).click();
  await expect(chosen.getByRole("listitem")).toHaveCount(2);
  await chosen
    .getByRole("button", { name: /Take back/ })
    .first()
    .click();
  await expect(chosen).toContainText("rows left out 0, labels put right 1");
  await page.keyboard.press("Control+z");
  await expect(chosen).toContainText("rows left out 1, labels put right 1");
  expect(complaints).toEqual([]);
});
