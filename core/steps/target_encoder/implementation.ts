/**
 * Target encoder as scikit-learn's TargetEncoder: smoothed means (an empirical Bayes estimate where no smoothing is
 * given), one column for a number or two classes, one a class for more. Rows in general get the means of all training
 * rows; the training rows themselves get those of the other folds (cross-fitting).
 */
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { presentCategories, recode } from "../categories.ts";
import { compareCodePoints } from "../order.ts";
import { categoriesOf, type NumberStepColumn, type StepColumn, type StepImplementation, type StepTarget } from "../step.ts";
import type definition from "./definition.ts";
import { plainFolds, stratifiedFolds } from "./folds.ts";

type Config = ConfigOf<typeof definition.schema>;
interface Encoding {
  readonly categories: readonly string[];
  /** One list a number of the target; its first place is for missing values, then one a category. */
  readonly means: readonly (readonly number[])[];
}
interface State {
  readonly columns: readonly Encoding[];
  /** Means over all training rows: what an unknown category gets. */
  readonly overall: readonly number[];
  /** Names of the numbers; one empty name where there is one number. */
  readonly names: readonly string[];
}

const implementation: StepImplementation = {
  fit: (columns, config, target) => {
    const { names, values } = numbersOfTarget(target ?? null);
    const state: State = {
      names,
      overall: values.map((one) => meanOf(one)),
      columns: columns.map((column) => {
        const categories = presentCategories(categoriesOf(column)).sort(compareCodePoints);
        const places = placesOf(column, categories);
        return { categories, means: values.map((one) => smoothedMeans(places, categories.length + 1, one, null, config as Config)) };
      }),
    };
    return state;
  },
  apply: (columns, fitted) => {
    const state = fitted as State;
    return columns.map((column, place) => {
      const { categories, means } = state.columns[place] as Encoding;
      const places = placesOf(column, categories);
      return numberColumns(column, state.names, (number, row) => {
        const known = places[row] as number;
        return (known < 0 ? state.overall[number] : means[number]?.[known]) as number;
      });
    });
  },
  applyToTraining: (columns, fitted, config, target) => {
    const state = fitted as State;
    const { folds, shuffle, seed } = config as Config;
    const { values, codes } = numbersOfTarget(target ?? null);
    const rows = values[0]?.length ?? 0;
    const count = Math.min(folds, rows);
    const drawn = shuffle ? seed : null;
    const foldOf = codes === null ? plainFolds(rows, count, drawn) : stratifiedFolds(codes, count, drawn);
    return columns.map((column, place) => {
      const { categories } = state.columns[place] as Encoding;
      const places = placesOf(column, categories);
      const others = Array.from({ length: count }, (_, fold) =>
        values.map((one) => smoothedMeans(places, categories.length + 1, one, (row) => foldOf[row] !== fold, config as Config)),
      );
      return numberColumns(
        column,
        state.names,
        (number, row) => others[foldOf[row] as number]?.[number]?.[places[row] as number] as number,
      );
    });
  },
};
export default implementation;

/** 0 for a missing value, 1 … for categories, −1 for one that is not known. */
function placesOf(column: StepColumn, categories: readonly string[]): Int32Array {
  const given = categoriesOf(column);
  return recode(given, categories).map((code, row) => ((given.codes[row] as number) < 0 ? 0 : code < 0 ? -1 : code + 1));
}

function numberColumns(column: StepColumn, names: readonly string[], valueAt: (number: number, row: number) => number): NumberStepColumn[] {
  const { codes } = categoriesOf(column);
  return names.map((name, number) => ({
    kind: "number",
    name: name === "" ? column.name : `${column.name}→${name}`,
    values: Float64Array.from(codes, (_, row) => valueAt(number, row)),
  }));
}

/** A number, two classes as 0 and 1, or a 0/1 number for each of more classes. */
function numbersOfTarget(target: StepTarget | null): { names: string[]; values: Float64Array[]; codes: Int32Array | null } {
  if (target === null) throw new AppError("data.target_encoder_needs_target");
  if (target.kind === "numbers") return { names: [""], values: [target.values], codes: null };
  const { codes, classes } = target;
  const marks = (one: number): Float64Array => Float64Array.from(codes, (code) => (code === one ? 1 : 0));
  if (classes.length <= 2) return { names: [""], values: [marks(1)], codes };
  return { names: [...classes], values: classes.map((_, one) => marks(one)), codes };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Smoothed mean of the target for each place. @param counts which rows are looked at; null for all */
function smoothedMeans(
  places: Int32Array,
  size: number,
  target: Float64Array,
  counts: ((row: number) => boolean) | null,
  { smooth }: Config,
): number[] {
  const own = counts === null ? target : target.filter((_, row) => counts(row));
  const overall = meanOf(own);
  const rows = new Float64Array(size);
  const sums = new Float64Array(size);
  const each = (act: (place: number, value: number) => void): void =>
    target.forEach((value, row) => {
      if (counts === null || counts(row)) act(places[row] as number, value);
    });
  each((place, value) => {
    rows[place] = (rows[place] as number) + 1;
    sums[place] = (sums[place] as number) + value;
  });
  if (smooth !== null)
    return Array.from(rows, (count, place) => {
      const weight = count + smooth;
      return weight === 0 ? overall : ((sums[place] as number) + smooth * overall) / weight;
    });
  const variance = own.reduce((sum, value) => sum + (value - overall) ** 2, 0) / own.length;
  const squares = new Float64Array(size);
  each((place, value) => {
    squares[place] = (squares[place] as number) + (value - (sums[place] as number) / (rows[place] as number)) ** 2;
  });
  return Array.from(rows, (count, place) => {
    const share = (variance * count) / (variance * count + (squares[place] as number) / count);
    return Number.isNaN(share) ? overall : share * ((sums[place] as number) / count) + (1 - share) * overall;
  });
}
