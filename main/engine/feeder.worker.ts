/** Entry of a worker thread that brings rows ahead of the engine: changes pictures, or reads blocks from disk. It ends when its reader closes. */
import { closeSync, openSync, readSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { batchFill } from "../../core/data/blocks/fill-batches.ts";
import { type ReadRows, rowWidth, shuffledFill, turnFill } from "../../core/data/blocks/fill-blocks.ts";
import { pictureFill } from "../../core/data/blocks/fill-pictures.ts";
import { type FillWindow, fillWindows } from "../../core/data/blocks/window-memory.ts";
import type { FeederStart } from "./feeders.ts";

const { memory, worker, feed } = workerData as FeederStart;
/** Opened when rows are first wanted: a short run may be over before. */
let file: number | null = null;

function fillOf(): FillWindow {
  if (feed.kind === "pictures") return pictureFill(feed, memory);
  if (feed.kind === "batches") return batchFill(feed, feed.ring);
  const width = rowWidth(feed.stored);
  const read: ReadRows = (firstRow, count, into) => {
    file ??= openSync(feed.path, "r");
    readNumbers(file, firstRow * width, count * width, into);
  };
  return feed.kind === "turn" ? turnFill(feed.stored, memory, read) : shuffledFill(feed.stored, feed.layout, feed.shuffling, memory, read);
}

/** A read may give less than it was asked for. */
function readNumbers(descriptor: number, first: number, count: number, into: Float32Array): void {
  const bytes = new Uint8Array(into.buffer, into.byteOffset, 4 * count);
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(descriptor, bytes, done, bytes.length - done, 4 * first + done);
    if (read === 0) throw new Error(`the rows on disk end after ${4 * first + done} bytes`);
    done += read;
  }
}

try {
  fillWindows(memory, worker, fillOf());
} finally {
  if (file !== null) closeSync(file);
}
