/**
 * The window, and what a page in it may not do: no Node, no other addresses, no new windows, no permissions. The page
 * is our own; these hold for the day it is not.
 */
import { BrowserWindow, session, type WebContents } from "electron";
import { APP_URL } from "./ipc-channel.ts";

export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: "Neuroloom",
    backgroundColor: "#14161a",
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  });
  confine(window.webContents);
  window.once("ready-to-show", () => window.show());
  return window;
}

/** Loads the page; apart from openWindow, so that nobody listens too late. */
export async function loadApp(window: BrowserWindow): Promise<void> {
  await window.loadURL(APP_URL);
}

function confine(page: WebContents): void {
  page.setWindowOpenHandler(() => ({ action: "deny" }));
  const stay = (details: { readonly url: string; preventDefault(): void }): void => {
    // A reload of the page itself is a navigation too.
    if (details.url !== APP_URL) details.preventDefault();
  };
  page.on("will-navigate", stay);
  page.on("will-redirect", stay);
  page.on("will-frame-navigate", stay);
  page.on("will-attach-webview", (event) => event.preventDefault());
}

/** Camera, clipboard reading, notifications …: the app needs none. Writing to the clipboard on a click needs no permission. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_page, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler((_page, permission) => permission === "clipboard-sanitized-write");
  session.defaultSession.setDevicePermissionHandler(() => false);
}
