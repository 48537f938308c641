/**
 * A node table and an edge table become one table: the nodes, and a column `links` that lists for each the nodes its edges lead to, as
 * core/data/graph/links.ts reads it. Everything after that (profile, preview, storing, predicting) is that of any table.
 */
import { join } from "node:path";
import { AppError } from "../../../../core/errors.ts";
import { columnId, type Database, literal, openDatabase } from "../duckdb.ts";
import { fileError } from "../file-errors.ts";
import type { TableOrigin } from "../import-request.ts";
import { encodingBeside, type ReadPart, readPart, saidSheet } from "../join/read-part.ts";
import { freeColumnName } from "../join/request.ts";

export interface NamedFile {
  readonly path: string;
  readonly name: string;
}

export interface NodesAndEdges {
  /** A CSV in the work folder. */
  readonly path: string;
  /** Columns of the nodes' names and of their links. */
  readonly id: string;
  readonly links: string;
  /** As what the nodes were read, and what reading either table had to say. */
  readonly origin: TableOrigin;
}

/** How the tables are read. */
export interface ReadGraph {
  readonly columns?: EdgeColumns | undefined;
  /** That the person named. */
  readonly encoding?: string | undefined;
  /** Of a workbook of nodes, or one of several tables in an archive. */
  readonly sheet?: string | undefined;
  /** The same of the edges. */
  readonly edgeSheet?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Columns by name; those that are left out are told by their names, or by their places. */
export interface EdgeColumns {
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  /** Null: all edges count the same. */
  readonly weight?: string | null | undefined;
}

const SOURCES = ["source", "from", "src", "起点", "源"];
const TARGETS = ["target", "to", "dst", "终点", "目标"];
const WEIGHTS = ["weight", "value", "权重"];
const IDS = ["id", "node", "name", "编号", "节点"];

/**
 * @param work folder for what is made; the caller removes it
 * @throws AppError data.edge_columns, data.edge_unknown_node, data.edge_weight, data.edge_node_twice and those of reading tables
 */
export async function nodesAndEdges(
  nodes: NamedFile,
  edges: NamedFile,
  work: string,
  { columns = {}, encoding, sheet, edgeSheet, signal }: ReadGraph = {},
): Promise<NodesAndEdges> {
  const database = await openDatabase(join(work, "spill-of-edges"), signal);
  try {
    const beside = await encodingBeside(edges.path, encoding).catch((thrown: unknown) => {
      throw fileError(thrown, edges.name);
    });
    const askedOfEdges = { encoding: beside, sheet: edgeSheet, signal, strict: true };
    const edgeTable = saidSheet(await readPart(database, join(work, "edges"), edges, askedOfEdges), { ...edges, sheet: edgeSheet });
    await database.run("ALTER TABLE source RENAME TO edge_rows");
    const nodeTable = await readPart(database, join(work, "nodes"), nodes, { encoding, sheet, signal, strict: true });
    await database.run("ALTER TABLE source RENAME TO node_rows");
    const [edgeColumns, nodeColumns] = [edgeTable.names, nodeTable.names];
    const id = chosen(columns.id, nodeColumns) ?? placeOf(nodeColumns, IDS) ?? 0;
    const source = chosen(columns.source, edgeColumns) ?? placeOf(edgeColumns, SOURCES) ?? 0;
    const target = chosen(columns.target, edgeColumns) ?? placeOf(edgeColumns, TARGETS) ?? 1;
    if (edgeColumns.length < 2 || source === target)
      throw new AppError("data.edge_columns", { file: edges.name, columns: edgeColumns.join(", ") });
    const weight = columns.weight === null ? null : (chosen(columns.weight, edgeColumns) ?? placeOf(edgeColumns, WEIGHTS));
    const ofEdges = (place: number): NamedPlace => ({ place, column: edgeColumns[place] as string });
    await refuseTwice(database, nodes.name, { place: id, column: nodeColumns[id] as string });
    await refuseUnknown(database, edges.name, nodes.name, { ends: [ofEdges(source), ofEdges(target)], id });
    if (weight !== null) await refuseWeights(database, edges.name, ofEdges(weight));
    const links = freeColumnName("links", nodeColumns);
    const path = join(work, "nodes-with-links.csv");
    await database.run(
      `COPY (${linkedNodes(nodeColumns, { id, source, target, weight, links })}) TO ${literal(path)} (FORMAT csv, HEADER true)`,
    );
    return { path, id: nodeColumns[id] as string, links, origin: originOf(nodeTable, edgeTable) };
  } catch (thrown) {
    throw fileError(thrown, nodes.name);
  } finally {
    database.close();
  }
}

/** @throws AppError data.column_missing */
function chosen(name: string | undefined, columns: readonly string[]): number | null {
  if (name === undefined) return null;
  const place = columns.indexOf(name);
  if (place < 0) throw new AppError("data.column_missing", { columns: name, count: 1 });
  return place;
}

const placeOf = (columns: readonly string[], names: readonly string[]): number | null => {
  const place = columns.findIndex((column) => names.includes(column.trim().toLowerCase()));
  return place < 0 ? null : place;
};

function originOf({ encoding, sheet, warnings }: ReadPart, edges: ReadPart): TableOrigin {
  return { encoding, warnings: [...warnings, ...edges.warnings], ...(sheet === undefined ? {} : { sheet }) };
}

/** Characters that part links are written by their code, as readLinks of core/data/graph/links.ts reads them. */
const written = (cell: string): string =>
  [
    ["%", "%25"],
    [":", "%3a"],
    [" ", "%20"],
    ["\t", "%09"],
  ].reduce((sql, [plain, code]) => `replace(${sql}, ${literal(plain as string)}, ${literal(code as string)})`, cell);

interface Places {
  readonly id: number;
  readonly source: number;
  readonly target: number;
  readonly weight: number | null;
  readonly links: string;
}

function linkedNodes(columns: readonly string[], { id, source, target, weight, links }: Places): string {
  const link = `${written(columnId(target))}${weight === null ? "" : ` || coalesce(':' || ${columnId(weight)}, '')`}`;
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const cells = columns.map((name, place) => `n.${columnId(place)} AS ${quoted(name)}`);
  return `WITH numbered AS (SELECT *, row_number() OVER () AS position FROM node_rows),
    outgoing AS (SELECT ${columnId(source)} AS origin, string_agg(${link}, ' ' ORDER BY ${columnId(target)}) AS listed FROM edge_rows GROUP BY 1)
    SELECT ${cells.join(", ")}, o.listed AS ${quoted(links)} FROM numbered n LEFT JOIN outgoing o ON o.origin = n.${columnId(id)} ORDER BY n.position`;
}

/** A column by its place, and by its name where it is told. */
interface NamedPlace {
  readonly place: number;
  readonly column: string;
}

async function refuseTwice(database: Database, file: string, { place, column }: NamedPlace): Promise<void> {
  const cell = columnId(place);
  const [found] = await database.rows(
    `SELECT ${cell}, max(rowid)::DOUBLE FROM node_rows GROUP BY 1 HAVING count(*) > 1 OR ${cell} IS NULL ORDER BY 2 LIMIT 1`,
  );
  if (found !== undefined)
    throw new AppError("data.edge_node_twice", { file, column, row: Number(found[1]) + 1, name: String(found[0] ?? "") });
}

async function refuseUnknown(
  database: Database,
  edges: string,
  nodes: string,
  { ends, id }: { readonly ends: readonly NamedPlace[]; readonly id: number },
): Promise<void> {
  for (const { place, column } of ends) {
    const cell = columnId(place);
    const [found] = await database.rows(
      `SELECT arg_min(coalesce(${cell}, ''), rowid), count(*)::INTEGER, min(rowid)::DOUBLE FROM edge_rows ` +
        `WHERE coalesce(${cell}, '') NOT IN (SELECT coalesce(${columnId(id)}, '') FROM node_rows)`,
    );
    const count = Number(found?.[1] ?? 0);
    if (count > 0)
      throw new AppError("data.edge_unknown_node", {
        file: edges,
        nodes,
        name: String(found?.[0]),
        count,
        column,
        row: Number(found?.[2]) + 1,
      });
  }
}

async function refuseWeights(database: Database, file: string, { place, column }: NamedPlace): Promise<void> {
  const cell = columnId(place);
  const [found] = await database.rows(
    `SELECT ${cell}, rowid::DOUBLE FROM edge_rows WHERE ${cell} IS NOT NULL AND coalesce(try_cast(${cell} AS DOUBLE), -1) < 0 ORDER BY rowid LIMIT 1`,
  );
  if (found !== undefined)
    throw new AppError("data.edge_weight", { file, column, row: Number(found[1]) + 1, value: String(found[0]).slice(0, 60) });
}
