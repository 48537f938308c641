/** What of the design is in view: all of it, also when the room changes, until the person looks elsewhere by hand. */
import type { Page } from "@playwright/test";
import { viewAtRest } from "../bench/page-times.ts";
import { expect, openTemplate, test } from "./app.ts";

/** Layers that lie, even in part, outside of the canvas or under the controls at its lower left. */
async function hiddenLayers(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.querySelector(".canvas")?.getBoundingClientRect() as DOMRect;
    const controls = document.querySelector(".canvas-controls")?.getBoundingClientRect() as DOMRect;
    return [...document.querySelectorAll(".react-flow__node")]
      .filter((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        const outside = left < room.left || right > room.right || top < room.top || bottom > room.bottom;
        return outside || (left < controls.right && right > controls.left && bottom > controls.top && top < controls.bottom);
      })
      .map((node) => node.textContent ?? "");
  });
}

const viewOf = (page: Page): Promise<string> =>
  page.locator(".react-flow__viewport").evaluate((element) => (element as HTMLElement).style.transform);

async function open(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Deep network that does not learn" }).click();
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
}

test("all layers stay in view when training opens the dock and when the window changes its size", async ({ app: { page } }) => {
  await open(page);
  await expect.poll(() => hiddenLayers(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect.poll(() => hiddenLayers(page)).toEqual([]);
  await page.getByRole("button", { name: "Hide the panel below" }).click();
  await expect.poll(() => hiddenLayers(page)).toEqual([]);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  await expect.poll(() => hiddenLayers(page)).toEqual([]);
  // The layers have grown by their signals, and still none is below the buttons.
  const controls = await page.locator(".canvas-controls").boundingBox();
  const lowest = async (): Promise<number> =>
    Math.max(...(await page.locator(".react-flow__node").evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().bottom))));
  await expect(page.locator(".signal-strip").first()).toBeVisible();
  await expect.poll(lowest).toBeLessThanOrEqual(controls?.y ?? 0);
  const small = await viewOf(page);
  await page.setViewportSize({ width: 2560, height: 1440 });
  await expect.poll(() => viewOf(page)).not.toBe(small);
  await expect.poll(() => hiddenLayers(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect.poll(() => hiddenLayers(page)).toEqual([]);
});

test("a view that was moved by hand is left alone when the room changes, and fitting it again keeps it fitted", async ({
  app: { page },
}) => {
  await open(page);
  await expect.poll(() => hiddenLayers(page)).toEqual([]);
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(() => hiddenLayers(page)).not.toEqual([]);
  const moved = await viewOf(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  // Two frames: a fitting would have come in the first.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await viewOf(page)).toBe(moved);
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await expect.poll(() => hiddenLayers(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect.poll(() => hiddenLayers(page)).toEqual([]);
});

test("a layer that the view went to is taken back together with the view, and comes again with it", async ({ app: { page } }) => {
  await openTemplate(page, "Digits, by convolution");
  const view = (): Promise<string | null> => page.locator(".react-flow__viewport").getAttribute("style");
  const act = (name: string): Promise<void> => page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await expect(page.locator(".react-flow__node")).toHaveCount(9);
  const fitted = await viewAtRest(page);
  await page.mouse.move(700, 300);
  await page.mouse.wheel(0, -600);
  await expect.poll(view).not.toBe(fitted);
  const before = await viewAtRest(page);
  const search = page.getByPlaceholder("Search layers");
  await search.fill("max pooling 1d");
  await search.press("Enter");
  await expect(page.locator(".react-flow__node").filter({ hasText: "max_pooling_1d" }).first()).toBeInViewport();
  await expect.poll(view).not.toBe(before);
  const there = await viewAtRest(page);
  await act("Undo");
  await expect.poll(view).toBe(before);
  await act("Redo");
  await expect.poll(view).toBe(there);
});
