/** Labels of pictures: the folder each lies in, or tables among the files that name them. */
import { AppError, type ErrorData } from "../../../../core/errors.ts";
import { guessWarning } from "../decode-whole.ts";
import { type FolderParts, folderParts, PART_COLUMN } from "../folder-parts.ts";
import { Turns } from "../turns.ts";
import { type LabelOptions, type LabelTable, labelTables, type MaybeTable } from "./label-tables.ts";
import type { PictureFile } from "./picture-files.ts";

export interface Labels {
  readonly names: readonly string[];
  readonly cellsOf: (file: string) => readonly string[];
  /** Where folders of the pictures are parts of a split: the last of the columns says which. */
  readonly parts?: FolderParts;
  /** Where tables give them. */
  readonly table?: {
    /** Of the first. */
    readonly encoding: string;
    /** @param kept paths of the pictures that could be read */
    readonly warningsFor: (kept: readonly string[]) => Promise<ErrorData[]>;
  };
}

/** Names that a warning lists. */
const SHOWN_NAMES = 5;

/** @throws AppError data.picture_tables_differ, those of labelTables */
export async function labelsFor(
  files: readonly MaybeTable[],
  pictures: readonly PictureFile[],
  options: LabelOptions = {},
): Promise<Labels> {
  const paths = pictures.map(({ name }) => name);
  const parts = folderParts(paths);
  const tables = await labelTables(files, paths, options);
  if (tables.length > 0) {
    const united = await unite(tables, new Turns(options.signal));
    return parts === null || united.names.includes(PART_COLUMN) ? united : withParts(united, parts);
  }
  if (parts !== null) return withParts(byFolder(parts.classOf), parts);
  const folders = new Set(paths.map(folderOf));
  return byFolder(folders.size < 2 ? null : folderOf);
}

const byFolder = (classOf: ((file: string) => string) | null): Labels =>
  classOf === null ? { names: [], cellsOf: () => [] } : { names: ["label"], cellsOf: (file) => [classOf(file)] };

const withParts = ({ names, cellsOf, table }: Labels, parts: FolderParts): Labels => ({
  names: [...names, PART_COLUMN],
  cellsOf: (file) => [...cellsOf(file), parts.partOf(file)],
  parts,
  ...(table === undefined ? {} : { table }),
});

/** The folder nearest to the picture. */
const folderOf = (name: string): string => name.split("/").at(-2) ?? "";

/** The columns of all; what no table says of a picture is missing. @throws AppError data.picture_tables_differ, data.import_cancelled */
async function unite(tables: readonly LabelTable[], turns: Turns): Promise<Labels> {
  const names = [...new Set(tables.flatMap((table) => table.names))];
  const cellsOf = new Map<string, string[]>();
  // Who said it first, to be named where another table says something else.
  const saidBy = new Map<string, (LabelTable | undefined)[]>();
  for (const table of tables) {
    const places = table.names.map((name) => names.indexOf(name));
    await turns.each(table.cells, ([path, given]) => {
      const cells = entry(cellsOf, path, () => names.map(() => ""));
      const by = entry(saidBy, path, () => []);
      for (const [i, place] of places.entries()) {
        const [cell, known, first] = [given[i] ?? "", cells[place] ?? "", by[place]];
        if (first !== undefined && first !== table && cell !== "" && known !== "" && cell !== known)
          throw new AppError("data.picture_tables_differ", {
            name: path,
            column: names[place] ?? "",
            file: first.file,
            first: known,
            other: table.file,
            second: cell,
          });
        if (known === "") cells[place] = cell;
        by[place] ??= table;
      }
    });
  }
  const lacking = new Set<string>();
  await turns.each(saidBy, ([path, by]) => {
    if (names.some((_, place) => by[place] === undefined)) lacking.add(path);
  });
  const nothing = names.map(() => "");
  return {
    names,
    cellsOf: (path) => cellsOf.get(path) ?? nothing,
    table: {
      encoding: tables[0]?.decoded.encoding ?? "utf-8",
      warningsFor: (kept) => warningsOf(tables, kept, { named: cellsOf, lacking }, turns),
    },
  };
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

interface Said {
  /** By path of the picture. */
  readonly named: Pick<ReadonlySet<string>, "has">;
  /** Paths of pictures that some of the tables name, of which others say more of other pictures. */
  readonly lacking: ReadonlySet<string>;
}

async function warningsOf(
  tables: readonly LabelTable[],
  kept: readonly string[],
  { named, lacking }: Said,
  turns: Turns,
): Promise<ErrorData[]> {
  const files = tables.map(({ file }) => file);
  const some = (code: string, file: string, list: readonly string[]): ErrorData[] =>
    list.length === 0 ? [] : [{ code, params: { file, count: list.length, names: shown(list) } }];
  const counts: string[] = [];
  for (const { file, cells } of tables) counts.push(`${file} (${(await turns.filter(kept, (path) => cells.has(path))).length})`);
  const lacked = await turns.filter(kept, (path) => lacking.has(path));
  const unnamed = await turns.filter(kept, (path) => !named.has(path));
  return [
    ...tables.flatMap(({ decoded, file }) => guessWarning(decoded, file)),
    ...(tables.length < 2 ? [] : [{ code: "data.label_tables_united", params: { count: tables.length, names: shown(counts) } }]),
    ...some("data.label_columns_lacking", shown(files), lacked),
    ...some("data.pictures_not_in_table", shown(files), unnamed),
    ...tables.flatMap(({ file, unused }) => some("data.pictures_of_table_missing", file, unused)),
  ];
}

const shown = (list: readonly string[]): string => `${list.slice(0, SHOWN_NAMES).join(", ")}${list.length > SHOWN_NAMES ? " …" : ""}`;
