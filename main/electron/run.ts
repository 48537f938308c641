/**
 * Entry 1 put together: one instance, one window, the contract over IPC. The host is opened by whoever calls, so that tests
 * run all of this over a host of their own.
 */
import { join } from "node:path";
import { app, type BrowserWindow, dialog, ipcMain } from "electron";
import { errorData } from "../../core/errors.ts";
import { type ServedClient, serve } from "../../core/protocol/server.ts";
import { allErrors } from "../../resources/translations/all-errors.ts";
import { translate } from "../../resources/translations/translate.ts";
import { windowTexts } from "../../resources/translations/window.ts";
import type { Host } from "../host/host-interface.ts";
import { registerAppScheme, serveRenderer } from "./app-protocol.ts";
import { offerDownloads } from "./downloads.ts";
import { acceptIpcChannels } from "./ipc-channel.ts";
import { installMenu } from "./menu.ts";
import { chooseProjectFile, followOpenedFiles, type OpenedFiles } from "./open-files.ts";
import { guardQuit, languageOf } from "./quit.ts";
import { denyPermissions, loadApp, openWindow } from "./window.ts";

export interface ElectronOptions {
  readonly home: string;
  readonly openHost: () => Promise<Host>;
  readonly rendererFolder: string;
  /** The built preload script. */
  readonly preload: string;
}

/** Runs until the app quits. Called before the app is ready. */
export function runElectron(options: ElectronOptions): void {
  // Chromium's own profile lies in the home too: with it, the lock below is one instance a home.
  app.setPath("userData", join(options.home, "electron"));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme();
  const opened = followOpenedFiles(app, process.argv.slice(1));
  app
    .whenReady()
    .then(() => start(options, opened))
    .catch(fail);
}

async function start(options: ElectronOptions, opened: OpenedFiles): Promise<void> {
  serveRenderer(options.rendererFolder);
  denyPermissions();
  const host = await options.openHost();
  const label = translate(windowTexts, await languageOf(host), "open_project_file");
  const choose = async (): Promise<void> => {
    const path = await chooseProjectFile(label);
    if (path === null) return;
    host.openFile(path);
    show();
  };
  installMenu({ label, click: () => void choose().catch((fault: unknown) => reportFault(fault, "open")) });
  let window: BrowserWindow | null = null;
  const leaving = guardQuit(host, () => window !== null, reportFault);
  serveWindows(host, leaving.now);
  offerDownloads(ipcMain, host.downloads);

  const show = (): void => {
    if (window !== null) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    const opened = openWindow(options.preload);
    window = opened;
    opened.on("closed", () => {
      window = null;
    });
    loadApp(opened).catch((fault: unknown) => reportFault(fault, "window"));
  };
  app.on("second-instance", show);
  app.on("activate", show);
  opened.handTo((path) => {
    host.openFile(path);
    show();
  });
  show();
}

function serveWindows(host: Host, quit: (checkpoint: boolean) => Promise<void>): void {
  const clients = new Set<ServedClient>();
  const handlers = {
    ...host.handlers,
    "app.quit": async ({ checkpoint }: { checkpoint: boolean }) => {
      await quit(checkpoint);
      return {};
    },
  };
  acceptIpcChannels({
    ipcMain,
    onChannel(channel) {
      const client = serve(handlers, channel, { onFault: reportFault });
      clients.add(client);
      channel.onClosed(() => clients.delete(client));
    },
    onRefused: (url) => reportFault(new Error(`A message from ${url} was refused.`), "sender check"),
  });
  host.onEvent((event, payload) => {
    for (const client of clients) client.emit(event, payload);
  });
}

function reportFault(fault: unknown, where: string): void {
  process.stderr.write(`neuroloom: fault in ${where}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
}

/** There is no page yet to show words in. */
function fail(thrown: unknown): void {
  reportFault(thrown, "start");
  const language = app.getLocale().startsWith("zh") ? "zh" : "en";
  const { code, params } = errorData(thrown);
  dialog.showErrorBox(translate(windowTexts, language, "start_failed"), translate(allErrors, language, code, params));
  app.exit(1);
}
