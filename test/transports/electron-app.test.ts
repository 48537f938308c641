/**
 * main/electron as a whole, started by Playwright's own `_electron.launch`: the real main code, preload and page over the double, which
 * shows the wiring and not the sandbox. The end-to-end tests run the built app over the real binary where there is one.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { buildPage, buildPreload } from "./build.ts";
import type { PageTest } from "./page/page.ts";
import type { TestHost } from "./test-host.ts";

type TestWindow = { neuroloomTest: PageTest };
type TestMain = { testHost: TestHost };

const DOUBLE = fileURLToPath(new URL("../electron-double/electron", import.meta.url));
const MAIN = fileURLToPath(new URL("app-main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "neuroloom-electron-"));
let environment: Record<string, string>;
let app: ElectronApplication | null = null;

beforeAll(async () => {
  const inherited = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  await buildPage(join(folder, "page"));
  environment = {
    ...inherited,
    TEST_PAGE: join(folder, "page"),
    TEST_PRELOAD: await buildPreload(folder),
    NEUROLOOM_HOME: join(folder, "home"),
  };
});
afterEach(async () => {
  // Whatever a test left running: nothing trains, so nothing asks.
  await app
    ?.evaluate(() => {
      (globalThis as unknown as TestMain).testHost.running = false;
    })
    .catch(() => {});
  await app?.close();
  app = null;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function launch(): Promise<{ app: ElectronApplication; page: Page }> {
  app = await _electron.launch({ executablePath: DOUBLE, args: [MAIN], env: environment });
  const page = await app.firstWindow();
  await page.waitForFunction(() => "neuroloomTest" in globalThis);
  return { app, page };
}

function settings(page: Page): Promise<unknown> {
  return page.evaluate(async () => (await (globalThis as unknown as TestWindow).neuroloomTest.connection).call("app.settings", {}));
}

/** Lets the main process print, as it ends, how its host was shut down. @returns what it has printed so far */
async function logShutdowns(launched: ElectronApplication): Promise<() => string> {
  let output = "";
  launched.process().stdout?.on("data", (data) => {
    output += String(data);
  });
  await launched.evaluate(({ app: main }) => {
    const { testHost } = globalThis as unknown as TestMain;
    main.on("quit", () => process.stdout.write(`shutdowns ${JSON.stringify(testHost.shutdowns)}\n`));
  });
  return () => output;
}

function exit(launched: ElectronApplication): Promise<number | null> {
  return new Promise((resolve) => launched.process().once("exit", resolve));
}

it("shows the page from app:// with the security headers, and the contract works through the preload", async () => {
  const { app: launched, page } = await launch();
  expect(await settings(page)).toEqual({ language: "en", answer: 42 });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const urls = await launched.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()));
  expect(urls).toEqual(["app://neuroloom/"]);
});

it("gives the page one object and nothing else of Electron or Node", async () => {
  const { page } = await launch();
  const reach = await page.evaluate(() => ({
    bridge: Object.keys((globalThis as unknown as { neuroloomBridge: object }).neuroloomBridge).sort(),
    frozen: Object.isFrozen((globalThis as unknown as { neuroloomBridge: object }).neuroloomBridge),
    leaks: ["require", "process", "module", "Buffer", "ipcRenderer", "electron"].filter((name) => name in globalThis),
  }));
  expect(reach).toEqual({ bridge: ["onClosed", "onMessage", "pathForFile", "saveDownload", "send"], frozen: true, leaks: [] });
});

it("serves the page again after a reload, and sends events only to the one that is there", async () => {
  const { app: launched, page } = await launch();
  await settings(page);
  await page.reload();
  await page.waitForFunction(() => "neuroloomTest" in globalThis);
  expect(await settings(page)).toEqual({ language: "en", answer: 42 });
  await launched.evaluate(() => (globalThis as unknown as TestMain).testHost.emit("run.deleted", { ids: ["once"] }));
  await settings(page);
  expect(await page.evaluate(() => (globalThis as unknown as TestWindow).neuroloomTest.events)).toEqual(["deleted once"]);
});

it("denies other addresses and new windows", async () => {
  const { app: launched, page } = await launch();
  await settings(page);
  await page.evaluate(() => {
    window.location.href = "https://example.com/";
  });
  expect(await settings(page)).toEqual({ language: "en", answer: 42 });
  const opening = page.waitForEvent("popup");
  await page.evaluate(() => void window.open("about:blank"));
  // Electron never opens it; the double can only close it at once.
  const popup = await opening;
  if (!popup.isClosed()) await popup.waitForEvent("close");
  const urls = await launched.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()));
  expect(urls).toEqual(["app://neuroloom/"]);
});

it("takes a dropped file by its path", async () => {
  const { page } = await launch();
  await settings(page);
  const path = join(folder, "flowers 1.csv");
  writeFileSync(path, "a,b\n1,2\n");
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    document.body.append(input);
  });
  await page.locator("input").setInputFiles(path);
  const taken = await page.evaluate(() => {
    const file = document.querySelector("input")?.files?.[0];
    return file === undefined ? null : (globalThis as unknown as TestWindow).neuroloomTest.takeFile(file);
  });
  expect(taken?.name).toBe("flowers 1.csv");
  expect(readFileSync(taken?.file ?? "", "utf8")).toBe("a,b\n1,2\n");
});

it("saves a download where the dialog says, and reports a cancelled and a failed one", async () => {
  const { app: launched, page } = await launch();
  const source = join(folder, "held.json");
  writeFileSync(source, "{}");
  await launched.evaluate((_electronModule, path) => {
    (globalThis as unknown as TestMain).testHost.offered.set("token-1", { path, fileName: "model.json" });
  }, source);
  const save = async (token: string, answer: { canceled: boolean; filePath: string }): Promise<unknown> => {
    await launched.evaluate(({ dialog }, given) => {
      dialog.showSaveDialog = () => Promise.resolve(given);
    }, answer);
    return page.evaluate(
      (name) =>
        (globalThis as unknown as TestWindow).neuroloomTest
          .saveDownload(name, "model.json")
          .catch((error: unknown) => Reflect.get(error as object, "code")),
      token,
    );
  };
  const target = join(folder, "saved.json");
  expect(await save("token-1", { canceled: true, filePath: "" })).toBe(false);
  expect(await save("token-1", { canceled: false, filePath: target })).toBe(true);
  expect(readFileSync(target, "utf8")).toBe("{}");
  expect(await save("token-1", { canceled: false, filePath: join(folder, "no-such-folder", "a.json") })).toBe("protocol.save_failed");
  expect(await save("gone", { canceled: false, filePath: target })).toBe("protocol.download_gone");
});

it("keeps training when its window is closed, comes back at a second start, and asks before it quits", async () => {
  const { app: launched, page } = await launch();
  await settings(page);
  await launched.evaluate(({ dialog }) => {
    const main = globalThis as unknown as TestMain & { asked: string[] };
    main.testHost.running = true;
    main.asked = [];
    dialog.showMessageBox = (options: unknown) => {
      main.asked.push(String(Reflect.get(options as object, "message")));
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
  });
  await page.close();
  const asked = () => launched.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  await expect.poll(asked).toEqual(["A network is being trained."]);
  expect(await launched.evaluate(() => (globalThis as unknown as TestMain).testHost.shutdowns)).toEqual([]);

  const again = launched.waitForEvent("window");
  const second = spawn(DOUBLE, [MAIN], { env: environment, stdio: "ignore" });
  expect(await new Promise((resolve) => second.once("exit", resolve))).toBe(0);
  const reopened = await again;
  await reopened.waitForFunction(() => "neuroloomTest" in globalThis);
  expect(await settings(reopened)).toEqual({ language: "en", answer: 42 });

  await launched.evaluate(({ app: main }) => main.quit());
  await expect.poll(asked).toHaveLength(2);
  expect(await launched.evaluate(() => (globalThis as unknown as TestMain).testHost.shutdowns)).toEqual([]);
});

it("quits after a checkpoint when that is chosen", async () => {
  const { app: launched, page } = await launch();
  await settings(page);
  const output = await logShutdowns(launched);
  await launched.evaluate(({ dialog }) => {
    (globalThis as unknown as TestMain).testHost.running = true;
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  });
  const ended = exit(launched);
  await launched.evaluate(({ app: main }) => main.quit());
  expect(await ended).toBe(0);
  expect(output()).toContain("shutdowns [true]");
  app = null;
});

it("ends on app.quit, with the checkpoint that was asked for", async () => {
  const { app: launched, page } = await launch();
  const output = await logShutdowns(launched);
  const ended = exit(launched);
  // The page goes with the app: it may or may not see the answer.
  await page
    .evaluate(async () => (await (globalThis as unknown as TestWindow).neuroloomTest.connection).call("app.quit", { checkpoint: true }))
    .catch(() => {});
  expect(await ended).toBe(0);
  expect(output()).toContain("shutdowns [true]");
  app = null;
});

it("gives no permission that a page asks for, and lets it write to the clipboard", async () => {
  const { app: launched } = await launch();
  const answers = await launched.evaluate(({ session }) => {
    const { handlers } = session.defaultSession as unknown as { handlers: ReadonlyMap<string, (...args: unknown[]) => unknown> };
    const asked = ["media", "geolocation", "notifications", "clipboard-read", "fileSystem"].map((permission) => {
      let granted: unknown = null;
      handlers.get("request")?.(null, permission, (answer: unknown) => {
        granted = answer;
      });
      return granted;
    });
    const checked = ["media", "clipboard-sanitized-write"].map((permission) => handlers.get("check")?.(null, permission));
    return { asked, checked, device: handlers.get("device")?.({}) };
  });
  expect(answers).toEqual({ asked: [false, false, false, false, false], checked: [false, true], device: false });
});

it("ends with a checkpoint when the system tells it to go, without a question", async () => {
  const { app: launched, page } = await launch();
  await settings(page);
  const output = await logShutdowns(launched);
  await launched.evaluate(() => {
    (globalThis as unknown as TestMain).testHost.running = true;
  });
  const ended = exit(launched);
  launched.process().kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(output()).toContain("shutdowns [true]");
  app = null;
});
