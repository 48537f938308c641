/** What keys reach: every layer of a large design, groups and notes by search, the design's undo from a number field; and the help card while its page does not come. */
import type { Page } from "@playwright/test";
import { dragLayer, expect, node, openTemplate, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

/** A row of layers, far longer than the window is wide. */
function longRow(count: number): string {
  const ids = Array.from({ length: count }, (_, index) => `n${index + 1}`);
  return JSON.stringify({
    format: "neuroloom-selection",
    format_version: 1,
    nodes: ids.map((id, index) => ({
      id,
      type: "dense",
      name: id,
      config: { units: 4 },
      position: { x: 240 * index, y: 0 },
      shared_with: null,
      bypassed: false,
    })),
    edges: ids
      .slice(1)
      .map((id, index) => ({ id: `e${id}`, source: ids[index] ?? "", source_port: "output", target: id, target_port: "input" })),
    groups: [],
    outside: [],
  });
}

async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+v");
}

test("of more than a hundred layers each is reached by a key, the view and the focus with it", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await paste(page, longRow(130));
  await expect(page.getByRole("contentinfo")).toContainText("130 layers");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "100", exact: false }).filter({ hasText: "%" }).click();
  const focused = page.locator(".react-flow__node:focus");
  await page.keyboard.press("j");
  await expect(focused).toContainText("n1");
  await expect(focused).toBeInViewport();
  for (let press = 0; press < 12; press++) await page.keyboard.press("j");
  await expect(focused.getByText("n13", { exact: true })).toBeVisible();
  await expect(focused).toBeInViewport();
  await expect(page.getByRole("complementary", { name: "Inspector" })).toContainText("n13");
  await page.keyboard.press("k");
  await expect(focused.getByText("n12", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.keyboard.press("k");
  await expect(focused.getByText("n130", { exact: true })).toBeVisible();
  await expect(focused).toBeInViewport();
  expect(complaints).toEqual([]);
});

test("groups and notes are found by name, a chosen group is renamed, and the sheet has every key", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Deep network that does not learn");
  await node(page, "layer_2").click();
  await node(page, "layer_3").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  // All layers of an open group are chosen: the name is the group's.
  await page.keyboard.press("F2");
  const name = page.getByRole("textbox", { name: "Name of the group" });
  await expect(name).toHaveValue("Group 1");
  await page.keyboard.type("Middle part");
  await page.keyboard.press("Enter");
  await expect(page.locator(".group-frame")).toContainText("Middle part");
  await page.keyboard.press("Escape");
  await node(page, "layer_2").click();
  await page.keyboard.press("F2");
  await expect(page.getByRole("textbox", { name: "Name of the layer" })).toHaveValue("layer_2");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.keyboard.type("Look here first");
  await page.locator(".react-flow__pane").click({ position: { x: 20, y: 20 } });

  const chosen = (): Promise<number> => page.locator(".react-flow__node.selected").count();
  await page.keyboard.press("Control+f");
  const search = page.getByRole("dialog", { name: "Find a layer, group or note" });
  await page.keyboard.type("middle");
  await expect(search.getByRole("option")).toHaveCount(1);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect.poll(chosen).toBe(2);
  await page.keyboard.press("Control+f");
  await page.keyboard.type("look here");
  await page.keyboard.press("Enter");
  await expect.poll(chosen).toBe(1);
  await expect(page.locator(".react-flow__node.selected")).toContainText("Look here first");

  await page.keyboard.press("F1");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const row of [/^Next layer, in the order of computing.*J, change$/, /^Layer before.*K, change$/, /^Palette: keep.*\*, change$/])
    await expect(sheet.getByRole("button", { name: row })).toBeVisible();
  await page.keyboard.press("Escape");
  expect(complaints).toEqual([]);
});

test("Enter in the palette takes the best of layers and blocks", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  const search = page.getByRole("complementary", { name: "Layers" }).getByRole("searchbox");
  await search.fill("transformer encoder");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: /Transformer encoder/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await search.fill("dense");
  await page.keyboard.press("Enter");
  await expect(node(page, "dense_1")).toBeVisible();
});

test("undo in a number field takes the design's change back, and first what is no number yet", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Dense", 300, 200);
  await node(page, "dense_1").click();
  const units = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Units", { exact: true });
  await expect(units).toHaveValue("64");
  await units.focus();
  await page.keyboard.press("ArrowUp");
  await expect(units).toHaveValue("65");
  await page.keyboard.press("Control+z");
  await expect(units).toHaveValue("64");
  await expect(node(page, "dense_1")).toBeVisible();
  await page.keyboard.press("Control+y");
  await expect(units).toHaveValue("65");

  await units.fill("128");
  await page.keyboard.type("x");
  await expect(units).toHaveValue("128x");
  await page.keyboard.press("Control+z");
  await expect(units).toHaveValue("128");
  await page.keyboard.press("Control+z");
  await expect(units).toHaveValue("65");
  await expect(units).toBeFocused();
  await expect(node(page, "dense_1")).toContainText("65");
});

test("the help card says that its page does not come, and fetches it when asked again", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Dense", 300, 200);
  let cut = true;
  await page.route(/\/doc-[^/]*\.js|\/katex[^/]*\.js/, (route) => (cut ? route.abort() : route.continue()));
  await node(page, "dense_1").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const card = inspector.locator(".help-card");
  if ((await card.getAttribute("open")) === null) await inspector.getByText("What it does", { exact: true }).click();
  await expect(card.getByRole("alert")).toContainText("could not be fetched");
  cut = false;
  await card.getByRole("button", { name: "Try again" }).click();
  await expect(card).toContainText("Watch out");
  await expect(card.getByRole("alert")).toHaveCount(0);
});

test("the figure of the help card says that it does not come, and is fetched when asked again", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Dense", 300, 200);
  let cut = true;
  await page.route(/\/LayerFigure-[^/]*\.js/, (route) => (cut ? route.abort() : route.continue()));
  await node(page, "dense_1").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const card = inspector.locator(".help-card");
  if ((await card.getAttribute("open")) === null) await inspector.getByText("What it does", { exact: true }).click();
  await expect(card).toContainText("Watch out");
  await expect(card.getByRole("alert")).toContainText("The figure could not be fetched");
  cut = false;
  await card.getByRole("button", { name: "Try again" }).focus();
  await page.keyboard.press("Enter");
  await expect(card.getByRole("region", { name: "What it does" })).toBeVisible();
  await expect(card.getByRole("alert")).toHaveCount(0);
});
