/**
 * How strongly columns go with a target, counted by DuckDB over all rows: Pearson's r, the correlation ratio η (the root of the
 * share of a number's variance that lies between classes) and Cramér's V (√(χ² / (n · (fewer classes − 1)))). Many classes of few
 * rows each seem to say much by chance: η is corrected as T. L. Kelley did (1935, ε² = 1 − (1 − η²)(n − 1) / (n − k)), V as
 * W. Bergsma did (2013); both are 0 on average where nothing goes with anything, and null where each row is a class of its own.
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
      `WITH pairs AS (SELECT ${number} AS number, ${group} AS class ${both}), classes AS (SELECT count(*)::DOUBLE AS n, var_pop(number) * count(*) AS within FROM pairs GROUP BY class), ` +
      "counts AS (SELECT count(*)::DOUBLE AS k, sum(n) AS n, sum(within) AS within FROM classes) " +
      `SELECT CASE WHEN k <= ${MOST_CLASSES} AND k < n THEN sqrt(greatest(0, 1 - within / ((SELECT var_pop(number) FROM pairs) * n) * (n - 1) / (n - k))) END FROM counts`;
    return { name, measure: "eta", value: await figure(database, sql) };
  }
  const sql =
    `WITH cells AS (SELECT a, b, count(*)::DOUBLE AS n ${both} GROUP BY a, b), ofa AS (SELECT a, sum(n) AS n FROM cells GROUP BY a), ofb AS (SELECT b, sum(n) AS n FROM cells GROUP BY b), ` +
    "counts AS (SELECT (SELECT count(*) FROM ofa)::DOUBLE AS k, (SELECT count(*) FROM ofb)::DOUBLE AS r, (SELECT sum(n) FROM cells) AS n), " +
    "square AS (SELECT sum(cells.n * cells.n / (ofa.n * ofb.n)) - 1 AS phi2 FROM cells JOIN ofa USING (a) JOIN ofb USING (b)) " +
    `SELECT CASE WHEN k BETWEEN 2 AND ${MOST_CLASSES} AND r BETWEEN 2 AND ${MOST_CLASSES} AND k < n AND r < n THEN ` +
    "sqrt(greatest(0, phi2 - (k - 1) * (r - 1) / (n - 1)) / (least(k - (k - 1) ** 2 / (n - 1), r - (r - 1) ** 2 / (n - 1)) - 1)) END FROM counts, square";
  return { name, measure: "v", value: await figure(database, sql) };
}

async function figure(database: Database, sql: string): Promise<number | null> {
  const value = (await database.rows(sql))[0]?.[0];
  return value === null || value === undefined || !Number.isFinite(Number(value)) ? null : Number(value);
}
