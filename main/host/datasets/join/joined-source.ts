/**
 * A table with what belongs to it, as one DuckDB table `source`: rows of given files below one another with a column that names
 * their part, then pictures and further tables joined by key, one after the other. A row has one of each partner: a partner's key that
 * comes twice is refused.
 */
import { createHash, type Hash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError, type ErrorData } from "../../../../core/errors.ts";
import type { WrittenTable } from "../as-text.ts";
import { columnId, type Database, literal } from "../duckdb.ts";
import { fileError } from "../file-errors.ts";
import type { CollectedPictures } from "../pictures/collected.ts";
import type { PictureFormat } from "../pictures/picture-format.ts";
import { unpackedTar } from "../pictures/tar-files.ts";
import { joinPictures, looksLikePictures } from "./join-pictures.ts";
import { joinTable } from "./join-table.ts";
import { encodingBeside, type ReadPart, readPart, saidSheet } from "./read-part.ts";
import { freeColumnName, type GivenPart, type Joins, noKey, PART_COLUMN, type Partner } from "./request.ts";

export interface JoinedRequest extends Joins {
  readonly path: string;
  readonly name: string;
  readonly encoding?: string | undefined;
  /** Of a workbook. */
  readonly sheet?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Size and channels of the pictures; by default what suits them. */
  readonly pictures?: PictureFormat | undefined;
  /** Names of columns that the table should have (of a model). */
  readonly expected?: readonly string[] | undefined;
  /** Rows without a partner, and lines that do not fit: left out with a warning, or refused because every row is wanted. */
  readonly strict: boolean;
  readonly onBytes?: ((bytes: number, totalBytes: number) => void) | undefined;
  /** Of an archive that is packed as a whole. */
  readonly onUnpacking?: ((bytes: number, totalBytes: number) => void) | undefined;
}

export interface JoinedSource {
  readonly names: readonly string[];
  readonly rowCount: number;
  /** SHA-256 over what each file gave, in order, and over how they were joined. */
  readonly fingerprint: string;
  readonly sizeBytes: number;
  readonly encoding: string;
  readonly sheet?: WrittenTable["sheet"];
  readonly warnings: readonly ErrorData[];
  /** Where pictures were joined: the first column holds the number of each row's. */
  readonly pictures: CollectedPictures | null;
  /** Column that names the part of each row, where files were given for parts. */
  readonly partColumn: string | null;
}

/** @throws AppError data.* */
export async function readJoinedSource(database: Database, work: string, request: JoinedRequest): Promise<JoinedSource> {
  const { partners = [], given = [] } = request;
  const first = await readPart(database, join(work, "first"), await unpackedFile(request, work, request), request);
  const parts: ReadPart[] = [first];
  let names = first.names;
  let partColumn: string | null = null;
  if (given.length > 0) {
    await setAside(database, "rows_0");
    for (const [place, one] of given.entries()) {
      const asFirst = { ...request, sheet: one.sheet, expected: first.names };
      const file = await unpackedFile(one, work, request);
      parts.push(saidSheet(await readPart(database, join(work, `given-${place}`), file, asFirst), one));
      await setAside(database, `rows_${place + 1}`);
    }
    partColumn = freeColumnName(PART_COLUMN, names);
    await putTogether(database, parts, given, request.name);
    names = [...names, partColumn];
  }
  const hash = createHash("sha256");
  for (const { sha256 } of parts) hash.update(sha256);
  for (const { part } of given) hash.update(part);
  const whole: Joined = {
    names,
    rowCount: parts.reduce((sum, part) => sum + part.rowCount, 0),
    sizeBytes: parts.reduce((sum, part) => sum + part.fileBytes, 0),
    warnings: parts.flatMap((part) => [...part.warnings]),
    pictures: null,
  };
  const joined = await withPartners(database, work, request, partners, whole, hash);
  const { encoding, sheet } = first;
  return { ...joined, encoding, ...(sheet === undefined ? {} : { sheet }), partColumn, fingerprint: hash.digest("hex") };
}

/** Once for all that look into it and read it. */
async function unpackedFile<F extends { readonly path: string; readonly name: string }>(
  file: F,
  work: string,
  { signal, onUnpacking }: JoinedRequest,
): Promise<F> {
  const told = onUnpacking === undefined ? {} : { onBytes: onUnpacking };
  const path = await unpackedTar(file.path, file.name, work, { signal, ...told }).catch((thrown: unknown) => {
    throw fileError(thrown, file.name);
  });
  return path === null ? file : { ...file, path };
}

type Joined = Pick<JoinedSource, "names" | "rowCount" | "sizeBytes" | "warnings" | "pictures">;

/** @param hash is given what the partners hold, and by what they are joined */
async function withPartners(
  database: Database,
  work: string,
  request: JoinedRequest,
  partners: readonly Partner[],
  table: Joined,
  hash: Hash,
): Promise<Joined> {
  let joined = table;
  for (const [place, given] of partners.entries()) {
    const partner = await unpackedFile(given, work, request);
    const { names } = joined;
    // A later partner may be named by a column that an earlier one brought.
    const key = names.indexOf(partner.key);
    if (key < 0) throw noKey(request.name, partner.key, names);
    hash.update(partner.key);
    const partnerKey = partner.partnerKey ?? partner.key;
    // One partner by a key of the same name counts as it did in earlier versions.
    if (partners.length > 1 || partnerKey !== partner.key) hash.update(`\0${partnerKey}\0`);
    await setAside(database, "main_rows");
    const joining = { ...request, database, work, partner, key, names, file: request.name };
    const pictured = await looksLikePictures(partner, request);
    if (pictured && joined.pictures !== null) throw new AppError("data.join_two_pictures", { file: partner.name });
    const made = pictured
      ? await joinPictures(joining)
      : await joinTable(joining, async (file) => {
          const encoding = await encodingBeside(file.path, request.encoding);
          const asked = { ...request, sheet: partner.sheet, expected: undefined, encoding };
          return saidSheet(await readPart(database, join(work, `partner-${place}`), file, asked), partner);
        });
    hash.update(made.sha256);
    // A table says how long it is itself, pictures how long what they came in is.
    const sizeBytes = pictured && partner !== given ? (await stat(given.path)).size : made.sizeBytes;
    joined = {
      names: made.names,
      rowCount: made.rowCount,
      sizeBytes: joined.sizeBytes + sizeBytes,
      warnings: [...joined.warnings, ...made.warnings],
      pictures: made.pictures ?? joined.pictures,
    };
  }
  return joined;
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
