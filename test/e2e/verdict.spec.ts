/**
 * "It overfits": the first run says so with its numbers and proposes dropout and early stopping. Dropout alone, a second run: better, and it
 * still says so. Early stopping as well, a third run: it says so no more, and it is the best of the three. By mouse.
 */
import { expect, test, watchComplaints } from "./app.ts";

test("a run that over-fits says so, and what it proposes makes the next ones better, one remedy after the other", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: "Network that learns by heart" }).click();
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
  const status = page.getByRole("contentinfo");
  const train = page.getByRole("banner").getByRole("button", { name: "Train", exact: true });
  const verdicts = page.getByRole("list", { name: "What this run says" });
  const overFitted = /Over-fitted: after epoch \d+ the validation loss rose from 0\.\d+ to \d+\.\d+/;
  const dropout = verdicts.getByRole("button", { name: "Insert dropout after hidden_2" });
  const stopEarly = verdicts.getByRole("button", { name: "Stop when 5 epochs bring nothing" });
  const more = verdicts.getByRole("button", { name: /^(More|\d+ more)$/ });

  await train.click();
  await expect(status).toContainText("Done run 1");
  await expect(verdicts).toContainText(overFitted);
  // A low dock has room for the gravest; the rest is a click away.
  await more.click();
  await expect(stopEarly).toBeVisible();
  await dropout.click();
  await expect(page.locator(".react-flow__node")).toHaveCount(6);
  await expect(dropout).toHaveCount(0);

  await train.click();
  await expect(status).toContainText("Done run 2");
  await expect(verdicts).toContainText(overFitted);
  await more.click();
  await stopEarly.click();
  await expect(stopEarly).toHaveCount(0);
  await page.getByRole("tab", { name: "Compare" }).click();
  // The two newest: dropout alone is better than nothing.
  const losses = page.getByRole("row", { name: /^Loss, validation/ }).getByRole("cell");
  const twoNewest = async (): Promise<readonly number[]> => {
    await expect(losses).toHaveCount(2);
    return (await losses.allTextContents()).map((text) => Number(/\d+\.\d+/.exec(text)?.[0]));
  };
  const [second = 0, first = 0] = await twoNewest();
  expect(second).toBeLessThan(first);

  await page.getByRole("tab", { name: "Charts" }).click();
  await train.click();
  await expect(status).toContainText("Done run 3");
  await expect(verdicts).toBeVisible();
  await expect(verdicts).not.toContainText("Over-fitted");
  await page.getByRole("tab", { name: "Compare" }).click();
  await expect(page.getByRole("columnheader", { name: "#3" })).toBeVisible();
  const [third = 0, again = 0] = await twoNewest();
  expect(again).toBe(second);
  expect(third).toBeLessThan(second);
  // One undo each: the acts came from the verdict, but they are acts like any other.
  const undo = page.getByRole("banner").getByRole("button", { name: "Undo" });
  await undo.click();
  await undo.click();
  await expect(page.locator(".react-flow__node")).toHaveCount(5);
  expect(complaints).toEqual([]);
});
