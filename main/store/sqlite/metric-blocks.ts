/** The rows that curves are kept in, and how their points are read: what appending, reading whole and reading a stretch share. */
import { AppError } from "../../../core/errors.ts";
import type { Connection } from "./connection.ts";
import type { CurveSampler } from "./curve-sampler.ts";
import { checksum, POINT_BYTES, POINT_WIDTH } from "./point-block.ts";

export interface BlockRow {
  readonly curve: string;
  readonly block: number;
  readonly point_count: number;
  readonly crc32: number;
  readonly points: Uint8Array;
}

export const SELECT_BLOCK = "SELECT curve, block, point_count, crc32, points FROM metric_blocks";
/** Blocks a page: a millisecond or two of work, so that other work of the process gets its turn between two of them. */
export const PAGE_BLOCKS = 64;

/** The bytes of a block. @throws AppError store.corrupt when they are not those that were written */
export function bytesOf(row: BlockRow, runId: string, { place }: Connection): Uint8Array {
  if (row.points.length !== row.point_count * POINT_BYTES || checksum(row.points) !== row.crc32)
    throw new AppError("store.corrupt", { path: place.path, detail: `metric_blocks ${runId} ${row.curve} ${row.block}: CRC-32` });
  return row.points;
}

/** Adds the points `from` (0 is the block's first) up to, not including, `to`. */
export function addPoints(sampler: CurveSampler, numbers: Float64Array, from = 0, to = numbers.length / POINT_WIDTH): void {
  for (let at = from * POINT_WIDTH; at < to * POINT_WIDTH; at += POINT_WIDTH)
    sampler.add(numbers[at] as number, numbers[at + 1] as number, numbers[at + 2] as number, numbers[at + 3] as number);
}
