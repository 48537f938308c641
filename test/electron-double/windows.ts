/** `BrowserWindow` and `webContents` of the double: each window is a tab of one headless Chromium. */
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import type { CDPSession, Page } from "@playwright/test";
import { browserContext } from "./chromium-process.ts";
import { inside, outside } from "./custom-scheme.ts";
import { ipcMain } from "./ipc-main.ts";
import { type PreludeGlobals, preludeText } from "./page-prelude.ts";

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly webPreferences?: {
    readonly preload?: string;
    readonly sandbox?: boolean;
    readonly contextIsolation?: boolean;
    readonly nodeIntegration?: boolean;
  };
}

type OpenHandler = (details: { url: string }) => { action: "deny" | "allow" };
interface PageCall {
  readonly kind: "send" | "invoke";
  readonly channel: string;
  readonly args: unknown[];
}

const windows = new Set<BrowserWindow>();
let lastId = 0;
let onAllClosed: () => void = () => {};

export function whenAllWindowsClosed(listener: () => void): void {
  onAllClosed = listener;
}

class WebContents extends EventEmitter {
  readonly id: number;
  readonly window: BrowserWindow;
  targetId = "";
  openHandler: OpenHandler = () => ({ action: "allow" });
  /** Messages go to the page one after the other, as on a pipe. */
  private sending: Promise<unknown> = Promise.resolve();

  constructor(window: BrowserWindow) {
    super();
    this.window = window;
    lastId += 1;
    this.id = lastId;
  }

  send(channel: string, ...args: unknown[]): void {
    const { page } = this.window;
    if (page === null) return;
    const deliver = (message: { channel: string; args: unknown[] }): void =>
      (globalThis as PreludeGlobals).__electronDoubleToPage?.(message.channel, message.args);
    // A page that is just navigating or closing loses messages, in Electron too.
    this.sending = this.sending.then(() => page.evaluate(deliver, { channel, args })).catch(() => {});
  }

  isDestroyed(): boolean {
    return this.window.isDestroyed();
  }

  close(): void {
    this.window.close();
  }

  getURL(): string {
    return outside(this.window.page?.url() ?? "");
  }

  get mainFrame(): { url: string; parent: null } {
    return { url: this.getURL(), parent: null };
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  static fromWebContents(contents: WebContents): BrowserWindow {
    return contents.window;
  }

  readonly webContents = new WebContents(this);
  readonly options: WindowOptions;
  page: Page | null = null;
  private readonly opened: Promise<Page>;
  private destroyed = false;
  private visible: boolean;
  private loading = false;

  constructor(options: WindowOptions = {}) {
    super();
    const { sandbox, contextIsolation, nodeIntegration, preload } = options.webPreferences ?? {};
    if (sandbox === false || contextIsolation === false || nodeIntegration === true)
      throw new Error("double: only sandboxed windows with context isolation and without Node");
    if (preload !== undefined && !/\.c?js$/.test(preload)) throw new Error("double: a sandboxed preload is one CommonJS file");
    this.options = options;
    this.visible = options.show !== false;
    windows.add(this);
    this.opened = this.open(preload);
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.opened;
    this.loading = true;
    try {
      await page.goto(await inside(url));
    } finally {
      this.loading = false;
    }
    this.webContents.emit("did-finish-load");
    this.emit("ready-to-show");
  }

  show(): void {
    this.visible = true;
    this.emit("show");
  }

  focus(): void {
    this.emit("focus");
  }

  isVisible(): boolean {
    return this.visible;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  isDestroyed(): boolean {
    return this.destroyed;
  }

  close(): void {
    let prevented = false;
    this.emit("close", { preventDefault: () => (prevented = true) });
    if (!prevented) this.destroy();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    windows.delete(this);
    void this.opened.then((page) => page.close()).catch(() => {});
    this.webContents.emit("destroyed");
    this.emit("closed");
    if (windows.size === 0) onAllClosed();
  }

  private async open(preload: string | undefined): Promise<Page> {
    const context = await browserContext();
    const page = await context.newPage();
    this.page = page;
    const session = await context.newCDPSession(page);
    this.webContents.targetId = (await session.send("Target.getTargetInfo")).targetInfo.targetId;
    await page.setViewportSize({ width: this.options.width ?? 800, height: this.options.height ?? 600 });
    await page.exposeBinding("__electronDoubleToMain", (source, call: PageCall) =>
      this.fromPage(call, { url: outside(source.frame.url()), parent: source.frame.parentFrame() }),
    );
    if (preload !== undefined) await page.addInitScript({ content: preludeText(readFileSync(preload, "utf8")) });
    await this.askBeforeNavigating(session);
    page.on("popup", (popup) => {
      if (this.webContents.openHandler({ url: popup.url() }).action === "deny") void popup.close();
    });
    page.on("close", () => this.destroy());
    page.on("crash", () => this.webContents.emit("render-process-gone", {}, { reason: "crashed" }));
    return page;
  }

  private async fromPage(call: PageCall, senderFrame: object): Promise<unknown> {
    const event = { sender: this.webContents, senderFrame };
    if (call.kind === "invoke") return await ipcMain.invoke(call.channel, event, call.args);
    ipcMain.emit(call.channel, event, ...call.args);
    return null;
  }

  /** `will-navigate`: what the page itself starts is asked about before Chromium does it. */
  private async askBeforeNavigating(session: CDPSession): Promise<void> {
    const { frameTree } = await session.send("Page.getFrameTree");
    session.on("Fetch.requestPaused", ({ requestId, frameId, request }) => {
      let prevented = false;
      const details = { url: outside(request.url), preventDefault: () => (prevented = true) };
      if (!this.loading && frameId === frameTree.frame.id) this.webContents.emit("will-navigate", details);
      const answered = prevented
        ? session.send("Fetch.failRequest", { requestId, errorReason: "Aborted" })
        : session.send("Fetch.continueRequest", { requestId });
      // The page may have been closed meanwhile.
      answered.catch(() => {});
    });
    await session.send("Fetch.enable", { patterns: [{ resourceType: "Document" }] });
  }
}

export const webContents = {
  getAllWebContents: () => [...windows].map((window) => window.webContents),
  fromDevToolsTargetId: (id: string) => [...windows].map((window) => window.webContents).find((contents) => contents.targetId === id),
};
