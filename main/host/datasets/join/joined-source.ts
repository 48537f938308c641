/**
 * A table with what belongs to it, as one DuckDB table `source`: rows of given files below one another with a column that names
 * their part, then pictures or a second table joined by key. A row has one partner: a partner's key that comes twice is refused.
 */
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError, type ErrorData } from "../../../../core/errors.ts";
import { asText } from "../as-text.ts";
import { columnId, type Database, literal } from "../duckdb.ts";
import type { CollectedPictures } from "../pictures/collected.ts";
import type { PictureFormat } from "../pictures/picture-format.ts";
import { type ReadOptions, readTextTable } from "../read-text-table.ts";
import { joinPictures, looksLikePictures } from "./join-pictures.ts";
import { joinTable } from "./join-table.ts";
import type { ReadPart } from "./read-part.ts";
import { freeColumnName, type GivenPart, type Joins, noKey, PART_COLUMN } from "./request.ts";

export interface JoinedRequest extends Joins {
  readonly path: string;
  readonly name: string;
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Size and channels of the pictures; by default what suits them. */
  readonly pictures?: PictureFormat | undefined;
  /** Names of columns that the table should have (of a model). */
  readonly expected?: readonly string[] | undefined;
  /** Rows without a partner, and lines that do not fit: left out with a warning, or refused because every row is wanted. */
  readonly strict: boolean;
  readonly onBytes?: ((bytes: number, totalBytes: number) => void) | undefined;
}

export interface JoinedSource {
  readonly names: readonly string[];
  readonly rowCount: number;
  /** SHA-256 over what each file gave, in order, and over how they were joined. */
  readonly fingerprint: string;
  readonly sizeBytes: number;
  readonly encoding: string;
  readonly warnings: readonly ErrorData[];
  /** Where pictures were joined: the first column holds the number of each row's. */
  readonly pictures: CollectedPictures | null;
  /** Column that names the part of each row, where files were given for parts. */
  readonly partColumn: string | null;
}

/** @throws AppError data.* */
export async function readJoinedSource(database: Database, work: string, request: JoinedRequest): Promise<JoinedSource> {
  const { partner, given = [] } = request;
  const first = await readPart(database, join(work, "first"), request, request);
  const parts: ReadPart[] = [first];
  let names = first.names;
  let partColumn: string | null = null;
  if (given.length > 0) {
    await setAside(database, "rows_0");
    for (const [place, one] of given.entries()) {
      parts.push(await readPart(database, join(work, `given-${place}`), one, { ...request, expected: first.names }));
      await setAside(database, `rows_${place + 1}`);
    }
    partColumn = freeColumnName(PART_COLUMN, names);
    await putTogether(database, parts, given, request.name);
    names = [...names, partColumn];
  }
  const hash = createHash("sha256");
  for (const { sha256 } of parts) hash.update(sha256);
  for (const { part } of given) hash.update(part);
  const whole = {
    names,
    rowCount: parts.reduce((sum, part) => sum + part.rowCount, 0),
    sizeBytes: parts.reduce((sum, part) => sum + part.fileBytes, 0),
    encoding: first.encoding,
    warnings: parts.flatMap((part) => [...part.warnings]),
    partColumn,
  };
  if (partner === undefined) return { ...whole, fingerprint: hash.digest("hex"), pictures: null };
  const key = names.indexOf(partner.key);
  if (key < 0) throw noKey(request.name, partner.key, names);
  hash.update(partner.key);
  await setAside(database, "main_rows");
  const joining = { ...request, database, work, partner, key, names, file: request.name };
  const made = (await looksLikePictures(partner.path, partner.name))
    ? await joinPictures(joining)
    : await joinTable(joining, (file) =>
        readPart(database, join(work, "partner"), file, { ...request, expected: undefined, encoding: undefined }),
      );
  return {
    ...whole,
    names: made.names,
    rowCount: made.rowCount,
    fingerprint: hash.update(made.sha256).digest("hex"),
    sizeBytes: whole.sizeBytes + made.sizeBytes,
    warnings: [...whole.warnings, ...made.warnings],
    pictures: made.pictures,
  };
}

async function readPart(
  database: Database,
  work: string,
  { path, name }: { readonly path: string; readonly name: string },
  { encoding, signal, strict, expected, onBytes }: Pick<JoinedRequest, "encoding" | "signal" | "strict" | "expected" | "onBytes">,
): Promise<ReadPart> {
  await mkdir(work, { recursive: true });
  const written = await asText(path, name, work, signal);
  const options: ReadOptions = {
    signal,
    onBytes,
    raggedRows: strict ? "refuse" : "skip",
    fewestColumns: 1,
    ...(encoding === undefined ? {} : { encoding }),
    ...(expected === undefined ? {} : { expected }),
  };
  return readTextTable(database, written ?? path, name, join(work, "text"), options);
}

async function setAside(database: Database, name: string): Promise<void> {
  await database.run(`ALTER TABLE source RENAME TO ${name}`);
}

/** Rows of all files below one another, columns by name, the part of each row last. */
async function putTogether(database: Database, parts: readonly ReadPart[], given: readonly GivenPart[], first: string): Promise<void> {
  const [{ names }] = parts as [ReadPart];
  const selects = parts.map((part, place) => {
    const lacking = names.filter((name) => !part.names.includes(name));
    if (lacking.length > 0)
      throw new AppError("data.given_files_differ", {
        file: given[place - 1]?.name ?? first,
        first,
        columns: lacking.slice(0, 10).join(", "),
      });
    const cells = names.map((name, column) => `${columnId(part.names.indexOf(name))} AS ${columnId(column)}`);
    return `SELECT ${cells.join(", ")}, ${literal(place === 0 ? "training" : (given[place - 1]?.part ?? ""))} AS ${columnId(names.length)} FROM rows_${place}`;
  });
  // Each after the one before, so that rows keep their order.
  await database.run(`CREATE TABLE source AS ${selects[0]}`);
  for (const select of selects.slice(1)) await database.run(`INSERT INTO source ${select}`);
  for (const [place] of parts.entries()) await database.run(`DROP TABLE rows_${place}`);
}
