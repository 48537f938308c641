/** Looking at stored pictures: the pixels of a few, made small for a screen, and which pictures each class has. */
import { open } from "node:fs/promises";
import { AppError } from "../../../../core/errors.ts";
import { columnId } from "../duckdb.ts";
import { queryStored } from "../load-table.ts";
import { fromStored, storedNames } from "../stored-table.ts";
import { picturesBeside, readPicturesHead } from "./stored-pictures.ts";

type Shape = [height: number, width: number, channels: number];

/** Classes beyond these are counted only. */
const MOST_CLASSES = 60;

/**
 * @param pictures numbers, as the cells of the column hold them
 * @param size     longest side of what is returned; smaller pictures stay as they are
 * @returns `[pictures, height, width, channels]` as base64, each pixel the mean of those that it stands for
 * @throws AppError data.picture_unknown, data.pictures_missing, data.pictures_damaged
 */
export async function somePictures(
  tablePath: string,
  pictures: readonly number[],
  size: number,
): Promise<{ shape: Shape; pixels: string }> {
  const path = picturesBeside(tablePath);
  const { shape, count, start } = await readPicturesHead(path);
  const [height, width, channels] = shape;
  const unknown = pictures.find((number) => number >= count);
  if (unknown !== undefined) throw new AppError("data.picture_unknown", { number: unknown, count });
  const shrink = Math.min(1, size / Math.max(height, width));
  const small: Shape = [Math.max(1, Math.round(height * shrink)), Math.max(1, Math.round(width * shrink)), channels];
  const each = height * width * channels;
  const eachSmall = small[0] * small[1] * channels;
  const made = Buffer.alloc(eachSmall * pictures.length);
  const whole = new Uint8Array(each);
  const file = await open(path);
  try {
    for (const [place, number] of pictures.entries()) {
      const { bytesRead } = await file.read(whole, 0, each, start + number * each);
      if (bytesRead !== each) throw new AppError("data.pictures_damaged", { file: path });
      shrinkInto(made.subarray(place * eachSmall, (place + 1) * eachSmall), small, whole, shape);
    }
  } finally {
    await file.close();
  }
  return { shape: small, pixels: made.toString("base64") };
}

/** Mean of the block of pixels that each one stands for. */
function shrinkInto(target: Uint8Array, [rows, columns, channels]: Shape, source: Uint8Array, [height, width]: Readonly<Shape>): void {
  if (rows === height && columns === width) {
    target.set(source);
    return;
  }
  const from = (place: number, count: number, all: number): number => Math.floor((place * all) / count);
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      const [top, left] = [from(y, rows, height), from(x, columns, width)];
      const [bottom, right] = [Math.max(top + 1, from(y + 1, rows, height)), Math.max(left + 1, from(x + 1, columns, width))];
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0;
        for (let row = top; row < bottom; row += 1)
          for (let column = left; column < right; column += 1) sum += source[(row * width + column) * channels + channel] as number;
        target[(y * columns + x) * channels + channel] = Math.round(sum / ((bottom - top) * (right - left)));
      }
    }
}

interface PictureClass {
  label: string | null;
  count: number;
  pictures: number[];
}

/**
 * @param column names the classes; null: all pictures together
 * @throws AppError data.column_missing
 */
export async function pictureClasses(
  tablePath: string,
  column: string | null,
  perClass: number,
): Promise<{ classes: PictureClass[]; class_count: number }> {
  return queryStored(tablePath, async (database) => {
    const names = await storedNames(database, tablePath);
    const place = column === null ? -1 : names.indexOf(column);
    if (column !== null && place < 0) throw new AppError("data.column_missing", { columns: column, count: 1 });
    const label = column === null ? "NULL::VARCHAR" : columnId(place);
    // Pictures are the first column of what an import of pictures stores.
    const rows = await database.rows(
      `SELECT label, count(*)::INTEGER, to_json(list(number ORDER BY number)[1:${perClass}])::VARCHAR ` +
        `FROM (SELECT ${label} AS label, ${columnId(0)}::INTEGER AS number FROM ${fromStored(tablePath)}) GROUP BY label ORDER BY 2 DESC, 1`,
    );
    const classes = rows.map(([name, count, numbers]) => ({
      label: name === null || name === undefined ? null : String(name),
      count: Number(count),
      pictures: JSON.parse(String(numbers)) as number[],
    }));
    return { classes: classes.slice(0, MOST_CLASSES), class_count: classes.length };
  });
}
