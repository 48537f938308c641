/**
 * The `electron` module of the main process, as far as Neuroloom uses it, over Chromium. It proves the wiring of main process,
 * preload and page, not the sandbox, the isolated world of the preload, native menus and dialogs, or packaging.
 */
import { EventEmitter } from "node:events";
import { app } from "./app.ts";
import { protocol } from "./custom-scheme.ts";
import { ipcMain } from "./ipc-main.ts";
import { BrowserWindow, webContents } from "./windows.ts";

/** A dialog nobody answers would hang a test: it replaces the function, which works with the real Electron too. */
function unanswered(name: string): (...args: unknown[]) => Promise<never> {
  return () => Promise.reject(new Error(`double: the test must replace dialog.${name} before it is asked`));
}

export { app, BrowserWindow, ipcMain, protocol, webContents };

export const dialog = {
  showOpenDialog: unanswered("showOpenDialog"),
  showSaveDialog: unanswered("showSaveDialog"),
  showMessageBox: unanswered("showMessageBox"),
  showErrorBox: (title: string, content: string): void => {
    process.stderr.write(`${title}: ${content}\n`);
  },
};

interface MenuTemplate {
  readonly role?: string;
  readonly submenu?: readonly MenuTemplate[];
}
interface MenuItem {
  readonly role: string | undefined;
  readonly submenu: { readonly items: readonly MenuItem[] } | undefined;
  click(): void;
}
type ApplicationMenu = NonNullable<MenuItem["submenu"]>;

/** A menu that is not drawn: its entries are there to be clicked. Only the role `quit` does something here. */
function menuFrom(template: readonly MenuTemplate[]): ApplicationMenu {
  return {
    items: template.map(({ role, submenu }) => ({
      role,
      submenu: submenu === undefined ? undefined : menuFrom(submenu),
      click: () => {
        if (role !== "quit") throw new Error(`double: the menu's role '${role}' does nothing here`);
        app.quit();
      },
    })),
  };
}

export const Menu = {
  applicationMenu: null as ApplicationMenu | null,
  buildFromTemplate: menuFrom,
  setApplicationMenu(menu: ApplicationMenu | null): void {
    Menu.applicationMenu = menu;
  },
  getApplicationMenu: () => Menu.applicationMenu,
};

/** Keeps the handlers, so that a test can ask them what Chromium would. */
export const session = {
  defaultSession: {
    handlers: new Map<string, unknown>(),
    setPermissionRequestHandler: (handler: unknown): unknown => session.defaultSession.handlers.set("request", handler),
    setPermissionCheckHandler: (handler: unknown): unknown => session.defaultSession.handlers.set("check", handler),
    setDevicePermissionHandler: (handler: unknown): unknown => session.defaultSession.handlers.set("device", handler),
  },
};

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: "system" });
