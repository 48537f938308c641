/**
 * A stretch of one curve, from one place of its axis to another: found by halving (steps, epochs and seconds never go back along a curve),
 * then read some thousands of points at a time, so that a stretch of millions does not hold up the process.
 */
import type { CurvePlace, CurveStretch, StretchReader } from "../curve-store.ts";
import type { Connection } from "./connection.ts";
import { CurveSampler } from "./curve-sampler.ts";
import { addPoints, type BlockRow, bytesOf, PAGE_BLOCKS, SELECT_BLOCK } from "./metric-blocks.ts";
import { BLOCK_POINTS, POINT_WIDTH, unpackPoints } from "./point-block.ts";

/** Where the numbers of a point hold what the axis shows. */
const COLUMN = { step: 0, epoch: 1, seconds: 2 } as const satisfies Record<CurveStretch["axis"], number>;

/** A curve of a run. */
interface Source {
  readonly connection: Connection;
  readonly runId: string;
  readonly name: string;
}

/** @param stretch null: the whole curve */
export function openStretch(source: Source, stretch: CurveStretch | null, maxPoints: number): StretchReader {
  const { connection, runId, name } = source;
  const [start, end] = connection.read(() => boundsOf(source, stretch));
  const points = end - start;
  const sampler = new CurveSampler(name, points, maxPoints);
  let at = start;
  return {
    points,
    readOn: () => {
      if (at >= end) return false;
      const first = Math.floor(at / BLOCK_POINTS);
      const rows = connection.read(() =>
        connection.all<BlockRow>(
          `${SELECT_BLOCK} WHERE run_id = ? AND curve = ? AND block >= ? AND block < ? ORDER BY block`,
          runId,
          name,
          first,
          Math.min(first + PAGE_BLOCKS, Math.ceil(end / BLOCK_POINTS)),
        ),
      );
      for (const row of rows) {
        const base = row.block * BLOCK_POINTS;
        const numbers = unpackPoints(bytesOf(row, runId, connection));
        addPoints(sampler, numbers, Math.max(0, start - base), Math.min(row.point_count, end - base));
      }
      at = (first + PAGE_BLOCKS) * BLOCK_POINTS;
      // Points may have been taken away meanwhile, by a run that goes on from a checkpoint: what is left is the curve.
      return rows.length > 0 && at < end;
    },
    finish: () => sampler.finish(),
  };
}

/** The points of a stretch by their numbers in the curve, with one more at either side, where its lines come from and go to. */
function boundsOf(source: Source, stretch: CurveStretch | null): readonly [start: number, end: number] {
  const { connection, runId, name } = source;
  const last = connection.first<{ block: number; point_count: number }>(
    "SELECT block, point_count FROM metric_blocks WHERE run_id = ? AND curve = ? ORDER BY block DESC LIMIT 1",
    runId,
    name,
  );
  if (last === undefined) return [0, 0];
  // Every block but the last is full.
  const total = last.block * BLOCK_POINTS + last.point_count;
  if (stretch === null) return [0, total];
  const place = { source, last: last.block, axis: stretch.axis };
  const start = firstFrom(place, (value) => value >= stretch.from);
  const end = firstFrom(place, (value) => value > stretch.to);
  return [Math.max(0, start - 1), Math.min(total, end + 1)];
}

interface Search {
  readonly source: Source;
  /** The curve's last block. */
  readonly last: number;
  readonly axis: CurvePlace;
}

/** Number of the first point that `reached` says yes to; of all later ones it does too. One behind the last where there is none. */
function firstFrom({ source, last, axis }: Search, reached: (value: number) => boolean): number {
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high) >> 1;
    const values = blockValues(source, middle, axis);
    if (reached(values.at(-1) ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  const values = blockValues(source, low, axis);
  const within = values.findIndex(reached);
  return low * BLOCK_POINTS + (within === -1 ? values.length : within);
}

function blockValues({ connection, runId, name }: Source, block: number, axis: CurvePlace): Float64Array {
  const row = connection.first<BlockRow>(`${SELECT_BLOCK} WHERE run_id = ? AND curve = ? AND block = ?`, runId, name, block);
  if (row === undefined) return new Float64Array(0);
  const numbers = unpackPoints(bytesOf(row, runId, connection));
  return Float64Array.from({ length: row.point_count }, (_, point) => numbers[point * POINT_WIDTH + COLUMN[axis]] as number);
}
