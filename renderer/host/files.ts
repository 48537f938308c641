/**
 * Files into and out of the app. In Electron a file that is dropped is read where it lies and a download is saved by the system's
 * dialog; in a browser it is uploaded to this computer's own server, and downloads go where the browser puts them.
 */
import { AppError, type ErrorData } from "../../core/errors.ts";
import { host } from "../state/host.ts";
import { findBridge } from "./bridge.ts";
import { errorOfBody, sessionToken } from "./loopback-session.ts";

export interface TakeFileOptions {
  /** Told how many bytes of how many have been sent. */
  readonly onProgress?: (sentBytes: number, totalBytes: number) => void;
  readonly signal?: AbortSignal;
}

export interface TakenFile {
  /** What `datasets.import` and `models.import` take as `file`. */
  readonly file: string;
  readonly name: string;
}

/**
 * @throws AppError protocol.file_not_on_disk, protocol.upload_too_large, protocol.upload_disk_full, protocol.upload_cut_off (also
 *   when `signal` was aborted)
 */
export async function takeFile(file: File, options: TakeFileOptions = {}): Promise<TakenFile> {
  const bridge = findBridge();
  if (bridge === null) return { file: await upload(file, options), name: file.name };
  const path = bridge.pathForFile(file);
  if (path === "" && file.type === "text/csv") return { file: await keep(await file.text(), file.name), name: file.name };
  if (path === "") throw new AppError("protocol.file_not_on_disk", { name: file.name });
  options.onProgress?.(file.size, file.size);
  return { file: path, name: file.name };
}

/**
 * Gives a file that the host holds ready to the user.
 * @returns false when the user cancelled
 * @throws AppError protocol.download_gone, protocol.save_failed
 */
export async function saveDownload(token: string, fileName: string): Promise<boolean> {
  const bridge = findBridge();
  if (bridge !== null) return bridge.saveDownload(token, fileName).catch(rethrowBridgeError);
  const address = `/download/${token}`;
  // Asked for first: a link to what is not there would leave the page.
  const answer = await fetch(address, { method: "HEAD" });
  if (!answer.ok) throw new AppError("protocol.download_gone", { name: fileName });
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  return true;
}

async function keep(text: string, name: string): Promise<string> {
  return (await host().call("tables.keep_text", { text, name })).file;
}

/** fetch() tells nothing of an upload's progress; XMLHttpRequest does. */
function upload(file: File, { onProgress, signal }: TakeFileOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const cutOff = (): void => reject(new AppError("protocol.upload_cut_off"));
    request.open("POST", `/upload?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Authorization", `Bearer ${sessionToken()}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => onProgress?.(event.loaded, file.size));
    request.addEventListener("load", () => {
      const body: unknown = request.response;
      const token: unknown = body !== null && typeof body === "object" ? Reflect.get(body, "file") : null;
      if (request.status === 200 && typeof token === "string") resolve(token);
      else reject(errorOfBody(body, request.status));
    });
    request.addEventListener("error", cutOff);
    request.addEventListener("abort", cutOff);
    signal?.addEventListener("abort", () => request.abort());
    if (signal?.aborted === true) cutOff();
    else request.send(file);
  });
}

/** The preload writes the host's error as JSON into the message, since only the message of an Error crosses from its world. */
function rethrowBridgeError(thrown: unknown): never {
  const text = thrown instanceof Error ? thrown.message : "";
  if (!text.startsWith("{")) throw thrown;
  throw AppError.fromData(JSON.parse(text) as ErrorData);
}
