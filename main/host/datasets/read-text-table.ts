/**
 * A table of text becomes `source` of columns c0, c1 …, every cell as text as it is, empty ones NULL: a table of DuckDB, or a
 * stored one that rows stream into, so that no table is too large. Lines that do not have as many cells as the first are left
 * out and counted, or refused. Used by the import and by the command line: a file is read the same way when a model is applied.
 */
import { createReadStream } from "node:fs";
import { AppError, type ErrorData } from "../../../core/errors.ts";
import { type DecodedFile, type DecodeOptions, decodeFile } from "./decode-file.ts";
import { type Dialect, sniffDialect } from "./dialect.ts";
import { columnId, type Database, literal } from "./duckdb.ts";
import { fromStored, storedTableOptions } from "./stored-table.ts";

export interface TextTable {
  readonly names: readonly string[];
  readonly rowCount: number;
  readonly sha256: string;
  readonly fileBytes: number;
  readonly encoding: string;
  readonly warnings: readonly ErrorData[];
}

export interface ReadOptions extends DecodeOptions {
  /** Names of columns the file should have. */
  readonly expected?: readonly string[];
  /** Lines with another number of cells: left out with a warning, or refused. */
  readonly raggedRows: "skip" | "refuse";
  readonly fewestColumns: number;
  /** Path of the stored table to write; left out, rows go into a table of the database. */
  readonly storeAt?: string;
  /** Told while rows are read out of the text, 0 to 1. */
  readonly onShare?: (share: number) => void;
}

/** Wider tables are refused at once: DuckDB plans a query in a time that grows with the square of the columns. */
export const MAX_COLUMNS = 4096;
/** Columns of a table from which on it is written by one thread. */
const WIDE = 1000;
/** A file in which more than this share of the lines does not fit is no table. */
const MAX_RAGGED_SHARE = 0.1;
/** A line, or a quoted cell of several lines, of more than that is no row of a table. */
const LONGEST_LINE_BYTES = 32 << 20;
/** What lines nearly always stay under: DuckDB holds several buffers of four such lines. */
const USUAL_LINE_BYTES = 4 << 20;

/**
 * @param path      the file
 * @param name      what the person calls it
 * @param temporary path of a file that may be written; the caller removes it
 */
export async function readTextTable(
  database: Database,
  path: string,
  name: string,
  temporary: string,
  options: ReadOptions,
): Promise<TextTable> {
  const decoded = await decodeFile(path, temporary, name, options);
  const dialect = sniffDialect(decoded.head.text, decoded.head.whole, options.expected);
  const width = dialect.firstLine.length;
  if (width > MAX_COLUMNS) throw new AppError("data.too_many_columns", { file: name, columns: width, limit: MAX_COLUMNS });
  if (width < options.fewestColumns)
    throw new AppError("data.one_column", { file: name, line: shorten(decoded.head.text.split("\n", 1)[0] ?? "") });
  if (decoded.longestLine.bytes > LONGEST_LINE_BYTES) throw await lineTooLong(decoded, temporary, name);
  const { names, warnings } = columnNames(dialect);
  const { blankLines, longestLine } = decoded;
  const rejected = await createSource(database, {
    path: temporary,
    name,
    dialect,
    longest: longestLine.bytes,
    blankLines,
    names,
    ...options,
  });
  const rowCount = Number((await database.rows("SELECT count(*)::INTEGER FROM source"))[0]?.[0]);
  const ragged =
    rejected === null ? [] : await raggedWarning(rejected, rowCount, temporary, name, width, options.raggedRows, decoded.blankLines);
  if (rowCount === 0) throw new AppError("data.header_only", { file: name });
  return {
    names,
    rowCount,
    sha256: decoded.sha256,
    fileBytes: decoded.fileBytes,
    encoding: decoded.encoding,
    warnings: [...encodingWarning(decoded, name), ...warnings, ...ragged],
  };
}

/** The first line that does not fit, and how many there are. */
interface Rejected {
  readonly bytePosition: number;
  /** Cells of that line; null where it cannot be read for another reason. */
  readonly received: number | null;
  readonly lines: number;
  /** Where a quote opens that never closes; null where all do. */
  readonly openQuote: number | null;
}

interface Reading extends Pick<ReadOptions, "storeAt" | "onShare"> {
  /** Of the decoded text. */
  readonly path: string;
  readonly name: string;
  readonly dialect: Dialect;
  readonly names: readonly string[];
  /** Bytes of the longest line. */
  readonly longest: number;
  /** Dropped at its start. */
  readonly blankLines: number;
}

/** Tab-separated text often has quotes that are only quotes: when they do not pair up it is read without quoting. */
async function createSource(database: Database, reading: Reading): Promise<Rejected | null> {
  const { path, name, dialect } = reading;
  const rejected = await createSourceAs(database, reading);
  if (rejected === null || rejected.openQuote === null) return rejected;
  if (dialect.delimiter === "\t") return createSourceAs(database, { ...reading, dialect: { ...dialect, quote: "" } });
  throw new AppError("data.quote_not_closed", { file: name, line: await lineAt(path, rejected.openQuote, reading.blankLines) });
}

async function createSourceAs(database: Database, { path, dialect, names, longest, storeAt, onShare }: Reading): Promise<Rejected | null> {
  const types = dialect.firstLine.map((_, place) => `'${columnId(place)}': 'VARCHAR'`).join(", ");
  const lineBytes = longest > USUAL_LINE_BYTES ? LONGEST_LINE_BYTES : USUAL_LINE_BYTES;
  for (const table of ["reject_errors", "reject_scans"]) await database.run(`DROP TABLE IF EXISTS ${table}`);
  const text =
    `read_csv(${literal(path)}, delim = ${literal(dialect.delimiter)}, quote = ${literal(dialect.quote)}, ` +
    `escape = ${literal(dialect.quote)}, header = ${dialect.header}, auto_detect = false, columns = {${types}}, ` +
    `max_line_size = ${lineBytes}, buffer_size = ${4 * lineBytes}, store_rejects = true, rejects_limit = 0)`;
  if (storeAt === undefined) await database.run(`CREATE OR REPLACE TABLE source AS FROM ${text}`, onShare);
  else {
    // The writer holds a block a column and thread: with thousands of columns more than one thread goes beyond the memory of a database.
    if (names.length > WIDE) await database.run("SET threads = 1");
    await database.run(`COPY (FROM ${text}) TO ${literal(storeAt)} ${storedTableOptions(names)}`, onShare);
    await database.run(`CREATE OR REPLACE VIEW source AS FROM ${fromStored(storeAt, "rowid")}`);
  }
  // A line has an entry for each cell that it lacks or has beyond: the last beyond, or the last before those it lacks, says how many it has.
  const [lines, bytePosition, received, openQuote] =
    (
      await database.rows(
        "SELECT count(DISTINCT line_byte_position)::DOUBLE, min(byte_position)::DOUBLE, " +
          "(SELECT CASE max(error_type) WHEN 'TOO MANY COLUMNS' THEN max(column_idx) WHEN 'MISSING COLUMNS' THEN min(column_idx) END " +
          "FROM reject_errors WHERE line_byte_position = (SELECT min(line_byte_position) FROM reject_errors))::DOUBLE, " +
          "(min(byte_position) FILTER (error_type = 'UNQUOTED VALUE'))::DOUBLE FROM reject_errors",
      )
    )[0] ?? [];
  if (Number(lines) === 0) return null;
  return {
    lines: Number(lines),
    bytePosition: Number(bytePosition),
    received: received === null ? null : Number(received),
    openQuote: openQuote === null ? null : Number(openQuote),
  };
}

async function lineTooLong({ longestLine: { bytes, start }, blankLines }: DecodedFile, path: string, file: string): Promise<AppError> {
  return new AppError("data.line_too_long", {
    file,
    line: await lineAt(path, start + 1, blankLines),
    megabytes: Math.round(bytes / 2 ** 20),
    limit: LONGEST_LINE_BYTES / 2 ** 20,
  });
}

async function raggedWarning(
  { bytePosition, received, lines }: Rejected,
  rowCount: number,
  path: string,
  file: string,
  expected: number,
  then: "skip" | "refuse",
  dropped: number,
): Promise<ErrorData[]> {
  const line = await lineAt(path, bytePosition, dropped);
  if (received === null) throw new AppError("data.line_not_readable", { file, line });
  const params = {
    file,
    count: lines,
    line,
    expected,
    received,
  };
  if (then === "refuse" || params.count > MAX_RAGGED_SHARE * (rowCount + params.count))
    throw new AppError("data.ragged_rows_refused", params);
  return [{ code: "data.ragged_rows", params }];
}

/** Number of the line of the file, from 1, that holds a byte of the decoded text. @param dropped blank lines at the file's start */
async function lineAt(path: string, bytePosition: number, dropped: number): Promise<number> {
  let line = 1 + dropped;
  if (bytePosition <= 1) return line;
  for await (const chunk of createReadStream(path, { end: bytePosition - 2 }))
    for (const byte of chunk as Buffer) if (byte === 0x0a) line += 1;
  return line;
}

function encodingWarning({ guessed }: DecodedFile, file: string): ErrorData[] {
  return guessed === null
    ? []
    : [{ code: "data.encoding_guessed", params: { file, encoding: guessed.encoding, example: guessed.example } }];
}

/** Names from the first line, made different and not empty; or numbered where there is no header. */
function columnNames(dialect: Dialect): { names: string[]; warnings: ErrorData[] } {
  if (!dialect.header)
    return {
      names: dialect.firstLine.map((_, place) => `column_${place + 1}`),
      warnings: [
        {
          code: "data.no_header",
          params: { columns: dialect.firstLine.length, first: shorten(dialect.firstLine.join(dialect.delimiter)) },
        },
      ],
    };
  const given = dialect.firstLine.map((cell) => cell.trim());
  const taken = new Set(given);
  const seen = new Set<string>();
  const duplicates: { readonly name: string; readonly place: number }[] = [];
  const empty: number[] = [];
  const names = given.map((name, place) => {
    if (name !== "" && !seen.has(name)) {
      seen.add(name);
      return name;
    }
    if (name === "") empty.push(place + 1);
    else duplicates.push({ name, place: place + 1 });
    const renamed = freeName(name === "" ? `column_${place + 1}` : name, name !== "", taken);
    taken.add(renamed);
    return renamed;
  });
  return {
    names,
    warnings: [
      ...(duplicates.length === 0
        ? []
        : [
            {
              code: "data.duplicate_headers",
              params: {
                names: shorten([...new Set(duplicates.map(({ name }) => name))].join(", ")),
                count: duplicates.length,
                columns: shorten(duplicates.map(({ place }) => place).join(", ")),
              },
            },
          ]),
      ...(empty.length === 0 ? [] : [{ code: "data.empty_headers", params: { count: empty.length, columns: shorten(empty.join(", ")) } }]),
    ],
  };
}

function freeName(name: string, numbered: boolean, taken: ReadonlySet<string>): string {
  if (!numbered && !taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
