/** A collapsed group has the ports of its layers: with their shapes, and connections begin and end there by mouse. */

import type { Locator, Page } from "@playwright/test";
import { boxOf, connect, dragLayer, expect, node, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

async function drag(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const source = await boxOf(from);
  await page.mouse.move(source.x + source.width / 2, source.y + source.height / 2);
  await page.mouse.down();
  await page.mouse.move((source.x + to.x) / 2, (source.y + to.y) / 2, { steps: 5 });
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}
const middleOf = async (one: Locator): Promise<{ x: number; y: number }> => {
  const box = await boxOf(one);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

test("connections begin and end at the ports of a collapsed group, and on its box where one layer can take them", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 60, 160);
  await dragLayer(page, "Dense", 300, 160);
  await dragLayer(page, "Dense", 520, 160);
  await dragLayer(page, "Output and loss", 760, 160);
  await connect(page, "dense_1", "dense_2");
  await node(page, "dense_1").click();
  await node(page, "dense_2").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  await page.getByRole("button", { name: /^Collapse/ }).click();
  const group = page.locator(".react-flow__node-frame");
  await expect(group.locator(".folded")).toBeVisible();
  const edges = page.locator(".react-flow__edge");
  await expect(edges).toHaveCount(0);
  const input = group.getByRole("img", { name: /^dense_1: input input/ });
  const output = group.getByRole("img", { name: /^dense_2: output output/ });

  // From the port of the group, and onto its box: there is one layer that can take it.
  await drag(page, output, await middleOf(node(page, "output_1").locator(".react-flow__handle.target").first()));
  await expect(edges).toHaveCount(1);
  const undo = page.getByRole("banner").getByRole("button", { name: "Undo" });
  await undo.click();
  await expect(edges).toHaveCount(0);
  await drag(page, node(page, "input_1").locator(".react-flow__handle.source").first(), await middleOf(group));
  await expect(edges).toHaveCount(1);
  await undo.click();
  await expect(edges).toHaveCount(0);

  // At the port, backwards too: an input begins there and ends at the layer before.
  await drag(page, input, await middleOf(node(page, "input_1").locator(".react-flow__handle.source").first()));
  await expect(edges).toHaveCount(1);
  await drag(page, output, await middleOf(node(page, "output_1")));
  await expect(edges).toHaveCount(2);

  // The shapes stand on the box, and the names of ports have them.
  await node(page, "input_1").click();
  await page
    .getByRole("complementary", { name: "Inspector" })
    .getByRole("textbox", { name: /^Shape/ })
    .fill("6");
  await page.keyboard.press("Enter");
  await expect(group.locator(".group-ports span").first()).toHaveText("6");
  await expect(group.locator(".group-ports span").last()).toHaveText("64");
  await expect(group.getByRole("img", { name: "dense_1: input input 6" })).toBeVisible();
  await expectAccessible(page);

  // What cannot be says why, on the box as on a layer: the output feeds nothing.
  await drag(page, output, await middleOf(node(page, "input_1")));
  await expect(edges).toHaveCount(2);

  // Opened, the same connections lead to the layers inside.
  await group.getByRole("button", { name: /^Open/ }).click();
  await expect(edges).toHaveCount(3);
  await expect(page.locator('.react-flow__edge[aria-label="input_1 → dense_1"]')).toHaveCount(1);
  await expect(page.locator('.react-flow__edge[aria-label="dense_2 → output_1"]')).toHaveCount(1);
  expect(complaints).toEqual([]);
});

test("what goes into connections that are drawn as one goes into all of them: dropped there, and by keys", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 60, 160);
  await dragLayer(page, "Dense", 560, 100);
  await dragLayer(page, "Dense", 560, 300);
  await connect(page, "input_1", "dense_1");
  await connect(page, "input_1", "dense_2");
  await node(page, "dense_1").click();
  await node(page, "dense_2").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  await page.keyboard.press("Alt+c");
  const edges = page.locator(".react-flow__edge");
  const names = () => edges.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")).sort());
  await expect(edges).toHaveCount(2);
  const from = await middleOf(node(page, "input_1").locator(".react-flow__handle.source").first());
  const to = await middleOf(page.locator(".react-flow__node-frame .react-flow__handle.target").first());
  const pane = await boxOf(page.locator(".react-flow"));
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  await dragLayer(page, "Dropout", middle.x - pane.x, middle.y - pane.y);
  const through = ["dropout_1 → dense_1", "dropout_1 → dense_2", "input_1 → dropout_1"];
  await expect.poll(names).toEqual(through);
  await page.keyboard.press("Control+z");
  await expect(edges).toHaveCount(2);
  await page.mouse.click(middle.x, middle.y);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dropout");
  await page.keyboard.press("Enter");
  await expect.poll(names).toEqual(through);
});

test("where several layers of a group can take a connection it says which, and a group that takes nothing says so", async ({
  app: { page },
}) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 60, 120);
  await dragLayer(page, "Dense", 300, 120);
  await dragLayer(page, "Dense", 300, 320);
  await node(page, "dense_1").click();
  await node(page, "dense_2").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  await page.getByRole("button", { name: /^Collapse/ }).click();
  const group = page.locator(".react-flow__node-frame");
  const source = node(page, "input_1").locator(".react-flow__handle.source").first();
  const { x, y } = await middleOf(group);
  await drag(page, source, { x: x + 20, y: y + 20 });
  await expect(page.getByText(/Several layers of 'Group 1' can take it: dense_1 \(input\), dense_2 \(input\)/)).toBeVisible();
  await expect(page.locator(".react-flow__edge")).toHaveCount(0);
  await drag(page, source, await middleOf(group.getByRole("img", { name: /^dense_2: input/ })));
  await expect(page.locator(".react-flow__edge")).toHaveCount(1);
});

test("by keys the output or input of a collapsed group is chosen from a list where it has several", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 60, 160);
  await dragLayer(page, "Dense", 300, 60);
  await dragLayer(page, "Dense", 300, 260);
  await dragLayer(page, "Output and loss", 760, 160);
  await node(page, "dense_1").click();
  await node(page, "dense_2").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  await page.getByRole("button", { name: /^Collapse/ }).click();
  const group = page.locator(".react-flow__node-frame");
  await expect(group.locator(".folded")).toBeVisible();
  await group.focus();
  await page.keyboard.press("Enter");

  await page.keyboard.press("c");
  const which = page.getByRole("dialog", { name: /^Which output of/ });
  await expect(which.getByRole("option")).toHaveText([/dense_1 · output/, /dense_2 · output/]);
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Connect dense_2 to…" })).toBeVisible();
  await page.keyboard.type("output_1");
  await page.keyboard.press("Enter");
  const edges = page.locator(".react-flow__edge");
  await expect(edges).toHaveCount(1);
  // The focus is back where the first list was opened.
  await expect(group).toBeFocused();

  await page.keyboard.press("i");
  await expect(page.getByRole("dialog", { name: /^Which input of/ }).getByRole("option")).toHaveCount(2);
  await page.keyboard.type("dense_1");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Connect dense_1 from…" })).toBeVisible();
  await page.keyboard.type("input_1");
  await page.keyboard.press("Enter");
  await expect(edges).toHaveCount(2);

  // Behind it a layer is added in the same way, and what crosses its border is given up by keys.
  await page.keyboard.press("Shift+C");
  await expect(page.getByRole("dialog", { name: /^Which output of/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+X");
  await expect(page.getByRole("dialog", { name: /^Disconnect/ }).getByRole("option")).toHaveText([
    /input_1 → dense_1/,
    /dense_2 → output_1/,
  ]);
  await page.keyboard.press("Enter");
  await expect(edges).toHaveCount(1);
  expect(complaints).toEqual([]);
});
