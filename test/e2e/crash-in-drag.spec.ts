/** The app dies while a layer is being dragged, with the button still held: the project is as it was at most one second before. */
import type { Locator } from "@playwright/test";
import { boxOf, expect, openTemplate, test } from "./app.ts";

const DRAGGED_MS = 3000;
const AT_MOST_MS = 1000;

test("a crash in the middle of a drag loses one second at most @window", async ({ app }) => {
  const { page, pid } = app;
  await openTemplate(page, "Exclusive or");
  const layer = page.locator(".react-flow__node").first();
  const id = await layer.getAttribute("data-id");
  const start = await boxOf(layer);
  const at = { x: start.x + start.width / 2, y: start.y + start.height / 3 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  /** Where the layer stood, in the canvas's own units, and when. */
  const seen: { readonly at: number; readonly y: number }[] = [];
  const begin = performance.now();
  for (let passed = 0; passed < DRAGGED_MS; passed = performance.now() - begin) {
    await page.mouse.move(at.x, at.y + passed / 12);
    seen.push({ at: performance.now(), y: await standsAt(layer) });
  }
  // The process with all its threads, at once: no window says good-bye, the button is still down.
  process.kill(pid, "SIGKILL");
  const killed = performance.now();
  const last = seen.at(-1)?.y ?? Number.NaN;
  expect(last).toBeGreaterThan((seen[0]?.y ?? Number.NaN) + 20);
  const { page: again } = await app.crashAndReopen();
  await again.getByRole("button", { name: /^Open project / }).click();
  const found = await standsAt(again.locator(`.react-flow__node[data-id="${id}"]`));
  const oldest = seen.findLast(({ at }) => at <= killed - AT_MOST_MS)?.y ?? Number.NaN;
  expect(found).toBeGreaterThanOrEqual(oldest);
  expect(found).toBeLessThanOrEqual(last);
});

/** Down the canvas, whatever is in view. */
function standsAt(layer: Locator): Promise<number> {
  return layer.evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).m42);
}
