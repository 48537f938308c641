/**
 * The app under test: the built app on a home of its own, in the browser through the loopback entry, or in a window
 * through Electron (its binary where there is one, the double where there is none). One set of specs serves both. "By
 * hand" means mouse and keys: these helpers press and drag, they never reach into the page's state.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { _electron, type Browser, test as base, type ElectronApplication, expect, type Locator, type Page } from "@playwright/test";
import { electronExecutable } from "../electron-double/executable.ts";
import { newHome } from "../home.ts";

export type Entry = "loopback" | "electron";

const root = join(import.meta.dirname, "../..");

export interface App {
  readonly page: Page;
  readonly home: string;
  readonly entry: Entry;
  /** The process that the files go to. */
  readonly pid: number;
  /** Ends the app as a crash would and opens it again on the same home. */
  crashAndReopen(): Promise<App>;
  /** Resolves with the exit code when the app has ended by itself: somebody has quit it. */
  ended(): Promise<number | null>;
  /** Starts the app again on the same home, as `npm start` does, after it has ended. */
  reopen(): Promise<App>;
  /** The window's application; null in the browser. */
  readonly electron: ElectronApplication | null;
  /** Holds the app's process with all its threads, as a machine that sleeps does, or lets it go on. */
  hold(held: boolean): void;
}

interface Running {
  readonly page: Page;
  readonly electron: ElectronApplication | null;
  readonly ended: Promise<number | null>;
  readonly process: ChildProcess;
  close(): Promise<void>;
  kill(): Promise<void>;
}

async function openLoopback(home: string, browser: Browser): Promise<Running> {
  const server = spawn(process.execPath, [join(root, "out/main/loopback.js"), "--home", home, "--no-open"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = exitOf(server);
  const url = await addressOf(server);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true, locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(url);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await context.close();
    server.kill(signal);
    await ended;
  };
  return { page, electron: null, ended, process: server, close: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

function exitOf(process: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => process.once("exit", resolve));
}

async function addressOf(server: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of server.stdout ?? []) {
    text += String(chunk);
    const found = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(text);
    if (found !== null) {
      server.stdout?.resume();
      return found[0];
    }
  }
  throw new Error(`the loopback app ended without an address: ${text}`);
}

async function openElectron(home: string): Promise<Running> {
  const app: ElectronApplication = await _electron.launch({
    executablePath: electronExecutable().path,
    args: [root],
    env: { ...(process.env as Record<string, string>), NEUROLOOM_HOME: home },
  });
  const ended = exitOf(app.process());
  const page = await app.firstWindow();
  await page.setViewportSize({ width: 1440, height: 900 });
  return {
    page,
    electron: app,
    ended,
    process: app.process(),
    close: () => app.close(),
    kill: async () => {
      app.process().kill("SIGKILL");
      await ended;
    },
  };
}

export const test = base.extend<{ entry: Entry; app: App }>({
  entry: ["loopback", { option: true }],
  app: async ({ entry, browser }, use) => {
    const home = newHome("neuroloom-e2e-");
    const open = (): Promise<Running> => (entry === "loopback" ? openLoopback(home, browser) : openElectron(home));
    let running = await open();
    const reopen = async (): Promise<App> => {
      running = await open();
      return appOf();
    };
    const appOf = (): App => ({
      page: running.page,
      home,
      entry,
      pid: running.process.pid ?? 0,
      electron: running.electron,
      hold: (held) => running.process.kill(held ? "SIGSTOP" : "SIGCONT"),
      crashAndReopen: async () => {
        await running.kill();
        return reopen();
      },
      ended: () => running.ended,
      reopen,
    });
    await use(appOf());
    await running.close();
    rmSync(home, { recursive: true, force: true });
  },
});

export { expect };

/** Every line the page complained about: a test that leaves any behind is not done. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return complaints;
}

export async function openTemplate(page: Page, title: string): Promise<void> {
  await page.getByRole("region", { name: "Templates" }).getByRole("button", { name: title }).click();
  await expect(page.getByRole("banner").getByRole("button", { name: "Train", exact: true })).toBeVisible();
}

export const node = (page: Page, name: string): Locator =>
  page.locator(".react-flow__node").filter({ has: page.getByText(name, { exact: true }) });

/** Drags a layer from the palette and drops it on the canvas, `x`, `y` pixels from the canvas's corner. */
export async function dragLayer(page: Page, label: string, x: number, y: number): Promise<void> {
  const box = await boxOf(page.locator(".react-flow__pane"));
  await grabLayer(page, label);
  await page.mouse.move(box.x + x, box.y + y, { steps: 6 });
  await page.mouse.up();
}

/** Takes hold of a layer in the list; it is let go by the caller. */
export async function grabLayer(page: Page, label: string): Promise<void> {
  const entry = page.getByRole("complementary", { name: "Layers" }).getByRole("button", { name: label, exact: true });
  await entry.scrollIntoViewIfNeeded();
  const item = await boxOf(entry);
  await page.mouse.move(item.x + item.width / 2, item.y + item.height / 2);
  await page.mouse.down();
  await page.mouse.move(item.x + item.width / 2 + 10, item.y + item.height / 2, { steps: 2 });
}

/** Draws an edge from a node's output to another's input with the mouse, and waits until it is there. */
export async function connect(page: Page, from: string, to: string): Promise<void> {
  const edges = page.locator(".react-flow__edge");
  const before = await edges.count();
  await dragHandle(page, from, to);
  await expect(edges).toHaveCount(before + 1);
}

export async function dragHandle(page: Page, from: string, to: string): Promise<void> {
  const source = await boxOf(node(page, from).locator(".react-flow__handle.source").first());
  const target = await boxOf(node(page, to).locator(".react-flow__handle.target").first());
  await page.mouse.move(source.x + source.width / 2, source.y + source.height / 2);
  await page.mouse.down();
  await page.mouse.move((source.x + target.x) / 2, (source.y + target.y) / 2, { steps: 5 });
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 5 });
  await page.mouse.up();
}

/** In pixels of the window. @throws Error when it is not drawn */
export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await expect(locator).toBeVisible();
  const box = await locator.boundingBox();
  if (box === null) throw new Error("the element has no box");
  return box;
}
