/** The first bytes of what a file holds, by which its kind is told. */
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";

/** As long as the header of a tar archive. */
const HEAD_BYTES = 512;

/** Unpacked where the file is gzip; empty where it cannot be unpacked (reading it then says so). */
export async function contentHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const start = new Uint8Array(HEAD_BYTES);
    const { bytesRead } = await file.read(start, 0, start.length, 0);
    const head = start.subarray(0, bytesRead);
    if (head[0] !== 0x1f || head[1] !== 0x8b) return head;
    const unpacked = file.createReadStream({ start: 0, autoClose: false }).pipe(createGunzip());
    for await (const chunk of unpacked) return (chunk as Uint8Array).subarray(0, HEAD_BYTES);
    return new Uint8Array(0);
  } catch {
    return new Uint8Array(0);
  } finally {
    await file.close();
  }
}
