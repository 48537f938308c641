/** The menu: standard roles, whose words Electron itself translates, and opening a project file. The app's other acts live in the page, with their keys. */
import { Menu, type MenuItemConstructorOptions } from "electron";

/** @param open what "Open project file" is called and does */
export function installMenu(open: { readonly label: string; readonly click: () => void }): void {
  const mac: MenuItemConstructorOptions[] = process.platform === "darwin" ? [{ role: "appMenu" }] : [];
  const quit: MenuItemConstructorOptions = process.platform === "darwin" ? { role: "close" } : { role: "quit" };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { role: "fileMenu", submenu: [{ label: open.label, accelerator: "CmdOrCtrl+O", click: open.click }, { type: "separator" }, quit] },
      // Undo, redo and clipboard belong to the canvas when it has the focus: the page gets the keys first.
      { role: "editMenu" },
      {
        role: "viewMenu",
        submenu: [{ role: "reload" }, { role: "togglefullscreen" }, { role: "toggleDevTools" }],
      },
      { role: "windowMenu" },
    ]),
  );
}
