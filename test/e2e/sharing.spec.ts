/** Layers that use the same weights, made and parted by hand; copies that lie over nothing; a version drawn over the open design. */
import type { Locator, Page } from "@playwright/test";
import { boxOf, expect, node, openTemplate, test, watchComplaints } from "./app.ts";

const lyingOver = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const boxes = [...document.querySelectorAll(".layer-node")].map((layer) => layer.getBoundingClientRect());
    const over = (a: DOMRect, b: DOMRect): boolean =>
      a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => over(a, b))).length;
  });

test("weights are shared by key and parted in the inspector; an option is set for all that share", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Deep network that does not learn");
  const inspector = page.getByRole("complementary", { name: /inspector|details/i });
  const status = page.getByRole("contentinfo");
  // The second is of the data, which is there a moment after the design.
  await expect(status).toContainText("2 warnings");
  const before = (await status.textContent()) ?? "";
  await node(page, "layer_2").click();
  await node(page, "layer_3").click({ modifiers: ["Control"] });
  await page.keyboard.press("Shift+W");
  await expect(node(page, "layer_3")).toContainText("weights of layer_2");
  await expect(status).not.toHaveText(before);
  await node(page, "layer_3").click();
  await expect(inspector.getByText("Uses the same weights as layer_2.")).toBeVisible();
  const activation = inspector.getByLabel("Activation", { exact: true });
  await activation.selectOption("tanh");
  await node(page, "layer_2").click();
  await expect(activation).toHaveValue("tanh");
  await page.keyboard.press("Control+z");
  await expect(activation).toHaveValue("sigmoid");
  await inspector.getByRole("button", { name: "Weights of its own" }).click();
  await expect(node(page, "layer_3")).not.toContainText("weights of layer_2");
  await expect(status).toHaveText(before);
  expect(complaints).toEqual([]);
});

test("what is pasted, doubled or added lies over no other layer, and a version is drawn over the open design", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openTemplate(page, "Digits, by convolution");
  await node(page, "conv_2").click();
  await page.keyboard.press("Control+c");
  await node(page, "conv_1").hover();
  const layers = page.locator(".layer-node");
  const count = await layers.count();
  await page.keyboard.press("Control+Shift+v");
  await expect(layers).toHaveCount(count + 1);
  expect(await lyingOver(page)).toBe(0);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Add a layer" }).fill("dropout");
  await page.keyboard.press("Enter");
  await expect(layers).toHaveCount(count + 2);
  expect(await lyingOver(page)).toBe(0);
  await page.keyboard.press("Control+d");
  await expect(layers).toHaveCount(count + 3);
  expect(await lyingOver(page)).toBe(0);

  await page.keyboard.press("Control+Shift+h");
  await page.getByRole("option").last().click();
  await page.getByRole("button", { name: "Compare with the open design" }).click();
  const dialog = page.getByRole("dialog", { name: "Two designs over each other" });
  const differences = dialog.getByRole("listbox", { name: "Differences" }).getByRole("option");
  await expect(differences).toHaveCount(3);
  // Two versions, without the open design: the newest is what is open, the one behind it has a layer less.
  const to = dialog.getByLabel("To", { exact: true });
  const versions = await to.locator('option[value^="version "]').evaluateAll((all) => all.map((one) => one.getAttribute("value") ?? ""));
  await to.selectOption(versions[0] ?? "");
  await expect(differences).toHaveCount(3);
  await to.selectOption(versions.at(-1) ?? "");
  await expect(dialog).toContainText("Same layers, same connections, same options");
  expect(complaints).toEqual([]);
});

test("five thousand pasted layers are there in seconds, and their mistakes do not cover them", async ({ app: { page } }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: /New project/ }).click();
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), manyLayers(5000));
  await page.locator(".react-flow").focus();
  const began = Date.now();
  await page.keyboard.press("Control+v");
  await expect(page.getByRole("contentinfo")).toContainText("5,000 layers");
  // All cards drawn at once took more than a minute.
  expect(Date.now() - began).toBeLessThan(30_000);
  expect(await page.locator(".layer-node").count()).toBeLessThan(100);
  await expect(page.locator(".problem-bubble")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.locator(".layer-node").first().click();
  await expect(page.locator(".problem-bubble")).toHaveCount(1);
  // Taken back they were all drawn once more, with their mistakes: more than a minute and a half.
  const undone = Date.now();
  await page.keyboard.press("Control+z");
  await expect(page.locator(".layer-node")).toHaveCount(0, { timeout: 100_000 });
  expect(Date.now() - undone).toBeLessThan(30_000);

  // It is said before it is read, and given up there by one click.
  const said = await page.evaluate(async (text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.querySelector(".react-flow")?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    await Promise.resolve();
    const stop = document.querySelector<HTMLElement>(".canvas-controls [aria-busy='true']");
    stop?.click();
    return stop?.textContent ?? "";
  }, manyLayers(5000));
  expect(said).toContain("Stop pasting");
  await page.waitForTimeout(2500);
  await expect(page.getByRole("button", { name: "Stop pasting" })).toHaveCount(0);
  await expect(page.locator(".layer-node")).toHaveCount(0);
});

test("a design of several hundred layers is opened with all of them in view", async ({ app: { page } }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: /New project/ }).click();
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), manyLayers(400));
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+v");
  await expect(page.getByRole("contentinfo")).toContainText("400 layers");
  await expect(page.getByRole("banner")).toContainText("Saved");
  await page.getByRole("button", { name: "Projects", exact: true }).click();
  await page.getByRole("region", { name: "Recent projects" }).getByRole("button").first().click();
  await expect(page.locator(".react-flow__node")).toHaveCount(400);
  await expect(page.locator(".react-flow__node").nth(399)).toBeInViewport();

  // Told of twenty times a second, drawn with every move of the pointer: where it was let go it stays, and one undo takes it back.
  const dragged = page.locator(".react-flow__node").nth(210);
  await expect(dragged.locator(".sketch")).toBeVisible();
  const from = await boxOf(dragged);
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 1; move <= 20; move++) await page.mouse.move(x + 6 * move, y + 3 * move);
  const under = await boxOf(dragged);
  expect(Math.abs(under.x - from.x - 120)).toBeLessThan(8);
  expect(Math.abs(under.y - from.y - 60)).toBeLessThan(8);
  await page.mouse.up();
  await expect(page.getByRole("banner")).toContainText("Saved");
  const after = await boxOf(dragged);
  expect(Math.abs(after.x - under.x) + Math.abs(after.y - under.y)).toBeLessThan(2);
  await page.reload();
  await expect.poll(async () => (await boxOf(dragged)).x).toBeGreaterThan(from.x + 100);
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+z");
  await expect.poll(async () => Math.abs((await boxOf(dragged)).x - from.x)).toBeLessThan(2);

  // With a note among them they go all at once: one act, that one undo takes back.
  await page.locator(".react-flow__pane").hover({ position: { x: 40, y: 300 } });
  await page.keyboard.press("n");
  await page.keyboard.press("Escape");
  const note = page.locator(".react-flow__node-annotation");
  await note.click();
  await dragged.click({ modifiers: ["Control"] });
  await expect(page.locator(".react-flow__node.selected")).toHaveCount(2);
  // Against a layer that stays: the view may go with what is in it.
  const still = page.locator(".react-flow__node-layer").first();
  const away = async (one: Locator): Promise<number> => (await boxOf(one)).x - (await boxOf(still)).x;
  const [noteFrom, layerFrom, begin] = [await away(note), await away(dragged), await boxOf(dragged)];
  await page.mouse.move(begin.x + begin.width / 2, begin.y + begin.height / 2);
  await page.mouse.down();
  // The document is told of it several times, and the pointer rests on the way.
  for (let move = 1; move <= 20; move++) {
    await page.mouse.move(begin.x + 6 * move, begin.y + 3 * move);
    await page.waitForTimeout(move === 10 ? 2_000 : 10);
  }
  await page.mouse.up();
  await expect.poll(async () => (await away(note)) - noteFrom).toBeGreaterThan(60);
  await expect.poll(async () => (await away(dragged)) - layerFrom).toBeGreaterThan(60);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => Math.abs((await away(note)) - noteFrom)).toBeLessThan(2);
  await expect.poll(async () => Math.abs((await away(dragged)) - layerFrom)).toBeLessThan(2);
});

/** As they are copied: a row of dense layers, folded about as wide as tall. */
function manyLayers(count: number): string {
  const columns = Math.ceil(Math.sqrt(count));
  const nodes = Array.from({ length: count }, (_, place) => ({
    id: `n${place}`,
    type: "dense",
    name: `n${place}`,
    config: { units: 4 },
    position: { x: (place % columns) * 250, y: Math.floor(place / columns) * 160 },
    shared_with: null,
    bypassed: false,
  }));
  const edges = nodes.slice(1).map(({ id }, place) => ({
    id: `e${place}`,
    source: `n${place}`,
    source_port: "output",
    target: id,
    target_port: "input",
  }));
  return JSON.stringify({ format: "neuroloom-selection", format_version: 1, nodes, edges, groups: [], outside: [] });
}
