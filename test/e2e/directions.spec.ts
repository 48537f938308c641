/** A drawing that runs from the top down: ports at top and bottom, kept with the document, taken back as one act, followed by what is added. */
import type { Page } from "@playwright/test";
import { dragLayer, expect, node, openTemplate, test, watchComplaints } from "./app.ts";

interface Ends {
  readonly name: string;
  readonly path: string;
}

/** On which side of its layer each port is, by how far its middle is from the middle of the side, in shares of the layer. */
const sides = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found = [...document.querySelectorAll(".layer-node .react-flow__handle")].map((port) => {
      const box = (port.closest(".layer-node") ?? port).getBoundingClientRect();
      const dot = port.getBoundingClientRect();
      const [x, y] = [dot.left + dot.width / 2, dot.top + dot.height / 2];
      const away = {
        left: Math.abs(x - box.left),
        right: Math.abs(x - box.right),
        top: Math.abs(y - box.top),
        bottom: Math.abs(y - box.bottom),
      };
      const [side] = Object.entries(away).reduce((least, one) => (one[1] < least[1] ? one : least));
      return `${port.classList.contains("source") ? "out" : "in"} ${side}`;
    });
    return [...new Set(found)].sort();
  });

/** Whether connections begin and end where the ports are seen, to two pixels. */
const loose = (page: Page): Promise<readonly Ends[]> =>
  page.evaluate(() => {
    const dots = [...document.querySelectorAll(".react-flow__handle")].map((port) => {
      const { left, top, width, height } = port.getBoundingClientRect();
      return [left + width / 2, top + height / 2] as const;
    });
    return [...document.querySelectorAll<SVGPathElement>(".react-flow__edge-path")].flatMap((path) => {
      const matrix = path.getScreenCTM();
      if (matrix === null) return [];
      const ends = [path.getPointAtLength(0), path.getPointAtLength(path.getTotalLength())].map((point) => point.matrixTransform(matrix));
      const held = ends.every(({ x, y }) => dots.some(([left, top]) => Math.hypot(left - x, top - y) < 7));
      return held
        ? []
        : [{ name: path.closest(".react-flow__edge")?.getAttribute("aria-label") ?? "", path: path.getAttribute("d") ?? "" }];
    });
  });

/** Layers of which some lies outside the canvas. */
const outside = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
    return [...document.querySelectorAll(".react-flow__node")].flatMap((node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      const inside = pane !== undefined && left >= pane.left && top >= pane.top && right <= pane.right && bottom <= pane.bottom;
      return inside ? [] : [node.textContent ?? ""];
    });
  });

const top = (page: Page, name: string): Promise<number> =>
  node(page, name).evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).f);

const RIGHT = ["in left", "out right"];
const DOWN = ["in top", "out bottom"];

test("Shift+D turns ports to top and bottom and Shift+A back, one undo each; closed groups follow, inside too; it is kept", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openTemplate(page, "Digits, by attention");
  const canvas = page.locator(".react-flow");
  await canvas.focus();
  expect(await sides(page)).toEqual(RIGHT);
  await page.keyboard.press("Shift+D");
  await expect.poll(() => sides(page)).toEqual(DOWN);
  await expect.poll(() => loose(page)).toEqual([]);
  expect(await top(page, "width")).toBeGreaterThan(await top(page, "lines"));
  await page.keyboard.press("Control+z");
  await expect.poll(() => sides(page)).toEqual(RIGHT);
  await expect.poll(() => loose(page)).toEqual([]);
  await expect(page.getByRole("banner").getByRole("button", { name: "Undo" })).toBeDisabled();
  // All of them were in view, and are again.
  await expect.poll(() => outside(page)).toEqual([]);
  await page.keyboard.press("Control+y");
  await expect.poll(() => sides(page)).toEqual(DOWN);

  await page
    .getByRole("button", { name: /^Work inside Transformer encoder/ })
    .first()
    .click();
  await expect(page.locator(".gate-node").first()).toBeVisible();
  await expect.poll(() => sides(page)).toEqual(DOWN);
  await expect.poll(() => loose(page)).toEqual([]);
  const gate = await page.getByRole("button", { name: /^From place, outside the group/ }).boundingBox();
  const layer = await page.locator(".layer-node").first().boundingBox();
  expect((gate?.y ?? 0) + (gate?.height ?? 0)).toBeLessThan(layer?.y ?? 0);
  await page.keyboard.press("Escape");

  await expect(page.getByRole("banner")).toContainText("Saved");
  await page.reload();
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
  await expect.poll(() => sides(page)).toEqual(DOWN);
  await expect.poll(() => loose(page)).toEqual([]);
  await canvas.focus();
  await page.keyboard.press("Shift+A");
  await expect.poll(() => sides(page)).toEqual(RIGHT);
  await expect.poll(() => loose(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test("what is added to a drawing that runs down follows it: beside nothing, on a connection, at a loose end", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openTemplate(page, "Softmax regression");
  const nodes = page.locator(".react-flow__node");
  const edges = page.locator(".react-flow__edge");
  const before = await nodes.count();
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Shift+D");
  await expect.poll(() => sides(page)).toEqual(DOWN);

  const [edge] = await edges.all();
  const box = await edge?.locator("path").first().boundingBox();
  const pane = await page.locator(".react-flow__pane").boundingBox();
  if (box == null || pane === null) throw new Error("nothing is drawn");
  const wires = await edges.count();
  await dragLayer(page, "Dropout", box.x + box.width / 2 - pane.x, box.y + 4 - pane.y);
  await expect(edges).toHaveCount(wires + 1);
  await expect.poll(() => loose(page)).toEqual([]);

  await page.getByRole("complementary", { name: "Layers" }).getByRole("button", { name: "Dense", exact: true }).dblclick();
  await expect(nodes).toHaveCount(before + 2);
  const chosen = page.locator(".react-flow__node.selected");
  // The layer on the connection was chosen: the next one goes below it.
  expect(await top(page, "dense_1")).toBeGreaterThanOrEqual((await top(page, "dropout_1")) + 92);
  expect(await sides(page)).toEqual(DOWN);

  const source = await chosen.locator(".react-flow__handle.source").boundingBox();
  if (source === null) throw new Error("the layer has no port");
  await page.mouse.move(source.x + source.width / 2, source.y + source.height / 2);
  await page.mouse.down();
  await page.mouse.move(source.x + 120, source.y + 60, { steps: 5 });
  await page.mouse.up();
  await page
    .getByRole("option", { name: /^Dropout/ })
    .first()
    .click();
  await expect(nodes).toHaveCount(before + 3);
  await expect.poll(() => loose(page)).toEqual([]);
  const left = (name: string): Promise<number> => node(page, name).evaluate((one) => new DOMMatrix(getComputedStyle(one).transform).e);
  expect((await left("dropout_2")) - (await left("dense_1"))).toBeGreaterThan(100);
  expect(await top(page, "dropout_2")).toBeGreaterThan((await top(page, "dense_1")) + 92);
  expect(complaints).toEqual([]);
});

test("chosen layers alone are arranged as asked, and the drawing goes on as it ran", async ({ app: { page } }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openTemplate(page, "Deep network that does not learn");
  await node(page, "layer_3").click();
  await node(page, "layer_4").click({ modifiers: ["Control"] });
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Shift+D");
  await expect.poll(async () => (await top(page, "layer_4")) - (await top(page, "layer_3"))).toBeGreaterThan(92);
  expect(await sides(page)).toEqual(RIGHT);
  await expect.poll(() => loose(page)).toEqual([]);
});

test("an arrangement that takes long says so, and Stop leaves every layer where it is", async ({ app: { page } }) => {
  // The thread never gets its code: it lays out nothing.
  await page.route("**/layout.worker*", () => undefined);
  await openTemplate(page, "Exclusive or");
  const layers = page.locator(".react-flow__node");
  const places = () => layers.evaluateAll((all) => all.map((one) => getComputedStyle(one).transform));
  const before = await places();
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Shift+D");
  const stop = page.getByRole("button", { name: "Stop arranging" });
  await stop.click();
  await expect(stop).toHaveCount(0);
  expect(await places()).toEqual(before);
});
