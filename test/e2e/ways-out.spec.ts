/** Whatever does not come can be given up and asked for again: lists and runs that the host holds back, parts of the program that are not fetched. */
import type { Locator, Page } from "@playwright/test";
import { expect, openTemplate, test } from "./app.ts";
import { expectAccessible } from "./axe.ts";
import { betweenFiles, betweenHost } from "./between.ts";

/** Cancels what waits in a place; asked again, it comes. */
async function cancelAndAskAgain(place: Locator | Page, pass: () => unknown, what = "Loading…"): Promise<void> {
  await expect(place.getByText(what)).toBeVisible();
  await place.getByRole("status").getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(place.getByText("It was cancelled.")).toBeVisible();
  await expect(place.getByText(what)).toBeHidden();
  await pass();
  // By keys one goes on from where one was.
  await expect(place.getByRole("button", { name: "Ask again" })).toBeFocused();
  await place.getByRole("button", { name: "Ask again" }).press("Enter");
  await expect(place.getByText("It was cancelled.")).toBeHidden();
}

const goTo = (page: Page, screen: string): Promise<void> =>
  page.getByRole("banner").getByRole("button", { name: screen, exact: true }).click();

test("the lists of every screen are given up and asked for again", async ({ app: { page, entry } }) => {
  test.skip(entry === "electron", "stands between page and host on the socket");
  const { set, asked } = await betweenHost(page);
  set("templates.list", "hold");
  await page.reload();
  const start = page.locator("main.start");
  await expect(start.getByText("Loading…")).toBeVisible();
  await expectAccessible(page);
  await start.getByRole("button", { name: "Cancel" }).click();
  // What needs no list can be done meanwhile.
  await expect(start.getByRole("button", { name: /New project/ })).toBeVisible();
  set("templates.list", "pass");
  await start.getByRole("button", { name: "Ask again" }).click();
  await expect(start.getByRole("region", { name: "Recent projects" })).toBeVisible();

  // One that does not open is left; what comes of it later is not taken.
  set("projects.create", "hold");
  await start.getByRole("button", { name: /New project/ }).click();
  await start.getByRole("status").getByRole("button", { name: "Cancel" }).click();
  await expect(start.getByRole("button", { name: /New project/ })).toBeEnabled();
  set("projects.create", "pass");
  await expect.poll(() => asked("projects.delete")).toBe(1);
  await expect(start).toBeVisible();
  await page.reload();
  await expect(start.getByText("No projects yet")).toBeVisible();

  set("runs.recent", "hold");
  await openTemplate(page, "Exclusive or");
  const dock = page.getByRole("region", { name: "Charts and comparison" });
  await expect(dock.getByText("Loading…")).toBeVisible();
  await dock.getByRole("tab", { name: "Look inside" }).click();
  await cancelAndAskAgain(dock, () => set("runs.recent", "pass"));
  await expect(dock.getByText("Nothing to look into yet")).toBeVisible();
  await dock.getByRole("tab", { name: "Charts" }).click();
  await expect(dock.getByText("Nothing trained yet")).toBeVisible();

  set("runs.page", "hold");
  await goTo(page, "Runs");
  await cancelAndAskAgain(page.getByRole("main"), () => set("runs.page", "pass"));
  await expect(page.getByRole("searchbox")).toBeVisible();

  set("datasets.list", "hold");
  set("datasets.builtins", "hold");
  await goTo(page, "Data");
  await page.getByRole("button", { name: "Other data" }).click();
  const library = page.getByRole("region", { name: "Your data" });
  await cancelAndAskAgain(library, () => set("datasets.list", "pass"));
  await expect(library.getByText("Loading…")).toHaveCount(0);
  await cancelAndAskAgain(page.locator(".choose-data"), () => set("datasets.builtins", "pass"));
  const builtins = page.getByRole("region", { name: "Ready to use" });
  set("datasets.builtin", "hold");
  await builtins.getByRole("button", { name: /^Use / }).click();
  await builtins.getByRole("status").getByRole("button", { name: "Cancel" }).click();
  set("datasets.builtin", "pass");
  await builtins.getByRole("button", { name: /^Use / }).click();
  await expect(page.getByRole("button", { name: "Other data" })).toBeVisible();
});

test("a run that does not start is given up, and the next one starts; its epochs are asked for again", async ({ app: { page, entry } }) => {
  test.skip(entry === "electron", "stands between page and host on the socket");
  const { set } = await betweenHost(page);
  await openTemplate(page, "Exclusive or");
  const dock = page.getByRole("region", { name: "Charts and comparison" });
  const train = page.getByRole("banner").getByRole("button", { name: "Train", exact: true });
  set("runs.start", "lose");
  await train.click();
  await expect(dock.getByText("Starting the run…")).toBeVisible();
  await dock.getByRole("status").getByRole("button", { name: "Cancel" }).click();
  await expect(dock.getByText("Nothing trained yet")).toBeVisible();
  set("runs.start", "pass");
  set("runs.snapshots", "hold");
  await train.click();
  await expect(dock.locator(".run-figures")).toBeVisible();
  await dock.getByRole("tab", { name: "Look inside" }).click();
  await cancelAndAskAgain(dock, () => set("runs.snapshots", "pass"));
  await expect(dock.getByRole("slider").first()).toBeVisible();

  // Its curves, in a window that has not seen them come.
  set("runs.curves", "hold");
  await page.reload();
  await dock.getByRole("tab", { name: "Charts" }).click();
  await cancelAndAskAgain(dock, () => set("runs.curves", "fail"));
  await expect(dock.getByRole("alert")).toContainText("held back");
  set("runs.curves", "pass");
  await dock.getByRole("button", { name: "Try again" }).click();
  await expect(dock.getByRole("region", { name: "Charts", exact: true })).toBeVisible();
});

test("a run that begins after its start was given up is discarded", async ({ app: { page, entry } }) => {
  test.skip(entry === "electron", "stands between page and host on the socket");
  const { set, asked } = await betweenHost(page);
  await openTemplate(page, "Exclusive or");
  const dock = page.getByRole("region", { name: "Charts and comparison" });
  set("runs.start", "hold");
  await page.getByRole("banner").getByRole("button", { name: "Train", exact: true }).click();
  await expect(dock.getByText("Starting the run…")).toBeVisible();
  await dock.getByRole("status").getByRole("button", { name: "Cancel" }).click();
  await expect(dock.getByText("Nothing trained yet")).toBeVisible();
  set("runs.start", "pass");
  // It is in no list, also of a window that reads them anew.
  await expect.poll(() => asked("runs.discard")).toBe(1);
  await page.reload();
  await expect(dock.getByText("Nothing trained yet")).toBeVisible();
});

test("of two projects chosen one after the other neither opens once that is given up; what is done at once has no Cancel", async ({
  app: { page, entry },
}) => {
  test.skip(entry === "electron", "stands between page and host on the socket");
  const start = page.locator("main.start");
  const names = ["Exclusive or", "Softmax regression"];
  for (const name of names) {
    await openTemplate(page, name);
    await page.getByRole("banner").getByRole("button", { name: "Projects", exact: true }).click();
  }
  const { set, asked } = await betweenHost(page);
  set("projects.open", "hold");
  for (const name of names) await start.getByRole("button", { name: `Open project ${name}`, exact: true }).click();
  await start.getByRole("status").getByRole("button", { name: "Cancel" }).click();
  const before = asked("projects.open");
  set("projects.open", "pass");
  await expect.poll(() => asked("projects.open")).toBe(before + 2);

  // What is done at once has no Cancel: it could not keep its word. It is done behind the two, and the start screen is still there for it.
  set("projects.duplicate", "hold");
  await page.clock.install();
  await start.getByRole("button", { name: "Actions for Exclusive or" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await page.clock.fastForward(10_000);
  await expect(start.getByRole("button", { name: "Cancel", exact: true })).toHaveCount(0);
  set("projects.duplicate", "pass");
  await expect(start.getByRole("button", { name: /^Open project Exclusive or/ })).toHaveCount(2);
});

test("compacting the library is stopped, and says what was given back", async ({ app: { page, entry } }) => {
  test.skip(entry === "electron", "stands between page and host on the socket");
  const { set, asked } = await betweenHost(page);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  const library = page.getByRole("dialog").locator(".library-settings");
  set("library.compact", "hold");
  await library.getByRole("button", { name: "Compact", exact: true }).click();
  await expect(library.getByText("Giving room back…")).toBeVisible();
  await library.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => asked("library.cancel")).toBe(1);
  set("library.compact", "pass");
  await expect(page.locator(".toast").getByText(/^Stopped; .* were given back until then/)).toBeVisible();
  await expect(library.getByRole("button", { name: "Compact", exact: true })).toBeVisible();
});

test("rows, the preparation, a script: each is given up and asked for again", async ({ app: { page, entry } }) => {
  test.skip(entry === "electron", "stands between page and host on the socket");
  const { set, asked } = await betweenHost(page);
  await openTemplate(page, "Softmax regression");
  for (const method of ["datasets.layout", "tables.view"]) set(method, "hold");
  await page.reload();
  await goTo(page, "Data");
  const panel = page.getByRole("complementary", { name: "Target, split and chosen columns" });
  // A training waits for the preparation, and is given up with it.
  await expect(panel.getByText("Preparing…")).toBeVisible();
  await page.getByRole("banner").getByRole("button", { name: "Train", exact: true }).click();
  await cancelAndAskAgain(panel, () => set("datasets.layout", "pass"), "Preparing…");
  await expect(panel.getByRole("heading", { name: "What the network gets" })).toBeVisible();
  expect(asked("runs.start")).toBe(0);
  await page.getByRole("tab", { name: /^Rows/ }).click();
  const rows = page.locator(".rows-tab");
  await cancelAndAskAgain(rows, () => set("tables.view", "pass"), "Reading rows…");
  await expect(rows.getByRole("row").nth(1).getByRole("cell").first()).toBeVisible();
  await expect(rows.getByText("Reading rows…")).toHaveCount(0);

  await page.getByRole("banner").getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("tab", { name: "Code" }).click();
  set("exports.code", "hold");
  const save = dialog.getByRole("button", { name: "Save the script" });
  await save.click();
  await dialog.getByRole("status").getByRole("button", { name: "Cancel" }).click();
  set("exports.code", "pass");
  const download = page.waitForEvent("download");
  await save.click();
  await download;
});

test("a network that is proposed is not made when it is given up", async ({ app: { page, entry } }) => {
  test.skip(entry === "electron", "stands between page and host on the socket");
  const { set, asked } = await betweenHost(page);
  await page.getByRole("button", { name: /^New from my data/ }).click();
  const rows = Array.from({ length: 60 }, (_, k) => `${k % 7},${(k * 13) % 11},${k % 2 === 0 ? "even" : "odd"}`);
  const file = { name: "numbers.csv", mimeType: "text/csv", buffer: Buffer.from(`a,b,kind\n${rows.join("\n")}\n`) };
  await page.getByLabel("Choose a file …", { exact: true }).setInputFiles(file);
  set("projects.create", "hold");
  const use = page.getByRole("button", { name: "Use this network: One hidden layer" });
  await use.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Making the project…")).toBeVisible();
  await dialog.getByRole("status").getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByText("Making the project…")).toHaveCount(0);
  set("projects.create", "pass");
  await expect.poll(() => asked("projects.delete")).toBe(1);
  await use.click();
  await expect(page.locator(".react-flow")).toBeVisible();
});

test("parts of the program that do not come lead back where one came from, and are fetched again", async ({ app: { page } }) => {
  const runs = await betweenFiles(page, /\/RunsScreen-[^/]*\.js/, "hold");
  const charts = await betweenFiles(page, /\/ChartsTab-[^/]*\.js/, "hold");
  const settings = await betweenFiles(page, /\/SettingsDialog-[^/]*\.js/, "hold");
  await openTemplate(page, "Exclusive or");
  const dock = page.getByRole("region", { name: "Charts and comparison" });
  await expect(dock.getByText("Loading…")).toBeVisible();
  await dock.getByRole("button", { name: "Cancel" }).click();
  await expect(dock.getByText("Loading…")).toBeHidden();
  await charts("pass");
  await dock.getByRole("button", { name: "Show the panel below" }).click();
  await expect(dock.getByText("Nothing trained yet")).toBeVisible();

  await goTo(page, "Runs");
  await expect(page.getByRole("main").getByText("Loading…")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(page.locator(".react-flow")).toBeVisible();
  await runs("pass");
  await goTo(page, "Runs");
  await expect(page.getByRole("searchbox")).toBeVisible();

  const openSettings = async (): Promise<void> => {
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Settings" }).click();
  };
  await openSettings();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Loading…")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await settings("pass");
  await openSettings();
  await expect(dialog.getByRole("heading", { name: "Settings" })).toBeVisible();
});

test("a part of the program that cannot be fetched says so, and is fetched when asked again", async ({ app: { page } }) => {
  const charts = await betweenFiles(page, /\/ChartsTab-[^/]*\.js/, "fail");
  const data = await betweenFiles(page, /\/DataScreen-[^/]*\.js/, "fail");
  await openTemplate(page, "Exclusive or");
  const dock = page.getByRole("region", { name: "Charts and comparison" });
  await expect(dock.getByRole("alert")).toContainText("This part of the program could not be fetched");
  await charts("pass");
  await dock.getByRole("button", { name: "Try again" }).click();
  await expect(dock.getByText("Nothing trained yet")).toBeVisible();
  await goTo(page, "Data");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("This part of the program could not be fetched");
  await data("pass");
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(page.getByRole("button", { name: "Other data" })).toBeVisible();
});
