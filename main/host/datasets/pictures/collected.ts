/** Pictures as they were read from a folder, an archive or idx files: pixels of one size, and a row of words for each. */
import { AppError, type ErrorData } from "../../../../core/errors.ts";
import type { FolderParts } from "../folder-parts.ts";
import type { BrokenPicture } from "./picture-faults.ts";

export interface CollectedPictures {
  /** Height, width, channels. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** `[rows, height, width, channels]` */
  readonly pixels: Uint8Array;
  /** Names of the columns beside the picture: label, file … */
  readonly names: readonly string[];
  /** One list of cells a picture. */
  readonly rows: readonly (readonly string[])[];
  /** Files that are no pictures although they are named so. */
  readonly broken: readonly (BrokenPicture & { readonly file: string })[];
  /** Name of the file that would give their labels, where pictures came that have none: nothing could be learnt from them. */
  readonly labelsWanted?: string;
  /** Where the folders are parts of a split: the last column says which. */
  readonly parts?: FolderParts;
  /** Where a table among the files gives the labels: as what it was read, and what is to be said of it. */
  readonly table?: { readonly encoding: string; readonly warnings: readonly ErrorData[] };
  /** Of what was read. */
  readonly sizeBytes: number;
}

/** The most that pixels of one data set may take in memory. */
export const MAX_PIXEL_BYTES = 1.5 * 2 ** 30;

/** @param mostBytes that pixels may take where memory was given to them @throws AppError data.too_many_pixels, data.pictures_over_memory */
export function refuseTooLarge(file: string, pictures: number, shape: readonly number[], mostBytes?: number): void {
  const bytes = shape.reduce((product, length) => product * length, pictures);
  const megabytes = Math.ceil(bytes / 2 ** 20);
  if (mostBytes !== undefined && bytes > mostBytes)
    throw new AppError("data.pictures_over_memory", {
      file,
      pictures,
      shape: shape.join(" × "),
      megabytes,
      limit: Math.floor(mostBytes / 2 ** 20),
    });
  if (bytes > MAX_PIXEL_BYTES) throw new AppError("data.too_many_pixels", { file, pictures, megabytes });
}
