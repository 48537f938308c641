/** What a worker does for pictures that are changed while they are trained on: copies the rows of a window and changes them. */
import { type Shape, sizeOf } from "../../ir/tensor.ts";
import { Augmenter, type AugmenterSettings, type AugmentPlace, isPicture } from "../augment.ts";
import type { Rows } from "../rows.ts";
import type { ChangeRows } from "./fill-blocks.ts";
import { type Shuffling, shuffledRows } from "./row-order.ts";
import type { FillWindow, WindowMemory } from "./window-memory.ts";

export interface PictureFeed {
  /** Of the training part, in shared memory, by input node id. */
  readonly inputs: Readonly<Record<string, Rows>>;
  readonly rows: number;
  readonly augment: AugmenterSettings;
  readonly shuffling: Shuffling;
}

/** Changes the pictures of one row where they lie. @param place of the row in the arrays */
type ChangeRow = (place: number, at: AugmentPlace) => void;

/** @param shapes of the inputs, by node id: those that are pictures are changed */
function pictureChanger(
  { options, seed, rowCount }: AugmenterSettings,
  shapes: Readonly<Record<string, Shape>>,
  values: WindowMemory["values"],
): ChangeRow {
  const augmenter = new Augmenter(options, seed, rowCount);
  const pictures = Object.entries(shapes).filter(([, shape]) => isPicture(shape));
  return (place, at) => {
    for (const [id, shape] of pictures) augmenter.apply(values[id] as Float32Array, place * sizeOf(shape), shape, at);
  };
}

/** The same of the rows of a window. */
export function picturesChanger(...given: Parameters<typeof pictureChanger>): ChangeRows {
  const change = pictureChanger(...given);
  return (rows, start, epoch) => {
    for (let i = 0; i < rows.length; i++) change(start + i, { epoch: epoch - 1, row: rows[i] as number });
  };
}

/** What is drawn depends on seed, epoch and row alone: any number of workers gives the same bits, and so does no worker. */
export function pictureFill({ inputs, rows, augment, shuffling }: PictureFeed, { values, windowRows }: WindowMemory): FillWindow {
  const shapes = Object.fromEntries(Object.entries(inputs).map(([id, { shape }]) => [id, shape]));
  const change = pictureChanger(augment, shapes, values);
  const windowsAnEpoch = Math.ceil(rows / windowRows);
  let epoch = 0;
  let order: Uint32Array = new Uint32Array(0);
  const bring = (id: string, { values: source, shape, places }: Rows, row: number, place: number): void => {
    const width = sizeOf(shape);
    const target = values[id] as Float32Array;
    const from = (places === undefined ? row : (places[row] as number)) * width;
    target.set(source.subarray(from, from + width), place * width);
  };
  return (window, start) => {
    const wanted = 1 + Math.floor(window / windowsAnEpoch);
    if (wanted !== epoch) {
      epoch = wanted;
      order = shuffledRows(rows, epoch, shuffling);
    }
    const first = (window % windowsAnEpoch) * windowRows;
    for (let i = first; i < Math.min(rows, first + windowRows); i++) {
      const row = order[i] as number;
      for (const [id, input] of Object.entries(inputs)) bring(id, input, row, start + i - first);
      change(start + i - first, { epoch: epoch - 1, row });
    }
  };
}
