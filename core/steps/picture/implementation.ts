/** Picture: a number per pixel and channel; grey is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, as Pillow's "L"). */

import type { PictureColumn } from "../../data/table.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { columnByColumn, type StepColumn } from "../step.ts";
import definition from "./definition.ts";

const SCALES = { zero_one: [1 / 255, 0], minus_one_one: [2 / 255, -1], none: [1, 0] } as const;

export default columnByColumn<typeof definition.schema, Record<string, never>>(definition, {
  fit: () => ({}),
  apply: (column, _, { scale, colour }) => {
    const shown = shownPictures(picturesOf(column));
    const picture = colour === "grey" ? grey(shown) : shown;
    const [factor, offset] = SCALES[scale];
    const values = new Float32Array(picture.pixels.length);
    for (let i = 0; i < values.length; i += 1) values[i] = (picture.pixels[i] as number) * factor + offset;
    const places = picture.places === undefined ? {} : { places: picture.places };
    return { kind: "tensor", name: column.name, shape: picture.shape, values, names: [], ...places };
  },
});

function picturesOf(column: StepColumn): PictureColumn {
  if (column.kind !== "picture") throw new Error(`column '${column.name}' is of kind ${column.kind}, not picture`);
  return column;
}

/** Of pictures that rows share, only those that one of these rows shows: the others need no numbers. */
function shownPictures(column: PictureColumn): PictureColumn {
  const { places, pixels } = column;
  if (places === undefined) return column;
  const each = sizeOf(column.shape);
  const placeOf = new Map<number, number>();
  const own = places.map((picture) => {
    const known = placeOf.get(picture);
    if (known !== undefined) return known;
    placeOf.set(picture, placeOf.size);
    return placeOf.size - 1;
  });
  const shown = new Uint8Array(placeOf.size * each);
  for (const [picture, place] of placeOf) shown.set(pixels.subarray(picture * each, (picture + 1) * each), place * each);
  return { ...column, pixels: shown, places: own };
}

function grey(column: PictureColumn): PictureColumn {
  const [height, width, channels] = column.shape;
  if (channels !== 3) return column;
  const pixels = new Uint8Array(sizeOf(column.shape) === 0 ? 0 : column.pixels.length / 3);
  for (let i = 0; i < pixels.length; i += 1)
    pixels[i] = Math.round(
      0.299 * (column.pixels[3 * i] as number) +
        0.587 * (column.pixels[3 * i + 1] as number) +
        0.114 * (column.pixels[3 * i + 2] as number),
    );
  return { ...column, shape: [height, width, 1], pixels };
}
