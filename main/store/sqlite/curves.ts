/** Curves: points appended in batches to the last block of each curve, read back block by block (point-block.ts says what a block is). */
import { AppError } from "../../../core/errors.ts";
import type { Curve, CurvePoint } from "../../../core/protocol/methods.ts";
import type { CurveSize, CurveStore } from "../curve-store.ts";
import type { Connection } from "./connection.ts";
import { CurveSampler } from "./curve-sampler.ts";
import { openStretch } from "./curve-stretch.ts";
import { addPoints, type BlockRow, bytesOf, PAGE_BLOCKS, SELECT_BLOCK } from "./metric-blocks.ts";
import { BLOCK_POINTS, checksum, POINT_BYTES, POINT_WIDTH, packPoints, unpackPoints } from "./point-block.ts";

const NO_BYTES = new Uint8Array(0);

export function curveStore(connection: Connection): CurveStore {
  const putBlock = (runId: string, curve: string, block: number, bytes: Uint8Array): void => {
    const numbers = unpackPoints(bytes);
    const count = bytes.length / POINT_BYTES;
    connection.run(
      `INSERT INTO metric_blocks (run_id, curve, block, first_step, last_step, point_count, crc32, points) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET first_step = excluded.first_step, last_step = excluded.last_step, point_count = excluded.point_count,
         crc32 = excluded.crc32, points = excluded.points`,
      runId,
      curve,
      block,
      numbers[0] ?? 0,
      numbers[(count - 1) * POINT_WIDTH] ?? 0,
      count,
      checksum(bytes),
      bytes,
    );
  };

  const append = (runId: string, curve: string, points: readonly CurvePoint[]): void => {
    const tail = connection.first<BlockRow>(`${SELECT_BLOCK} WHERE run_id = ? AND curve = ? ORDER BY block DESC LIMIT 1`, runId, curve);
    const extend = tail !== undefined && tail.point_count < BLOCK_POINTS;
    let block = tail === undefined ? 0 : extend ? tail.block : tail.block + 1;
    let held = extend ? bytesOf(tail, runId, connection) : NO_BYTES;
    let taken = 0;
    while (taken < points.length) {
      const room = BLOCK_POINTS - held.length / POINT_BYTES;
      putBlock(runId, curve, block, packPoints(held, points.slice(taken, taken + room)));
      taken += room;
      block += 1;
      held = NO_BYTES;
    }
  };

  const sizes = (runId: string): readonly CurveSize[] =>
    connection.all<CurveSize>(
      "SELECT curve AS name, SUM(point_count) AS points FROM metric_blocks WHERE run_id = ? GROUP BY curve ORDER BY MIN(rowid)",
      runId,
    );

  return {
    appendPoints: (runId, points) =>
      connection.write(() => {
        if (connection.first("SELECT 1 FROM runs WHERE id = ?", runId) === undefined) throw new AppError("run.not_found", { id: runId });
        for (const [curve, group] of byCurve(points)) append(runId, curve, group);
      }),

    readCurves: (runId, maxPoints) =>
      connection.read(() => {
        const curves: Curve[] = [];
        for (const { name: curve, points: total } of sizes(runId)) {
          const sampler = new CurveSampler(curve, total, maxPoints);
          for (const row of connection.each<BlockRow>(`${SELECT_BLOCK} WHERE run_id = ? AND curve = ? ORDER BY block`, runId, curve))
            addPoints(sampler, unpackPoints(bytesOf(row, runId, connection)));
          curves.push(sampler.finish());
        }
        return curves;
      }),

    listCurves: (runId) => connection.read(() => sizes(runId)),

    readPoints: (runId, name, from) =>
      connection.read(() => {
        const rows = connection.all<BlockRow>(
          `${SELECT_BLOCK} WHERE run_id = ? AND curve = ? AND block >= ? ORDER BY block LIMIT ?`,
          runId,
          name,
          from,
          PAGE_BLOCKS,
        );
        const total = rows.reduce((sum, { point_count: count }) => sum + count, 0);
        const all = new CurveSampler(name, total, Math.max(2, total));
        for (const row of rows) addPoints(all, unpackPoints(bytesOf(row, runId, connection)));
        const last = rows.at(-1);
        return { curve: all.finish(), next: last === undefined || rows.length < PAGE_BLOCKS ? null : last.block + 1 };
      }),

    openStretch: (runId, name, stretch, maxPoints) => openStretch({ connection, runId, name }, stretch, maxPoints),

    dropPointsAfter: (runId, step, isMadeAgain = () => false) =>
      connection.write(() => {
        const touched = connection.all<BlockRow>(`${SELECT_BLOCK} WHERE run_id = ? AND last_step >= ?`, runId, step);
        for (const row of touched) {
          const bytes = bytesOf(row, runId, connection);
          const kept = upTo(bytes, step, isMadeAgain(row.curve));
          if (kept.length === bytes.length) continue;
          if (kept.length > 0) putBlock(runId, row.curve, row.block, kept);
          else connection.run("DELETE FROM metric_blocks WHERE run_id = ? AND curve = ? AND block = ?", runId, row.curve, row.block);
        }
      }),
  };
}

function byCurve(points: readonly CurvePoint[]): Map<string, CurvePoint[]> {
  const groups = new Map<string, CurvePoint[]>();
  for (const point of points) {
    const group = groups.get(point.name);
    if (group === undefined) groups.set(point.name, [point]);
    else group.push(point);
  }
  return groups;
}

/** The leading points of a block that are not after `step`, or before it: a curve's steps never go back. */
function upTo(bytes: Uint8Array, step: number, isBefore: boolean): Uint8Array {
  const numbers = unpackPoints(bytes);
  let end = numbers.length;
  const isGone = (at: number): boolean => at > step || (isBefore && at === step);
  while (end > 0 && isGone(numbers[end - POINT_WIDTH] as number)) end -= POINT_WIDTH;
  return bytes.slice(0, end * Float64Array.BYTES_PER_ELEMENT);
}
