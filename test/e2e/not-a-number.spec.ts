/** "My loss became NaN": the app keeps the run, names the layer and why, proposes a lower rate or clipping, and after one click the next run learns. */
import { expect, openTemplate, test, watchComplaints } from "./app.ts";

test("a loss that became NaN is explained with its layer, and one click makes the next run learn", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Linear regression");
  await page.getByRole("tab", { name: "Training" }).click();
  const inspector = page.getByRole("complementary").last();
  await inspector.getByLabel("Optimizer", { exact: true }).selectOption("sgd");
  await inspector.getByLabel("Learning rate", { exact: true }).fill("3");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  const trouble = page.getByRole("alert").filter({ hasText: "#1" });
  await expect(trouble).toContainText(/Training stopped at step \d+\. The run is kept/);
  const verdicts = page.getByRole("list", { name: "What this run says" });
  await expect(verdicts).toContainText(/became NaN or infinite in epoch \d+, seen first in layer 'output': .*learning rate 3\)/);
  await expect(verdicts.getByRole("button", { name: "Clip the gradients at norm 1" })).toBeVisible();
  await trouble.getByRole("button", { name: "Show layer output" }).click();
  await expect(page.locator(".react-flow__node.selected")).toContainText("output");
  // The layer glows, and says so when it is chosen.
  await expect(page.locator(".layer-node.glow-not_finite")).toHaveCount(1);
  await expect(inspector.getByRole("note")).toContainText("stopped being numbers");
  await verdicts.getByRole("button", { name: "Set the learning rate to 0.3" }).click();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 2");
  await expect(verdicts).not.toContainText("NaN");
  await expect(trouble).toHaveCount(0);
  await expect(page.locator(".layer-node.glow-not_finite")).toHaveCount(0);
  // What one click changed is the one difference, and the second run found the plane.
  await page.getByRole("tab", { name: "Compare" }).click();
  await expect(page.getByRole("row", { name: /learning.rate/i }).first()).toContainText("0.3");
  const fit = page.getByRole("row", { name: /^R².*validation|^R2.*validation/ }).getByRole("cell");
  await expect(fit).toHaveCount(2);
  expect(Number(/0\.\d+/.exec((await fit.allTextContents())[0] ?? "")?.[0])).toBeGreaterThan(0.9);
  expect(complaints).toEqual([]);
});
