/** "It overfits": the verdict says so with its numbers, dropout and early stopping go in with a click each, and the next run does better. */
import { expect, test, watchComplaints } from "./app.ts";

test("a run that over-fits says so, and what it proposes makes the next one better", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: "Network that learns by heart" }).click();
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
  const status = page.getByRole("contentinfo");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 1");
  const verdicts = page.getByRole("list", { name: "What this run says" });
  await expect(verdicts).toContainText(/Over-fitted: after epoch \d+ the validation loss rose from 0\.\d+ to 0\.\d+/);
  await verdicts.getByRole("button", { name: "Insert dropout after hidden_2" }).click();
  await expect(page.locator(".react-flow__node")).toHaveCount(6);
  await verdicts.getByRole("button", { name: "Stop when 5 epochs bring nothing" }).click();
  await expect(verdicts.getByRole("button")).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 2");
  await expect(verdicts).not.toContainText("Over-fitted");
  // One undo each: the acts came from the verdict, but they are acts like any other.
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect(page.locator(".react-flow__node")).toHaveCount(5);
  await page.getByRole("tab", { name: "Compare" }).click();
  const losses = page.getByRole("row", { name: /^Loss, validation/ }).getByRole("cell");
  await expect(losses).toHaveCount(2);
  const [second, first] = (await losses.allTextContents()).map((text) => Number(/\d+\.\d+/.exec(text)?.[0]));
  expect(second).toBeLessThan(first ?? 0);
  expect(complaints).toEqual([]);
});
