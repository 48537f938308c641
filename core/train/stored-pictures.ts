/**
 * Pictures of a table that does not fit into memory: they stay in the file beside the data set, from where a training reads them. Here is
 * which inputs are such pictures, and what a preparation needs of them in memory: one to know their shape, and the first rows for a look.
 */
import { augmenterOf } from "../data/augment.ts";
import { type PictureFile, type PictureRows, pictureNumbers } from "../data/blocks/fill-blocks.ts";
import type { DataNeeds } from "../data/data-needs.ts";
import { mixupOf } from "../data/mixup.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import type { Column } from "../data/table.ts";
import { AppError } from "../errors.ts";
import type { ColumnDocument, DataDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";

/** The file of a data set's pictures. */
export interface PictureSource {
  readonly file: PictureFile;
  /** Bytes of these pictures, one after the other. */
  readonly read: (places: ArrayLike<number>) => Promise<Uint8Array>;
}

/** By input: the column whose pictures it takes. */
export type PictureInputs = ReadonlyMap<string, string>;

const isPictureColumn = ({ type, role }: ColumnDocument): boolean => type === "picture" && role === "feature";

/** Null where an input takes pictures in a way that needs them in memory: beside other columns, made of numbers, or reduced. */
export function pictureInputs({ columns, steps }: Pick<DataDocument, "columns" | "steps">, needs: DataNeeds): PictureInputs | null {
  const pictures = new Map(columns.filter(isPictureColumn).map((column) => [column.name, column]));
  if ([...pictures.values()].some(({ pixels }) => pixels !== undefined)) return null;
  if (steps.some((step) => step.type !== "picture" && step.columns.some((name) => pictures.has(name)))) return null;
  const features = columns.filter(({ role }) => role === "feature").map(({ name }) => name);
  const found = new Map<string, string>();
  for (const { nodeId, columns: named } of needs.inputs) {
    const own = named.length > 0 ? named : features;
    const [first] = own;
    if (!own.some((name) => pictures.has(name))) continue;
    if (own.length > 1 || first === undefined) return null;
    found.set(nodeId, first);
  }
  return found;
}

/** Nothing is learnt of pictures: in a sample the first one stands for all. */
export async function standingForAll(name: string, rows: number, { file, read }: PictureSource): Promise<Column> {
  return { kind: "picture", name, shape: file.shape, pixels: await read([0]), places: new Uint32Array(rows) };
}

/** Which picture each row of a part shows, as pieces of the table say it. */
export class PicturePlaces {
  private readonly places: Uint32Array;
  private readonly file: PictureFile;

  constructor(rows: number, file: PictureFile) {
    this.places = new Uint32Array(new SharedArrayBuffer(4 * rows));
    this.file = file;
  }

  /** @throws AppError data.pictures_damaged */
  set(row: number, place: number): void {
    if (!(Number.isInteger(place) && place >= 0 && place < this.file.count))
      throw new AppError("data.pictures_damaged", { file: this.file.path });
    this.places[row] = place;
  }

  rowsOf(column: string, { steps }: FittedPipeline): PictureRows {
    return { file: this.file, column, places: this.places, steps: steps.filter(({ step }) => step.columns.includes(column)) };
  }
}

/** As many first rows of a part. */
export async function firstPictures(rows: PictureRows, most: number, shape: Rows["shape"], { read }: PictureSource): Promise<Rows> {
  const pixels = await read(rows.places.subarray(0, most));
  const values = pictureNumbers(rows, pixels);
  if (values.length !== Math.min(most, rows.places.length) * sizeOf(shape)) throw new Error("pictures became another number of numbers");
  return { values, shape };
}

/** What changes the pictures of the training part, as in memory. @throws AppError data.augment_*, data.mixup_* */
export function changesOf(
  data: DataDocument,
  { inputs, rowCount }: Pick<PreparedPart, "inputs" | "rowCount">,
  needs: DataNeeds,
  targets: FittedPipeline["targets"],
  seed: number,
): Pick<PreparedPart, "augmenter" | "mixup"> {
  const augmenter = augmenterOf(data, inputs, needs, rowCount, seed);
  const mixup = mixupOf(data, inputs, targets, rowCount, seed);
  return { ...(augmenter === null ? {} : { augmenter }), ...(mixup === null ? {} : { mixup }) };
}
