/**
 * The files of a tar archive, plain or packed as gzip: POSIX ustar with the pax and GNU records that carry long names. Every block's
 * checksum is looked at, and names that climb out of the archive are refused. It is also what a browser sends a folder as.
 * Source: IEEE Std 1003.1, pax, "ustar Interchange Format" and "pax Extended Header".
 */
import { randomUUID } from "node:crypto";
import { closeSync, createReadStream, createWriteStream, fstatSync, openSync, read, rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGunzip } from "node:zlib";
import { AppError } from "../../../../core/errors.ts";
import { contentHead, isUnpackingError } from "../content-head.ts";
import { refuseAborted } from "../duckdb.ts";
import { makeWorkFolder } from "../work-folder.ts";
import { inMegabytes, inOrder, LARGEST_FILE, MOST_GROWTH, type OpenedFile, type OpenedFiles } from "./picture-files.ts";

const BLOCK = 512;
/** Headers of small files lie close together: what is read at a time holds many. */
const READ_BYTES = 1 << 20;
/** What a packed archive may unpack to in any case. */
const UNPACKED_FREE = 1 << 30;
const LARGEST_RECORD = 1 << 20;

/** @param head the first 512 bytes, unpacked */
export const isTar = (head: Uint8Array): boolean => head.length >= BLOCK && textOf(head, 257, 5) === "ustar";

/** @throws AppError data.tar_damaged, data.tar_cut_off, data.zip_climbs, data.zip_cut_off, data.zip_bomb, data.import_cancelled */
export async function openTar(path: string, name: string, signal?: AbortSignal): Promise<OpenedFiles> {
  const folder = await makeWorkFolder("neuroloom-read");
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const read = await unpack(path, name, folder, { signal }).catch((thrown: unknown) => {
    remove();
    throw thrown;
  });
  const descriptor = openSync(read ?? path, "r");
  const close = (): void => {
    closeSync(descriptor);
    remove();
  };
  try {
    return { files: inOrder(await filesOf(descriptor, name)), sizeBytes: (await stat(path)).size, close };
  } catch (thrown) {
    close();
    throw thrown;
  }
}

export interface UnpackOptions {
  readonly signal?: AbortSignal | undefined;
  /** Is told how many of the packed bytes are through. */
  readonly onBytes?: (bytes: number, totalBytes: number) => void;
}

/**
 * A tar that is packed, unpacked into a folder that the caller removes: whoever reads it several times asks for this first.
 * @returns its path there; null where the file is none
 * @throws AppError data.zip_bomb, data.gzip_damaged, data.import_cancelled
 */
export async function unpackedTar(path: string, name: string, folder: string, options: UnpackOptions = {}): Promise<string | null> {
  return isTar(await contentHead(path)) ? unpack(path, name, folder, options) : null;
}

/** @returns null where it is not packed */
async function unpack(path: string, name: string, folder: string, { signal, onBytes }: UnpackOptions): Promise<string | null> {
  const packed = openSync(path, "r");
  const start = await readBytes(packed, 0, 2);
  closeSync(packed);
  if (start[0] !== 0x1f || start[1] !== 0x8b) return null;
  const { size } = await stat(path);
  const most = Math.max(UNPACKED_FREE, MOST_GROWTH * size);
  const file = join(folder, `archive-${randomUUID()}.tar`);
  let bytes = 0;
  const given = createReadStream(path);
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      onBytes?.(given.bytesRead, size);
      try {
        refuseAborted(signal);
        if (bytes > most) throw new AppError("data.zip_bomb", { file: name, entry: name, megabytes: inMegabytes(bytes) });
        done(null, chunk);
      } catch (thrown) {
        done(thrown as Error);
      }
    },
  });
  try {
    await pipeline(given, createGunzip(), counted, createWriteStream(file));
    return file;
  } catch (thrown) {
    if (isUnpackingError(thrown)) throw new AppError("data.gzip_damaged", { file: name }, { cause: thrown });
    throw thrown;
  }
}

async function filesOf(descriptor: number, archive: string): Promise<OpenedFile[]> {
  const { size: end } = fstatSync(descriptor);
  const damaged = (byte: number): AppError => new AppError("data.tar_damaged", { file: archive, byte });
  const blockAt = blockReader(descriptor);
  const files: OpenedFile[] = [];
  let given: { path?: string; size?: number } = {};
  for (let position = 0; position + BLOCK <= end; ) {
    const block = await blockAt(position);
    // Two blocks of zeros end an archive; one is enough to know.
    if (block.every((byte) => byte === 0)) return files;
    if (!checksumFits(block)) throw damaged(position);
    const size = given.size ?? numberOf(block, 124, 12);
    const start = position + BLOCK;
    if (!(size >= 0) || start + size > end)
      throw new AppError("data.tar_cut_off", { file: archive, byte: end, entry: given.path ?? nameOf(block) });
    const kind = String.fromCharCode(block[156] as number);
    position = start + Math.ceil(size / BLOCK) * BLOCK;
    if (kind === "x" || kind === "L") {
      if (size > LARGEST_RECORD) throw damaged(start);
      const record = new TextDecoder().decode(await readBytes(descriptor, start, size));
      given = { ...given, ...(kind === "L" ? { path: record.replace(/\0.*$/s, "") } : paxOf(record)) };
      continue;
    }
    const name = (given.path ?? nameOf(block)).replace(/^(\.\/)+/, "");
    given = {};
    // Folders, links and devices are none of the files.
    if ((kind !== "0" && kind !== "\0") || name.endsWith("/")) continue;
    if (name.startsWith("/") || name.split("/").includes("..")) throw new AppError("data.zip_climbs", { file: archive, entry: name });
    const bytes = (): Promise<Uint8Array> => contentOf(descriptor, start, size, name, archive);
    files.push({ name, size, bytes, pieces: () => piecesOf(descriptor, start, size, name, archive) });
  }
  throw new AppError("data.zip_cut_off", { file: archive });
}

async function contentOf(descriptor: number, start: number, size: number, entry: string, archive: string): Promise<Uint8Array> {
  if (size > LARGEST_FILE) throw new AppError("data.zip_bomb", { file: archive, entry, megabytes: inMegabytes(size) });
  return wholeBytes(descriptor, start, size, entry, archive);
}

async function* piecesOf(
  descriptor: number,
  start: number,
  size: number,
  entry: string,
  archive: string,
): AsyncGenerator<Uint8Array, void, void> {
  for (let done = 0; done < size; done += READ_BYTES)
    yield await wholeBytes(descriptor, start + done, Math.min(READ_BYTES, size - done), entry, archive);
}

/** It was longer when its table was read. @throws AppError data.tar_cut_off */
async function wholeBytes(descriptor: number, start: number, size: number, entry: string, archive: string): Promise<Buffer> {
  const bytes = await readBytes(descriptor, start, size);
  if (bytes.length < size) throw new AppError("data.tar_cut_off", { file: archive, byte: start + bytes.length, entry });
  return bytes;
}

const readSome = promisify(read);

async function readBytes(descriptor: number, start: number, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let done = 0;
  while (done < size) {
    const { bytesRead } = await readSome(descriptor, bytes, done, size - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

function blockReader(descriptor: number): (position: number) => Promise<Uint8Array> {
  let from = 0;
  let held: Buffer = Buffer.alloc(0);
  return async (position) => {
    if (position < from || position + BLOCK > from + held.length) {
      from = position;
      held = await readBytes(descriptor, position, READ_BYTES);
    }
    return held.subarray(position - from, position - from + BLOCK);
  };
}

function textOf(block: Uint8Array, start: number, length: number): string {
  const bytes = block.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Octal, or for what is too large for that the rest of the bytes as one number, marked by the first bit. */
function numberOf(block: Uint8Array, start: number, length: number): number {
  const first = block[start] as number;
  if ((first & 0x80) === 0) return Number.parseInt(textOf(block, start, length).trim() || "0", 8);
  return block.subarray(start + 1, start + length).reduce((sum, byte) => sum * 256 + byte, first & 0x7f);
}

function nameOf(block: Uint8Array): string {
  const prefix = textOf(block, 345, 155);
  const name = textOf(block, 0, 100);
  // GNU's older form keeps other things where ustar has a prefix.
  return prefix === "" || textOf(block, 257, 8) === "ustar  " ? name : `${prefix}/${name}`;
}

/** The sum of all bytes, with blanks where it is itself. */
function checksumFits(block: Uint8Array): boolean {
  const sum = block.reduce((all, byte, place) => all + (place >= 148 && place < 156 ? 0x20 : byte), 0);
  return sum === numberOf(block, 148, 8);
}

/** `27 path=photos/cats/1.png`, a line each; the number is the length of the line. */
function paxOf(record: string): { path?: string; size?: number } {
  const path = /(?:^|\n)\d+ path=([^\n]*)/.exec(record)?.[1];
  const size = /(?:^|\n)\d+ size=(\d+)/.exec(record)?.[1];
  return { ...(path === undefined ? {} : { path }), ...(size === undefined ? {} : { size: Number(size) }) };
}
