/** One project in two windows: the second goes on in a copy, by keys, and neither sees what the other does. */
import { expect, node, openTemplate, test } from "./app.ts";

test("the second window opens a copy and goes on in it; the first and its project stay as they were", async ({ app }) => {
  const { page, entry } = app;
  test.skip(entry === "electron", "a second window of one browser");
  await openTemplate(page, "Exclusive or");
  const layers = page.locator(".react-flow__node");
  const before = await layers.count();

  const other = await page.context().newPage();
  await other.goto(new URL("/", page.url()).href);
  await other.getByRole("button", { name: "Open project Exclusive or", exact: true }).click();
  const told = other.getByRole("dialog", { name: "Open in another window" });
  await expect(told).toBeVisible();
  await told.getByRole("button", { name: "Open a copy" }).focus();
  await other.keyboard.press("Enter");
  await expect(told).toBeHidden();
  await expect(other.getByRole("banner")).toContainText("Exclusive or (copy)");

  // In the copy a layer is put on the canvas and a name changed; it is saved.
  const added = other.locator(".react-flow__node");
  await expect(added).toHaveCount(before);
  await other.getByRole("complementary", { name: "Layers" }).getByRole("button", { name: "Dropout", exact: true }).dblclick();
  await expect(added).toHaveCount(before + 1);
  await expect(other.getByText("Saved", { exact: true })).toBeVisible();
  await expect(layers).toHaveCount(before);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("banner")).not.toContainText("(copy)");

  // The first goes on with its own, and keeps it: what it saves is refused by nobody.
  await page.getByRole("complementary", { name: "Layers" }).getByRole("button", { name: "Flatten", exact: true }).dblclick();
  await expect(layers).toHaveCount(before + 1);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // Both are in the library, each with what was done in its window.
  await other.getByRole("button", { name: "Neuroloom, all projects" }).click();
  await page.getByRole("button", { name: "Neuroloom, all projects" }).click();
  await expect(other.getByRole("button", { name: /^Open project / })).toHaveCount(2);
  await other.getByRole("button", { name: "Open project Exclusive or", exact: true }).click();
  await expect(node(other, "flatten_1")).toBeVisible();
  await expect(node(other, "dropout_1")).toHaveCount(0);
  await page.getByRole("button", { name: "Open project Exclusive or (copy)", exact: true }).click();
  await expect(node(page, "dropout_1")).toBeVisible();
  await expect(node(page, "flatten_1")).toHaveCount(0);
});
