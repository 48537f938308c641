/**
 * Quitting by hand while a network trains: the app asks, writes a checkpoint and ends; the next start offers to go on, and
 * what comes out is, bit for bit, what a run that nobody interrupted comes to.
 */
import type { Locator, Page } from "@playwright/test";
import { readModel } from "../../core/export/json/model-json.ts";
import { type App, expect, openTemplate, test } from "./app.ts";
import { modelsOf } from "./kept-models.ts";

/** A moment at full speed, and two minutes and a half at the pace at which the run goes that is caught in the middle by hand. */
const EPOCHS = 300;
const PACE = "20 steps a second";

async function openRun(page: Page, epochs: number): Promise<void> {
  await openTemplate(page, "Exclusive or");
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("complementary").last().getByLabel("Epochs", { exact: true }).fill(String(epochs));
  await page.keyboard.press("Enter");
}

async function quitInMenu(page: Page): Promise<Locator> {
  await page.getByRole("banner").getByRole("button", { name: "More" }).click();
  return page.getByRole("menuitem", { name: "Quit Neuroloom" });
}

/** Presses what ends the app and gives its exit code. The window may be gone before it has answered the press: that alone is no fault. */
async function endWith(app: App, button: Locator): Promise<number | null> {
  const pressed = button.click().catch((error: unknown) => {
    if (!/has been closed/.test(String(error))) throw error;
  });
  const [code] = await Promise.all([app.ended(), pressed]);
  return code;
}

const OF_ENTRIES = { tag: "@window" };

test(
  "quits from the menu in the middle of training, goes on at the next start and ends with the bits of an unbroken run",
  OF_ENTRIES,
  async ({ app }) => {
    await openRun(app.page, EPOCHS);
    await app.page.keyboard.press("Control+Enter");
    await expect(app.page.getByRole("contentinfo")).toContainText(/done/i, { timeout: 90_000 });
    await app.page.keyboard.press("F10");
    await expect(app.page.getByRole("contentinfo")).toContainText(/paused/i);
    const controls = app.page.getByRole("group", { name: "Training by hand" });
    await controls.getByRole("combobox", { name: "Pace" }).selectOption({ label: PACE });
    await expect(controls.getByRole("combobox", { name: "Pace" })).toHaveValue("20");
    await controls.getByRole("button", { name: /^(Resume|Continue)/ }).click();
    await expect(app.page.getByRole("contentinfo")).toContainText(/Training run 2.*epoch \d/i);

    await (await quitInMenu(app.page)).click();
    const question = app.page.getByRole("dialog", { name: "A run is still training" });
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(app.page.getByRole("contentinfo")).toContainText(/Training run 2/i);
    await (await quitInMenu(app.page)).click();
    expect(await endWith(app, question.getByRole("button", { name: "Save a checkpoint and quit" }))).toBe(0);
    if (app.entry === "loopback") await expect(app.page.getByRole("alertdialog", { name: "Neuroloom has ended" })).toBeVisible();

    const again = await app.reopen();
    const { page } = again;
    const offer = page.getByRole("region", { name: "Interrupted runs" });
    await expect(offer).toContainText(/epoch [\d,]+ of 300/i);
    await offer.getByRole("button", { name: /Resume/ }).click();
    await expect(page.getByRole("contentinfo")).toContainText(/done/i, { timeout: 90_000 });
    expect(await endWith(again, await quitInMenu(page))).toBe(0);

    const [straight, resumed] = modelsOf(app).map(readModel);
    expect(straight?.weights.map(({ values }) => values)).toEqual(resumed?.weights.map(({ values }) => values));
    expect(straight?.weights.length).toBeGreaterThan(0);
  },
);

test("quits from the menu of the window: the system's dialog asks, and the next start offers to resume", OF_ENTRIES, async ({ app }) => {
  test.skip(app.electron === null, "a browser's own menu does not know the app");
  await openRun(app.page, 1_000_000);
  await app.page.keyboard.press("Control+Enter");
  await expect(app.page.getByRole("contentinfo")).toContainText(/epoch \d{3}/i);
  // The dialog belongs to the system: what a person would press in it is answered here, the menu's entry is pressed.
  await app.electron?.evaluate(({ dialog, Menu }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
    const entries = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    setTimeout(() => entries.find((entry) => entry.role === "quit")?.click(), 100);
  });
  expect(await app.ended()).toBe(0);
  const { page } = await app.reopen();
  await expect(page.getByRole("region", { name: "Interrupted runs" })).toContainText(/epoch [\d,]+ of 1,?000,?000/i);
});
