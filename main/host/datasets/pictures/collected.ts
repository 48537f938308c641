/** Pictures as they were read from a folder, an archive or idx files: pixels of one size in a file, and a row of words for each. */
import type { ErrorData } from "../../../../core/errors.ts";
import type { TableChoice } from "../files-meant.ts";
import type { FolderParts } from "../folder-parts.ts";
import type { BrokenPicture } from "./picture-faults.ts";
import type { PixelFile } from "./pixel-writer.ts";

export interface CollectedPictures {
  /** As many as there are rows, in their order. */
  readonly pixels: PixelFile;
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
  /** Where tables lie beside them that could be read instead. */
  readonly choice?: TableChoice;
  /** Of what was read. */
  readonly sizeBytes: number;
}
