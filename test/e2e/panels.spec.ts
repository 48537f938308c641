/** The designer by hand: into a connection from the list, added by search, joined by keys, zoomed to its ends, panels that keep their size. */
import type { Page } from "@playwright/test";
import { connect, dragLayer, expect, grabLayer, node, test, watchComplaints } from "./app.ts";

const edges = (page: Page) => page.locator(".react-flow__edge");

test("a layer dragged from the list onto a connection goes between its ends", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 130, 120);
  await dragLayer(page, "Output and loss", 640, 120);
  await connect(page, "input_1", "output_1");
  const middle = await edges(page).first().locator("path").first().boundingBox();
  if (middle === null) throw new Error("the connection is drawn");
  const [x, y] = [middle.x + middle.width / 2, middle.y + middle.height / 2];
  // What it would go into is lit while it is over it.
  const lit = page.locator(".react-flow__edge.takes");
  await grabLayer(page, "Dense");
  await page.mouse.move(x, y - 120, { steps: 4 });
  await expect(lit).toHaveCount(0);
  await page.mouse.move(x, y, { steps: 4 });
  // A browser says again and again where something is dragged; here only when it moves.
  await page.mouse.move(x + 1, y);
  await expect(lit).toHaveCount(1);
  await page.mouse.move(x, y - 120, { steps: 4 });
  await expect(lit).toHaveCount(0);
  await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.up();
  await expect(lit).toHaveCount(0);
  await expect(node(page, "dense_1")).toBeVisible();
  await expect(edges(page)).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(node(page, "dense_1")).toHaveCount(0);
  await expect(edges(page)).toHaveCount(1);
  expect(complaints).toEqual([]);
});

test("layers are searched for and added by Ctrl+K, by a double-click and from the list by Enter, and joined with C", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 130, 120);
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dens");
  await page.keyboard.press("Enter");
  await expect(node(page, "dense_1")).toBeVisible();
  await page.locator(".react-flow__pane").dblclick({ position: { x: 600, y: 380 } });
  await page.keyboard.type("drop");
  await page.keyboard.press("Enter");
  await expect(node(page, "dropout_1")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search layers" }).fill("output");
  await page.keyboard.press("Enter");
  await expect(node(page, "output_1")).toBeVisible();

  // What cannot be joined, a mask, has the name too: Enter takes what can.
  const before = await edges(page).count();
  await dragLayer(page, "Output and loss", 640, 120);
  await expect(node(page, "output_2")).toBeVisible();
  await node(page, "dropout_1").click();
  await page.locator(".react-flow").focus();
  await page.keyboard.press("c");
  await page.keyboard.type("output_2");
  await page.keyboard.press("Enter");
  await expect(edges(page)).toHaveCount(before + 1);
  await page.keyboard.press("Control+z");
  await expect(edges(page)).toHaveCount(before);
  expect(complaints).toEqual([]);
});

test("the canvas is zoomed from 5 % to 400 % and no further, by mouse and by keys", async ({ app: { page } }) => {
  await page.getByRole("button", { name: "Exclusive or" }).first().click();
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
  const shown = page.getByRole("button", { name: "Zoom to 100 %" });
  const pane = page.locator(".react-flow__pane");
  const box = await pane.boundingBox();
  if (box === null) throw new Error("the canvas is drawn");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, -500);
  await expect(shown).toHaveText("400 %");
  for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, 500);
  await expect(shown).toHaveText("5 %");
  await shown.click();
  await expect(shown).toHaveText("100 %");
  await page.locator(".react-flow").focus();
  await page.keyboard.press("+");
  await expect(shown).not.toHaveText("100 %");
  await page.keyboard.press("-");
  await expect(shown).toHaveText("100 %");
});

test("panels are made wider by mouse and by keys, within their limits, and keep their size", async ({ app: { page } }) => {
  await page.getByRole("button", { name: "Exclusive or" }).first().click();
  const palette = page.getByRole("complementary", { name: "Layers" });
  const dividers = page.getByRole("separator");
  const width = async (): Promise<number> => Math.round((await palette.boundingBox())?.width ?? 0);
  const edge = page.locator(".divider.palette");
  await expect(dividers).toHaveCount(3);
  const first = await width();
  await edge.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(width).toBe(first + 32);
  const at = await edge.boundingBox();
  if (at === null) throw new Error("the edge between the panels is drawn");
  await page.mouse.move(at.x + at.width / 2, at.y + 200);
  await page.mouse.down();
  await page.mouse.move(at.x + at.width / 2 + 25, at.y + 200, { steps: 3 });
  await page.mouse.up();
  await expect.poll(width).toBe(first + 57);
  await expect(async () => {
    await page.reload();
    await expect(palette).toBeVisible();
    expect(await width()).toBe(first + 57);
  }).toPass();
  await edge.focus();
  for (let press = 0; press < 30; press += 1) await page.keyboard.press("ArrowLeft");
  await expect.poll(width).toBe(160);
});
