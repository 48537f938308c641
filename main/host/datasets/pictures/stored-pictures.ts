/**
 * Pixels of a stored data set, in a file beside its table: one line of JSON (shape, count), then the bytes of all
 * pictures. The table's column holds the number of each row's picture.
 */
import { open, readFile } from "node:fs/promises";
import { z } from "zod";
import type { Column, PictureColumn, Table } from "../../../../core/data/table.ts";
import { AppError } from "../../../../core/errors.ts";

const headSchema = z.object({
  format: z.literal("neuroloom-pictures"),
  shape: z.tuple([z.number().int().positive(), z.number().int().positive(), z.number().int().positive()]),
  count: z.number().int().nonnegative(),
});
type Head = z.infer<typeof headSchema>;

const LONGEST_HEAD = 1024;

export const picturesBeside = (tablePath: string): string => tablePath.replace(/\.parquet$/, ".pictures");

export async function writeStoredPictures(path: string, shape: Head["shape"], pixels: Uint8Array): Promise<void> {
  const head: Head = { format: "neuroloom-pictures", shape, count: pixels.length / (shape[0] * shape[1] * shape[2]) };
  const file = await open(path, "w");
  try {
    await file.writeFile(`${JSON.stringify(head)}\n`);
    await file.writeFile(pixels);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** @throws AppError data.pictures_damaged, data.pictures_missing */
export async function readStoredPictures(path: string): Promise<{ shape: Head["shape"]; pixels: Uint8Array }> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw new AppError("data.pictures_missing", { file: path }, { cause: thrown });
  });
  const end = bytes.indexOf(10);
  const head = headSchema.safeParse(end < 0 ? null : parsed(bytes.subarray(0, end).toString("utf8")));
  if (!head.success) throw new AppError("data.pictures_damaged", { file: path });
  const { shape, count } = head.data;
  const pixels = new Uint8Array(bytes.buffer, bytes.byteOffset + end + 1, bytes.length - end - 1);
  if (pixels.length !== count * shape[0] * shape[1] * shape[2]) throw new AppError("data.pictures_damaged", { file: path });
  return { shape, pixels };
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
  { start, shape }: { readonly start: number; readonly shape: Head["shape"] },
  places: ArrayLike<number>,
): Promise<Uint8Array> {
  const each = shape[0] * shape[1] * shape[2];
  const pixels = new Uint8Array(places.length * each);
  const file = await open(path);
  try {
    for (let i = 0; i < places.length; i += 1) {
      const { bytesRead } = await file.read(pixels, i * each, each, start + (places[i] as number) * each);
      if (bytesRead !== each) throw new AppError("data.pictures_damaged", { file: path });
    }
  } finally {
    await file.close();
  }
  return pixels;
}

/** The table with the pixels in place of the numbers of its pictures. */
export async function withPictures(table: Table, tablePath: string, names: ReadonlySet<string>): Promise<Table> {
  const path = picturesBeside(tablePath);
  const { shape, pixels } = await readStoredPictures(path);
  const each = shape[0] * shape[1] * shape[2];
  const picture = (column: Column): PictureColumn => {
    if (column.kind !== "number") throw new Error(`column '${column.name}' holds no numbers of pictures`);
    if (column.values.some((place) => !(place >= 0 && (place + 1) * each <= pixels.length)))
      throw new AppError("data.pictures_damaged", { file: path });
    // Pictures of their own lie as they are; shared ones, or others than all of them, are told by their numbers.
    const inOrder = column.values.length * each === pixels.length && column.values.every((place, row) => place === row);
    return { kind: "picture", name: column.name, shape, pixels, ...(inOrder ? {} : { places: Uint32Array.from(column.values) }) };
  };
  return { ...table, columns: table.columns.map((column) => (names.has(column.name) ? picture(column) : column)) };
}
