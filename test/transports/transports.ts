/**
 * The three transports as the contract suite sees them: connect to handlers, get the client's end of a channel, let the host
 * die. Loopback is the real server and a real WebSocket; Electron is the real preload and IPC channel in the double.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IpcMain } from "electron";
import { WebSocket } from "ws";
import { type Channel, Inbox } from "../../core/protocol/channel.ts";
import type { EmitEvent, HostHandlers } from "../../core/protocol/host.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { type ServedClient, serve } from "../../core/protocol/server.ts";
import { APP_URL, acceptIpcChannels } from "../../main/electron/ipc-channel.ts";
import { securityHeaders } from "../../main/host/page/security-headers.ts";
import { KEY_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from "../../main/loopback/access.ts";
import { type LoopbackServer, openLoopback } from "../../main/loopback/server.ts";
import { webSocketChannel } from "../../main/loopback/web-socket-channel.ts";
import { stopChromium } from "../electron-double/chromium-process.ts";
import { protocol, stopSchemes } from "../electron-double/custom-scheme.ts";
import { ipcMain } from "../electron-double/ipc-main.ts";
import { BrowserWindow } from "../electron-double/windows.ts";
import { buildPreload } from "./build.ts";
import { openTestHost } from "./test-host.ts";

export interface Connection {
  /** The client's end. */
  readonly channel: Channel;
  readonly emit: EmitEvent;
  /** Faults of ours that the host's side reported. */
  readonly faults: unknown[];
  /** The host's side dies. */
  stop(reason: string): Promise<void>;
  /** Leaves nothing behind. */
  close(): Promise<void>;
}

export interface Transport {
  readonly name: string;
  connect(handlers: HostHandlers): Promise<Connection>;
  dispose(): Promise<void>;
}

const memory: Transport = {
  name: "memory",
  connect(handlers) {
    const [channel, far] = memoryChannelPair();
    const faults: unknown[] = [];
    const served = serve(handlers, far, { onFault: (fault) => faults.push(fault) });
    return Promise.resolve({
      channel,
      emit: served.emit,
      faults,
      stop: (reason: string) => Promise.resolve(served.close(reason)),
      close: () => Promise.resolve(channel.close("test over")),
    });
  },
  dispose: () => Promise.resolve(),
};

/** Opens a WebSocket as a page of the server would. */
export function openWebSocket(server: Pick<LoopbackServer, "port" | "token">): Promise<WebSocket> {
  const origin = `http://127.0.0.1:${server.port}`;
  const socket = new WebSocket(`${origin.replace("http", "ws")}/socket`, [SUBPROTOCOL, KEY_SUBPROTOCOL_PREFIX + server.token], { origin });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
  });
}

const loopback: Transport = {
  name: "WebSocket on 127.0.0.1",
  async connect(handlers) {
    const host = openTestHost();
    const rendererFolder = join(host.folder, "renderer");
    const faults: unknown[] = [];
    writePage(rendererFolder);
    const server = await openLoopback({
      host,
      handlers,
      rendererFolder,
      port: 0,
      uploadLimitBytes: null,
      onFault: (fault) => faults.push(fault),
    });
    const channel = webSocketChannel(await openWebSocket(server));
    return {
      channel,
      emit: host.emit,
      faults,
      stop: (reason) => server.close(reason),
      async close() {
        await server.close("test over");
        host.remove();
      },
    };
  },
  dispose: () => Promise.resolve(),
};

let preload: Promise<{ readonly file: string; readonly folder: string }> | null = null;

const electron: Transport = {
  name: "Electron's IPC (double)",
  async connect(handlers) {
    preload ??= prepareElectron();
    const faults: unknown[] = [];
    let served: ServedClient | null = null;
    let onOpened: (refused: Error | null) => void = () => {};
    const opened = new Promise<void>((resolve, reject) => {
      onOpened = (refused) => (refused === null ? resolve() : reject(refused));
    });
    const stop = acceptIpcChannels({
      ipcMain: ipcMain as unknown as IpcMain,
      onChannel(channel) {
        served = serve(handlers, channel, { onFault: (fault) => faults.push(fault) });
        onOpened(null);
      },
      onRefused: (url) => onOpened(new Error(`refused ${url}`)),
    });
    const window = new BrowserWindow({ webPreferences: { preload: (await preload).file } });
    await window.loadURL(APP_URL);
    await opened;
    const channel = await pageChannel(window);
    return {
      channel,
      emit: (event, payload) => served?.emit(event, payload),
      faults,
      stop: (reason) => Promise.resolve(stop(reason)),
      async close() {
        stop("test over");
        await new Promise<void>((resolve) => {
          window.page?.once("close", () => resolve());
          window.destroy();
        });
      },
    };
  },
  async dispose() {
    stopSchemes();
    await stopChromium();
    if (preload !== null) rmSync((await preload).folder, { recursive: true, force: true });
  },
};

export const transports: readonly Transport[] = [memory, loopback, electron];

async function prepareElectron(): Promise<{ readonly file: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-preload-"));
  const headers = { ...securityHeaders(), "Content-Type": "text/html" };
  protocol.registerSchemesAsPrivileged([{ scheme: "app" }]);
  protocol.handle("app", () => new Response("<!doctype html><title>Test</title>", { headers }));
  return { file: await buildPreload(folder), folder };
}

/** The page's end of the bridge, moved to where the test runs. */
async function pageChannel(window: BrowserWindow): Promise<Channel> {
  const { page } = window;
  if (page === null) throw new Error("the window has no page");
  const inbox = new Inbox();
  await page.exposeBinding("toTest", (_source, kind: "message" | "closed", text: string) => {
    if (kind === "message") inbox.deliver(text);
    else inbox.end(text);
  });
  await page.evaluate(() => {
    const { neuroloomBridge: bridge, toTest } = globalThis as unknown as {
      neuroloomBridge: { onMessage(listener: (text: string) => void): void; onClosed(listener: (text: string) => void): void };
      toTest: (kind: string, text: string) => void;
    };
    bridge.onMessage((text) => toTest("message", text));
    bridge.onClosed((reason) => toTest("closed", reason));
  });
  const sendFromPage = (text: string): void =>
    (globalThis as unknown as { neuroloomBridge: { send(message: string): void } }).neuroloomBridge.send(text);
  let sending: Promise<unknown> = Promise.resolve();
  return {
    send(text) {
      sending = sending.then(() => page.evaluate(sendFromPage, text)).catch((error: unknown) => inbox.end(String(error)));
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClosed: (listener) => inbox.onClosed(listener),
    close: (reason) => inbox.end(reason),
  };
}

/** The least that counts as a built renderer. */
export function writePage(folder: string): void {
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Test</title>");
  writeFileSync(join(folder, "assets", "page.js"), "document.title = 'Script ran';");
}
