/** Impute: as scikit-learn's SimpleImputer, which also takes the smallest of several most frequent values. */

import type { CategoryColumn } from "../../data/table.ts";
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { compareCodePoints } from "../order.ts";
import { columnByColumn, type StepColumn } from "../step.ts";
import definition from "./definition.ts";

type Config = ConfigOf<typeof definition.schema>;

/** The value that is put in: a number in number columns, a name in category columns. */
interface State {
  readonly value: number | string;
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column, config) => {
    if (column.kind === "category") return { value: categoryFor(column, config) };
    if (column.kind === "number") return { value: numberFor(column.name, column.values, config) };
    throw wrongColumn(column, config);
  },
  apply: (column, { value }) => {
    if (column.kind === "category") return fillCategory(column, String(value));
    if (column.kind !== "number") throw new Error(`column '${column.name}' is of kind ${column.kind}`);
    const fill = Number(value);
    return { ...column, values: column.values.map((given) => (Number.isNaN(given) ? fill : given)) };
  },
  // What was there stays as it was; an autoencoder's output passes here on its way back.
  inverse: (value) => value,
});

function numberFor(name: string, values: Float64Array, config: Config): number {
  if (config.strategy === "constant") return config.value;
  if (config.strategy === "category")
    throw new AppError("data.impute_wrong_strategy", {
      column: name,
      strategy: config.strategy,
      type: "numeric",
      allowed: "constant, mean, median, most_frequent",
    });
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const count = present.length;
  if (count === 0) throw new AppError("data.column_all_missing", { column: name, strategy: config.strategy });
  switch (config.strategy) {
    case "mean":
      return present.reduce((sum, value) => sum + value, 0) / count;
    case "median":
      return ((present[(count - 1) >> 1] as number) + (present[count >> 1] as number)) / 2;
    case "most_frequent":
      return longestRun(present);
    default:
      return config.strategy satisfies never;
  }
}

/** The most frequent value of a sorted list; of several the first, which is the smallest. */
function longestRun(sorted: Float64Array): number {
  let best = Number.NaN;
  let bestLength = 0;
  let length = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    length = i > 0 && sorted[i] === sorted[i - 1] ? length + 1 : 1;
    if (length > bestLength) {
      bestLength = length;
      best = sorted[i] as number;
    }
  }
  return best;
}

function categoryFor(column: CategoryColumn, config: Config): string {
  if (config.strategy === "category") return config.category;
  if (config.strategy !== "most_frequent") throw wrongColumn(column, config);
  const counts = new Float64Array(column.categories.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  let best: string | null = null;
  let bestCount = 0;
  column.categories.forEach((name, code) => {
    const count = counts[code] as number;
    if (count > bestCount || (count === bestCount && best !== null && compareCodePoints(name, best) < 0)) {
      bestCount = count;
      best = name;
    }
  });
  if (best === null) throw new AppError("data.column_all_missing", { column: column.name, strategy: config.strategy });
  return best;
}

function wrongColumn(column: StepColumn, config: Config): AppError {
  return new AppError("data.impute_wrong_strategy", {
    column: column.name,
    strategy: config.strategy,
    type: "categorical",
    allowed: "category, most_frequent",
  });
}

function fillCategory(column: CategoryColumn, name: string): CategoryColumn {
  if (!column.codes.includes(-1)) return column;
  const known = column.categories.indexOf(name);
  const code = known >= 0 ? known : column.categories.length;
  return {
    ...column,
    categories: known >= 0 ? column.categories : [...column.categories, name],
    codes: column.codes.map((given) => (given < 0 ? code : given)),
  };
}
