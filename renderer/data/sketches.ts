/** Rows of a built-in set as what they stand for: pictures of pixel columns, brought to grey; or which column is a text. */
import type { PixelRun } from "../../core/graph/pixel-run.ts";
import type { Pixels } from "../ui/PixelPicture.tsx";
import { toRgba } from "./picture-store.ts";

type Cells = readonly (readonly (number | string)[])[];

const SHOWN = 20;
/** A text of fewer letters is a class. */
const SHORTEST_TEXT = 20;

/** The first of them, from the least to the greatest of all their numbers as black to white. */
export function firstPictures(
  columns: readonly string[],
  rows: Cells,
  { columns: names, shape: [height, width, channels] }: PixelRun,
): Pixels[] {
  const places = names.map((name) => columns.indexOf(name));
  const pictures = rows.slice(0, SHOWN).map((row) => places.map((place) => Number(row[place] ?? 0)));
  let [low, high] = [0, 1e-12];
  for (const value of pictures.flat()) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return pictures.map((values) => ({
    height,
    width,
    rgba: toRgba(
      Uint8Array.from(values, (value) => Math.round((255 * (value - low)) / (high - low))),
      channels,
    ),
  }));
}

export function textColumn(columns: readonly string[], rows: Cells): number | null {
  const place = columns.findIndex((_, column) => {
    const cell = rows[0]?.[column];
    return typeof cell === "string" && cell.length >= SHORTEST_TEXT;
  });
  return place < 0 ? null : place;
}
