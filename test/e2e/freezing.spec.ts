/** Freezing a layer by key, menu and inspector: said in words, undone as one act, and the training leaves the weights alone. */
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";

test("a layer is frozen by key and thawed in the inspector; the counts say so, undo takes it back", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  const layer = node(page, "hidden");
  const status = page.getByRole("contentinfo");
  await layer.click();
  const before = await status.textContent();
  await page.keyboard.press("Shift+F");
  await expect(layer).toContainText("frozen");
  await expect(status).toContainText("of them frozen");
  const freeze = page.getByRole("switch", { name: "Freeze the weights" });
  await expect(freeze).toBeChecked();
  await freeze.click();
  await expect(freeze).not.toBeChecked();
  await expect(layer).not.toContainText("frozen");
  expect(await status.textContent()).toBe(before);
  await page.keyboard.press("Control+z");
  await expect(freeze).toBeChecked();
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 1");
  expect(complaints).toEqual([]);
});

test("an activation with weights and averaged weights are chosen in the forms, and train", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  const inspector = page.getByRole("complementary", { name: /inspector|details/i });
  await node(page, "hidden").click();
  await inspector.getByLabel("Activation", { exact: true }).selectOption("relu_sum");
  await inspector.getByLabel("Pieces", { exact: true }).fill("3");
  await inspector.getByLabel("Activation weights", { exact: true }).selectOption("one");
  await inspector.getByRole("button", { name: /More/ }).click();
  await inspector.getByLabel("Constraint", { exact: true }).selectOption("max_norm");
  await inspector.getByLabel("Longest norm", { exact: true }).fill("1.5");
  await inspector.getByRole("tab", { name: /Training/ }).click();
  await inspector.getByRole("button", { name: /More/ }).last().click();
  await inspector.getByRole("switch", { name: "Average the weights" }).click();
  await expect(inspector.getByLabel("Momentum of the average", { exact: true })).toHaveValue("0.99");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  expect(complaints).toEqual([]);
});
