/**
 * Folders that are parts of a split (train, validation, test) and not classes: a level of folders of which every name is the word for a
 * part, and which has two parts at least. The classes are then the folders inside them, or those that they lie in.
 */
import { PART_REMARK } from "../../../core/data/propose.ts";
import { partNamed } from "../../../core/data/split-columns.ts";
import type { ErrorData } from "../../../core/errors.ts";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";

/** Of the column that says the part of each file. */
export const PART_COLUMN = "part";

export interface FolderParts {
  /** Names of the folders, as they are written. */
  readonly names: readonly string[];
  readonly partOf: (file: string) => string;
  /** Null where no folder tells classes apart; empty for a file that lies in none of them. */
  readonly classOf: ((file: string) => string) | null;
}

const foldersOf = (file: string): string[] => file.split("/").slice(0, -1);

/**
 * @param files names with slashes
 * @returns null where the folders are no parts
 */
export function folderParts(files: readonly string[]): FolderParts | null {
  const some = oneOfEachFolder(files);
  const [first] = some;
  const level = first === undefined ? -1 : foldersOf(first).findIndex((_, place) => some.every((file) => isPart(foldersOf(file)[place])));
  if (level < 0) return null;
  const partOf = (file: string): string => foldersOf(file)[level] ?? "";
  const names = [...new Set(some.map(partOf))].toSorted();
  if (new Set(names.map(partNamed)).size < 2) return null;
  const inside = (file: string): string =>
    foldersOf(file)
      .slice(level + 1)
      .at(-1) ?? "";
  const around = (file: string): string => foldersOf(file)[level - 1] ?? "";
  const tells = (of: (file: string) => string): boolean => new Set(some.map(of).filter((name) => name !== "")).size > 1;
  return { names, partOf, classOf: [inside, around].find(tells) ?? null };
}

/** Files may be many, their folders are few. */
function oneOfEachFolder(files: readonly string[]): readonly string[] {
  const known = new Map<string, string>();
  for (const file of files) {
    const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
    if (!known.has(folder)) known.set(folder, file);
  }
  return [...known.values()];
}

const isPart = (name: string | undefined): boolean => name !== undefined && partNamed(name) !== undefined;

/** What was made of the folders, in words. @param hasClasses whether the files have labels, from folders or a table */
export function partsWarning({ names }: FolderParts, file: string, hasClasses: boolean): ErrorData {
  const params = { file, names: names.join(", "), column: PART_COLUMN };
  return { code: hasClasses ? "data.folders_are_parts" : "data.folders_parts_only", params };
}

/** The column of the parts with the remark by which the split finds it. */
export function withPartRemark(columns: readonly ColumnProfile[]): ColumnProfile[] {
  return columns.map((column) => (column.name === PART_COLUMN ? { ...column, remarks: [...column.remarks, PART_REMARK] } : column));
}
