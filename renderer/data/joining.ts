/** How files that were chosen together make one data set: which is the table, whose rows are held out, what is joined and by which column. */
import type { MethodInput, MethodOutput } from "../../core/protocol/methods.ts";
import type { PictureFormat } from "./picture-format.ts";

export type Looked = MethodOutput<"datasets.look_at_files">;

type Part = "validation" | "test";

/** What the dialog shows; positions are those of the files. */
export interface Joining {
  /** The table whose rows are learnt from. */
  readonly main: number;
  readonly parts: ReadonlyMap<number, Part>;
  readonly partner: number | null;
  readonly key: string;
  /** Of a second table. */
  readonly partnerKey: string;
  readonly pictures: PictureFormat;
}

/** A name that says that its rows are kept for the end. */
const NAMED_TEST = /(^|[^a-z])(test|tst)/i;
const NAMED_HELD = /(^|[^a-z])(test|tst|val|valid|validation|dev|held)/i;

/**
 * What is most likely meant. One other part is validated on, whatever its name: it is what a person wants to see figures of.
 * @param pictures what the design takes
 * @returns null where none of the files is a table
 */
export function likelyJoining({ files, matches }: Looked, pictures: PictureFormat = {}): Joining | null {
  const tables = files.flatMap(({ kind }, place) => (kind === "table" ? [place] : []));
  if (tables.length === 0) return null;
  const best = matches[0];
  const alike = (a: number, b: number): boolean => sameColumns(files[a]?.columns ?? [], files[b]?.columns ?? []);
  const twins = tables.filter((one) => tables.some((other) => other !== one && alike(one, other)));
  const main = twins.find((place) => !NAMED_HELD.test(files[place]?.name ?? "")) ?? twins[0] ?? best?.table ?? (tables[0] as number);
  const held = tables.filter((place) => place !== main && alike(place, main));
  const several = held.length > 1;
  const parts = new Map(
    held.map((place): [number, Part] => [place, several && NAMED_TEST.test(files[place]?.name ?? "") ? "test" : "validation"]),
  );
  const match = matches.find(({ table, partner }) => table === main && !parts.has(partner));
  const other = match?.partner ?? files.findIndex((_, place) => place !== main && !parts.has(place));
  return withPartner({ files, matches }, { main, parts, partner: null, key: "", partnerKey: "", pictures }, other < 0 ? null : other);
}

const sameColumns = (a: Looked["files"][number]["columns"], b: Looked["files"][number]["columns"]): boolean =>
  a.length > 1 && a.length === b.length && a.every(({ name }) => b.some((other) => other.name === name));

/** Another partner, with the column that fits it best. */
export function withPartner({ files, matches }: Looked, joining: Joining, partner: number | null): Joining {
  if (partner === null) return { ...joining, partner, key: "", partnerKey: "" };
  const match = matches.find((one) => one.table === joining.main && one.partner === partner);
  const key = match?.column ?? files[joining.main]?.columns[0]?.name ?? "";
  const partnerKey = match?.partner_column ?? files[partner]?.columns[0]?.name ?? "";
  return { ...joining, partner, key, partnerKey };
}

/** Another table to learn from; what it was joined to is chosen anew. */
export function withMain(looked: Looked, joining: Joining, main: number): Joining {
  const parts = new Map([...joining.parts].filter(([place]) => place !== main));
  const partner = joining.partner === main ? null : joining.partner;
  return withPartner(looked, { ...joining, main, parts }, partner);
}

/** How many of the first values of the key find a partner; null where that is not known. */
export function matchOf({ files, matches }: Looked, { main, partner, key, partnerKey }: Joining): { matched: number; of: number } | null {
  if (partner === null) return null;
  const isTable = files[partner]?.kind === "table";
  const same = matches.filter((one) => one.table === main && one.partner === partner);
  const found = same.find(({ column, partner_column }) => column === key && (!isTable || partner_column === partnerKey));
  if (found !== undefined) return { matched: found.matched, of: found.of };
  // The list tells the best pairs only: what is not in a full one may fit all the same.
  return same.length < MOST_TOLD ? { matched: 0, of: 0 } : null;
}
const MOST_TOLD = 40;

/** Files that are used for nothing. */
export function unusedFiles({ files }: Looked, { main, parts, partner }: Joining): number[] {
  return files.flatMap((_, place) => (place === main || place === partner || parts.has(place) ? [] : [place]));
}

/** @param taken the files as the host knows them, in the same order */
export function joinedImport(
  looked: Looked,
  { main, parts, partner, key, partnerKey, pictures }: Joining,
  taken: readonly { readonly file: string; readonly name: string }[],
): Omit<MethodInput<"datasets.import">, "import_id"> {
  const at = (place: number): { file: string; name: string } => ({ file: taken[place]?.file ?? "", name: taken[place]?.name ?? "" });
  const isTable = partner !== null && looked.files[partner]?.kind === "table";
  return {
    ...at(main),
    ...(parts.size === 0 ? {} : { given: [...parts].map(([place, part]) => ({ ...at(place), part })) }),
    ...(partner === null ? {} : { partner: { ...at(partner), key, partner_key: isTable ? partnerKey : null } }),
    ...(partner === null || isTable ? {} : { pictures }),
  };
}
