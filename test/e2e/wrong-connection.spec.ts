/** A connection that cannot be, as a file or a paste may bring it: what is wrong is said in the list and on the canvas, and mended by mouse and by key. */
import { expect, node, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

/** Two layers lead to the one input of a third. */
function twoIntoOne(): string {
  const layer = (id: string, y: number, x: number) => ({
    id,
    type: "dense",
    name: id,
    config: { units: 4 },
    position: { x, y },
    shared_with: null,
    bypassed: false,
  });
  const edge = (source: string) => ({ id: `from_${source}`, source, source_port: "output", target: "last", target_port: "input" });
  return JSON.stringify({
    format: "neuroloom-selection",
    format_version: 1,
    nodes: [layer("first", 0, 0), layer("second", 160, 0), layer("last", 80, 320)],
    edges: [edge("first"), edge("second")],
    groups: [],
    outside: [],
  });
}

test("a wrong connection is told and taken out on the canvas, under Checks and in the list", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: /New project/ }).click();
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), twoIntoOne());
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+v");
  await expect(node(page, "last")).toBeVisible();
  const edges = page.locator(".react-flow__edge");
  await expect(edges).toHaveCount(2);
  const undo = page.getByRole("banner").getByRole("button", { name: "Undo" });

  // Chosen on the canvas, it tells the inspector, whose button takes it out.
  const wrong = page.getByRole("img", { name: /The input 'input' of 'last' takes one connection/ });
  await expect(wrong).toBeVisible();
  await page.locator(".react-flow__edge[data-id]:has(path.wrong)").dispatchEvent("click");
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const fix = inspector.getByRole("button", { name: "Take the connection out" });
  await fix.click();
  await expect(edges).toHaveCount(1);
  await expect(wrong).toHaveCount(0);
  await undo.click();
  await expect(edges).toHaveCount(2);

  // Among the checks, with the names of both its ends.
  await inspector.getByRole("tab", { name: /Checks/ }).click();
  await expect(inspector.getByRole("button", { name: /second → last/ })).toBeVisible();
  await inspector.getByRole("button", { name: "Take the connection out" }).click();
  await expect(edges).toHaveCount(1);
  await undo.click();

  // In the list it stands on the layer that it leads to; its menu mends it, by keys.
  await page.locator(".react-flow__pane").click({ position: { x: 20, y: 20 } });
  await page.keyboard.press("Shift+L");
  const row = page.getByRole("treegrid", { name: "Layers of the design" }).getByRole("row").filter({ hasText: "last" }).last();
  await expect(row).toContainText("To fix: the connection second → last. The input 'input' of 'last' takes one connection");
  await expectAccessible(page);
  await row.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const entry = page.getByRole("menuitem", { name: "second → last: Take the connection out" });
  await expect(entry).toBeVisible();
  await page.keyboard.type("second");
  await expect(entry).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row).not.toContainText("takes one connection");
  await expect(row).toContainText("first");
  expect(complaints).toEqual([]);
});
