/** The ways to move the view: each moves what is seen and none the design; and pasting with and without the links that came in. */
import type { Locator, Page } from "@playwright/test";
import { connect, dragLayer, expect, node, openTemplate, test, watchComplaints } from "./app.ts";

const view = (page: Page): Promise<string> =>
  page.locator(".react-flow__viewport").evaluate((element) => (element as HTMLElement).style.transform);

/** Where the document has its layers. */
const design = (page: Page): Promise<string[]> =>
  page
    .locator(".react-flow__node")
    .evaluateAll((nodes) => nodes.map((found) => `${found.textContent} ${(found as HTMLElement).style.transform}`));

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(shown: Locator): Promise<Box> {
  const box = await shown.boundingBox();
  if (box === null) throw new Error("nothing is shown");
  return box;
}

async function drag(page: Page, from: { readonly x: number; readonly y: number }, button: "left" | "middle"): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button });
  await page.mouse.move(from.x - 40, from.y + 30, { steps: 3 });
  await page.mouse.move(from.x - 90, from.y + 60, { steps: 3 });
  await page.mouse.up({ button });
}

test("Space and a drag, the middle button, a drag on empty canvas and the wheel move the view and not the design", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  const undo = page.getByRole("banner").getByRole("button", { name: "Undo" });
  await expect(undo).toBeDisabled();
  const drawn = await design(page);
  const canvas = (await page.locator(".react-flow__pane").boundingBox()) as Box;
  const layer = (await node(page, "hidden").boundingBox()) as Box;
  const empty = { x: canvas.x + canvas.width / 2, y: canvas.y + 24 };
  const onLayer = async (): Promise<{ x: number; y: number }> => {
    const box = (await node(page, "hidden").boundingBox()) as Box;
    return { x: box.x + box.width / 2, y: box.y + 14 };
  };
  expect(empty.y).toBeLessThan(layer.y);

  const ways: readonly (readonly [string, () => Promise<void>])[] = [
    ["a drag on empty canvas", () => drag(page, empty, "left")],
    ["the middle button on empty canvas", () => drag(page, empty, "middle")],
    ["the middle button on a layer", async () => drag(page, await onLayer(), "middle")],
    [
      "Space and a drag on empty canvas",
      async () => {
        await page.keyboard.down(" ");
        await drag(page, empty, "left");
        await page.keyboard.up(" ");
      },
    ],
    [
      "Space and a drag on a layer",
      async () => {
        await page.keyboard.down(" ");
        await drag(page, await onLayer(), "left");
        await page.keyboard.up(" ");
      },
    ],
    [
      "the wheel",
      async () => {
        await page.mouse.move(empty.x, empty.y);
        await page.mouse.wheel(0, 240);
      },
    ],
  ];
  for (const [name, way] of ways) {
    const before = await view(page);
    await way();
    await expect.poll(() => view(page), `${name} moves the view`).not.toBe(before);
    expect(await design(page), `${name} leaves the design`).toEqual(drawn);
    await expect(undo, `${name} is no act`).toBeDisabled();
    await page.getByRole("button", { name: "Fit", exact: true }).click();
  }
  expect(complaints).toEqual([]);
});

test("Space and a drag keep what is chosen; Space by itself chooses when it is let go", async ({ app: { page } }) => {
  await openTemplate(page, "Exclusive or");
  const chosen = page.locator(".react-flow__node.selected");
  await node(page, "hidden").click();
  await node(page, "output").click({ modifiers: ["Shift"] });
  await expect(chosen).toHaveCount(2);
  const canvas = (await page.locator(".react-flow__pane").boundingBox()) as Box;
  await page.keyboard.down(" ");
  await drag(page, { x: canvas.x + canvas.width / 2, y: canvas.y + 24 }, "left");
  await page.keyboard.up(" ");
  await expect(chosen).toHaveCount(2);
  await node(page, "output").focus();
  await page.keyboard.press(" ");
  await expect(chosen).toHaveCount(1);
});

test("Space that was let go elsewhere chooses nothing later", async ({ app: { page } }) => {
  await openTemplate(page, "Exclusive or");
  const chosen = page.locator(".react-flow__node.selected");
  const press = async (leave: () => Promise<unknown>): Promise<void> => {
    await page.keyboard.press("Escape");
    await expect(chosen).toHaveCount(0);
    await node(page, "hidden").focus();
    await page.keyboard.down(" ");
    await leave();
    await page.keyboard.up(" ");
    await expect(chosen).toHaveCount(0);
  };
  await press(() => page.evaluate(() => window.dispatchEvent(new Event("blur"))));
  await press(() => page.getByRole("searchbox").first().focus());
});

test("a key that is held copies once", async ({ app: { page } }) => {
  await openTemplate(page, "Exclusive or");
  const nodes = page.locator(".react-flow__node");
  const count = await nodes.count();
  await node(page, "hidden").click();
  await page.keyboard.down("Control");
  for (let times = 0; times < 4; times++) await page.keyboard.down("d");
  await page.keyboard.up("d");
  await page.keyboard.up("Control");
  await expect(nodes).toHaveCount(count + 1);
});

test("zooming and deleting go on while their key is held", async ({ app: { page } }) => {
  await openTemplate(page, "Exclusive or");
  const scale = async (): Promise<number> => Number(/scale\(([\d.]+)\)/.exec(await view(page))?.[1]);
  for (const [key, way] of [
    ["-", -1],
    ["+", 1],
  ] as const) {
    for (let times = 0; times < 3; times++) {
      const before = await scale();
      await page.keyboard.down(key);
      await expect.poll(async () => Math.sign((await scale()) - before), `${key} ${times}`).toBe(way);
    }
    await page.keyboard.up(key);
  }
  const nodes = page.locator(".react-flow__node");
  const count = await nodes.count();
  await node(page, "hidden").click();
  await page.keyboard.down("Delete");
  await expect(nodes).toHaveCount(count - 1);
  await node(page, "output").click();
  await page.keyboard.down("Delete");
  await expect(nodes).toHaveCount(count - 2);
  await page.keyboard.up("Delete");
});

test("Ctrl+V pastes a layer alone, Ctrl+Shift+V with the connections that led to it", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 130, 120);
  await dragLayer(page, "Dense", 420, 120);
  await connect(page, "input_1", "dense_1");
  const edges = page.locator(".react-flow__edge");
  await node(page, "dense_1").click();
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(node(page, "dense_2")).toBeVisible();
  await expect(edges).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(node(page, "dense_2")).toHaveCount(0);
  await page.keyboard.press("Control+Shift+v");
  await expect(node(page, "dense_2")).toBeVisible();
  await expect(edges).toHaveCount(2);
  const ends = await edges.evaluateAll((found) => found.map((edge) => edge.getAttribute("aria-label")));
  expect(new Set(ends).size, "two connections, not one twice").toBe(2);
  await page.keyboard.press("Control+z");
  await expect(node(page, "dense_2")).toHaveCount(0);
  await expect(edges).toHaveCount(1);
  expect(complaints).toEqual([]);
});

test("arrows move the view where nothing is chosen, and what Tab comes to is brought into view", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Deep network that does not learn");
  const first = page.locator(".react-flow__node").first();
  await page.locator(".react-flow").focus();
  const before = await boxOf(first);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  await expect.poll(async () => Math.round((await boxOf(first)).x - before.x)).toBe(-60);
  await expect.poll(async () => Math.round((await boxOf(first)).y - before.y)).toBe(-300);
  for (let press = 0; press < 4; press++) await page.keyboard.press("Shift+ArrowDown");
  await expect(first).not.toBeInViewport();
  await first.focus();
  await page.keyboard.press("Tab");
  await expect(page.locator(".react-flow__node:focus-visible")).toHaveCount(1);
  await expect(page.locator(".react-flow__node:focus-visible")).toBeInViewport();
  // The layer that is chosen is moved as before, and the view stays.
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Undo" })).toBeEnabled();
  expect(complaints).toEqual([]);
});
