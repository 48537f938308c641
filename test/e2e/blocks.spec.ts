/** Blocks by hand: chosen in the palette by mouse and by key, wired to what is chosen, dropped on an edge, undone as one act. */
import type { Page } from "@playwright/test";
import { connect, dragLayer, expect, node, openTemplate, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

test("puts a transformer encoder behind the chosen layer, as layers in a group, and takes it away as one act", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 120, 120);
  const inspector = page.getByRole("complementary", { name: /inspector|details/i });
  await node(page, "input_1").click();
  await inspector.getByRole("textbox", { name: "Shape" }).fill("5, 8");
  await page.keyboard.press("Enter");
  await expect(node(page, "input_1")).toContainText("8");

  const palette = page.getByRole("complementary", { name: "Layers" });
  await palette.getByRole("button", { name: "Transformer encoder" }).click();
  const dialog = page.getByRole("dialog", { name: "Transformer encoder" });
  // The width of what comes in is filled in; nothing has to be counted by hand.
  await expect(dialog.getByLabel("Width", { exact: true })).toHaveValue("8");
  await dialog.getByLabel("Depth", { exact: true }).fill("2");
  await dialog.getByLabel("Heads", { exact: true }).fill("2");
  await dialog.getByLabel("Heads", { exact: true }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(node(page, "encoder_attention")).toBeVisible();
  await expect(node(page, "encoder_feed_norm")).toContainText("16");
  await expect(page.getByText("Transformer encoder 2", { exact: true })).toBeVisible();
  // Each is an ordinary layer: it can be chosen and changed.
  await page.locator(".react-flow__pane").click({ position: { x: 300, y: 480 } });
  await node(page, "encoder_feed_inner").click();
  await expect(inspector.getByLabel("Units", { exact: true })).toHaveValue("256");

  await page.keyboard.press("Control+z");
  await expect(page.locator(".react-flow__node").filter({ hasText: "encoder" })).toHaveCount(0);
  await expect(node(page, "input_1")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("finds a block by search and Enter, and puts one that is dropped on an edge into it", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 100, 300);
  await dragLayer(page, "Dense", 640, 300);
  await connect(page, "input_1", "dense_1");
  const palette = page.getByRole("complementary", { name: "Layers" });
  await palette.getByRole("searchbox").fill("MCAN");
  await palette.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("dialog", { name: "Co-attention (MCAN)" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // The second time the dialog's code is there already: the same Enter does not send it off.
  await palette.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("dialog", { name: "Co-attention (MCAN)" })).toBeVisible();
  await expect(page.locator(".react-flow__edge")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await palette.getByRole("searchbox").fill("");

  // The search over the canvas knows blocks as well.
  await page.locator(".react-flow__pane").click({ position: { x: 300, y: 480 } });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("guided attention (GA");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Guided attention (GA)" })).toBeVisible();
  await page.keyboard.press("Escape");

  const edge = page.locator(".react-flow__edge-path").first();
  const box = await edge.boundingBox();
  if (box === null) throw new Error("the edge is not on the screen");
  await palette.getByRole("button", { name: "Self-attention (SA)" }).scrollIntoViewIfNeeded();
  const pane = await page.locator(".react-flow").boundingBox();
  if (pane === null) throw new Error("the canvas is not on the screen");
  await palette
    .getByRole("button", { name: "Self-attention (SA)" })
    .dragTo(page.locator(".react-flow"), { targetPosition: { x: box.x + box.width / 2 - pane.x, y: box.y + box.height / 2 - pane.y } });
  const dialog = page.getByRole("dialog", { name: "Self-attention (SA)" });
  await dialog.getByRole("button", { name: /Add \d+ layers/ }).click();
  // 11 layers and two edges in the place of one.
  await expect(node(page, "sa_self")).toBeVisible();
  await page.getByRole("button", { name: /undo/i }).first().click();
  await expect(page.locator(".react-flow__edge")).toHaveCount(1);
});

test("a group on the canvas is repeated four times in a row, and taken back as one act; one that gives another shape says why not", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await groupDropoutAndHidden(page);
  const count = await page.locator(".layer-node").count();
  const edges = await page.locator(".react-flow__edge").count();
  await page.keyboard.press("Alt+r");
  const dialog = page.getByRole("dialog", { name: /^Repeat/ });
  await dialog.getByLabel("Times in a row").fill("4");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add 6 layers" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator(".layer-node")).toHaveCount(count + 6);
  await expect(page.locator(".react-flow__edge")).toHaveCount(edges + 6);
  await expect(page.getByText("Group 4", { exact: true })).toBeVisible();
  await expect(page.locator(".problem-bubble.error")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(page.locator(".layer-node")).toHaveCount(count);
  await expect(page.locator(".react-flow__edge")).toHaveCount(edges);

  await page.keyboard.press("Escape");
  await node(page, "output").click();
  await page.keyboard.press("Alt+r");
  await expect(dialog.getByRole("alert")).toContainText("begins or ends");
  await expect(dialog.getByRole("button", { name: /^Add/ })).toBeDisabled();
  expect(complaints).toEqual([]);
});

test("layers over the fold of a drawing are a group that is seen when it is collapsed, and a block that stands three times in another project", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await groupDropoutAndHidden(page);
  await page.keyboard.press("Alt+b");
  const saving = page.getByRole("dialog");
  await saving.getByRole("textbox").first().fill("Rest and learn");
  await saving.getByRole("checkbox").first().check();
  await expectAccessible(page);
  await saving.getByRole("button", { name: "Save block" }).click();
  await expect(saving).toHaveCount(0);
  await page.keyboard.press("Alt+c");
  const [box, first] = [await page.locator(".react-flow__node-frame").boundingBox(), await node(page, "pixels").boundingBox()];
  if (box === null || first === null) throw new Error("the group or the layer has no box");
  expect(box.y, "the group lies over no other layer").toBeGreaterThan(first.y + first.height);

  await page.getByRole("button", { name: "Neuroloom, all projects" }).click();
  await openTemplate(page, "Exclusive or");
  await node(page, "hidden").click();
  await page.getByRole("complementary", { name: "Layers" }).getByRole("button", { name: "Rest and learn", exact: true }).click();
  const adding = page.getByRole("dialog", { name: "Rest and learn" });
  await adding.getByLabel("Times in a row").fill("3");
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Add 6 layers" }).click();
  await expect(page.locator(".layer-node")).toHaveCount(10);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(page.locator(".layer-node")).toHaveCount(4);
  expect(complaints).toEqual([]);
});

/** Handwritten digits with two of its layers in a group, which is chosen. */
async function groupDropoutAndHidden(page: Page): Promise<void> {
  await openTemplate(page, "Handwritten digits");
  await node(page, "dropout_1").click();
  await node(page, "hidden_2").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
}
