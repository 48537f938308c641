/** Work inside a group on the canvas, by keys and by mouse: what is added, copied, repeated and taken out, the crumbs, undo across the border. */
import type { Locator, Page } from "@playwright/test";
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

const layers = (page: Page): Locator => page.locator(".react-flow__node-layer");
const crumbs = (page: Page): Locator => page.getByRole("navigation", { name: "Where you are" });
const toast = (page: Page, text: string | RegExp): Locator => page.locator(".toast").filter({ hasText: text });

/** The template whose layers stand in a row, two of them in a group that is entered; nothing chosen. */
async function enterGroup(page: Page): Promise<void> {
  await openTemplate(page, "Deep network that does not learn");
  await node(page, "layer_2").click();
  await node(page, "layer_3").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  await expect(page.locator(".group-frame")).toBeVisible();
  await page.keyboard.press("e");
  await expect(crumbs(page)).toContainText("2 layers");
  await expect(layers(page)).toHaveCount(2);
}

test("what is copied, pasted, added as a block and repeated inside is there and belongs to the group", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page
    .context()
    .grantPermissions(["clipboard-read", "clipboard-write"])
    .catch(() => undefined);
  await enterGroup(page);
  const chosen = page.locator(".react-flow__node-layer.selected");

  // All of the group: its copies are layers of it, seen and chosen.
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+d");
  await expect(layers(page)).toHaveCount(4);
  await expect(chosen).toHaveCount(2);
  await expect(crumbs(page)).toContainText("4 layers");
  await page.keyboard.press("Control+z");
  await expect(layers(page)).toHaveCount(2);

  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(layers(page)).toHaveCount(4);
  await expect(chosen).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(layers(page)).toHaveCount(2);

  await page.keyboard.press("Control+a");
  await page.keyboard.press("Alt+r");
  await expect(page.getByRole("dialog", { name: /2 layers|layer_2, layer_3/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(layers(page)).toHaveCount(4);
  await expect(crumbs(page)).toContainText("4 layers");
  await page.keyboard.press("Control+z");

  await page.keyboard.press("Escape");
  await page.getByRole("complementary", { name: "Layers" }).getByRole("button", { name: "Transformer encoder" }).click();
  const block = page.getByRole("dialog", { name: "Transformer encoder" });
  await block.getByLabel("Depth", { exact: true }).press("Enter");
  await expect(block).toBeHidden();
  await expect(node(page, "encoder_attention")).toBeVisible();
  await expect(page.locator(".react-flow__node-frame")).toHaveCount(0);
  await expect(crumbs(page)).not.toContainText("2 layers");

  // Undo goes on across the border, and the group that it takes away is left.
  await page.keyboard.press("Control+z");
  await expect(layers(page)).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(crumbs(page)).toHaveCount(0);
  await expect(node(page, "layer_4")).toBeVisible();
  await page.keyboard.press("Control+y");
  await expect(page.locator(".group-frame")).toBeVisible();
  await expect(crumbs(page)).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("nothing is grouped inside; layers are taken out by key and in the menu, and crumbs lead back", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await enterGroup(page);
  await node(page, "layer_2").click();
  await page.keyboard.press("Control+g");
  await expect(toast(page, "Groups do not nest")).toBeVisible();
  await expect(layers(page)).toHaveCount(2);
  await expectAccessible(page);

  await node(page, "layer_2").click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: /^Group/ })).toHaveCount(0);
  await page.getByRole("menuitem", { name: /Take out of the group/ }).click();
  await expect(toast(page, "1 layer now stands outside Group 1.")).toBeVisible();
  await expect(layers(page)).toHaveCount(1);
  await expect(crumbs(page)).toContainText("1 layer");

  // By the crumb: the group is chosen where it lies, and the layer stands beside it.
  await crumbs(page).getByRole("button").first().click();
  await expect(crumbs(page)).toHaveCount(0);
  await expect(node(page, "layer_2")).toBeVisible();
  await expect(page.locator(".react-flow__node-layer.selected")).toHaveCount(1);

  // Chosen with the whole group it is added to it again, and taken out by key.
  await node(page, "layer_2").click({ modifiers: ["Shift"] });
  await node(page, "layer_2").click({ button: "right" });
  await page.getByRole("menuitem", { name: /Add to the group/ }).click();
  await expect(page.locator(".group-frame")).toContainText("Group 1");
  await page.keyboard.press("Alt+c");
  await expect(page.locator(".folded.selected")).toContainText("2 layers");
  await page.keyboard.press("Alt+c");
  await node(page, "layer_4").click();
  await node(page, "layer_2").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+Shift+G");
  await page.keyboard.press("Escape");
  await page.locator(".group-frame > span").dblclick();
  await expect(crumbs(page)).toContainText("1 layer");
  // Escape leads out when nothing is chosen any more.
  await page.keyboard.press("Escape");
  await expect(crumbs(page)).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("a collapsed group is lined up as one box: from inside its layers stand as they did", async ({ app: { page } }) => {
  await enterGroup(page);
  // On the canvas, not on the screen: the view is another one each time.
  const placeOf = async (name: string): Promise<readonly number[]> => {
    const transform = await node(page, name).evaluate((element) => (element as HTMLElement).style.transform);
    return [...transform.matchAll(/-?[\d.]+(?=px)/g)].map(Number);
  };
  const inside = async (): Promise<readonly number[]> => {
    const [one, other] = [await placeOf("layer_2"), await placeOf("layer_3")];
    return one.map((value, axis) => (other[axis] ?? 0) - value);
  };
  const before = await inside();
  expect(before).toHaveLength(2);
  await page.keyboard.press("Shift+E");
  await node(page, "layer_2").click();
  await page.keyboard.press("Alt+c");
  // All of it is chosen, not the one hidden layer.
  await expect(page.locator(".folded.selected")).toBeVisible();
  await node(page, "layer_5").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Alt+a");
  await expect
    .poll(async () => {
      const [box, layer] = [await page.locator(".folded").boundingBox(), await node(page, "layer_5").boundingBox()];
      return Math.abs((box?.x ?? 0) - (layer?.x ?? 1000));
    })
    .toBeLessThan(3);
  await page.keyboard.press("e");
  await expect(layers(page)).toHaveCount(2);
  await expect.poll(inside).toEqual(before);
});

test("a connection at a gate is chosen where it is seen, and let go: then nothing is cut", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await enterGroup(page);
  const edges = page.locator(".react-flow__edge");
  await expect(edges).toHaveCount(3);
  const gate = page.locator('.react-flow__edge[aria-label*="layer_1"]');
  await gate.locator(".react-flow__edge-interaction").click({ force: true });
  await expect(page.locator(".react-flow__edge.selected")).toHaveCount(1);
  const pane = await page.locator(".react-flow__pane").boundingBox();
  await page.mouse.click((pane?.x ?? 0) + (pane?.width ?? 0) / 2, (pane?.y ?? 0) + (pane?.height ?? 0) - 60);
  await expect(page.locator(".react-flow__edge.selected")).toHaveCount(0);
  await page.keyboard.press("Delete");
  await expect(edges).toHaveCount(3);
  await gate.locator(".react-flow__edge-interaction").click({ force: true });
  await page.keyboard.press("Delete");
  await expect(edges).toHaveCount(2);
  expect(complaints).toEqual([]);
});

test("in the list, a group is entered with all of its layers chosen: the row that keeps the focus is chosen", async ({ app: { page } }) => {
  await openTemplate(page, "Deep network that does not learn");
  await page.keyboard.press("Shift+L");
  const rows = page.locator("[data-layer-row]");
  await expect(rows.first()).toBeFocused();
  for (const key of ["ArrowDown", "ArrowDown", "Shift+ArrowDown", "Control+g"]) await page.keyboard.press(key);
  await expect(page.locator("[data-layer-row]:focus")).toHaveAttribute("aria-level", "2");
  await page.keyboard.press("e");
  await expect(rows).toHaveCount(2);
  const reached = page.locator("[data-layer-row]:focus");
  await expect(reached).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Control+Shift+G");
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole("region", { name: "Layers of the design" }).getByRole("status")).toContainText("out of the group");
});
