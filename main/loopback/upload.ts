/**
 * POST /upload: writes a file that was dropped on the page into the host's folder for uploads, bounded by the free disk and
 * an optional limit. What was written of an upload that fails or is cancelled is removed.
 */
import { createWriteStream } from "node:fs";
import { mkdir, rm, statfs } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../../core/errors.ts";
import type { Host } from "../host/host-interface.ts";
import { newSecret } from "./access.ts";

/** Left free on the disk: the library must still be able to write. */
const RESERVE_BYTES = 64 * 1024 * 1024;
/** A page that sends nothing for so long has stopped. */
const SILENCE_MS = 1000;
/** The disk is looked at again whenever so much more has come. */
const LOOK_AGAIN_BYTES = 64 * 1024 * 1024;

/**
 * @param limitBytes largest file taken; null for the free disk alone
 * @returns the token of the file
 * @throws AppError protocol.upload_too_large, protocol.upload_disk_full, protocol.upload_cut_off
 */
export async function receiveUpload(request: IncomingMessage, uploads: Host["uploads"], limitBytes: number | null): Promise<string> {
  const announced = Number(request.headers["content-length"] ?? 0);
  const path = join(uploads.folder, newSecret());
  try {
    await mkdir(uploads.folder, { recursive: true, mode: 0o700 });
    if (limitBytes !== null && announced > limitBytes) throw tooLarge(limitBytes);
    await requireRoom(uploads.folder, announced);
    // The request is not ended with what fails behind it: the page still waits for an answer.
    const body = request.iterator({ destroyOnReturn: false });
    await pipeline(body, bounded(uploads.folder, limitBytes), createWriteStream(path, { flags: "wx", mode: 0o600 }));
  } catch (thrown) {
    await rm(path, { force: true });
    await readAway(request);
    throw uploadError(thrown, announced);
  }
  return uploads.register(path, fileName(request));
}

/** Until the page has sent all: a browser reads no answer before that, and takes a closed connection for a broken one. */
function readAway(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    if (request.complete || request.destroyed) return void resolve();
    const silence = setTimeout(resolve, SILENCE_MS);
    request.on("data", () => silence.refresh());
    for (const event of ["end", "close", "error"])
      request.once(event, () => {
        clearTimeout(silence);
        resolve();
      });
    request.resume();
  });
}

function bounded(folder: string, limitBytes: number | null): Transform {
  let received = 0;
  let lookAgainAt = LOOK_AGAIN_BYTES;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (limitBytes !== null && received > limitBytes) {
        done(tooLarge(limitBytes));
      } else if (received < lookAgainAt) {
        done(null, chunk);
      } else {
        lookAgainAt += LOOK_AGAIN_BYTES;
        requireRoom(folder, 0).then(() => done(null, chunk), done);
      }
    },
  });
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes + RESERVE_BYTES > free)
    throw new AppError("protocol.upload_disk_full", { needed_mb: megabytes(bytes + RESERVE_BYTES), free_mb: megabytes(free) });
}

function tooLarge(limitBytes: number): AppError {
  return new AppError("protocol.upload_too_large", { limit_mb: megabytes(limitBytes) });
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}

function uploadError(thrown: unknown, announced: number): unknown {
  if (!(thrown instanceof Error) || thrown instanceof AppError) return thrown;
  const code: unknown = Reflect.get(thrown, "code");
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG")
    return new AppError("protocol.upload_disk_full", { needed_mb: megabytes(announced + RESERVE_BYTES), free_mb: 0 }, { cause: thrown });
  if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE") return new AppError("protocol.upload_cut_off", {}, { cause: thrown });
  return thrown;
}

/** The name the page gave, for people to read; never used as a path. */
function fileName(request: IncomingMessage): string {
  const name = new URL(request.url ?? "/", "http://127.0.0.1").searchParams.get("name") ?? "";
  const bare = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  return bare === "" ? "upload" : bare.slice(0, 255);
}
