/** JSON that is a table: an object a line, or a list of objects (`orient="records"` of pandas). Other JSON is refused. */
import { AppError } from "../../../core/errors.ts";

/** How DuckDB reads a kind of file. */
export interface Reader {
  readonly call: string;
  readonly options: string;
  /** Of the error where the file turns out to be damaged. */
  readonly code: string;
  /** The start of the file is one line: it may hold columns, or a table under a name. */
  readonly oneLine?: boolean;
}

// All rows decide the types, as with tables of text; an object in a cell stays as it is written. However many fields
// there are, and however few rows have one, each is a column.
const COLUMNS = "sample_size = -1, maximum_depth = 1, records = 'true', map_inference_threshold = -1, field_appearance_threshold = 0";
const LINES: Reader = {
  call: "read_json",
  options: `, format = 'newline_delimited', ${COLUMNS}`,
  code: "data.json_lines_damaged",
};
const ARRAY: Reader = { call: "read_json", options: `, format = 'array', ${COLUMNS}`, code: "data.json_array_damaged" };

/**
 * @param start of the file
 * @param cut whether there is more than `start`
 * @returns null where it is no JSON
 * @throws AppError data.json_not_records where it is called .json and is something else
 */
export function jsonReader(start: string, cut: boolean, name: string): Reader | null {
  const text = start.replace(/^\uFEFF/, "").trimStart();
  if (/^\[\s*\{\s*["}]/.test(text)) return ARRAY;
  if (text.startsWith("{")) {
    const oneLine = !text.trimEnd().includes("\n");
    if (isObject(text.split("\n", 1)[0] ?? "")) return { ...LINES, oneLine };
    if (cut && oneLine && /\.(jsonl?|ndjson)(\.gz)?$/i.test(name)) return { ...LINES, oneLine };
  }
  if (/^[[{]/.test(text) && /\.json(\.gz)?$/i.test(name)) throw notRecords(name);
  return null;
}

/** DuckDB unpacks by what it is told, not by the name. */
export const packed = (reader: Reader): Reader => ({ ...reader, options: `${reader.options}, compression = 'gzip'` });

export const notRecords = (file: string, cause?: Error): AppError => new AppError("data.json_not_records", { file }, { cause });

/** What DuckDB says of JSON that is whole, but not one object a row. */
export const isNotRecords = (message: string): boolean => message.includes("non-record JSON");

/** One row of lists and objects alone is columns, or a table under a name. @param rows the first two */
export function isOfColumns(rows: readonly (readonly unknown[])[]): boolean {
  const [row, second] = rows;
  if (row === undefined || second !== undefined) return false;
  const cells = row.map(String);
  return cells.every((cell) => /^[[{]/.test(cell)) && (cells.length > 1 || /^\[\s*\{/.test(cells[0] ?? ""));
}

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}
