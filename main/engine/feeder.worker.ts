/** Entry of a worker thread that brings rows ahead of the engine: changes pictures, or reads blocks from disk. It ends when its reader closes. */
import { workerData } from "node:worker_threads";
import { batchFill } from "../../core/data/blocks/fill-batches.ts";
import { type ChangeRows, shuffledFill, turnFill } from "../../core/data/blocks/fill-blocks.ts";
import { pictureFill, picturesChanger } from "../../core/data/blocks/fill-pictures.ts";
import { textChanger } from "../../core/data/blocks/fill-texts.ts";
import { type FillWindow, fillWindows } from "../../core/data/blocks/window-memory.ts";
import type { FeederStart } from "./feeders.ts";
import { StoredReader } from "./stored-reader.ts";

const { memory, worker, feed } = workerData as FeederStart;
const reader = feed.kind === "turn" || feed.kind === "shuffled" ? new StoredReader(feed.path, feed.stored) : null;

function fillOf(): FillWindow {
  if (feed.kind === "pictures") return pictureFill(feed, memory);
  if (feed.kind === "batches") return batchFill(feed, feed.ring);
  const { read, readTexts } = reader as StoredReader;
  if (feed.kind === "turn") return turnFill(feed.stored, memory, read);
  const { change, stored } = feed;
  const changes: ChangeRows[] = [];
  if (change !== null) changes.push(picturesChanger(change.augment, change.shapes, memory.values));
  if (stored.copies !== undefined) changes.push(textChanger(stored.copies, stored.widths, memory.values, readTexts));
  return shuffledFill(feed, memory, worker, read, changes);
}

try {
  fillWindows(memory, worker, fillOf());
} finally {
  reader?.close();
}
