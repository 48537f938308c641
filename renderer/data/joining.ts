/** How files that were chosen together make one data set: which is the table, whose rows are held out, what is joined and by which columns. */

import type { MethodInput, MethodOutput } from "../../core/protocol/methods.ts";
import { PICTURES } from "../../core/schema/sheet-names.ts";
import type { PictureFormat } from "./picture-format.ts";

export type Looked = MethodOutput<"datasets.look_at_files">;

type Part = "validation" | "test";

/** A file that is joined, by the column of the table that names what is in it. */
export interface JoinedFile {
  readonly place: number;
  readonly key: string;
  /** Of a table. */
  readonly partnerKey: string;
}

/** What the dialog shows; positions are those of the files. */
export interface Joining {
  /** The table whose rows are learnt from. */
  readonly main: number;
  readonly parts: ReadonlyMap<number, Part>;
  /** Joined in this order: a column that one brings may name what is in a later one. */
  readonly partners: readonly JoinedFile[];
  readonly pictures: PictureFormat;
}

/** A name that says that its rows are kept for the end. */
const NAMED_TEST = /(^|[^a-z])(test|tst)/i;
const NAMED_HELD = /(^|[^a-z])(test|tst|val|valid|validation|dev|held)/i;
/** Share of the first values that find a partner from which on two files are taken to belong together. */
const LIKELY = 0.5;

/**
 * What is most likely meant. One other part is validated on, whatever its name: it is what a person wants to see figures of.
 * @param pictures what the design takes
 * @returns null where none of the files is a table, or which table of one is meant must be said first
 */
export function likelyJoining(looked: Looked, pictures: PictureFormat = {}): Joining | null {
  const { files, matches } = looked;
  const tables = files.flatMap(({ kind }, place) => (kind === "table" ? [place] : []));
  if (tables.length === 0 || undecidedFiles(looked).length > 0) return null;
  const alike = (a: number, b: number): boolean => sameColumns(files[a]?.columns ?? [], files[b]?.columns ?? []);
  const twins = tables.filter((one) => tables.some((other) => other !== one && alike(one, other)));
  const main = twins.find((place) => !NAMED_HELD.test(files[place]?.name ?? "")) ?? twins[0] ?? reachingMost(matches, tables);
  const held = tables.filter((place) => place !== main && alike(place, main));
  const several = held.length > 1;
  const parts = new Map(
    held.map((place): [number, Part] => [place, several && NAMED_TEST.test(files[place]?.name ?? "") ? "test" : "validation"]),
  );
  const alone: Joining = { main, parts, partners: [], pictures };
  const first = matches.find(({ table, partner }) => table === main && !parts.has(partner))?.partner ?? unusedFiles(looked, alone)[0];
  return first === undefined ? alone : withLikely(looked, withPartner(looked, alone, first));
}

const sameColumns = (a: Looked["files"][number]["columns"], b: Looked["files"][number]["columns"]): boolean =>
  a.length > 1 && a.length === b.length && a.every(({ name }) => b.some((other) => other.name === name));

/** The table from which most others are found; of equal ones that with the best match. */
function reachingMost(matches: Looked["matches"], tables: readonly number[]): number {
  const likely = matches.filter(({ matched, of }) => matched >= LIKELY * of);
  const reach = (table: number): number => {
    const known = new Set([table]);
    for (const place of known) for (const match of likely) if (match.table === place) known.add(match.partner);
    return known.size;
  };
  const first = matches[0]?.table;
  const ordered = first === undefined ? tables : [first, ...tables];
  return ordered.reduce((best, place) => (reach(place) > reach(best) ? place : best));
}

/** Every other file that fits the table, or what is joined to it already. */
function withLikely(looked: Looked, joining: Joining): Joining {
  const fitting = unusedFiles(looked, joining).find((place) => {
    const match = bestMatch(looked, joining, place);
    const second = isPictures(looked, place) && joining.partners.some((one) => isPictures(looked, one.place));
    return match !== undefined && match.matched >= LIKELY * match.of && !second;
  });
  return fitting === undefined ? joining : withLikely(looked, withPartner(looked, joining, fitting));
}

const isPictures = ({ files }: Looked, place: number): boolean => files[place]?.kind !== "table";

/** A column that may name what is in a file. */
export interface KeyColumn {
  readonly name: string;
  readonly example: string | undefined;
  /** The file that it stands in. */
  readonly place: number;
}

/** Columns of the table, and those that were joined to it before. */
export function keyColumns({ files }: Looked, { main, partners }: Joining, partner: number): KeyColumn[] {
  const of = (place: number): KeyColumn[] =>
    (files[place]?.columns ?? []).map(({ name, examples }) => ({ name, example: examples[0], place }));
  const columns = of(main);
  for (const { place, partnerKey } of partners) {
    if (place === partner) break;
    // One that is there already gets another name.
    for (const column of of(place))
      if (column.name !== partnerKey && !columns.some(({ name }) => name === column.name)) columns.push(column);
  }
  return columns;
}

type Match = Looked["matches"][number];

/** Of the table's own columns, or else of those that were joined to it. */
function bestMatch(looked: Looked, joining: Joining, partner: number): Match | undefined {
  const columns = keyColumns(looked, joining, partner);
  const fitting = looked.matches.filter(
    (one) => one.partner === partner && columns.some(({ name, place }) => name === one.column && place === one.table),
  );
  const own = fitting.find(({ table }) => table === joining.main);
  return own !== undefined && own.matched >= LIKELY * own.of ? own : (fitting[0] ?? own);
}

/** One more that is joined, or one that is joined anew, by the columns that fit it best. There are pictures once: others take their place. */
export function withPartner(looked: Looked, joining: Joining, place: number): Joining {
  const kept = joining.partners.filter((one) => one.place !== place && !(isPictures(looked, place) && isPictures(looked, one.place)));
  const match = bestMatch(looked, { ...joining, partners: kept }, place);
  const key = match?.column ?? looked.files[joining.main]?.columns[0]?.name ?? "";
  const partnerKey = match?.partner_column ?? looked.files[place]?.columns[0]?.name ?? "";
  return withKeys(looked, { ...joining, partners: [...kept, { place, key, partnerKey }] });
}

export function withoutPartner(looked: Looked, joining: Joining, place: number): Joining {
  return withKeys(looked, { ...joining, partners: joining.partners.filter((one) => one.place !== place) });
}

/** Other columns for one that is joined. */
export function withColumns(looked: Looked, joining: Joining, changed: JoinedFile): Joining {
  return withKeys(looked, { ...joining, partners: joining.partners.map((one) => (one.place === changed.place ? changed : one)) });
}

/** A key that is no column any more is chosen anew. */
function withKeys(looked: Looked, joining: Joining): Joining {
  const lost = joining.partners.find(({ place, key }) => !keyColumns(looked, joining, place).some(({ name }) => name === key));
  if (lost === undefined) return joining;
  const key = bestMatch(looked, joining, lost.place)?.column ?? looked.files[joining.main]?.columns[0]?.name ?? "";
  const partners = joining.partners.map((one) => (one === lost ? { ...lost, key } : one));
  return key === lost.key ? joining : withKeys(looked, { ...joining, partners });
}

/** Another table to learn from; what it was joined to is chosen anew. */
export function withMain(looked: Looked, joining: Joining, main: number): Joining {
  const parts = new Map([...joining.parts].filter(([place]) => place !== main));
  const joined = joining.partners.filter(({ place }) => place !== main);
  const alone: Joining = { ...joining, main, parts, partners: [] };
  return joined.reduce((done, { place }) => withPartner(looked, done, place), alone);
}

/** How many of the first values of the key find a partner; null where that is not known. */
export function matchOf(looked: Looked, joining: Joining, { place, key, partnerKey }: JoinedFile): { matched: number; of: number } | null {
  const table = keyColumns(looked, joining, place).find(({ name }) => name === key)?.place;
  const same = looked.matches.filter((one) => one.table === table && one.partner === place);
  const found = same.find(({ column, partner_column }) => column === key && (isPictures(looked, place) || partner_column === partnerKey));
  if (found !== undefined) return { matched: found.matched, of: found.of };
  // The list tells the best pairs only: what is not in a full one may fit all the same.
  return same.length < MOST_TOLD ? { matched: 0, of: 0 } : null;
}
const MOST_TOLD = 40;

/** Of a file in which one of several must be named. */
export const tablesOf = ({ sheet }: Looked["files"][number]): string[] => (sheet?.all ?? []).filter((name) => name !== PICTURES);

/** Names of files with several tables of which none is chosen. */
export const undecidedFiles = ({ files }: Looked): string[] => files.flatMap(({ kind, name }) => (kind === "tables" ? [name] : []));

/** Files that are used for nothing. */
export function unusedFiles({ files }: Looked, { main, parts, partners }: Joining): number[] {
  return files.flatMap((_, place) => (place === main || parts.has(place) || partners.some((one) => one.place === place) ? [] : [place]));
}

/** @param taken the files as the host knows them, in the same order */
export function joinedImport(
  looked: Looked,
  { main, parts, partners, pictures }: Joining,
  taken: readonly { readonly file: string; readonly name: string; readonly sheet?: string }[],
): Omit<MethodInput<"datasets.import">, "import_id"> {
  const at = (place: number): { file: string; name: string; sheet?: string } => {
    const { file = "", name = "", sheet } = taken[place] ?? {};
    const read = sheet ?? looked.files[place]?.sheet?.name ?? undefined;
    return { file, name, ...(read === undefined ? {} : { sheet: read }) };
  };
  const asked = partners.map(({ place, key, partnerKey }) => ({
    ...at(place),
    key,
    partner_key: isPictures(looked, place) ? null : partnerKey,
  }));
  return {
    ...at(main),
    ...(parts.size === 0 ? {} : { given: [...parts].map(([place, part]) => ({ ...at(place), part })) }),
    ...(asked.length === 0 ? {} : { partners: asked }),
    ...(partners.some(({ place }) => isPictures(looked, place)) ? { pictures } : {}),
  };
}
