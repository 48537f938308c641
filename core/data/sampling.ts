/**
 * Sampling that evens out classes: rows of rare classes are drawn again (over), or rows of frequent ones left out
 * (under), until every class has as many. Only training rows are sampled, after the split and after the steps have
 * learnt, so that means and categories are those of the rows as they were.
 */
import { AppError } from "../errors.ts";
import type { DataDocument } from "../graph/document.ts";
import { Random } from "./random.ts";

/** The random stream of the draw; the split's and the trainer's are others. */
const SAMPLING_STREAM = 0x5a3b;

/**
 * @param classes class of each training row (of every combination of classes, where there are several targets)
 * @param seed    used when the design names none
 * @returns positions among the training rows, ascending; a row that was drawn again stands there again
 */
export function sampleRows(classes: Int32Array, { method, seed: own }: NonNullable<DataDocument["sampling"]>, seed: number): Uint32Array {
  const rowsOf = new Map<number, number[]>();
  classes.forEach((code, row) => {
    const rows = rowsOf.get(code);
    if (rows === undefined) rowsOf.set(code, [row]);
    else rows.push(row);
  });
  const byClass = [...rowsOf.entries()].sort(([a], [b]) => a - b).map(([, rows]) => rows);
  const counts = byClass.map((rows) => rows.length);
  const wanted = counts.reduce((a, b) => (method === "over" ? Math.max(a, b) : Math.min(a, b)));
  const random = new Random(own ?? seed, SAMPLING_STREAM);
  return Uint32Array.from(byClass.flatMap((rows) => (method === "over" ? drawnAgain : drawnOnce)(rows, wanted, random))).sort();
}

/** All rows, and as many of them again, each as likely, as are wanting. */
function drawnAgain(rows: readonly number[], wanted: number, random: Random): number[] {
  return [...rows, ...Array.from({ length: wanted - rows.length }, () => rows[random.below(rows.length)] as number)];
}

function drawnOnce(rows: readonly number[], wanted: number, random: Random): number[] {
  const drawn = Uint32Array.from(rows);
  random.shuffle(drawn);
  return [...drawn.subarray(0, wanted)];
}

/**
 * Positions of the training rows to take; null where the design asks for no sampling.
 * @param classes null where no target is classes
 * @throws AppError data.sampling_needs_classes
 */
export function samplePart({ sampling }: Pick<DataDocument, "sampling">, classes: Int32Array | null, seed: number): Uint32Array | null {
  if (sampling === undefined) return null;
  if (classes === null) throw new AppError("data.sampling_needs_classes");
  return sampleRows(classes, sampling, seed);
}

/** A series cannot lose rows or have them twice. @throws AppError data.sampling_with_window */
export function refuseSampling({ sampling, window }: Pick<DataDocument, "sampling" | "window">): void {
  if (sampling !== undefined && window !== undefined) throw new AppError("data.sampling_with_window");
}

/** Nor can it be drawn for a bag. @throws AppError data.bag_with_window */
export function refuseBag({ split, window }: Pick<DataDocument, "split" | "window">): void {
  if (split.bag !== undefined && window !== undefined) throw new AppError("data.bag_with_window");
}
