/**
 * A stored table whose columns are pixels becomes another one with a column of pictures in their place: the pixels lie beside it,
 * as those of imported pictures do. The table it was made of stays as it is.
 */
import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pixelBytes, rangeOfPixels } from "../../../../core/data/pixel-columns.ts";
import { AppError } from "../../../../core/errors.ts";
import type { ColumnDocument, PixelsDocument } from "../../../../core/graph/document.ts";
import type { PictureShape } from "../../../../core/graph/pixel-run.ts";
import type { DatasetProfile } from "../../../../core/protocol/methods.ts";
import { keepFile } from "../../../store/kept-file.ts";
import { columnId, openDatabase } from "../duckdb.ts";
import { fileError } from "../file-errors.ts";
import type { ImportedTable } from "../import-request.ts";
import { loadTable } from "../load-table.ts";
import { fromStored, writeStoredTable } from "../stored-table.ts";
import { makeWorkFolder } from "../work-folder.ts";
import { MAX_PIXEL_BYTES } from "./collected.ts";
import { hashPixels } from "./hash-pixels.ts";
import { pictureProfile } from "./import-pictures.ts";
import { writeStoredPictures } from "./stored-pictures.ts";

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
}

/** @throws AppError data.column_missing, data.pixels_do_not_fit, data.pixel_missing, data.not_a_number, data.too_many_pixels */
export async function picturesOfColumns({ path, profile, columns, shape, folder }: PixelsRequest): Promise<ImportedTable> {
  const { dataset } = profile;
  const unknown = columns.filter((name) => !profile.columns.some((column) => column.name === name));
  if (unknown.length > 0) throw new AppError("data.column_missing", { columns: unknown.slice(0, 10).join(", "), count: unknown.length });
  const size = dataset.row_count * columns.length;
  if (size > MAX_PIXEL_BYTES)
    throw new AppError("data.too_many_pixels", { file: dataset.name, pictures: dataset.row_count, megabytes: Math.ceil(size / 2 ** 20) });
  const read = await loadTable(
    path,
    columns.map((name): ColumnDocument => ({ name, type: "numeric", role: "feature" })),
  );
  const byName = new Map(read.columns.map((column) => [column.name, column]));
  const pixels = columns.map((name) => {
    const column = byName.get(name);
    if (column?.kind !== "number") throw new AppError("data.column_missing", { columns: name, count: 1 });
    return column;
  });
  const document: PixelsDocument = { columns: [...columns], shape: [...shape], ...rangeOfPixels(pixels.map(({ values }) => values)) };
  return store({ path, profile, folder }, document, pixelBytes(pixels, document));
}

async function store(
  { path, profile, folder }: Pick<PixelsRequest, "path" | "profile" | "folder">,
  document: PixelsDocument,
  bytes: Uint8Array,
): Promise<ImportedTable> {
  const { dataset } = profile;
  const gone = new Set(document.columns);
  const kept = profile.columns.map((column, place) => ({ column, place })).filter(({ column }) => !gone.has(column.name));
  const picture = freeName(new Set(kept.map(({ column }) => column.name)));
  const names = [picture, ...kept.map(({ column }) => column.name)];
  await mkdir(folder, { recursive: true });
  const work = await makeWorkFolder("import", folder);
  try {
    const database = await openDatabase(join(work, "spill"));
    try {
      const others = kept.map(({ place }, i) => `${columnId(place)} AS ${columnId(i + 1)}`);
      await database.run(
        `CREATE TABLE source AS SELECT ${["number::VARCHAR AS c0", ...others].join(", ")} FROM ${fromStored(path, "number")} ORDER BY number`,
      );
      await writeStoredTable(database, join(work, "table.parquet"), names);
    } finally {
      database.close();
    }
    const hash = createHash("sha256").update(dataset.fingerprint).update(JSON.stringify(document));
    const fingerprint = (await hashPixels(hash, bytes)).digest("hex");
    await writeStoredPictures(join(work, "table.pictures"), [...document.shape], bytes);
    const target = join(folder, `${fingerprint}.parquet`);
    await keepFile(join(work, "table.pictures"), join(folder, `${fingerprint}.pictures`));
    await keepFile(join(work, "table.parquet"), target);
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

function freeName(taken: ReadonlySet<string>): string {
  let name = "picture";
  for (let number = 2; taken.has(name); number += 1) name = `picture_${number}`;
  return name;
}
