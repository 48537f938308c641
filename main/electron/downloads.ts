/** Saving a file that the host holds ready: asks where with the system's dialog and copies it there. */
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { app, BrowserWindow, dialog, type IpcMain } from "electron";
import { AppError, type ErrorData, errorData } from "../../core/errors.ts";
import { IPC_SAVE_DOWNLOAD } from "../../core/protocol/bridge.ts";
import type { Host } from "../host/host-interface.ts";
import { isTrustedSender } from "./ipc-channel.ts";

export function offerDownloads(ipcMain: IpcMain, downloads: Host["downloads"]): void {
  ipcMain.handle(IPC_SAVE_DOWNLOAD, async (event, token: unknown, fileName: unknown): Promise<boolean | ErrorData> => {
    if (!isTrustedSender(event)) throw new Error("Refused.");
    try {
      return await saveDownload(downloads, String(token), String(fileName), BrowserWindow.fromWebContents(event.sender));
    } catch (thrown) {
      return errorData(thrown);
    }
  });
}

/** @throws AppError protocol.download_gone, protocol.save_failed */
async function saveDownload(downloads: Host["downloads"], token: string, fileName: string, window: BrowserWindow | null): Promise<boolean> {
  const download = downloads.resolve(token);
  if (download === null) throw new AppError("protocol.download_gone", { name: fileName });
  const options = { defaultPath: join(app.getPath("downloads"), download.fileName) };
  const { canceled, filePath } = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  if (canceled || filePath === "") return false;
  try {
    await copyFile(download.path, filePath);
  } catch (thrown) {
    throw new AppError(
      "protocol.save_failed",
      { name: download.fileName, problem: thrown instanceof Error ? thrown.message : String(thrown) },
      { cause: thrown },
    );
  }
  return true;
}
