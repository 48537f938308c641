/** `app` of the double: its life from ready to quit, in Electron's order of events, and the lock on one instance. */
import { EventEmitter } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserContext, stopChromium } from "./chromium-process.ts";
import { stopSchemes } from "./custom-scheme.ts";
import { BrowserWindow, whenAllWindowsClosed } from "./windows.ts";

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = { appendSwitch: (): void => {} };
  private readonly folders = new Map<string, string>([
    ["temp", tmpdir()],
    ["downloads", tmpdir()],
  ]);
  private lockFile: string | null = null;
  private quitting = false;

  async whenReady(): Promise<void> {
    await browserContext();
    this.emit("ready");
  }

  getPath(name: string): string {
    const path = this.folders.get(name);
    if (path === undefined) throw new Error(`double: no folder is set for '${name}'`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.folders.set(name, path);
  }

  getLocale(): string {
    return "en-US";
  }

  /** One instance a userData folder; a second one makes the first emit `second-instance`. */
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath("userData");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, "double.lock");
    const holder = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
    if (holder > 0 && isAlive(holder)) {
      process.kill(holder, "SIGUSR2");
      return false;
    }
    writeFileSync(path, String(process.pid));
    this.lockFile = path;
    process.on("SIGUSR2", () => this.emit("second-instance", {}, [], ""));
    return true;
  }

  quit(): void {
    if (this.quitting || this.prevented("before-quit")) return;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    if (BrowserWindow.getAllWindows().length > 0 || this.prevented("will-quit")) return;
    this.exit(0);
  }

  exit(code: number): void {
    if (this.quitting) return;
    this.quitting = true;
    this.emit("quit", {}, code);
    if (this.lockFile !== null) rmSync(this.lockFile, { force: true });
    stopSchemes();
    void stopChromium().finally(() => process.exit(code));
  }

  private prevented(event: string): boolean {
    let prevented = false;
    this.emit(event, { preventDefault: () => (prevented = true) });
    return prevented;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const app = new App();

whenAllWindowsClosed(() => {
  if (app.listenerCount("window-all-closed") === 0) app.quit();
  else app.emit("window-all-closed");
});
