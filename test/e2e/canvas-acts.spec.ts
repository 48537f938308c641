/** Acts on the canvas by hand: into a connection, at a loose end, on one line, spread, snapped; each taken back by one undo. */
import type { Locator, Page } from "@playwright/test";
import { connect, dragLayer, expect, node, openTemplate, test, watchComplaints } from "./app.ts";

async function box(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const found = await locator.boundingBox();
  if (found === null) throw new Error("the element has no box");
  return found;
}

/** Where the document has the node, in pixels of the canvas. */
async function place(page: Page, name: string): Promise<readonly [x: number, y: number]> {
  const transform = await node(page, name).evaluate((element) => (element.closest(".react-flow__node") as HTMLElement).style.transform);
  const [, x = "", y = ""] = /translate\((-?[\d.]+)px, (-?[\d.]+)px\)/.exec(transform) ?? [];
  return [Number(x), Number(y)];
}

async function drag(page: Page, name: string, to: { readonly x: number; readonly y: number }): Promise<void> {
  const from = await box(node(page, name));
  await page.mouse.move(from.x + from.width / 2, from.y + 14);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

test("a layer goes into a connection: dragged onto it, and by keys", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 130, 120);
  await dragLayer(page, "Output and loss", 640, 120);
  await dragLayer(page, "Dense", 380, 330);
  await connect(page, "input_1", "output_1");
  const edges = page.locator(".react-flow__edge");
  const before = await place(page, "dense_1");
  const [input, output] = [await box(node(page, "input_1")), await box(node(page, "output_1"))];
  // The ports lie 44 pixels below the top of a node.
  await drag(page, "dense_1", { x: (input.x + input.width + output.x) / 2, y: input.y + 44 });
  await expect(edges).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(edges).toHaveCount(1);
  expect(await place(page, "dense_1")).toEqual(before);

  await edges.first().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dropout");
  await page.keyboard.press("Enter");
  await expect(edges).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(edges).toHaveCount(1);

  // One that is connected only moves, unless Alt is held: then it is taken there and what stood beside it is joined.
  await dragLayer(page, "Dropout", 640, 330);
  await connect(page, "input_1", "dense_1");
  await connect(page, "dense_1", "dropout_1");
  const wire = (from: string, to: string): Locator => page.locator(`.react-flow__edge[aria-label*="${from}"][aria-label*="${to}"]`);
  const middle = { x: (input.x + input.width + output.x) / 2, y: input.y + 44 };
  await drag(page, "dense_1", middle);
  await expect(wire("input_1", "output_1")).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await page.keyboard.down("Alt");
  await drag(page, "dense_1", middle);
  await page.keyboard.up("Alt");
  await expect(wire("dense_1", "output_1")).toHaveCount(1);
  await expect(wire("input_1", "dropout_1")).toHaveCount(1);
  await expect(edges).toHaveCount(3);
  await page.keyboard.press("Control+z");
  await expect(wire("input_1", "output_1")).toHaveCount(1);
  expect(await place(page, "dense_1")).toEqual(before);
  expect(complaints).toEqual([]);
});

test("a loose end offers only what fits, forwards and backwards, and joins it", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Input", 130, 120);
  await node(page, "input_1").click();
  await page.getByRole("textbox", { name: "Shape" }).fill("4");
  await page.keyboard.press("Enter");
  const pull = async (kind: "source" | "target", name: string, dx: number): Promise<void> => {
    const handle = await box(node(page, name).locator(`.react-flow__handle.${kind}`).first());
    await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await page.mouse.down();
    await page.mouse.move(handle.x + dx / 2, handle.y + 60, { steps: 4 });
    await page.mouse.move(handle.x + dx, handle.y + 120, { steps: 4 });
    await page.mouse.up();
  };
  await pull("source", "input_1", 180);
  const list = page.getByRole("dialog", { name: "Add a layer" }).or(page.getByRole("listbox").first());
  await expect(list.first()).toBeVisible();
  await expect(page.getByRole("option", { name: /^.*Dense/ }).first()).toBeVisible();
  await expect(page.getByRole("option", { name: /Conv2D/ })).toHaveCount(0);
  await expect(page.getByRole("option", { name: /^.*LSTM/ })).toHaveCount(0);
  await page.keyboard.type("dense");
  await page.keyboard.press("Enter");
  const edges = page.locator(".react-flow__edge");
  await expect(edges).toHaveCount(1);

  // The same by keys, behind the chosen layer.
  await node(page, "dense_1").click();
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Shift+c");
  await page.keyboard.type("output");
  await page.keyboard.press("Enter");
  await expect(edges).toHaveCount(2);

  // Backwards: what gives values takes the place of what was there.
  await pull("target", "output_1", -120);
  await expect(page.getByRole("option", { name: /Output and loss/ })).toHaveCount(0);
  await page.keyboard.type("dropout");
  await page.keyboard.press("Enter");
  await expect(node(page, "dropout_1")).toBeVisible();
  await expect(edges).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(node(page, "dropout_1")).toHaveCount(0);
  await expect(edges).toHaveCount(2);
  expect(complaints).toEqual([]);
});

test("chosen layers are lined up and spread, by keys and in the menu, and snap while they are dragged", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Dense", 130, 110);
  await dragLayer(page, "Dense", 330, 180);
  await dragLayer(page, "Dense", 640, 330);
  const names = ["dense_1", "dense_2", "dense_3"];
  const places = async () => [await place(page, "dense_1"), await place(page, "dense_2"), await place(page, "dense_3")] as const;
  const before = await places();
  await node(page, "dense_1").click();
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Alt+w");
  await expect.poll(async () => new Set((await places()).map(([, y]) => y)).size).toBe(1);
  await page.keyboard.press("Alt+Shift+h");
  await expect
    .poll(async () => {
      const [a, b, c] = await places();
      return Math.abs(c[0] - b[0] - (b[0] - a[0]));
    })
    .toBeLessThan(2);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(places).toEqual(before);

  await node(page, "dense_2").click({ button: "right" });
  await page.getByRole("menuitem", { name: /Align left/ }).click();
  await expect.poll(async () => new Set((await places()).map(([x]) => x)).size).toBe(1);
  await page.keyboard.press("Control+z");
  await expect.poll(places).toEqual(before);

  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+g");
  await expect(page.getByRole("button", { name: "Snap", exact: true })).toHaveAttribute("aria-pressed", "true");
  const second = await box(node(page, names[1] ?? ""));
  await drag(page, "dense_2", { x: second.x + second.width / 2 + 31, y: second.y + 14 + 47 });
  const [x, y] = await place(page, "dense_2");
  expect([x % 18, y % 18].map(Math.abs)).toEqual([0, 0]);
  expect([x, y]).not.toEqual(before[1]);
  await page.locator(".react-flow").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  await expect.poll(() => place(page, "dense_2")).toEqual([x + 18, y + 90]);
  expect(complaints).toEqual([]);
});

test("seen from afar a layer goes into the line that it is dropped on", async ({ app: { page } }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.setViewportSize({ width: 1600, height: 900 });
  await page.getByRole("button", { name: /New project/ }).click();
  const many = Array.from({ length: 320 }, (_, at) => ({
    id: `l${at}`,
    type: "dense",
    name: `l${at}`,
    config: {},
    position: { x: (at % 16) * 500, y: Math.floor(at / 16) * 260 },
  }));
  const edges = many
    .slice(1)
    .map(({ id }, at) => ({ id: `e${id}`, source: `l${at}`, source_port: "output", target: id, target_port: "input" }));
  const text = JSON.stringify({ format: "neuroloom-selection", format_version: 1, nodes: many, edges, groups: [], outside: [] });
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+v");
  await expect(page.getByRole("contentinfo")).toContainText("320 layers");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await expect(page.locator(".sketch-edges")).toBeVisible();
  const pane = await box(page.locator(".react-flow"));
  const at = async (id: string) => box(page.locator(`.react-flow__node[data-id="${id}"]`));
  const ids = await page.locator(".react-flow__node").evaluateAll((all) => all.map((one) => one.getAttribute("data-id") ?? ""));
  const [from, to] = [await at(ids[2] ?? ""), await at(ids[3] ?? "")];
  const middle = { x: (from.x + from.width + to.x) / 2 - pane.x, y: from.y + from.height / 2 - pane.y };
  await dragLayer(page, "Dropout", middle.x, middle.y);
  await expect(page.getByRole("contentinfo")).toContainText("321 layers");
  // In the middle of the canvas, as near its edges the view goes along. The line is shown while one that is connected is dragged over it with Alt, and without only that it moves.
  const meant = page.locator(".sketch-edges path.takes");
  const grip = await at(ids[136] ?? "");
  const [next, behind] = [await at(ids[166] ?? ""), await at(ids[167] ?? "")];
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move((next.x + next.width + behind.x) / 2, next.y + next.height / 2, { steps: 4 });
  await expect(meant).toHaveAttribute("d", "");
  await page.keyboard.down("Alt");
  await page.mouse.move((next.x + next.width + behind.x) / 2 + 1, next.y + next.height / 2);
  await expect(meant).toHaveAttribute("d", /^M.*L/);
  await page.mouse.up();
  await page.keyboard.up("Alt");
  await expect(meant).toHaveAttribute("d", "");
  await page.keyboard.press("Shift+L");
  await expect(page.getByRole("row", { name: /^dropout_1/ })).toContainText("l2");
});

test("a layer dropped on a short connection gets room in one act; copy and paste are in the menu too", async ({ app: { page } }) => {
  await page
    .context()
    .grantPermissions(["clipboard-read", "clipboard-write"])
    .catch(() => undefined);
  await page.setViewportSize({ width: 1600, height: 900 });
  await openTemplate(page, "Digits, by convolution");
  const nodes = page.locator(".react-flow__node");
  const count = await nodes.count();
  const pill = page.locator(".shape-pill").filter({ hasText: "8 × 8 × 16" });
  const at = await pill.boundingBox();
  const pane = await page.locator(".react-flow").boundingBox();
  if (at === null || pane === null) throw new Error("the connection is not on the screen");
  await page
    .getByRole("complementary", { name: "Layers" })
    .getByRole("button", { name: "Batch normalization", exact: true })
    .dragTo(page.locator(".react-flow"), { targetPosition: { x: at.x + at.width / 2 - pane.x, y: at.y + at.height / 2 - pane.y } });
  await expect(nodes).toHaveCount(count + 1);
  const boxes = await nodes.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
  const over = boxes.some((a, index) =>
    boxes.some((b, other) => other > index && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
  );
  expect(over, "no layer lies over another").toBe(false);
  await page.keyboard.press("Control+z");
  await expect(nodes).toHaveCount(count);
  await expect(page.getByRole("button", { name: /^Undo/ })).toBeDisabled();

  await node(page, "conv_2").click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Work inside the group" })).toBeDisabled();
  await page.getByRole("menuitem", { name: /^Copy/ }).click();
  await page.locator(".react-flow__pane").click({ button: "right", position: { x: 300, y: 420 } });
  await page.getByRole("menuitem", { name: "Paste", exact: false }).first().click();
  await expect(nodes).toHaveCount(count + 1);
});

test("what the menu at the pointer adds comes to where the menu was asked for", async ({ app: { page } }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  await openTemplate(page, "Exclusive or");
  const pane = page.locator(".react-flow__pane");
  // A view of one's own is not fitted anew when something is added.
  await page.getByRole("button", { name: "Zoom out" }).click();
  const corner = await box(pane);
  const asked = { x: 40, y: corner.height - 190 };
  // What is pasted comes when the clipboard answers: until then another is chosen.
  const near = (found: Locator): Promise<void> =>
    expect
      .poll(async () => {
        const { x, y } = await box(found);
        return Math.abs(x - corner.x - asked.x) + Math.abs(y - corner.y - asked.y);
      })
      .toBeLessThan(6);
  const ask = async (name: RegExp): Promise<void> => {
    await pane.click({ button: "right", position: asked });
    await page.getByRole("menuitem", { name }).click();
  };
  await ask(/^Add a note/);
  await near(page.locator(".react-flow__node-annotation"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await ask(/^Search to add a layer/);
  await page.keyboard.type("dense");
  await page.keyboard.press("Enter");
  await near(node(page, "dense_1"));
  await page.keyboard.press("Control+z");
  await node(page, "hidden").click();
  await page.keyboard.press("Control+c");
  await ask(/^Paste/);
  await near(page.locator(".react-flow__node-layer.selected"));
});

test("the menu says what an act that goes both ways would do now", async ({ app: { page } }) => {
  await openTemplate(page, "Handwritten digits");
  await page.locator(".react-flow").focus();
  const second = node(page, "hidden_2");
  await node(page, "hidden_1").click();
  await second.click({ modifiers: ["Shift"] });
  const item = (name: RegExp) => page.getByRole("menuitem", { name });
  const acts = [
    [/^Group/, /^Ungroup/],
    [/^Bypass: keep the connections/, /^Use the bypassed layers again/],
    [/^Freeze: keep the weights/, /^Train the frozen weights again/],
  ] as const;
  for (const [there, back] of acts)
    for (const [offered, other] of [
      [there, back],
      [back, there],
    ] as const) {
      await second.click({ button: "right" });
      await expect(item(other)).toHaveCount(0);
      await item(offered).click();
    }
});

/** Handwritten digits with two layers in a collapsed group, and nothing chosen. */
async function collapsedGroup(page: Page): Promise<Locator> {
  await openTemplate(page, "Handwritten digits");
  await node(page, "dropout_1").click();
  await node(page, "hidden_2").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  await page.keyboard.press("Alt+c");
  await page.keyboard.press("Escape");
  const group = page.locator(".react-flow__node-frame");
  await expect(group.locator(".folded")).toBeVisible();
  await expect(group.locator(".folded.selected")).toHaveCount(0);
  return group;
}

test("a collapsed group is chosen by keys, and acts begin at its own output and mean its own name", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  const group = await collapsedGroup(page);
  await group.focus();
  await page.keyboard.press("Enter");
  await expect(group.locator(".folded.selected")).toBeVisible();

  await page.keyboard.press("c");
  await expect(page.getByRole("dialog", { name: "Connect hidden_2 to…" })).toBeVisible();
  await page.keyboard.press("Escape");
  await group.focus();
  await page.keyboard.press("Shift+c");
  const beside = await box(group);
  const search = page.getByRole("dialog", { name: "Add a layer" });
  expect((await box(search)).x, "beside the group").toBeGreaterThanOrEqual(beside.x + beside.width);
  await page.keyboard.type("dropout");
  await page.keyboard.press("Enter");
  await expect(page.locator('.react-flow__edge[aria-label*="hidden_2"][aria-label*="dropout_2"]')).toHaveCount(1);
  await page.keyboard.press("Control+z");

  await group.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("F2");
  const name = page.getByRole("textbox", { name: "Name of the group" });
  await expect(name).toBeFocused();
  await page.keyboard.type("Rest and learn");
  await page.keyboard.press("Enter");
  await expect(group).toContainText("Rest and learn");
  await expect(name).toHaveCount(0);

  await group.focus();
  await page.keyboard.press("Delete");
  await expect(group).toHaveCount(0);
  await expect(page.locator(".layer-node")).toHaveCount(4);
  expect(complaints).toEqual([]);
});

test("of several layers one has to be chosen before a connection is begun", async ({ app: { page } }) => {
  await page.getByRole("button", { name: /New project/ }).click();
  await dragLayer(page, "Dense", 130, 110);
  await dragLayer(page, "Dense", 330, 260);
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+a");
  for (const keys of ["c", "Shift+c"]) {
    await page.keyboard.press(keys);
    await expect(page.locator(".toast").filter({ hasText: "Choose the one layer" })).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.locator(".toast").getByRole("button").last().click();
  }
});

test("a right click chooses the group or the connection that it points at, and the menu fits it", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  const group = await collapsedGroup(page);
  const item = (name: string | RegExp) => page.getByRole("menuitem", { name });
  await node(page, "hidden_1").click();
  await group.click({ button: "right" });
  await expect(group.locator(".folded.selected")).toBeVisible();
  await item("Rename the group").click();
  await expect(page.getByRole("textbox", { name: "Name of the group" })).toBeFocused();
  await page.keyboard.press("Escape");
  await group.click({ button: "right" });
  await item("Open the group").click();
  await expect(node(page, "hidden_2")).toBeVisible();

  await node(page, "hidden_1").click();
  await page.locator(".group-frame > span").click({ button: "right" });
  await item("Collapse the group").click();
  await expect(group.locator(".folded.selected")).toBeVisible();

  await node(page, "hidden_1").click();
  const wire = page.locator('.react-flow__edge[aria-label*="hidden_1"][aria-label*="dropout_1"]');
  await wire.locator(".react-flow__edge-interaction").click({ button: "right", force: true });
  await expect(item("Work inside the group")).toHaveCount(0);
  await item("Add a layer into the connection").click();
  await page.keyboard.type("dropout");
  await page.keyboard.press("Enter");
  await expect(node(page, "dropout_2")).toBeVisible();
  await expect(wire).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await wire.locator(".react-flow__edge-interaction").click({ button: "right", force: true });
  await item("Disconnect").click();
  await expect(wire).toHaveCount(0);
  await expect(node(page, "hidden_1")).toBeVisible();
  expect(complaints).toEqual([]);
});
