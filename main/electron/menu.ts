/** The menu: standard roles only, whose words Electron itself translates. The app's own acts live in the page, with their keys. */
import { Menu, type MenuItemConstructorOptions } from "electron";

export function installMenu(): void {
  const mac: MenuItemConstructorOptions[] = process.platform === "darwin" ? [{ role: "appMenu" }] : [];
  const quit: MenuItemConstructorOptions = process.platform === "darwin" ? { role: "close" } : { role: "quit" };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { role: "fileMenu", submenu: [quit] },
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
