/** A table packed as zip or tar, as sites for data sets hand them over: the one table in it is taken out and read as any other. */
import { writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { AppError } from "../../../core/errors.ts";
import { openFiles } from "./pictures/open-files.ts";
import { isPictureName } from "./pictures/picture-files.ts";

const TABLE = /\.(csv|tsv|txt|data|jsonl|ndjson|parquet|xlsx)(\.gz)?$/i;
/** Beside a table such a file says something of it; alone it is one. */
const RECORDS = /\.json(\.gz)?$/i;
/** Words about the data, which come with many an archive. */
const ABOUT = /(^|\/)(read_?me|licen[cs]e|description|.*_description)\.(txt|md)$/i;
const HIDDEN = /(^|\/)(\.|__MACOSX\/)/;
const SHOWN = 6;

/**
 * @returns path of the table in `work`, and what it is called in the archive; null where the file is no archive, or one of pictures
 * @throws AppError data.archive_of_tables where there are several, data.archive_without_data where there is none
 */
export async function tableInArchive(
  path: string,
  name: string,
  work: string,
  signal?: AbortSignal,
): Promise<{ readonly path: string; readonly name: string } | null> {
  const opened = await openFiles(path, name, signal);
  if (opened === null) return null;
  try {
    const files = opened.files.filter((file) => !HIDDEN.test(file.name));
    if (files.some((file) => isPictureName(file.name))) return null;
    const listed = (list: readonly { name: string }[]): string =>
      `${list
        .slice(0, SHOWN)
        .map((file) => file.name)
        .join(", ")}${list.length > SHOWN ? " …" : ""}`;
    const named = (pattern: RegExp) => files.filter((file) => pattern.test(file.name) && !ABOUT.test(file.name));
    const rows = named(TABLE);
    const tables = rows.length > 0 ? rows : named(RECORDS);
    const [table] = tables;
    if (table === undefined) throw new AppError("data.archive_without_data", { file: name, count: files.length, names: listed(files) });
    if (tables.length > 1) throw new AppError("data.archive_of_tables", { file: name, count: tables.length, names: listed(tables) });
    const taken = join(work, `taken${extname(table.name)}`);
    await writeFile(taken, await table.bytes());
    return { path: taken, name: `${name}/${table.name}` };
  } finally {
    opened.close();
  }
}
