/**
 * The bytes of a metric block: points of one curve in order of arrival, each four float64 in little-endian order
 * (step, epoch, seconds, value; NaN where the value was not finite). A block has a CRC-32, since SQLite itself does not
 * notice bits that flip inside a value.
 */
import zlib from "node:zlib";
import type { CurvePoint } from "../../../core/protocol/methods.ts";

/** Numbers a point. */
export const POINT_WIDTH = 4;
export const POINT_BYTES = POINT_WIDTH * Float64Array.BYTES_PER_ELEMENT;
/**
 * Points a block at most. Adding to a block writes it anew, so it is small enough to be two pages of 4 KiB (a batch of a
 * tenth of a second touches a page or two), and large enough that the row around it weighs little.
 */
export const BLOCK_POINTS = 256;

// All systems that Node 24 and Electron run on are little-endian; a view is then the same bytes as the documented form.
if (new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1) throw new Error("Metric blocks need a little-endian processor.");

/** The bytes of `held` (whole points) followed by those of `points`. */
export function packPoints(held: Uint8Array, points: readonly CurvePoint[]): Uint8Array {
  const bytes = new Uint8Array(held.length + points.length * POINT_BYTES);
  bytes.set(held);
  const numbers = new Float64Array(bytes.buffer);
  let at = held.length / Float64Array.BYTES_PER_ELEMENT;
  for (const { step, epoch, seconds, value } of points) {
    numbers[at] = step;
    numbers[at + 1] = epoch;
    numbers[at + 2] = seconds;
    numbers[at + 3] = value ?? Number.NaN;
    at += POINT_WIDTH;
  }
  return bytes;
}

/** The numbers of a block, `[points × 4]`. The bytes are copied: those of the driver may lie at any address. */
export function unpackPoints(bytes: Uint8Array): Float64Array {
  return new Float64Array(bytes.slice().buffer);
}

export function checksum(bytes: Uint8Array): number {
  // Not imported by name: a Node without it must get as far as the message that it is too old.
  return zlib.crc32(bytes);
}
