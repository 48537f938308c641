/**
 * "I closed the laptop in the middle": the app and all its threads stand still, the window's socket dies on the way and its clock is eight
 * hours on when it wakes. The training goes on by itself, the window finds it again, and nothing of what comes out tells of it.
 */
import { join } from "node:path";
import type { Page, WebSocketRoute } from "@playwright/test";
import { openStore } from "../../main/store/sqlite/open.ts";
import { type App, expect, openTemplate, test, watchComplaints } from "./app.ts";
import { modelsOf } from "./kept-models.ts";

const EPOCHS = 300;
const PACE = "20 steps a second";
/** Longer than the first attempts of the window to find its host again. */
const ASLEEP_MS = 4000;

const status = (page: Page) => page.getByRole("contentinfo");

async function epochOf(page: Page): Promise<number> {
  const text = (await status(page).textContent()) ?? "";
  return Number(/epoch (\d+)/i.exec(text)?.[1] ?? 0);
}

/** Every point of the losses of each run, oldest first, as the library has them. */
async function lossesOf(app: App) {
  const store = await openStore({ path: join(app.home, "library.sqlite"), now: Date.now, newId: () => crypto.randomUUID() });
  try {
    const ids = store.listRuns(null).map(({ id }) => store.getRun(id));
    return ids
      .sort((a, b) => a.created_at - b.created_at)
      .map(({ id }) =>
        store
          .readCurves(id, 100_000)
          .filter(({ name }) => name === "loss" || name === "val_loss")
          .map(({ name, epoch, y }) => ({ name, epoch: [...epoch], y: [...y] })),
      );
  } finally {
    store.close();
  }
}

test("the laptop is closed in the middle: the run goes on where it was, its curve is whole and its weights have the same bits", async ({
  app,
}) => {
  const { page } = app;
  const sockets: { readonly window: WebSocketRoute; readonly host: WebSocketRoute }[] = [];
  await page.routeWebSocket(/^ws:/, (window) => {
    sockets.push({ window, host: window.connectToServer() });
  });
  await page.clock.install();
  await page.reload();
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("complementary").last().getByLabel("Epochs", { exact: true }).fill(String(EPOCHS));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(status(page)).toContainText(/done run 1/i, { timeout: 90_000 });

  await page.keyboard.press("F10");
  await expect(status(page)).toContainText(/paused/i);
  const controls = page.getByRole("group", { name: "Training by hand" });
  await controls.getByRole("combobox", { name: "Pace" }).selectOption({ label: PACE });
  await controls.getByRole("button", { name: /^(Resume|Continue)/ }).click();
  await expect.poll(() => epochOf(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(3);

  const before = await epochOf(page);
  const opened = sockets.length;
  app.hold(true);
  try {
    for (const { window, host } of sockets) await Promise.all([window.close({ code: 1001 }), host.close({ code: 1001 })]);
    await page.clock.fastForward("08:00:00");
    await new Promise((resolve) => setTimeout(resolve, ASLEEP_MS));
    // What stands still trains nothing.
    expect(await epochOf(page)).toBeLessThanOrEqual(before + 1);
  } finally {
    app.hold(false);
  }
  await expect.poll(() => epochOf(page), { timeout: 60_000 }).toBeGreaterThan(before + 2);
  expect(sockets.length).toBeGreaterThan(opened);
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(status(page)).toContainText(/training run 2/i);
  await controls.getByRole("combobox", { name: "Pace" }).selectOption({ label: "Full speed" });
  await expect(status(page)).toContainText(/done run 2/i, { timeout: 90_000 });

  const [straight, slept] = modelsOf(app).map((text) => JSON.parse(text));
  expect(slept.weights).toEqual(straight.weights);
  const [whole, broken] = await lossesOf(app);
  expect(whole?.find(({ name }) => name === "loss")?.epoch).toHaveLength(EPOCHS);
  expect(broken).toEqual(whole);
  expect(complaints).toEqual([]);
});

test("the window is closed in the middle: opened again, it says before any project is open what trains and how many wait", async ({
  app: { page },
}) => {
  await openTemplate(page, "Exclusive or");
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("complementary").last().getByLabel("Epochs", { exact: true }).fill("1000000");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(status(page)).toContainText(/training run 1/i);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: /Runs · 2/ })).toBeVisible();

  const opened = await page.context().newPage();
  await page.close();
  await opened.goto(page.url());
  const project = opened.getByRole("button", { name: "Open project Exclusive or" });
  await expect(project).toContainText("Training run 1");
  await expect(project).toContainText("1 waiting");
  const epoch = async (): Promise<string | undefined> => /epoch ([\d,]+) of/.exec((await project.textContent()) ?? "")?.[1];
  const before = await epoch();
  await expect.poll(epoch).not.toBe(before);
  await project.click();
  await expect(status(opened)).toContainText(/training run 1/i);
  await opened.keyboard.press("Control+Alt+Enter");
  await expect(status(opened)).toContainText(/run 2/i);
  await opened.getByRole("button", { name: "Projects", exact: true }).click();
  await expect(project).toContainText("Training run 2");
  await expect(project).not.toContainText("waiting");
});
