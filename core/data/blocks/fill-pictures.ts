/** What a worker does for pictures that are changed while they are trained on: copies the rows of a window and changes them. */
import { sizeOf } from "../../ir/tensor.ts";
import { Augmenter, type AugmenterSettings, isPicture } from "../augment.ts";
import type { Rows } from "../rows.ts";
import { type Shuffling, shuffledRows } from "./row-order.ts";
import type { FillWindow, WindowMemory } from "./window-memory.ts";

export interface PictureFeed {
  /** Of the training part, in shared memory, by input node id. */
  readonly inputs: Readonly<Record<string, Rows>>;
  readonly rows: number;
  readonly augment: AugmenterSettings;
  readonly shuffling: Shuffling;
}

/** What is drawn depends on seed, epoch and row alone: any number of workers gives the same bits, and so does no worker. */
export function pictureFill({ inputs, rows, augment, shuffling }: PictureFeed, { values, windowRows }: WindowMemory): FillWindow {
  const augmenter = new Augmenter(augment.options, augment.seed, augment.rowCount);
  const windowsAnEpoch = Math.ceil(rows / windowRows);
  let epoch = 0;
  let order: Uint32Array = new Uint32Array(0);
  const bring = (id: string, { values: source, shape, places }: Rows, row: number, place: number): void => {
    const width = sizeOf(shape);
    const target = values[id] as Float32Array;
    const from = (places === undefined ? row : (places[row] as number)) * width;
    target.set(source.subarray(from, from + width), place * width);
    if (isPicture(shape)) augmenter.apply(target, place * width, shape, { epoch: epoch - 1, row });
  };
  return (window, start) => {
    const wanted = 1 + Math.floor(window / windowsAnEpoch);
    if (wanted !== epoch) {
      epoch = wanted;
      order = shuffledRows(rows, epoch, shuffling);
    }
    const first = (window % windowsAnEpoch) * windowRows;
    for (let i = first; i < Math.min(rows, first + windowRows); i++)
      for (const [id, input] of Object.entries(inputs)) bring(id, input, order[i] as number, start + i - first);
  };
}
