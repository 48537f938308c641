/** The learning-rate range test by hand: asked for, watched, a rate chosen by key, used, and taken back with one undo. */
import { expect, openTemplate, test, watchComplaints } from "./app.ts";

test("finds a learning rate, uses it with the keyboard, and takes it back", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  await page.getByRole("tab", { name: "Training" }).click();
  const inspector = page.getByRole("complementary").last();
  const field = inspector.getByLabel("Learning rate", { exact: true });
  const before = await field.inputValue();
  await inspector.getByRole("button", { name: /Find a learning rate/ }).click();
  const dialog = page.getByRole("dialog", { name: "Learning-rate range test" });
  await expect(dialog.getByRole("status")).toContainText(/All rates were tried|grew beyond use/);
  await expect(dialog.getByRole("img", { name: /Loss over learning rate/ })).toBeVisible();
  const slider = dialog.getByRole("slider", { name: "Rate to use" });
  await slider.focus();
  await slider.press("Home");
  for (let i = 0; i < 30; i++) await slider.press("ArrowRight");
  const words = (await slider.getAttribute("aria-valuetext")) ?? "";
  const rate = /rate ([^,]+),/.exec(words)?.[1] ?? "none";
  await expect(dialog.getByRole("button", { name: `Use this rate: ${rate}` })).toBeEnabled();
  await slider.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(field).toHaveValue(rate);
  await page.keyboard.press("Control+z");
  await expect(field).toHaveValue(before);
  // Nothing was kept.
  await expect(page.getByRole("button", { name: /Runs · / })).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("leaves a range test in the middle, and starts another", async ({ app: { page } }) => {
  await openTemplate(page, "Handwritten digits");
  await page.getByRole("tab", { name: "Training" }).click();
  const inspector = page.getByRole("complementary").last();
  await inspector.getByRole("button", { name: /Find a learning rate/ }).click();
  const dialog = page.getByRole("dialog", { name: "Learning-rate range test" });
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await inspector.getByRole("button", { name: /Find a learning rate/ }).click();
  await expect(dialog.getByRole("status")).toContainText(/proposed|fastest/);
});
