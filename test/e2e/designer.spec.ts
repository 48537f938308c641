/** The designer by hand: from an empty canvas to a sound network, with mistakes on the way. */
import { connect, dragHandle, dragLayer, expect, node, openTemplate, test, watchComplaints } from "./app.ts";

test("draws a network from an empty canvas: drag, connect, a mistake, its fix, undo and redo", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 120, 200);
  await dragLayer(page, "Dense", 380, 200);
  await dragLayer(page, "Output and loss", 640, 200);
  await expect(page.locator(".react-flow__node")).toHaveCount(3);
  await connect(page, "input_1", "dense_1");
  await connect(page, "dense_1", "output_1");

  // The input's shape is not known: the node says so in words.
  await expect(node(page, "input_1")).toContainText(/shape/i);
  await node(page, "input_1").click();
  const inspector = page.getByRole("complementary", { name: /inspector|details/i });
  await inspector.getByRole("textbox", { name: "Shape" }).fill("4");
  await page.keyboard.press("Enter");
  await expect(node(page, "dense_1")).toContainText("320");
  await expect(page.locator(".react-flow__edgelabel-renderer")).toContainText("4");

  // A softmax loss on one unit cannot be: a sentence and a button on the node.
  await node(page, "output_1").click();
  await inspector.getByLabel("Loss", { exact: true }).focus();
  await page.keyboard.type("cat");
  await expect(node(page, "output_1")).toContainText(/categorical/i);
  await expect(node(page, "output_1")).toContainText(/probabilit/i);
  await node(page, "output_1")
    .getByRole("button", { name: /softmax/i })
    .click();
  await expect(node(page, "dense_1")).toContainText("Softmax");
  await expect(node(page, "output_1")).not.toContainText(/probabilit/i);
  await page.keyboard.press("Control+z");
  await expect(node(page, "dense_1")).not.toContainText("Softmax");

  await page.keyboard.press("Control+z");
  await expect(node(page, "output_1")).toContainText("Mean squared error");
  await page.keyboard.press("Control+Shift+z");
  await expect(node(page, "output_1")).toContainText(/categorical/i);
  expect(complaints).toEqual([]);
});

test("calls every act that can be undone by its words: a paste, a fix, a cut, the project's name", async ({ app: { page } }) => {
  await openTemplate(page, "Deep network that does not learn");
  const undone = page.getByRole("banner").getByRole("button", { name: "Undo" });
  const history = page.getByRole("complementary").last().getByRole("list", { name: "History" });
  await page.getByRole("tab", { name: "Checks" }).click();
  await page
    .getByRole("complementary")
    .last()
    .getByRole("button", { name: /Set 8 layers to ReLU/ })
    .click();
  await page.getByRole("tab", { name: "History" }).click();
  await expect(history).toContainText("Fix: Set 8 layers to ReLU");
  await page.locator(".react-flow").focus();
  await node(page, "layer_2").click();
  await page.getByRole("tab", { name: "History" }).click();
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(history).toContainText(/Paste layer_/);
  await page.keyboard.press("Control+x");
  await expect(history).toContainText(/Cut layer_/);
  await page.getByRole("button", { name: /^Rename project/ }).click();
  await page.keyboard.type("Learns now");
  await page.keyboard.press("Enter");
  await expect(history).toContainText("Rename project to Learns now");
  await expect(page.getByRole("banner")).toContainText("Learns now");
  await undone.click();
  await expect(page.getByRole("banner")).toContainText("Deep network that does not learn");
});

test("a mistake inside a collapsed group is said on the group, and a click opens it there", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Dense", 200, 200);
  await dragLayer(page, "Dense", 520, 200);
  await page.locator(".react-flow__node").first().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+g");
  await page.getByRole("button", { name: /^Collapse/ }).click();
  await expect(page.getByText("dense_1", { exact: true })).toBeHidden();
  const said = page.getByRole("button", { name: /Open the group\.$/ });
  await expect(said).toContainText(/4 ×.*connected to .dense_1/i);
  await said.click();
  await expect(node(page, "dense_1")).toBeVisible();
  await expect(said).toBeHidden();
});

test("refuses a connection that closes a circle and says why", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Dense", 200, 200);
  await dragLayer(page, "Dense", 520, 200);
  await connect(page, "dense_1", "dense_2");
  await dragHandle(page, "dense_2", "dense_1");
  await expect(page.locator(".react-flow__edge")).toHaveCount(1);
  await expect(page.getByText(/circle|cycle|loop/i).first()).toBeVisible();
});

test("keeps every edit: autosaved, listed on the start screen, deleted and brought back", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Dense", 300, 200);
  await expect(node(page, "dense_1")).toBeVisible();
  // At once, before the pause after which edits are saved.
  await page.reload();
  await expect(node(page, "dense_1")).toBeVisible();
  await page.getByRole("button", { name: "Projects", exact: true }).click();
  const recent = page.getByRole("region", { name: "Recent projects" });
  await expect(recent.getByRole("listitem")).toHaveCount(1);
  await recent.getByRole("button", { name: "Actions for Untitled" }).click();
  await page.getByRole("menuitem", { name: /delete/i }).click();
  await expect(page.getByRole("region", { name: "Recent projects" }).getByRole("listitem")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(recent.getByRole("listitem")).toHaveCount(1);
  await recent.getByRole("button", { name: "Open project Untitled" }).click();
  await expect(node(page, "dense_1")).toBeVisible();
});
