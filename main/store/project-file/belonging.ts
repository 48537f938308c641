/**
 * What belongs to a project, read from the foreign keys of the schema: rows that would go with it (ON DELETE CASCADE) are
 * its own, rows that its own name otherwise (designs, data sets) come along. A table that a later migration adds takes part by itself.
 */
import type BetterSqlite3 from "better-sqlite3";

interface ForeignKey {
  /** Name of the table that is named. */
  readonly parent: string;
  readonly columns: readonly { readonly from: string; readonly to: string }[];
  readonly onDelete: string;
}

export interface TableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly primaryKey: number }[];
  readonly keys: readonly ForeignKey[];
}

export interface Belonging {
  /** The project's own tables, `projects` first, every one after those it hangs on. */
  readonly own: readonly TableShape[];
  /** Tables whose rows are named and may be shared with other projects. */
  readonly shared: readonly TableShape[];
}

/** Columns of an own or shared row whose value is an id that may be another in another library, as `table.column`. */
export type IdColumns = ReadonlySet<string>;

export const ROOT = "projects";

export function tablesOf(database: BetterSqlite3.Database, schema = "main"): TableShape[] {
  const names = database
    .prepare<[], { name: string }>(
      `SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`,
    )
    .all();
  return names.map(({ name }) => ({ name, columns: columnsOf(database, schema, name), keys: keysOf(database, schema, name) }));
}

function columnsOf(database: BetterSqlite3.Database, schema: string, table: string): TableShape["columns"] {
  const rows = database.pragma(`${schema}.table_info(${quoted(table)})`) as readonly { name: string; type: string; pk: number }[];
  return rows.map(({ name, type, pk }) => ({ name, type, primaryKey: pk }));
}

function keysOf(database: BetterSqlite3.Database, schema: string, table: string): ForeignKey[] {
  const rows = database.pragma(`${schema}.foreign_key_list(${quoted(table)})`) as readonly {
    id: number;
    table: string;
    from: string;
    to: string;
    on_delete: string;
  }[];
  return [...new Set(rows.map(({ id }) => id))].map((id) => {
    const parts = rows.filter((row) => row.id === id);
    return { parent: parts[0]?.table ?? "", columns: parts.map(({ from, to }) => ({ from, to })), onDelete: parts[0]?.on_delete ?? "" };
  });
}

export function belongingOf(tables: readonly TableShape[]): Belonging {
  const own: TableShape[] = tables.filter(({ name }) => name === ROOT);
  const isOwn = (name: string): boolean => own.some((table) => table.name === name);
  for (let grown = true; grown; ) {
    const next = tables.filter((table) => !isOwn(table.name) && cascades(table).some(({ parent }) => isOwn(parent)));
    own.push(...next);
    grown = next.length > 0;
  }
  const named = new Set(own.flatMap(({ keys }) => keys.map(({ parent }) => parent)));
  return { own, shared: tables.filter(({ name }) => named.has(name) && !isOwn(name)) };
}

export const cascades = (table: TableShape): readonly ForeignKey[] => table.keys.filter(({ onDelete }) => onDelete === "CASCADE");

/** Every own id and every data set's, and whatever names one. A design is named by its content: that is the same everywhere. */
export function idColumnsOf({ own, shared }: Belonging): IdColumns {
  const ids = new Set<string>();
  for (const { name, columns } of [...own, ...shared])
    if (columns.some((column) => column.name === "id" && column.primaryKey === 1)) ids.add(`${name}.id`);
  for (let size = -1; size !== ids.size; ) {
    size = ids.size;
    for (const { name, keys } of [...own, ...shared])
      for (const { parent, columns } of keys)
        for (const { from, to } of columns) if (ids.has(`${parent}.${to}`)) ids.add(`${name}.${from}`);
  }
  return ids;
}

export const hasColumn = (table: TableShape, column: string): boolean => table.columns.some(({ name }) => name === column);
export const blobColumn = (table: TableShape): string | null => table.columns.find(({ type }) => type === "BLOB")?.name ?? null;
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
