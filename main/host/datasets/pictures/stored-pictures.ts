/**
 * Pixels of a stored data set, in a file beside its table: one line of JSON (shape, count), then the bytes of all
 * pictures. The table's column holds the number of each row's picture.
 */
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import type { Column, PictureColumn, Table } from "../../../../core/data/table.ts";
import { AppError } from "../../../../core/errors.ts";
import type { PictureShape } from "../../../../core/graph/pixel-run.ts";

const headSchema = z.object({
  format: z.literal("neuroloom-pictures"),
  shape: z.tuple([z.number().int().positive(), z.number().int().positive(), z.number().int().positive()]),
  count: z.number().int().nonnegative(),
});
type Head = z.infer<typeof headSchema>;

const LONGEST_HEAD = 1024;
/** A read of more than 2 GiB is refused by Node. */
const MOST_READ = 64 << 20;

export const picturesBeside = (tablePath: string): string => tablePath.replace(/\.parquet$/, ".pictures");

/** @param length that the line should have */
export function headLine(shape: PictureShape, count: number, length = 0): string {
  const head: Head = { format: "neuroloom-pictures", shape: [...shape], count };
  return `${JSON.stringify(head).padEnd(length - 1)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What the first line says, and where the pixels begin, without reading them. @throws AppError data.pictures_damaged, data.pictures_missing */
export async function readPicturesHead(path: string): Promise<Head & { readonly start: number }> {
  const file = await open(path).catch((thrown: unknown) => {
    throw new AppError("data.pictures_missing", { file: path }, { cause: thrown });
  });
  try {
    const bytes = Buffer.alloc(LONGEST_HEAD);
    const { bytesRead } = await file.read(bytes, 0, LONGEST_HEAD, 0);
    const end = bytes.subarray(0, bytesRead).indexOf(10);
    const head = headSchema.safeParse(end < 0 ? null : parsed(bytes.subarray(0, end).toString("utf8")));
    if (!head.success) throw new AppError("data.pictures_damaged", { file: path });
    return { ...head.data, start: end + 1 };
  } finally {
    await file.close();
  }
}

/** The bytes of some pictures, one after the other, without reading the others. @throws AppError data.pictures_damaged */
export async function readSomePictures(
  path: string,
  { start, shape }: { readonly start: number; readonly shape: PictureShape },
  places: ArrayLike<number>,
): Promise<Uint8Array> {
  const each = shape[0] * shape[1] * shape[2];
  const pixels = new Uint8Array(places.length * each);
  const file = await open(path);
  try {
    for (let i = 0; i < places.length; ) {
      // Those that lie behind each other come together.
      const first = places[i] as number;
      let run = 1;
      while (i + run < places.length && places[i + run] === first + run) run += 1;
      await readRange(file, path, start + first * each, pixels.subarray(i * each, (i + run) * each));
      i += run;
    }
  } finally {
    await file.close();
  }
  return pixels;
}

async function readRange(file: FileHandle, path: string, from: number, into: Uint8Array): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, Math.min(MOST_READ, into.length - done), from + done);
    if (bytesRead === 0) throw new AppError("data.pictures_damaged", { file: path });
    done += bytesRead;
  }
}

/** The table with the pixels in place of the numbers of its pictures: those that its rows show, and no others, are read. */
export async function withPictures(table: Table, tablePath: string, names: ReadonlySet<string>): Promise<Table> {
  const path = picturesBeside(tablePath);
  const head = await readPicturesHead(path);
  const shown = numbersShown(table, names, head.count, path);
  const pixels = await readSomePictures(path, head, shown);
  // All of them lie where their numbers say.
  const placeOf = shown.length === head.count ? null : new Map(Array.from(shown, (number, place) => [number, place] as const));
  const picture = (column: Column): PictureColumn => {
    const places = Uint32Array.from(numbersOf(column), (number) => placeOf?.get(number) ?? number);
    // Pictures of their own lie as they are; shared ones, or others than all of them, are told by their numbers.
    const inOrder = places.length === shown.length && places.every((place, row) => place === row);
    return { kind: "picture", name: column.name, shape: head.shape, pixels, ...(inOrder ? {} : { places }) };
  };
  return { ...table, columns: table.columns.map((column) => (names.has(column.name) ? picture(column) : column)) };
}

function numbersOf(column: Column): Float64Array {
  if (column.kind !== "number") throw new Error(`column '${column.name}' holds no numbers of pictures`);
  return column.values;
}

/** Rising, each once. @throws AppError data.pictures_damaged */
function numbersShown({ columns }: Table, names: ReadonlySet<string>, count: number, path: string): Uint32Array {
  const isShown = new Uint8Array(count);
  for (const column of columns)
    if (names.has(column.name))
      for (const number of numbersOf(column)) {
        if (!(number >= 0 && number < count)) throw new AppError("data.pictures_damaged", { file: path });
        isShown[number] = 1;
      }
  const shown = new Uint32Array(isShown.reduce((sum, one) => sum + one, 0));
  let place = 0;
  isShown.forEach((one, number) => {
    if (one === 1) shown[place++] = number;
  });
  return shown;
}
