/**
 * A table for a model that exists, written out as a data set is stored, so that its rows can be read in pieces: no library, and the
 * folder that it lies in is removed. Lines that do not fit are refused, because a prediction is wanted for every line.
 */
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { asTable } from "./as-text.ts";
import { openDatabase } from "./duckdb.ts";
import { fileError } from "./file-errors.ts";
import type { LoadOptions } from "./load-table.ts";
import { readTextTable } from "./read-text-table.ts";
import { makeWorkFolder } from "./work-folder.ts";

/**
 * @param columns as the model's pipeline has them
 * @param act     is given the path of the stored table, which is gone afterwards
 * @throws AppError data.*
 */
export async function withStoredRows<T>(
  path: string,
  columns: readonly ColumnDocument[],
  options: LoadOptions,
  act: (stored: string) => Promise<T>,
): Promise<T> {
  const work = await makeWorkFolder("neuroloom-read");
  try {
    return await act(
      await storeTable(work, path, columns, options).catch((thrown: unknown) => {
        throw fileError(thrown, path);
      }),
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function storeTable(work: string, path: string, columns: readonly ColumnDocument[], options: LoadOptions): Promise<string> {
  const written = await asTable(path, basename(path), work, options);
  const made = written !== null && written.asItWas === undefined;
  const database = await openDatabase(join(work, "spill"), options.signal);
  try {
    const storeAt = join(work, "table.parquet");
    await readTextTable(database, written?.path ?? path, path, join(work, "text"), {
      expected: columns.filter(({ role }) => role === "feature").map(({ name }) => name),
      // What was made is UTF-8, whatever the encoding of the file.
      encoding: made ? undefined : options.encoding,
      signal: options.signal,
      raggedRows: "refuse",
      fewestColumns: 1,
      storeAt,
    });
    return storeAt;
  } finally {
    database.close();
  }
}
