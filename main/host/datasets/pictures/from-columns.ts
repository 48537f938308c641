/**
 * A stored table whose columns are pixels becomes another one with a column of pictures in their place: the pixels lie beside it,
 * as those of imported pictures do. The table it was made of stays as it is.
 */
import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { PixelRange, pixelBytes } from "../../../../core/data/pixel-columns.ts";
import type { Table } from "../../../../core/data/table.ts";
import { AppError } from "../../../../core/errors.ts";
import type { ColumnDocument, PixelsDocument } from "../../../../core/graph/document.ts";
import type { PictureShape } from "../../../../core/graph/pixel-run.ts";
import type { DatasetProfile } from "../../../../core/protocol/methods.ts";
import { keepFile } from "../../../store/kept-file.ts";
import { columnId, openDatabase, refuseAborted } from "../duckdb.ts";
import { fileError } from "../file-errors.ts";
import type { ImportedTable } from "../import-request.ts";
import { readPieces } from "../stored-rows.ts";
import { fromStored, writeStoredTable } from "../stored-table.ts";
import { makeWorkFolder } from "../work-folder.ts";
import { PIXELS, pictureProfile } from "./import-pictures.ts";
import { hashPixels, type PixelFile, PixelWriter } from "./pixel-writer.ts";

interface PixelsRequest {
  /** The stored table, and what is known of it. */
  readonly path: string;
  readonly profile: Pick<DatasetProfile, "columns" | "warnings"> & {
    readonly dataset: Pick<DatasetProfile["dataset"], "name" | "row_count" | "size_bytes" | "fingerprint">;
  };
  /** Of the pixels, by row, then column, then channel. */
  readonly columns: readonly string[];
  readonly shape: PictureShape;
  /** Where data sets are kept. */
  readonly folder: string;
  /** Ends it between two pieces. */
  readonly signal?: AbortSignal;
}

/** Numbers of a piece: it and its bytes are what is held of the table. */
const PIECE_CELLS = 4 << 20;

/** @throws AppError data.column_missing, data.pixels_do_not_fit, data.pixel_missing, data.not_a_number, data.pictures_over_disk, data.import_cancelled */
export async function picturesOfColumns({ path, profile, columns, shape, folder, signal }: PixelsRequest): Promise<ImportedTable> {
  const { dataset } = profile;
  const unknown = columns.filter((name) => !profile.columns.some((column) => column.name === name));
  if (unknown.length > 0) throw new AppError("data.column_missing", { columns: unknown.slice(0, 10).join(", "), count: unknown.length });
  const [height, width, channels] = shape;
  const pixels = height * width * channels;
  if (pixels !== columns.length) throw new AppError("data.pixels_do_not_fit", { height, width, channels, pixels, columns: columns.length });
  const range = new PixelRange();
  await readNumbers(path, columns, (numbers) => {
    refuseAborted(signal);
    for (const { values } of numbers) range.add(values);
  });
  const document: PixelsDocument = { columns: [...columns], shape: [...shape], ...range.ends() };
  const { kept, picture, names, gone } = withPictureColumn(profile.columns, columns);
  await mkdir(folder, { recursive: true });
  const work = await makeWorkFolder("import", folder);
  try {
    const stored = join(work, "table.parquet");
    const pixelFile = await writePixels(path, join(work, PIXELS), dataset, { document, signal });
    const database = await openDatabase(join(work, "spill"), signal);
    try {
      const others = kept.map(({ place }, i) => `${columnId(place)} AS ${columnId(i + 1)}`);
      await database.run(
        `CREATE TABLE source AS SELECT ${["number::VARCHAR AS c0", ...others].join(", ")} FROM ${fromStored(path, "number")} ORDER BY number`,
      );
      await writeStoredTable(database, stored, names);
    } finally {
      database.close();
    }
    refuseAborted(signal);
    const hash = createHash("sha256").update(dataset.fingerprint).update(JSON.stringify(document));
    const fingerprint = (await hashPixels(hash, pixelFile)).digest("hex");
    const target = join(folder, `${fingerprint}.parquet`);
    await keepFile(pixelFile.path, join(folder, `${fingerprint}.pictures`));
    await keepFile(stored, target);
    return {
      name: dataset.name,
      path: target,
      rowCount: dataset.row_count,
      columnCount: names.length,
      sizeBytes: dataset.size_bytes,
      fingerprint,
      columns: [{ ...pictureProfile(dataset.row_count, document.shape, picture), pixels: document }, ...kept.map(({ column }) => column)],
      warnings: profile.warnings.filter(({ params }) => !gone.has(String(params["column"]))),
    };
  } catch (thrown) {
    throw fileError(thrown, dataset.name);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

type Numbers = readonly { readonly name: string; readonly values: Float64Array }[];

/** In pieces, the columns in the order in which they are named. */
async function readNumbers(path: string, columns: readonly string[], take: (numbers: Numbers, firstRow: number) => void | Promise<void>) {
  const documents = columns.map((name): ColumnDocument => ({ name, type: "numeric", role: "feature" }));
  const inPiece = ({ columns: read, rowIds }: Table): void | Promise<void> => {
    const byName = new Map(read.map((column) => [column.name, column]));
    const numbers = columns.map((name) => {
      const column = byName.get(name);
      if (column?.kind !== "number") throw new AppError("data.column_missing", { columns: name, count: 1 });
      return column;
    });
    return take(numbers, rowIds[0] ?? 0);
  };
  await readPieces(path, documents, inPiece, Math.max(1, Math.floor(PIECE_CELLS / columns.length)));
}

async function writePixels(
  path: string,
  pixelsAt: string,
  { name, row_count: rows }: PixelsRequest["profile"]["dataset"],
  { document, signal }: { readonly document: PixelsDocument; readonly signal: AbortSignal | undefined },
): Promise<PixelFile> {
  const writer = await PixelWriter.create(pixelsAt, document.shape, rows, name);
  try {
    await readNumbers(path, document.columns, (numbers, firstRow) => {
      refuseAborted(signal);
      return writer.add(pixelBytes(numbers, document, firstRow));
    });
    return await writer.finish();
  } finally {
    await writer.close();
  }
}

/** The column of pictures stands first, in place of those that it is made of. */
function withPictureColumn(columns: PixelsRequest["profile"]["columns"], pixels: readonly string[]) {
  const gone = new Set(pixels);
  const kept = columns.map((column, place) => ({ column, place })).filter(({ column }) => !gone.has(column.name));
  const picture = freeName(new Set(kept.map(({ column }) => column.name)));
  return { kept, picture, names: [picture, ...kept.map(({ column }) => column.name)], gone };
}

function freeName(taken: ReadonlySet<string>): string {
  let name = "picture";
  for (let number = 2; taken.has(name); number += 1) name = `picture_${number}`;
  return name;
}
