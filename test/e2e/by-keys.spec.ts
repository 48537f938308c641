/** Acts on chosen layers by keys alone, each taken back; and a run that fails, which names the layer and shows it. */
import type { Page } from "@playwright/test";
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";

const nodes = (page: Page) => page.locator(".react-flow__node");

/** Where the document has the node. */
const place = (page: Page, name: string): Promise<string> =>
  node(page, name).evaluate((element) => (element.closest(".react-flow__node") as HTMLElement).style.transform);

test("chosen layers are duplicated, renamed, bypassed, moved, arranged, found and deleted by keys, and all of it is taken back", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Deep network that does not learn");
  const canvas = page.locator(".react-flow");
  const before = await nodes(page).count();
  await node(page, "layer_3").click();
  await canvas.focus();
  await page.keyboard.press("Control+d");
  await expect(nodes(page)).toHaveCount(before + 1);
  await page.keyboard.press("Control+z");
  await expect(nodes(page)).toHaveCount(before);

  await node(page, "layer_3").click();
  await canvas.focus();
  await page.keyboard.press("F2");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("middle");
  await page.keyboard.press("Enter");
  await expect(node(page, "middle")).toBeVisible();
  await canvas.focus();
  await page.keyboard.press("Control+b");
  await expect(page.locator(".layer-node.bypassed")).toContainText("middle");
  await page.keyboard.press("Control+b");
  await expect(page.locator(".layer-node.bypassed")).toHaveCount(0);

  const placed = await place(page, "middle");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => place(page, "middle")).not.toBe(placed);
  await page.keyboard.press("Shift+A");
  await expect.poll(() => place(page, "middle")).not.toBe(placed);
  await page.keyboard.press("Control+f");
  await page.keyboard.type("layer_7");
  await page.keyboard.press("Enter");
  await expect(page.locator(".react-flow__node.selected")).toContainText("layer_7");
  await canvas.focus();
  await page.keyboard.press("Delete");
  await expect(nodes(page)).toHaveCount(before - 1);

  const undo = page.getByRole("banner").getByRole("button", { name: "Undo" });
  await expect(async () => {
    await undo.click({ timeout: 500 });
    await expect(undo).toBeDisabled({ timeout: 200 });
  }).toPass();
  await expect(nodes(page)).toHaveCount(before);
  await expect(node(page, "layer_3")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a box drawn with Shift chooses the layers in it", async ({ app: { page } }) => {
  await openTemplate(page, "Exclusive or");
  const box = await page.locator(".react-flow__pane").boundingBox();
  if (box === null) throw new Error("the canvas is drawn");
  await page.keyboard.down("Shift");
  await page.mouse.move(box.x + 15, box.y + 15);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 170, box.y + box.height - 70, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  expect(await page.locator(".react-flow__node.selected").count()).toBeGreaterThanOrEqual(2);
});

test("a run whose numbers grow beyond bounds is kept, says why, and shows the layer where it began", async ({ app: { page } }) => {
  await openTemplate(page, "Linear regression");
  await page.getByRole("tab", { name: "Training" }).click();
  const inspector = page.getByRole("complementary").last();
  await inspector.getByLabel("Optimizer", { exact: true }).selectOption("sgd");
  await inspector.getByLabel("Learning rate", { exact: true }).fill("50");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  const trouble = page.getByRole("alert").filter({ hasText: "run 1" }).or(page.locator(".run-trouble.bad"));
  await expect(trouble.first()).toBeVisible({ timeout: 60_000 });
  await expect(trouble.first()).toContainText("Training stopped");
  await expect(page.getByRole("list", { name: "What this run says" })).toContainText(/NaN or infinite/);
  await page.locator(".run-trouble.bad").getByRole("button", { name: /^Show/ }).click();
  await expect(page.locator(".react-flow__node.selected")).toHaveCount(1);
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await expect(page.getByRole("table").first()).toContainText(/failed/i);
});
