/** Notes on the canvas made larger and smaller by mouse and by keys, each taken back as one act, and kept. */
import type { Page } from "@playwright/test";
import { expect, openTemplate, test, watchComplaints } from "./app.ts";

const note = (page: Page) => page.locator(".react-flow__node-annotation");

/** In pixels of the canvas, whatever the zoom. */
const size = (page: Page): Promise<readonly [number, number]> =>
  note(page).evaluate((element) => {
    const { width, height } = getComputedStyle(element);
    return [Math.round(Number.parseFloat(width)), Math.round(Number.parseFloat(height))] as const;
  });

test("a note is resized by its corner and by keys, not below what can be taken hold of; undo, redo and the next start know it", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openTemplate(page, "Softmax regression");
  const canvas = page.locator(".react-flow");
  await canvas.focus();
  await page.keyboard.press("N");
  await expect(note(page)).toBeVisible();
  await note(page).click();
  const first = await size(page);

  const corner = await note(page).locator(".react-flow__resize-control.handle.bottom.right").boundingBox();
  if (corner === null) throw new Error("the note has no corner");
  await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2);
  await page.mouse.down();
  await page.mouse.move(corner.x + 60, corner.y + 40, { steps: 6 });
  await page.mouse.up();
  const [wide, high] = await size(page);
  expect(wide).toBeGreaterThan(first[0] + 20);
  expect(high).toBeGreaterThan(first[1] + 10);
  await canvas.focus();
  await page.keyboard.press("Control+z");
  await expect.poll(() => size(page)).toEqual(first);
  await page.keyboard.press("Control+y");
  await expect.poll(() => size(page)).toEqual([wide, high]);

  await page.keyboard.press("Alt+ArrowRight");
  await expect.poll(async () => (await size(page))[0]).toBeGreaterThan(wide);
  await page.keyboard.press("Alt+Shift+ArrowDown");
  await expect.poll(async () => (await size(page))[1]).toBeGreaterThan(high);
  for (let press = 0; press < 60; press += 1) await page.keyboard.press("Alt+ArrowLeft");
  await expect.poll(async () => (await size(page))[0]).toBe(80);
  for (let press = 0; press < 60; press += 1) await page.keyboard.press("Alt+Shift+ArrowUp");
  await expect.poll(() => size(page)).toEqual([80, 48]);
  await expect(page.getByRole("banner")).toContainText("Saved");
  await page.reload();
  await expect.poll(() => size(page)).toEqual([80, 48]);
  expect(complaints).toEqual([]);
});

test("a crash while a note is written loses one second at most; Escape takes back what was written, and redo brings it again", async ({
  app,
}) => {
  const { page } = app;
  await openTemplate(page, "Exclusive or");
  await page.locator(".react-flow").focus();
  await page.keyboard.press("N");
  const text = page.getByRole("textbox", { name: "Text of the note" });
  await expect(text).toBeFocused();
  await page.keyboard.type("Why?", { delay: 30 });
  await page.keyboard.press("Home");
  await page.keyboard.type("And: ", { delay: 30 });
  await expect(text).toHaveValue("And: Why?");
  await page.keyboard.press("Escape");
  await expect(text).toHaveCount(0);
  await expect(note(page)).not.toContainText("Why?");
  await note(page).click();
  await page.keyboard.press("Control+y");
  await expect(note(page)).toContainText("And: Why?");
  await page.keyboard.press("F2");
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" One is not enough.", { delay: 30 });
  // What is a second old is in the library; still being written, the process is killed.
  await page.waitForTimeout(1000);
  await expect(text).toBeFocused();
  const { page: again } = await app.crashAndReopen();
  await again.getByRole("button", { name: /^Open project / }).click();
  await expect(note(again)).toContainText("And: Why? One is not enough.");
});
