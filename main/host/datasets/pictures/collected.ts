/** Pictures as they were read from a folder, an archive or idx files: pixels of one size, and a row of words for each. */
import type { FolderParts } from "../folder-parts.ts";

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
  readonly broken: readonly { readonly file: string; readonly reason: string }[];
  /** Name of the file that would give their labels, where pictures came that have none: nothing could be learnt from them. */
  readonly labelsWanted?: string;
  /** Where the folders are parts of a split: the last column says which. */
  readonly parts?: FolderParts;
  /** Of what was read. */
  readonly sizeBytes: number;
}

/** The most that pixels of one data set may take in memory. */
export const MAX_PIXEL_BYTES = 1.5 * 2 ** 30;
