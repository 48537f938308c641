/** The renderer's side of the loopback app in a real browser: key, reload, second tab, files, reconnecting, and what CSP stops. */
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type LoopbackServer, openLoopback } from "../../main/loopback/server.ts";
import { CHROMIUM_ARGUMENTS, findChromium } from "../chromium.ts";
import { buildPage } from "./build.ts";
import type { PageTest } from "./page/page.ts";
import { openTestHost, type TestHost } from "./test-host.ts";

/** What page.ts put on the window. */
type TestWindow = { neuroloomTest: PageTest };

const site = openTestHost();
const rendererFolder = join(site.folder, "page");
let browser: Browser;
let context: BrowserContext;
let host: TestHost;
let server: LoopbackServer;
const faults: unknown[] = [];

beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("These tests need Chromium (test/chromium.ts says where it is looked for).");
  [browser] = await Promise.all([chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] }), buildPage(rendererFolder)]);
});
afterAll(async () => {
  await browser?.close();
  site.remove();
});
beforeEach(async () => {
  host = openTestHost({ "app.settings": () => Promise.resolve({ answer: 42 }), "runs.pause": () => new Promise(() => {}) });
  faults.length = 0;
  server = await listen(0);
  context = await browser.newContext({ acceptDownloads: true });
});
afterEach(async () => {
  await context.close();
  await server.close("test over");
  host.remove();
  expect(faults).toEqual([]);
});

function listen(port: number): Promise<LoopbackServer> {
  return openLoopback({
    host,
    handlers: host.handlers,
    rendererFolder,
    port,
    uploadLimitBytes: 1_000_000,
    onFault: (fault) => faults.push(fault),
  });
}

async function visit(url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** The answer of a call, or the code of the error that connecting ended with. */
function settings(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    (globalThis as unknown as TestWindow).neuroloomTest.connection
      .then((client) => client.call("app.settings", {}))
      .catch((error: unknown) => Reflect.get(error as object, "code")),
  );
}

it("connects with the key of the address, takes it out of the address bar, and is isolated from other origins", async () => {
  const page = await visit(server.url);
  expect(await settings(page)).toEqual({ answer: 42 });
  expect(page.url()).toBe(`http://127.0.0.1:${server.port}/`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

it("survives a reload and serves a second tab that knows only the address without the key", async () => {
  const page = await visit(server.oneTimeUrl());
  expect(await settings(page)).toEqual({ answer: 42 });
  await page.reload();
  expect(await settings(page)).toEqual({ answer: 42 });
  const second = await visit(`http://127.0.0.1:${server.port}/`);
  expect(await settings(second)).toEqual({ answer: 42 });
  expect(await settings(page)).toEqual({ answer: 42 });
});

it("tells a page without a key, or with that of another launch, in an error of its own", async () => {
  expect(await settings(await visit(`http://127.0.0.1:${server.port}/`))).toBe("protocol.wrong_token");
  expect(await settings(await visit(`http://127.0.0.1:${server.port}/#key=wrong`))).toBe("protocol.wrong_token");
});

it("uploads a file with progress and refuses one over the limit in words", async () => {
  const page = await visit(server.url);
  await settings(page);
  const sizes = [300_000, 2_000_000];
  const results = await page.evaluate(async (each) => {
    const { takeFile } = (globalThis as unknown as TestWindow).neuroloomTest;
    const outcomes: unknown[] = [];
    for (const size of each) {
      const sent: number[] = [];
      const file = new File(["7".repeat(size)], "数据 1.csv");
      outcomes.push(
        await takeFile(file, { onProgress: (bytes) => sent.push(bytes) }).then(
          (taken) => ({ ...taken, sent: sent.at(-1) }),
          (error: unknown) => Reflect.get(error as object, "code"),
        ),
      );
    }
    return outcomes;
  }, sizes);
  expect(results[0]).toEqual({ file: "upload-1", name: "数据 1.csv", sent: 300_000 });
  // The server answers and hangs up while the browser still sends: it may see either.
  expect(["protocol.upload_too_large", "protocol.upload_cut_off"]).toContain(results[1]);
  expect(host.taken.map(({ name }) => name)).toEqual(["数据 1.csv"]);
  expect(readFileSync(host.taken[0]?.path ?? "", "utf8")).toBe("7".repeat(300_000));
});

it("cancels an upload", async () => {
  const page = await visit(server.url);
  await settings(page);
  const code = await page.evaluate(() => {
    const { takeFile } = (globalThis as unknown as TestWindow).neuroloomTest;
    const cancel = new AbortController();
    const taken = takeFile(new File(["7".repeat(900_000)], "a.csv"), { signal: cancel.signal });
    cancel.abort();
    return taken.then(
      () => "taken",
      (error: unknown) => Reflect.get(error as object, "code"),
    );
  });
  expect(code).toBe("protocol.upload_cut_off");
});

it("downloads a file under its name, and says when it is gone", async () => {
  const path = join(host.folder, "model.json");
  writeFileSync(path, '{"weights":[]}');
  host.offered.set("token-1", { path, fileName: "模型.json" });
  const page = await visit(server.url);
  await settings(page);
  const arriving = page.waitForEvent("download");
  await page.evaluate(() => (globalThis as unknown as TestWindow).neuroloomTest.saveDownload("token-1", "模型.json"));
  const download = await arriving;
  expect(download.suggestedFilename()).toBe("模型.json");
  expect(readFileSync(await download.path(), "utf8")).toBe('{"weights":[]}');
  const code = await page.evaluate(() =>
    (globalThis as unknown as TestWindow).neuroloomTest
      .saveDownload("gone", "a.json")
      .catch((error: unknown) => Reflect.get(error as object, "code")),
  );
  expect(code).toBe("protocol.download_gone");
  expect(page.url()).toBe(`http://127.0.0.1:${server.port}/`);
});

it("fails pending calls when the connection breaks, reconnects, resumes its subscriptions and tells", async () => {
  await rememberSockets();
  const page = await visit(server.url);
  await settings(page);
  const pending = page.evaluate(async () => {
    const client = await (globalThis as unknown as TestWindow).neuroloomTest.connection;
    const call = client.call("runs.pause", { id: "a" });
    // Answered after the call was received: now it is pending on the host's side.
    await client.call("app.settings", {});
    document.title = "pending";
    return call.catch((error: unknown) => Reflect.get(error as object, "code"));
  });
  await page.waitForFunction(() => document.title === "pending");
  await dropConnections(page);
  expect(await pending).toBe("protocol.host_gone");
  await page.waitForFunction(() => (globalThis as unknown as TestWindow).neuroloomTest.events.includes("reconnected"));
  host.emit("run.deleted", { ids: ["after"] });
  expect(await settings(page)).toEqual({ answer: 42 });
  expect(await page.evaluate(() => (globalThis as unknown as TestWindow).neuroloomTest.events)).toEqual([
    "interrupted",
    "reconnected",
    "deleted after",
  ]);
});

it("stops trying when the app was started anew with another key", async () => {
  const page = await visit(server.url);
  await settings(page);
  const { port } = server;
  await server.close("restart");
  server = await listen(port);
  await page.waitForFunction(() => (globalThis as unknown as TestWindow).neuroloomTest.events.includes("closed protocol.wrong_token"));
});

it("lets a page reach nothing but its own server: no other port, no inline script, no eval", async () => {
  const page = await visit(server.url);
  await settings(page);
  const other = await new Promise<Server>((resolve) => {
    const listening = createServer((_request, response) => response.setHeader("Access-Control-Allow-Origin", "*").end("reached")).listen(
      0,
      "127.0.0.1",
      () => resolve(listening),
    );
  });
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  const outcome = await page.evaluate(async (elsewhere) => {
    const violations: string[] = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const fetched = await fetch(elsewhere).then(
      () => "reached",
      () => "stopped",
    );
    const socket = await new Promise<string>((resolve) => {
      try {
        const opened = new WebSocket(elsewhere.replace("http", "ws"));
        opened.onopen = () => resolve("reached");
        opened.onerror = () => resolve("stopped");
      } catch {
        resolve("stopped");
      }
    });
    const script = document.createElement("script");
    script.textContent = "document.title = 'inline ran'";
    document.head.append(script);
    const image = new Image();
    image.src = elsewhere;
    await new Promise((resolve) => image.addEventListener("error", resolve));
    return { fetched, socket, title: document.title, violations };
  }, address);
  await new Promise((resolve) => other.close(resolve));
  expect(outcome).toMatchObject({ fetched: "stopped", socket: "stopped", title: "renderer/host alone" });
  expect(outcome.violations).toEqual(expect.arrayContaining(["connect-src", "script-src-elem", "img-src"]));
});

/** Cuts the page's WebSockets under its feet; neither side's code has asked for it. */
async function dropConnections(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const socket of (globalThis as unknown as { openedSockets: WebSocket[] }).openedSockets) socket.close(3000);
  });
}

/** Remembers every WebSocket that the page opens, for dropConnections. */
async function rememberSockets(): Promise<void> {
  await context.addInitScript(() => {
    const openedSockets: WebSocket[] = [];
    class RememberedSocket extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        openedSockets.push(this);
      }
    }
    Object.assign(globalThis, { openedSockets, WebSocket: RememberedSocket });
  });
}
