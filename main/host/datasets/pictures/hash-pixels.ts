/** The fingerprint of many pixels, in pieces: the thread that answers the window is free in between. */
import type { Hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";

/** A few milliseconds each. */
const PIECE_BYTES = 4 << 20;

export async function hashPixels(hash: Hash, pixels: Uint8Array): Promise<Hash> {
  for (let start = 0; start < pixels.length; start += PIECE_BYTES) {
    hash.update(pixels.subarray(start, start + PIECE_BYTES));
    await setImmediate();
  }
  return hash;
}
