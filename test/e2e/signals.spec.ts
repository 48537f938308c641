/** "My deep sigmoid network does not learn": the layers glow, say why, one click mends it, and the comparison shows the difference. */
import { expect, test, watchComplaints } from "./app.ts";

test("layers whose gradients vanish glow, say why and are mended with one click", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: "Deep network that does not learn" }).click();
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
  const status = page.getByRole("contentinfo");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 1");
  const glowing = page.locator(".layer-node.glow-vanishing");
  await expect(glowing.first()).toBeVisible();
  // The last layer learns: it must not be accused.
  await expect(page.locator(".layer-node", { hasText: "class" })).not.toHaveClass(/glow/);
  // The words come whatever tab was open.
  await page.getByRole("tab", { name: "Training" }).click();
  await glowing.first().click();
  const note = page.locator(".finding-note");
  await expect(note).toContainText("The gradient vanishes on its way back to this layer");
  await note.getByRole("button", { name: "Set 8 layers to ReLU" }).click();
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 2");
  await expect(glowing).toHaveCount(0);
  await page.getByRole("tab", { name: "Compare" }).click();
  const compared = page.getByRole("table").first();
  // Eight layers, one change, and the second run learns what the first did not.
  const differing = compared.getByRole("row", { name: /≠ differs/ });
  await expect(differing).toHaveCount(1);
  await expect(differing).toContainText(/\(8 layers\) · Activation.*ReLU.*Sigmoid/);
  const accuracies = await compared
    .getByRole("row", { name: /^Accuracy, validation/ })
    .getByRole("cell")
    .allInnerTexts();
  const [second = 0, first = 1] = accuracies.map((text) => Number(text.replace(/[^0-9.]/g, "")));
  expect(second).toBeGreaterThan(0.9);
  expect(first).toBeLessThan(0.7);
  expect(complaints).toEqual([]);
});

test("signals are switched off and on by key and by mouse, and stay as they were left", async ({ app: { page } }) => {
  await page.getByRole("button", { name: "Exclusive or" }).first().click();
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
  const signals = page.getByRole("button", { name: "Signals", exact: true });
  await expect(signals).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".signal-strip").first()).toBeVisible();
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  await page.locator(".react-flow__pane").click({ position: { x: 300, y: 40 } });
  await page.keyboard.press("Shift+S");
  await expect(signals).toHaveAttribute("aria-pressed", "false");
  await expect(page.locator(".signal-strip")).toHaveCount(0);
  await expect(async () => {
    await page.reload();
    await expect(signals).toHaveAttribute("aria-pressed", "false", { timeout: 1000 });
  }).toPass();
  await signals.click();
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".signal-strip").first()).toBeVisible();
});
