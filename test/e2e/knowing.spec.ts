/** What is known of a design while it is drawn: axes on connections, costs on layers, receptive fields, totals of a prediction and a step. */
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";

test("axes, costs, the receptive field and the totals follow what is typed", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Digits, by convolution");
  const inspector = page.getByRole("complementary", { name: /inspector|details/i });
  const status = page.getByRole("contentinfo");
  const pills = page.locator(".shape-pill");
  await expect(pills.filter({ hasText: "8 × 8 × 16" })).toHaveAttribute("data-axes", /^batch of H\s×\sW\s×\sC$/);
  await expect(pills.last()).toHaveAttribute("data-axes", "batch of features");
  await expect(page.locator(".react-flow__edge title").first()).toHaveText("batch × height 8 × width 8 × channels 1");
  // 8 · 8 positions, 3 · 3 · 16 · 32 products at each; 2,048 values.
  await expect(node(page, "conv_2").locator(".layer-foot")).toHaveText("295 k MAC · 16 kB4,640");
  await expect(status).toContainText("prediction: 323 k MAC");

  const network = inspector.getByRole("region", { name: "The whole network" });
  await expect(network).toContainText("323 k multiply-adds");
  await expect(network).toContainText("One step, batch 32");
  const step = await status.getByText(/^step: /).textContent();

  await node(page, "conv_2").click();
  const figures = inspector.getByRole("region", { name: "Shapes and sizes" });
  await expect(figures).toContainText("5 × 5 of 8 × 8");
  await expect(figures).toContainText("batch × height 8 × width 8 × channels 32");
  await inspector.getByLabel("Filters", { exact: true }).fill("64");
  await expect(figures).toContainText("channels 64");
  await expect(status).toContainText("prediction: 636 k MAC");
  await expect(status.getByText(/^step: /)).not.toHaveText(step ?? "");

  // A chosen connection says in full what flows through it.
  await page.getByRole("button", { name: /^Fit/ }).click();
  await page.locator(".react-flow__edge").nth(1).click({ force: true });
  await expect(inspector.getByRole("region", { name: "Connection" })).toContainText("batch × height 8 × width 8 × channels 16");
  expect(complaints).toEqual([]);
});

test("what is wrong can be read in a small window too, and lies within the canvas", async ({ app: { page } }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openTemplate(page, "Deep network that does not learn");
  const bubble = page.getByRole("note").filter({ hasText: "Sigmoid" });
  await expect(bubble).toBeVisible();
  const canvas = await page.locator(".react-flow").boundingBox();
  // 250 pixels wide on a canvas that is drawn at its size.
  await expect.poll(async () => (await bubble.boundingBox())?.width ?? 0).toBeGreaterThan(0.74 * 250);
  await expect
    .poll(async () => {
      const box = await bubble.boundingBox();
      if (box === null || canvas === null) return false;
      return box.x >= canvas.x && box.y >= canvas.y && box.x + box.width <= canvas.x + canvas.width;
    })
    .toBe(true);
  // Nor does it lie over a layer: below there is room, beside the buttons of the canvas.
  const over = await bubble.boundingBox();
  const layers = await Promise.all((await page.locator(".react-flow__node").all()).map((layer) => layer.boundingBox()));
  const covered = layers.filter(
    (box) =>
      box !== null &&
      over !== null &&
      box.x < over.x + over.width &&
      over.x < box.x + box.width &&
      box.y < over.y + over.height &&
      over.y < box.y + box.height,
  );
  expect(covered).toEqual([]);
});

test("what a layer costs stands on it whatever else there is to say of it", async ({ app: { page } }) => {
  await openTemplate(page, "Digits, by convolution");
  const foot = (name: string) => node(page, name).locator(".layer-foot");
  await expect(node(page, "dropout").locator(".layer-body")).toContainText("train only");
  await expect(foot("dropout")).toHaveText("0 MAC · 0 B0");
  await node(page, "hidden").click();
  await page.keyboard.press("Shift+F");
  await expect(node(page, "hidden").locator(".layer-body")).toHaveText("32 unitsfrozen");
  await expect(foot("hidden")).toHaveText("16.4 k MAC · 256 B16,416");
  await node(page, "conv_1").click();
  await page.keyboard.press("Control+b");
  await expect(node(page, "conv_1").locator(".layer-body")).toContainText("bypassed");
  await expect(foot("conv_1")).toHaveText("0 MAC · 0 B0");

  // What is wrong stands below: the layer stays as high as it was, and says what it costs.
  await node(page, "flat").click();
  await page.keyboard.press("Delete");
  await expect(node(page, "pool")).toContainText("goes nowhere");
  await expect(foot("pool")).toHaveText(/MAC · 2.0 kB0$/);
  const [wrong, right] = [await node(page, "pool").boundingBox(), await node(page, "conv_2").boundingBox()];
  expect(wrong?.height).toBe(right?.height);
});

test("what is wrong with neighbours is written beside each other, not over each other", async ({ app: { page } }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openTemplate(page, "Digits, by convolution");
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  for (const [layer, field, value] of [
    ["hidden", "Units", "3"],
    ["digit", "Units", "4"],
  ] as const) {
    await node(page, layer).click();
    await inspector.getByLabel(field, { exact: true }).fill(value);
  }
  await node(page, "hidden").click();
  await inspector.getByLabel("Activation", { exact: true }).selectOption("linear");
  await page.keyboard.press("Escape");
  const notes = page.getByRole("note");
  await expect.poll(() => notes.count()).toBeGreaterThan(1);
  await expect
    .poll(async () => {
      const boxes = await Promise.all((await notes.all()).map((note) => note.boundingBox()));
      return boxes.some((a, index) =>
        boxes
          .slice(index + 1)
          .some((b) => a && b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
      );
    })
    .toBe(false);
});
