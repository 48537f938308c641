/** What belongs to a table: files whose rows are held out, and pictures and tables that are joined to it by a key. */
import { AppError } from "../../../../core/errors.ts";

/** Rows that are not trained on, in a file of their own with the same columns. */
export interface GivenPart {
  readonly path: string;
  readonly name: string;
  readonly part: "validation" | "test";
  /** Of a workbook, or one of several tables in an archive. */
  readonly sheet?: string | undefined;
}

/** Pictures (a folder, an archive) or a second table. */
export interface Partner {
  readonly path: string;
  readonly name: string;
  /** Column of the table, or one that an earlier partner brought, that names the partner. */
  readonly key: string;
  /** Of a workbook, or one of several tables in an archive; or its pictures (PICTURES). */
  readonly sheet?: string | undefined;
  /** Of a table: the column that is named; the same name as `key` when left out. */
  readonly partnerKey?: string | undefined;
}

export interface Joins {
  readonly given?: readonly GivenPart[] | undefined;
  /** Joined in this order; one of them at most is pictures. */
  readonly partners?: readonly Partner[] | undefined;
}

export const hasJoins = ({ given = [], partners = [] }: Joins): boolean => given.length > 0 || partners.length > 0;

/** Column that says which part a row of given files is in; a number follows where the table has one of that name. */
export const PART_COLUMN = "part";
/** Column of the pictures that were joined. */
export const PICTURE_COLUMN = "picture";

export function freeColumnName(name: string, taken: Iterable<string>): string {
  // DuckDB and people take "Part" and "part" for one name.
  const known = new Set([...taken].map((one) => one.toLowerCase()));
  if (!known.has(name.toLowerCase())) return name;
  for (let number = 2; ; number += 1) if (!known.has(`${name}_${number}`.toLowerCase())) return `${name}_${number}`;
}

export function noKey(file: string, column: string, names: readonly string[]): AppError {
  return new AppError("data.join_no_key", { file, column, columns: names.slice(0, 10).join(", ") });
}
