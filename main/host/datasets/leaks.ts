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
/** A column with nearly as many values as rows explains everything and says nothing. */
const FEWEST_ROWS_PER_VALUE = 5;
const MOST_CLASSES = 100;

/**
 * @param path    the stored table
 * @param columns its profile; words, dates and numbers of few values are looked at
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
      const suspects = columns.filter(({ name, distinct }) => name !== target && distinct > 1 && distinct * FEWEST_ROWS_PER_VALUE <= rows);
      const commas = commasOf(profile);
      const cellOf = (name: string): string => trimmed(columnId(names.indexOf(name)));
      const asClasses = profile.distinct <= MOST_CLASSES;
      if (!asClasses && profile.type !== "numeric") return [];
      const warnings: ErrorData[] = [];
      for (const { name, distinct } of suspects) {
        const query = asClasses
          ? classShare(path, cellOf(name), cellOf(target))
          : varianceShare(path, cellOf(name), cellOf(target), commas);
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
