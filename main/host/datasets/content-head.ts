/** What a file holds, unpacked where it is gzip, and its first bytes, by which its kind is told. */
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

/** As long as the header of a tar archive. */
const HEAD_BYTES = 512;

/** In pieces. */
export async function* contentOf(path: string): AsyncGenerator<Uint8Array, void, void> {
  const file = await open(path);
  try {
    const start = new Uint8Array(2);
    await file.read(start, 0, start.length, 0);
    const bytes = file.createReadStream({ start: 0, autoClose: false });
    const packed = start[0] === 0x1f && start[1] === 0x8b;
    for await (const piece of packed ? pipeline(bytes, createGunzip(), () => undefined) : bytes) yield piece as Uint8Array;
  } finally {
    await file.close();
  }
}

/** Whether the packed bytes themselves are at fault, and not the disk. Source: zlib's return codes, which Node gives as `code`. */
export function isUnpackingError(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith("Z_");
}

/** Empty for a folder, and where it cannot be unpacked: reading it then says so. */
export async function contentHead(path: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of contentOf(path)) {
      pieces.push(piece);
      length += piece.length;
      if (length >= HEAD_BYTES) break;
    }
  } catch (thrown) {
    const isFolder = thrown instanceof Error && "code" in thrown && thrown.code === "EISDIR";
    if (!isFolder && !isUnpackingError(thrown)) throw thrown;
    return new Uint8Array(0);
  }
  return Buffer.concat(pieces).subarray(0, HEAD_BYTES);
}
