/**
 * What is known of the rows themselves beside the design: how many there are and how many different values a column has. A design
 * does not hold it (the same design learns from other data tomorrow), so checks that need it are silent where nobody told them.
 */
import type { DataDocument } from "../graph/document.ts";

export interface DataFacts {
  /** Of the whole data set. */
  readonly rows: number;
  /** Different values by column, of all rows, missing ones not counted. */
  readonly distinct: ReadonlyMap<string, number>;
  /** Rows of each value, of columns of categories all of whose values are known. */
  readonly counts?: ReadonlyMap<string, readonly { readonly label: string; readonly count: number }[]>;
  /** The least number of a column. */
  readonly lows?: ReadonlyMap<string, number>;
  /** How large the numbers of a column are: the size of its mean or its deviation, whichever is more. */
  readonly sizes?: ReadonlyMap<string, number>;
}

/**
 * The most rows that can be learnt from: what is held out is left out, what a condition leaves out is not known and stays in. Null
 * where a row is not what is learnt from (graphs), or nothing is known.
 */
export function mostTrainingRows(data: DataDocument | null, facts: Pick<DataFacts, "rows"> | null): number | null {
  if (data === null || facts === null || data.graph !== undefined) return null;
  const { split, window } = data;
  const rows = window === undefined ? facts.rows : Math.max(0, facts.rows - window.length - window.horizon + 1);
  switch (split.method) {
    case "none":
    // Which rows are whose is written in a column.
    case "column":
      return rows;
    case "stratified":
    case "random":
    case "grouped":
    case "time": {
      const test = split.test_fraction ?? 0;
      const kept = split.folds === undefined ? 1 - split.validation_fraction - test : (1 - test) * (1 - 1 / split.folds);
      // 0.7 of 1000 is 700 and no rounding more.
      return Math.ceil(rows * kept - 1e-9);
    }
    default:
      return split.method satisfies never;
  }
}
