/** What a worker does for rows in memory: gathers the batches of a window, each into its place in the memory of the engine. */
import { sizeOf } from "../../ir/tensor.ts";
import type { Rows } from "../rows.ts";
import type { BatchRing, BatchStream } from "./batches-ahead.ts";
import { RowCopier } from "./copy-rows.ts";
import { shuffledRows } from "./row-order.ts";
import type { FillWindow } from "./window-memory.ts";

export interface BatchFeed {
  readonly stream: BatchStream;
  /** Of the training part, in shared memory, by node id. */
  readonly inputs: Readonly<Record<string, Rows>>;
  readonly targets: Readonly<Record<string, Rows>>;
}

export function batchFill({ stream, inputs, targets }: BatchFeed, ring: BatchRing): FillWindow {
  const { rows, batch, shuffling } = stream;
  const stepsPerEpoch = Math.ceil(rows / batch);
  const bound = (places: BatchRing["inputs"], sources: BatchFeed["inputs"]) =>
    Object.entries(places).map(([id, offset]) => {
      const { values, shape, places: shared } = sources[id] as Rows;
      return { offset, places: shared, copier: new RowCopier(values, sizeOf(shape)) };
    });
  const tensors = [...bound(ring.inputs, inputs), ...bound(ring.targets, targets)];
  let epoch = 0;
  let order: Uint32Array = new Uint32Array(0);
  return (window) => {
    const first = window * ring.windowBatches;
    for (let i = 0; i < ring.windowBatches; i++) {
      const wanted = 1 + Math.floor((first + i) / stepsPerEpoch);
      if (wanted !== epoch) {
        epoch = wanted;
        order = shuffledRows(rows, epoch, shuffling);
      }
      const from = ((first + i) % stepsPerEpoch) * batch;
      const place = ring.first + ((first + i) % ring.places) * ring.stride;
      for (const { copier, offset, places } of tensors)
        copier.copy(order, from, Math.min(batch, rows - from), ring.elements, place + offset, places);
    }
  };
}
