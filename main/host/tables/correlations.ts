/**
 * How strongly columns go with a target, counted by DuckDB over all rows: Pearson's r, the correlation ratio η (the root of the
 * share of a number's variance that lies between classes) and Cramér's V (√(χ² / (n · (fewer classes − 1)))).
 */
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { asDate, asNumberOf, isMissing, trimmed } from "../datasets/cell-types.ts";
import { columnId, type Database } from "../datasets/duckdb.ts";
import { queryStored } from "../datasets/load-table.ts";
import { fromStored, storedNames } from "../datasets/stored-table.ts";

type Correlation = MethodOutput<"tables.correlations">["columns"][number];

/** Each is a pass over two columns. */
const MOST_COLUMNS = 500;
/** A column of words with more values than this says something of everything. */
const MOST_CLASSES = 200;

/** @throws AppError data.column_missing */
export async function correlationsWith(path: string, columns: readonly ColumnDocument[], target: string): Promise<Correlation[]> {
  return queryStored(path, async (database) => {
    const names = await storedNames(database, path);
    const cellsOf = (column: ColumnDocument): Cells => cellsFrom(column, names.indexOf(column.name));
    const document = columns.find(({ name }) => name === target);
    if (document === undefined || !names.includes(target)) throw new AppError("data.column_missing", { columns: target, count: 1 });
    const wanted = columns.filter(({ name, type }) => name !== target && type !== "picture" && names.includes(name));
    const answer: Correlation[] = [];
    const of = await classesOrNumbers(database, path, cellsOf(document));
    for (const column of wanted.slice(0, MOST_COLUMNS)) answer.push(await correlation(database, path, column.name, cellsOf(column), of));
    return answer;
  });
}

interface Cells {
  /** SQL: the value, NULL where it is missing. */
  readonly value: string;
  readonly isNumber: boolean;
}

function cellsFrom(column: ColumnDocument, place: number): Cells {
  const cell = trimmed(columnId(place));
  const isNumber = column.type === "numeric" || column.type === "date";
  const number = asNumberOf(column, cell);
  const value = column.type === "date" ? asDate(cell, column.date_format) : column.type === "numeric" ? number : cell;
  const present = `CASE WHEN NOT ${isMissing(cell, column.missing_tokens)} THEN ${value} END`;
  return { value: isNumber ? `(SELECT CASE WHEN isfinite(v) THEN v END FROM (SELECT ${present} AS v))` : present, isNumber };
}

/** Two classes are as good as a number: the sign then says which of them a column goes with. */
async function classesOrNumbers(database: Database, path: string, target: Cells): Promise<Cells> {
  if (target.isNumber) return target;
  const classes = await database.rows(
    `SELECT DISTINCT ${target.value} AS class FROM ${fromStored(path)} WHERE class IS NOT NULL ORDER BY class LIMIT 3`,
  );
  if (classes.length !== 2) return target;
  const last = String(classes[1]?.[0]).replaceAll("'", "''");
  return { value: `CASE WHEN ${target.value} IS NOT NULL THEN (${target.value} = '${last}')::INTEGER::DOUBLE END`, isNumber: true };
}

async function correlation(database: Database, path: string, name: string, a: Cells, b: Cells): Promise<Correlation> {
  const pairs = `SELECT ${a.value} AS a, ${b.value} AS b FROM ${fromStored(path)}`;
  const both = `FROM (${pairs}) WHERE a IS NOT NULL AND b IS NOT NULL`;
  if (a.isNumber && b.isNumber) return { name, measure: "r", value: await figure(database, `SELECT corr(a, b) ${both}`) };
  if (a.isNumber || b.isNumber) {
    const [number, group] = a.isNumber ? ["a", "b"] : ["b", "a"];
    const sql =
      `WITH pairs AS (SELECT ${number} AS number, ${group} AS class ${both}) ` +
      `SELECT CASE WHEN (SELECT count(DISTINCT class) FROM pairs) <= ${MOST_CLASSES} THEN sqrt(greatest(0, 1 - (SELECT sum(within) FROM (SELECT var_pop(number) * count(*) AS within FROM pairs GROUP BY class)) / (var_pop(number) * count(*)))) END FROM pairs`;
    return { name, measure: "eta", value: await figure(database, sql) };
  }
  const sql =
    `WITH cells AS (SELECT a, b, count(*)::DOUBLE AS n ${both} GROUP BY a, b), ofa AS (SELECT a, sum(n) AS n FROM cells GROUP BY a), ofb AS (SELECT b, sum(n) AS n FROM cells GROUP BY b), ` +
    "total AS (SELECT sum(n) AS n FROM cells) SELECT CASE WHEN (SELECT count(*) FROM ofa) BETWEEN 2 AND " +
    `${MOST_CLASSES} AND (SELECT count(*) FROM ofb) BETWEEN 2 AND ${MOST_CLASSES} THEN ` +
    "sqrt(greatest(0, (sum(cells.n * cells.n / (ofa.n * ofb.n)) - 1)) / (least((SELECT count(*) FROM ofa), (SELECT count(*) FROM ofb)) - 1)) END " +
    "FROM cells JOIN ofa USING (a) JOIN ofb USING (b)";
  return { name, measure: "v", value: await figure(database, sql) };
}

async function figure(database: Database, sql: string): Promise<number | null> {
  const value = (await database.rows(sql))[0]?.[0];
  return value === null || value === undefined || !Number.isFinite(Number(value)) ? null : Number(value);
}
