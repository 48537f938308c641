/** Which figures have a curve, by hand: ticked in the training options, drawn when the network trains, and taken back with undo. */
import { expect, openTemplate, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

test("log loss and an area are drawn once they are ticked, and what is not ticked is not", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await page.getByRole("tab", { name: "Training" }).click();
  const curves = page.getByRole("button", { name: /^Curves/ });
  await expect(curves).toContainText("the usual ones");
  await curves.focus();
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: "Curves" });
  const figure = (name: RegExp | string) => list.getByRole("checkbox", { name });
  await expect(figure("Accuracy")).toBeChecked();
  await expect(figure("Log loss")).not.toBeChecked();
  await figure("Log loss").focus();
  await page.keyboard.press("Space");
  await figure(/^AUC, mean over classes/).check();
  await figure("Accuracy").uncheck();
  await figure("F1, mean over classes").uncheck();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(curves).toContainText("2 chosen");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  const charts = page.locator(".chart-grid");
  await expect(charts.getByText("Log loss")).toBeVisible();
  await expect(charts.getByText(/^AUC, mean/)).toBeVisible();
  await expect(charts.getByText("Accuracy")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(curves).not.toContainText("2 chosen");
  // With nothing ticked nothing is drawn but the loss, and the last one that is unticked does not tick the usual ones again.
  await curves.click();
  const ticked = list.getByRole("checkbox", { checked: true });
  while ((await ticked.count()) > 0) await ticked.first().click();
  await page.keyboard.press("Escape");
  await expect(curves).toContainText("none but the loss");
  expect(complaints).toEqual([]);
});
