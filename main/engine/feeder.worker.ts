/** Entry of a worker thread that brings rows ahead of the engine: changes pictures, or reads blocks from disk. It ends when its reader closes. */
import { workerData } from "node:worker_threads";
import { batchFill } from "../../core/data/blocks/fill-batches.ts";
import { shuffledFill, turnFill } from "../../core/data/blocks/fill-blocks.ts";
import { pictureChanger, pictureFill } from "../../core/data/blocks/fill-pictures.ts";
import { type FillWindow, fillWindows } from "../../core/data/blocks/window-memory.ts";
import type { FeederStart } from "./feeders.ts";
import { StoredReader } from "./stored-reader.ts";

const { memory, worker, feed } = workerData as FeederStart;
const reader = feed.kind === "turn" || feed.kind === "shuffled" ? new StoredReader(feed.path, feed.stored) : null;

function fillOf(): FillWindow {
  if (feed.kind === "pictures") return pictureFill(feed, memory);
  if (feed.kind === "batches") return batchFill(feed, feed.ring);
  const { read } = reader as StoredReader;
  if (feed.kind === "turn") return turnFill(feed.stored, memory, read);
  const { change } = feed;
  return shuffledFill(feed, memory, worker, read, change === null ? null : pictureChanger(change.augment, change.shapes, memory.values));
}

try {
  fillWindows(memory, worker, fillOf());
} finally {
  reader?.close();
}
