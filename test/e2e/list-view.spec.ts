/** The list of layers, by keys alone and for a screen reader; and a key bound anew, which works and is shown at once. */
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

test("a design is read, rewired, renamed and undone in the list by keys, some of them bound anew", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await page.keyboard.press("Shift+L");
  const list = page.getByRole("treegrid", { name: "Layers of the design" });
  await expect(list).toBeVisible();
  await expect(list.locator("[data-layer-row]").first()).toBeFocused();
  const said = page.getByRole("region", { name: "Layers of the design" }).getByRole("status");

  // Behind the first layer, found by name, and renamed.
  const before = await list.locator("[data-layer-row]").count();
  await page.keyboard.press("Shift+C");
  await page.keyboard.type("dropout");
  await page.keyboard.press("Enter");
  await expect(list.locator("[data-layer-row]")).toHaveCount(before + 1);
  const added = list.getByRole("row", { selected: true });
  await expect(added).toBeFocused();
  await expect(said).toContainText("Add Dropout");
  await page.keyboard.press("F2");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("rest");
  await page.keyboard.press("Enter");
  await expect(added).toContainText("rest");
  await expect(added).toBeFocused();

  // What it takes from is given up and chosen again.
  await page.keyboard.press("Shift+X");
  await page.keyboard.press("Enter");
  await expect(said).toContainText("Disconnect");
  await page.keyboard.press("I");
  await page.keyboard.press("Enter");
  await expect(said).toContainText("Connect");

  // A key bound anew works, and swaps with the act that had it.
  await page.keyboard.press("F1");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.getByRole("searchbox").fill("bypass");
  await sheet.getByRole("button", { name: /^Bypass.*change$/ }).click();
  await page.keyboard.press("Control+w");
  await expect(sheet.getByRole("alert")).toContainText("Ctrl+W cannot be bound");
  await page.keyboard.press("Control+d");
  await expect(sheet.getByRole("alert")).toContainText("Ctrl+D already belongs to: Duplicate");
  await expectAccessible(page);
  await sheet.getByRole("button", { name: /^Swap/ }).click();
  await expect(sheet.getByRole("button", { name: /^Bypass.*Ctrl\+D, change$/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await added.focus();
  await page.keyboard.press("Control+d");
  await expect(added).toContainText("bypassed");
  await page.keyboard.press("Control+z");
  await expect(said).toContainText("Undone");
  await expect(added).not.toContainText("bypassed");

  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test("a row dragged onto another stands behind it, in the network too; where it cannot, the reason is said", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Deep network that does not learn");
  await page.keyboard.press("Shift+L");
  const rows = page.getByRole("treegrid", { name: "Layers of the design" }).locator("[data-layer-row]");
  const actions = (name: string) => page.getByRole("button", { name: `Actions for ${name}`, exact: true });
  const row = (name: string) => rows.filter({ has: actions(name) });
  await expect(row("layer_2")).toBeVisible();
  const order = (): Promise<readonly (string | undefined)[]> =>
    rows.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["layerRow"]));
  const before = await order();
  const id = async (name: string): Promise<string> => (await row(name).getAttribute("data-layer-row")) ?? "";
  const [second, fifth] = [await id("layer_2"), await id("layer_5")];
  expect(before.indexOf(fifth) - before.indexOf(second)).toBe(3);

  await row("layer_2").dragTo(row("layer_5"));
  await expect.poll(async () => (await order()).indexOf(second) - (await order()).indexOf(fifth)).toBe(1);
  const undo = page.getByRole("banner").getByRole("button", { name: "Undo" });
  await undo.click();
  await expect.poll(order).toEqual(before);
  await expect(undo).toBeDisabled();

  // Nothing comes out of the last one that another could stand behind.
  await row("layer_2").dragTo(row("output"));
  await expect(page.getByText(/layer_2.*output/).last()).toBeVisible();
  expect(await order()).toEqual(before);
  expect(complaints).toEqual([]);
});

test("a group is entered, worked in and left in the list, by keys alone", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Deep network that does not learn");
  await page.keyboard.press("Shift+L");
  const region = page.getByRole("region", { name: "Layers of the design" });
  const whole = page.getByRole("treegrid", { name: "Layers of the design" });
  const rows = page.locator("[data-layer-row]");
  await expect(rows.first()).toBeFocused();
  const before = await rows.count();
  for (const key of ["ArrowDown", "ArrowDown", "Shift+ArrowDown", "Control+g"]) await page.keyboard.press(key);
  await expect(rows).toHaveCount(before + 1);
  const group = whole.getByRole("row", { expanded: true });
  await group.focus();
  await page.keyboard.press("Enter");
  const closed = whole.getByRole("row", { expanded: false });
  await expect(closed).toBeFocused();
  await expect(rows).toHaveCount(before - 1);

  // Found by its name, or walked to, the group's row has the focus.
  await page.keyboard.press("Home");
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("Group 1");
  await page.keyboard.press("Enter");
  await expect(closed).toBeFocused();

  await page.keyboard.press("e");
  const inside = page.getByRole("treegrid", { name: /^Layers of the group / });
  await expect(inside).toBeVisible();
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toBeFocused();
  await expect(region.getByRole("status")).toContainText("2 layers");
  await expectAccessible(page);

  // What is added here belongs to the group.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+C");
  await page.keyboard.type("dropout");
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(3);

  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(whole).toBeVisible();
  await expect(closed).toContainText("3 layers");
  await expect(closed).toBeFocused();
  await expect(region.getByRole("status")).toContainText("The whole design again");

  // By the crumb as well; the focus comes back to the list.
  await page.keyboard.press("e");
  await expect(inside).toBeVisible();
  await page.getByRole("navigation").filter({ hasText: "3 layers" }).getByRole("button").first().click();
  await expect(closed).toBeFocused();
  expect(complaints).toEqual([]);
});

test("a row's menu means that row, opened by key or by mouse, whatever else is chosen", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Deep network that does not learn");
  await page.keyboard.press("Shift+L");
  const list = page.getByRole("treegrid", { name: "Layers of the design" });
  const rows = list.locator("[data-layer-row]");
  const acts = (name: string) => page.getByRole("button", { name: `Actions for ${name}`, exact: true });
  const row = (name: string) => rows.filter({ has: acts(name) });
  const pick = (name: string) => page.getByRole("menuitem", { name }).click();

  // Of two rows the one that is chosen off keeps the focus.
  await row("layer_2").click();
  for (const key of ["Shift+ArrowDown", "Space"]) await page.keyboard.press(key);
  await expect(row("layer_3")).toHaveAttribute("aria-selected", "false");
  await expect(row("layer_2")).toHaveAttribute("aria-selected", "true");
  await expect(row("layer_3")).toBeFocused();

  // Not chosen, though the focus is on it.
  await row("layer_2").click();
  for (const key of ["Shift+ArrowDown", "Shift+ArrowDown", "Space"]) await page.keyboard.press(key);
  await expect(row("layer_4")).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("Tab");
  await expect(acts("layer_4")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await expect(row("layer_4")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(row("layer_4")).toHaveCount(0);
  await expect(row("layer_3")).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(row("layer_4")).toHaveCount(1);

  // What an act chose stays chosen.
  await acts("layer_4").click();
  await pick("Duplicate");
  await expect(row("layer_4")).toHaveAttribute("aria-selected", "false");
  await expect(list.getByRole("row", { selected: true })).toHaveCount(1);
  await page.keyboard.press("Control+z");

  // Of two groups and a layer that are chosen, the one whose menu it is dissolves.
  for (const first of ["layer_1", "layer_3"]) {
    await row(first).click();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Control+g");
  }
  const groups = list.getByRole("row", { expanded: true });
  await expect(groups).toHaveCount(2);
  await row("Group 1").click();
  await row("Group 2").click({ modifiers: ["Control"] });
  await row("layer_5").click({ modifiers: ["Control"] });
  await row("Group 1").click({ button: "right" });
  await pick("Ungroup");
  await expect(groups).toHaveCount(1);
  await expect(groups).toContainText("Group 2");
  await expect(groups).toContainText("2 layers");
  expect(complaints).toEqual([]);
});

test("a name that is taken is refused and gives the focus up, on the canvas and in the list", async ({ app: { page } }) => {
  await openTemplate(page, "Deep network that does not learn");
  const name = page.getByRole("textbox", { name: "Name of the layer" });
  const units = page.getByRole("complementary", { name: "Inspector" }).getByRole("textbox", { name: "Units", exact: true });
  const ask = async (): Promise<void> => {
    await page.keyboard.press("F2");
    await expect(name).toBeFocused();
    await page.keyboard.type("layer_1");
  };
  const refused = page.getByRole("status").or(page.getByRole("alert")).filter({ hasText: "layer_1" });
  await node(page, "layer_2").click();
  await ask();
  await units.click();
  await expect(name).toHaveCount(0);
  await expect(refused.first()).toBeVisible();
  await units.press("Control+a");
  await page.keyboard.type("64");
  await expect(units).toHaveValue("64");
  await expect(units).toBeFocused();
  await expect(node(page, "layer_2")).toBeVisible();

  // Enter leaves it open to be mended.
  await page.keyboard.press("Escape");
  await node(page, "layer_2").click();
  await page.keyboard.press("Shift+L");
  await expect(page.locator("[data-layer-row=layer_2]")).toBeFocused();
  await ask();
  await page.keyboard.press("Enter");
  await expect(name).toBeFocused();
  await page.locator("[data-layer-row=layer_5]").click();
  await expect(name).toHaveCount(0);
  await expect(page.locator("[data-layer-row=layer_5]")).toBeFocused();
});
