/** Pictures joined to a table by a column that names them: only those that a row names are decoded, and each once. */
import { createHash } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, type ErrorData } from "../../../../core/errors.ts";
import { trimmed } from "../cell-types.ts";
import { contentHead } from "../content-head.ts";
import { columnId, type Database, literal } from "../duckdb.ts";
import { filesMeant } from "../files-meant.ts";
import { collectPictures } from "../pictures/collect.ts";
import type { CollectedPictures } from "../pictures/collected.ts";
import { countIdxPictures, looksLikeIdx, readIdxPictures } from "../pictures/idx.ts";
import { brokenWarnings, PIXELS } from "../pictures/import-pictures.ts";
import type { LabelOptions } from "../pictures/label-tables.ts";
import { openFiles } from "../pictures/open-files.ts";
import { picturesAmong } from "../pictures/picture-files.ts";
import type { PictureFormat } from "../pictures/picture-format.ts";
import { hashPixels } from "../pictures/pixel-writer.ts";
import { Turns } from "../turns.ts";
import { matchPictures, type PictureMatch } from "./match-pictures.ts";
import { freeColumnName, type Partner, PICTURE_COLUMN } from "./request.ts";

/** A table that is set aside as `main_rows`, and what it is joined to. */
export interface Joining {
  readonly database: Database;
  readonly work: string;
  readonly partner: Partner;
  /** Position of the key's column. */
  readonly key: number;
  readonly names: readonly string[];
  /** What the person calls the table. */
  readonly file: string;
  readonly strict: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly pictures?: PictureFormat | undefined;
  readonly onBytes?: ((bytes: number, totalBytes: number) => void) | undefined;
}

export interface Joined {
  readonly names: readonly string[];
  readonly rowCount: number;
  /** Of what the partner gave. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly warnings: readonly ErrorData[];
  readonly pictures: CollectedPictures | null;
}

/** Names that a message shows; a dash where only empty cells are meant. */
export const SHOWN_NAMES = 5;
export function shownNames(names: readonly string[]): string {
  if (names.length === 0) return "–";
  return names.length <= SHOWN_NAMES ? names.join(", ") : `${names.slice(0, SHOWN_NAMES).join(", ")} …`;
}

/** A folder without tables, an idx file, or files of which the pictures are meant: a workbook of a spreadsheet is an archive too. */
export async function looksLikePictures({ path, name, sheet }: Partner, options: LabelOptions = {}): Promise<boolean> {
  const isFolder = (await stat(path)).isDirectory();
  if (!isFolder && looksLikeIdx(await contentHead(path))) return true;
  const opened = await openFiles(path, name, options.signal);
  if (opened === null) return false;
  try {
    const meant = await filesMeant(opened.files, { ...options, sheet });
    return meant.as === "pictures" || (isFolder && meant.as === "nothing");
  } finally {
    opened.close();
  }
}

/** Makes `source`: number of the picture first, then the columns of the table; rows without a picture are left out. */
export async function joinPictures(joining: Joining): Promise<Joined> {
  const { database, work, partner, key, names, file, strict } = joining;
  const cell = trimmed(columnId(key));
  const turns = new Turns(joining.signal);
  const rowsOf = new Map<string, number>();
  const counts = `SELECT ${cell}, count(*)::INTEGER FROM main_rows WHERE ${cell} <> '' GROUP BY 1 ORDER BY 1`;
  await database.numberChunks(counts, ([value, count], rows) => {
    for (let row = 0; row < rows; row += 1) rowsOf.set(String(value?.getItem(row)), Number(count?.getItem(row)));
  });
  const values = [...rowsOf.keys()];
  const { collected, nameOf, unused } = await collectNamed(joining, values, turns);
  const placeOf = new Map<string, number>();
  await turns.each(collected.rows, ([name = ""], place) => placeOf.set(name, place));
  const keys: { readonly value: string; readonly place: number }[] = [];
  const lost: string[] = [];
  await turns.each(values, (value) => {
    const place = placeOf.get(nameOf.get(value) ?? "");
    if (place === undefined) lost.push(value);
    else keys.push({ value, place });
  });
  await database.run(`CREATE TABLE partner AS SELECT * FROM (VALUES ('', -1)) AS t(key, place) WHERE place >= 0`);
  if (keys.length > 0) {
    const csv = join(work, "keys.csv");
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const lines = await turns.map(keys, ({ value, place }) => `${quoted(value)},${place}\n`);
    await writeFile(csv, lines.join(""));
    await database.run(
      `INSERT INTO partner FROM read_csv(${literal(csv)}, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {'key': 'VARCHAR', 'place': 'INTEGER'})`,
    );
  }
  const cells = names.map((_, place) => `main_rows.${columnId(place)} AS ${columnId(place + 1)}`);
  await database.run(
    `CREATE TABLE source AS SELECT partner.place::VARCHAR AS ${columnId(0)}, ${cells.join(", ")} FROM main_rows ` +
      `JOIN partner ON ${trimmed(`main_rows.${columnId(key)}`)} = partner.key ORDER BY main_rows.rowid`,
  );
  const rowCount = Number((await database.rows("SELECT count(*)::INTEGER FROM source"))[0]?.[0]);
  const empty = Number((await database.rows(`SELECT count(*)::INTEGER FROM main_rows WHERE coalesce(${cell}, '') = ''`))[0]?.[0]);
  const without = lost.reduce((sum, value) => sum + (rowsOf.get(value) ?? 0), 0) + empty;
  const params = { file, column: partner.key, partner: partner.name, count: without, names: shownNames(lost) };
  if (without > 0 && strict) throw new AppError("data.join_partner_missing", params);
  await database.run("DROP TABLE main_rows");
  await database.run("DROP TABLE partner");
  const { pixels, broken, sizeBytes } = collected;
  return {
    names: [freeColumnName(PICTURE_COLUMN, names), ...names],
    rowCount,
    sha256: (await hashPixels(createHash("sha256").update(pixels.shape.join("x")), pixels, joining.signal)).digest("hex"),
    sizeBytes,
    warnings: [
      ...brokenWarnings({ broken }, partner.name),
      ...(without === 0 ? [] : [{ code: "data.join_unmatched", params }]),
      ...(unused.length === 0
        ? []
        : [{ code: "data.join_unused", params: { partner: partner.name, count: unused.length, names: shownNames(unused) } }]),
    ],
    pictures: collected,
  };
}

interface NamedPictures {
  readonly collected: CollectedPictures;
  /** Value of the key → name of its picture, where it has one. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** Pictures that no row names. */
  readonly unused: readonly string[];
}

async function collectNamed(joining: Joining, values: readonly string[], turns: Turns): Promise<NamedPictures> {
  const { partner, work, signal, pictures: format, onBytes } = joining;
  if (looksLikeIdx(await contentHead(partner.path))) return takeNumbered(joining, values, turns);
  const opened = await openFiles(partner.path, partner.name, signal);
  if (opened === null) throw new AppError("data.no_pictures", { file: partner.name, broken: 0 });
  try {
    const pictures = picturesAmong(opened.files);
    if (pictures.length === 0) throw new AppError("data.no_pictures", { file: partner.name, broken: 0 });
    const names = pictures.map(({ name }) => name);
    const match = await matched(joining, values, names, turns);
    const named = new Set(match.values());
    const used = pictures.filter((_, place) => named.has(place));
    const found = await collectPictures({ ...opened, files: used }, partner.name, join(work, PIXELS), {
      signal,
      ...format,
      onShare: (share) => onBytes?.(Math.round(opened.sizeBytes * share), opened.sizeBytes),
    });
    return { collected: found, ...(await namesOf(match, names, turns)) };
  } finally {
    opened.close();
  }
}

async function namesOf(match: PictureMatch, names: readonly string[], turns: Turns): Promise<Pick<NamedPictures, "nameOf" | "unused">> {
  const nameOf = new Map<string, string>();
  const named = new Set<number>();
  await turns.each(match, ([value, place]) => {
    nameOf.set(value, names[place] ?? "");
    named.add(place);
  });
  return { nameOf, unused: await turns.filter(names, (_, place) => !named.has(place)) };
}

/** @throws AppError data.join_nothing_matches, data.join_picture_ambiguous, data.import_cancelled */
async function matched(
  { file, partner }: Joining,
  values: readonly string[],
  names: readonly string[],
  turns: Turns,
): Promise<PictureMatch> {
  const match = await matchPictures(values, names, partner.name, turns);
  if (match !== null) return match;
  const [value = "", name = ""] = [values[0]?.slice(0, 80), names[0]];
  throw new AppError("data.join_nothing_matches", { file, column: partner.key, partner: partner.name, value, name });
}

/** Pictures of an idx file have no names: a row says which one it means, counted from 0. They are taken as they are. */
async function takeNumbered(joining: Joining, values: readonly string[], turns: Turns): Promise<NamedPictures> {
  const { partner, work, signal, onBytes } = joining;
  const { path, name } = partner;
  const names = Array.from({ length: await countIdxPictures(path, name) }, (_, place) => String(place));
  const match = await matched(joining, values, names, turns);
  const named = new Set(match.values());
  const found = await readIdxPictures({ path, name, pixelsAt: join(work, PIXELS), wanted: named, signal, onBytes });
  const used = [...named].sort((a, b) => a - b);
  return {
    collected: {
      ...found,
      names: ["file"],
      rows: used.map((place) => [String(place)]),
    },
    ...(await namesOf(match, names, turns)),
  };
}
