/**
 * A file that the app gives away, saved by hand: in the browser it is the download; in a window the system's dialog is answered with the
 * place (a double has no dialog to press in), and the app itself writes the file there.
 */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { type App, expect } from "./app.ts";

/** Does `act`, which ends in a file being saved, and waits until it lies at `path`. */
export async function saveTo(app: App, path: string, act: () => Promise<void>): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  if (app.electron === null) {
    const waiting = app.page.waitForEvent("download");
    await act();
    await (await waiting).saveAs(path);
    return;
  }
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await act();
  await expect.poll(() => existsSync(path)).toBe(true);
}
