/** Notes and frames by hand, and the versions of a project: kept under a name, looked at, restored as one act; undo goes on after a reload. */
import { dragLayer, expect, node, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

test("a frame carries its layers, a note is written, a version is kept and restored, and undo outlives a reload", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 130, 160);
  await page.keyboard.press("Shift+n");
  await page.getByRole("textbox", { name: "Name of the frame" }).fill("Encoder");
  await page.keyboard.press("Enter");
  const frame = page.getByRole("group", { name: "Frame: Encoder" });
  await expect(frame).toBeVisible();
  const title = page.getByText("Encoder", { exact: true });
  const [from, before] = [await title.boundingBox(), await node(page, "input_1").boundingBox()];
  if (from === null || before === null) throw new Error("frame or layer have no box");
  await page.mouse.move(from.x + 90, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 140, from.y + 52, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await node(page, "input_1").boundingBox())?.y).toBeGreaterThan(before.y + 15);

  await page.keyboard.press("Control+s");
  await page.getByRole("textbox", { name: "Name of the version" }).fill("before the note");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.mouse.move(700, 420);
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Text of the note" }).fill("Why dropout here?");
  await page.keyboard.press("Control+Enter");
  const note = page.getByRole("group", { name: "Note: Why dropout here?" });
  await expect(note).toBeVisible();

  await page.keyboard.press("Control+Shift+h");
  const kept = page.getByRole("option", { name: /before the note/ });
  await kept.click();
  await expect(page.getByText(/Against now: .*notes and frames/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Restore this version" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(note).toHaveCount(0);
  await expect(frame).toBeVisible();

  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  // What is typed right after the key goes into the field, however early.
  await expect(node(page, "input_1")).toBeVisible();
  await page.keyboard.press("Control+s");
  await page.keyboard.type("early");
  await expect(page.getByRole("textbox", { name: "Name of the version" })).toHaveValue("early");
  await page.keyboard.press("Escape");
  await expect(frame).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(note).toBeVisible();
  expect(complaints).toEqual([]);
});
