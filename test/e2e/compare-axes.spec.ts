/** Parallel coordinates of compared runs, by keys: which options and figures have an axis. */
import { expect, openTemplate, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

test("axes of the parallel coordinates are ticked one by one, and proposed again", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  for (const run of ["1", "2"]) {
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("contentinfo")).toContainText(`Done run ${run}`);
  }
  await page.getByRole("tab", { name: "Compare" }).click();
  await page.getByRole("button", { name: "Full screen" }).click();
  await page.getByText("Explore: scatter").click();
  await page.getByRole("button", { name: "Parallel coordinates" }).click();
  // The same design twice.
  await expect(page.getByText("No option tells these runs apart")).toBeVisible();
  const axes = page.getByRole("button", { name: /^Axes \(/ });
  await axes.focus();
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: "Options and figures with an axis" });
  await list.getByRole("checkbox", { name: "AUC, validation" }).focus();
  await page.keyboard.press("Space");
  const drawn = page.getByRole("region", { name: "Every run as a line through its options" });
  await expect(drawn).toContainText("AUC, validation");
  await expect(axes).toHaveText("Axes (1 of 12)");
  await expectAccessible(page);
  await list.getByRole("button", { name: "As proposed" }).click();
  await expect(axes).toHaveText("Axes (0 of 12)");
  await page.keyboard.press("Escape");
  await expect(axes).toBeFocused();
  expect(complaints).toEqual([]);
});
