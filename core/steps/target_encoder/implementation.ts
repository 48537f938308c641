/**
 * Target encoder as scikit-learn's TargetEncoder: smoothed means (an empirical Bayes estimate where no smoothing is
 * given), one column for a number or two classes, one a class for more. Rows in general get the means of all training
 * rows; the training rows themselves get those of the other folds (cross-fitting).
 */
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { recode } from "../categories.ts";
import {
  type CrossLearner,
  categoriesOf,
  type NumberStepColumn,
  type StepColumn,
  type StepImplementation,
  type StepTarget,
} from "../step.ts";
import type definition from "./definition.ts";
import { FoldSums } from "./fold-sums.ts";
import { plainFolds, rowsApart, stratifiedFolds } from "./folds.ts";

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
    const learner = learnerOf(columns.length, config, target ?? null);
    for (let pass = 0; pass < passesOf(config); pass += 1) {
      if (pass > 0) learner.again();
      learner.add(columns);
    }
    return learner.finish().fitted;
  },
  crossFit: { passes: passesOf, learner: learnerOf },
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
};
export default implementation;

/** How far rows lie from their category's mean can only be told once that is known. */
function passesOf(config: Readonly<Record<string, unknown>>): number {
  return (config as Config).smooth === null ? 2 : 1;
}

function learnerOf(columns: number, config: Readonly<Record<string, unknown>>, target: StepTarget | null): CrossLearner {
  const { smooth, folds, shuffle, seed } = config as Config;
  const { names, values, codes } = numbersOfTarget(target);
  const { placeOf, firstOf } = rowsApart(target?.rowIds ?? Uint32Array.from({ length: values[0]?.length ?? 0 }, (_, row) => row));
  const rows = firstOf.length;
  const count = Math.min(folds, rows);
  if (count < 2) throw new AppError("data.too_few_rows_for_folds", { rows, folds });
  const drawn = shuffle ? seed : null;
  const own = codes === null ? null : Int32Array.from(firstOf, (row) => codes[row] as number);
  const folded = own === null ? plainFolds(rows, count, drawn) : stratifiedFolds(own, count, drawn);
  const foldOf = Int32Array.from(placeOf, (place) => folded[place] as number);
  const sums = new FoldSums(columns, { values, foldOf, folds: count });
  const stateOf = (left: number): State => ({ names, ...sums.meansWithout(left, smooth) });
  return {
    foldOf,
    add: (piece) => sums.add(piece.map(categoriesOf)),
    again: () => sums.again(),
    finish: () => ({ fitted: stateOf(count), folds: Array.from({ length: count }, (_, fold) => stateOf(fold)) }),
  };
}

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
