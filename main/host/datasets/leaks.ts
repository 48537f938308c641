/**
 * Columns that give the target away: they determine it almost perfectly, most often because they were written down
 * after the fact (the status of a booking, when its cancellation is to be predicted). Only warned of; the person decides.
 */
import { rm } from "node:fs/promises";
import { commasOf } from "../../../core/data/propose.ts";
import { AppError, type ErrorData } from "../../../core/errors.ts";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";
import { asNumberOf, type Commas, isMissing, trimmed } from "./cell-types.ts";
import { columnId, openDatabase } from "./duckdb.ts";
import { fromStored, storedNames } from "./stored-table.ts";
import { makeWorkFolder } from "./work-folder.ts";

/** Share of the rows (of classes) or of the variance (of numbers) that the other column explains. */
const ALMOST_PERFECT = 0.995;
/** A column with nearly as many values as rows explains everything and says nothing: of such numbers it is asked whether they follow the target. */
const FEWEST_ROWS_PER_VALUE = 5;
/** Rows, drawn by a seed, that numbers of many values are compared in. */
const COMPARED_ROWS = 100_000;
/** A column that most rows lack gives nothing away. */
const FEWEST_COVERED = 0.5;
const MOST_CLASSES = 100;

/**
 * @param path    the stored table
 * @param columns its profile; words and dates of few values are looked at, and all numbers but those of rows
 * @returns a warning `data.leak_suspected` for each suspect
 */
export async function leakWarnings(path: string, columns: readonly ColumnProfile[], target: string): Promise<ErrorData[]> {
  const profile = columns.find(({ name }) => name === target);
  if (profile === undefined) throw new AppError("data.column_missing", { columns: target, count: 1 });
  const spill = await makeWorkFolder("neuroloom-spill");
  try {
    const database = await openDatabase(spill);
    try {
      const names = await storedNames(database, path);
      const rows = Number((await database.rows(`SELECT count(*)::INTEGER FROM ${fromStored(path)}`))[0]?.[0]);
      const suspects = columns.filter(
        ({ name, distinct, type, remarks }) =>
          name !== target && distinct > 1 && (isFew(distinct, rows) || (type === "numeric" && !remarks.includes("id"))),
      );
      const commas = commasOf(profile);
      const cellOf = (name: string): string => trimmed(columnId(names.indexOf(name)));
      const asClasses = profile.distinct <= MOST_CLASSES;
      if (!asClasses && profile.type !== "numeric") return [];
      const warnings: ErrorData[] = [];
      for (const suspect of suspects) {
        const { name, distinct } = suspect;
        const many = isFew(distinct, rows) ? null : compared(path, asNumberOf(commasOf(suspect), cellOf(name)), cellOf(target));
        const query = asClasses
          ? many === null
            ? classShare(path, cellOf(name), cellOf(target))
            : neighbourShare(many)
          : many === null
            ? varianceShare(path, cellOf(name), cellOf(target), commas)
            : likeness(many, asNumberOf(commas, "target"));
        const [share, baseline] = ((await database.rows(query))[0] ?? []).map(Number);
        // A target that is nearly always the same is "determined" by everything.
        const better = share !== undefined && baseline !== undefined && share >= ALMOST_PERFECT && 1 - share <= (1 - baseline) / 10;
        if (better)
          warnings.push({
            code: "data.leak_suspected",
            params: { column: name, target, percent: (100 * share).toFixed(1), values: distinct },
          });
      }
      return warnings;
    } finally {
      database.close();
    }
  } finally {
    await rm(spill, { recursive: true, force: true });
  }
}

const isFew = (distinct: number, rows: number): boolean => distinct * FEWEST_ROWS_PER_VALUE <= rows;

/** Some rows of a table with the number of a column and the target; none where most rows lack one of them. */
function compared(path: string, number: string, target: string): string {
  const sample = `SELECT ${number} AS number, ${target} AS target, ${isMissing(target)} AS missing FROM ${fromStored(path)} USING SAMPLE reservoir(${COMPARED_ROWS} ROWS) REPEATABLE (1)`;
  return (
    `rows AS (${sample}), known AS (SELECT number, target FROM rows WHERE NOT missing AND isfinite(number)), ` +
    `enough AS (SELECT * FROM known WHERE (SELECT count(*) FROM known) >= ${FEWEST_COVERED} * (SELECT count(*) FROM rows))`
  );
}

/** Share of the rows that have the class of the row before, in the order of the numbers; beside it, of rows in any order. */
function neighbourShare(rows: string): string {
  return (
    `WITH ${rows}, ordered AS (SELECT target, lag(target) OVER (ORDER BY number, target) AS before FROM enough) ` +
    `SELECT 1 - count(*) FILTER (before IS NOT NULL AND target <> before) / (count(*) - 1), ` +
    `(SELECT sum(power(n / (SELECT count(*) FROM enough), 2)) FROM (SELECT count(*) AS n FROM enough GROUP BY target)) FROM ordered`
  );
}

/** What of the target's order that of the numbers explains: all of it where one is the other, scaled or bent. */
function likeness(rows: string, target: string): string {
  return (
    `WITH ${rows}, numbers AS (SELECT number, ${target} AS target FROM enough WHERE isfinite(${target})), ` +
    `ranked AS (SELECT rank() OVER (ORDER BY number) AS place, rank() OVER (ORDER BY target) AS goal FROM numbers) ` +
    `SELECT power(corr(place, goal), 2), 0 FROM ranked`
  );
}

/** Share of the rows whose class is the most frequent one of their value; beside it, of the most frequent class of all. */
function classShare(path: string, cell: string, target: string): string {
  return (
    `WITH pairs AS (SELECT ${cell} AS value, ${target} AS class, count(*)::DOUBLE AS n FROM ${fromStored(path)} WHERE NOT ${isMissing(target)} GROUP BY ALL) ` +
    `SELECT (SELECT sum(most) FROM (SELECT max(n) AS most FROM pairs GROUP BY value)) / sum(n), (SELECT max(total) FROM (SELECT sum(n) AS total FROM pairs GROUP BY class)) / sum(n) FROM pairs`
  );
}

/** Share of the target's variance that lies between the values; the baseline explains none. */
function varianceShare(path: string, cell: string, target: string, commas: Commas): string {
  const number = asNumberOf(commas, target);
  return (
    `WITH numbers AS (SELECT ${cell} AS value, ${number} AS number FROM ${fromStored(path)} WHERE NOT ${isMissing(target)} AND isfinite(${number})) ` +
    `SELECT 1 - (SELECT sum(within) FROM (SELECT var_pop(number) * count(*) AS within FROM numbers GROUP BY value)) / (var_pop(number) * count(*)), 0 FROM numbers`
  );
}
