/**
 * Fill in by neighbours as scikit-learn's KNNImputer: distances over the columns that both rows have, made up for those
 * that they have not; of equally near rows the first counts. Where no row can be compared, the column's mean.
 */
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { numbersOf, type StepColumn, type StepImplementation } from "../step.ts";
import type definition from "./definition.ts";

type Config = ConfigOf<typeof definition.schema>;
interface State {
  /** Kept training rows, one list a column; null is missing. */
  readonly rows: readonly (readonly (number | null)[])[];
  /** Of all training rows. */
  readonly means: readonly number[];
}
interface Donor {
  readonly distance: number;
  readonly value: number;
}

const implementation: StepImplementation = {
  fit: (columns, config) => {
    const { most_rows } = config as Config;
    const data = columns.map(numbersOf);
    const count = data[0]?.length ?? 0;
    const kept = Array.from({ length: Math.min(count, most_rows) }, (_, i) => Math.floor((i * count) / Math.min(count, most_rows)));
    const state: State = {
      rows: data.map((values) => kept.map((row) => presentOrNull(values[row] as number))),
      means: columns.map(meanOf),
    };
    return state;
  },
  apply: (columns, fitted, config) => {
    const { rows, means } = fitted as State;
    const donors = rows.map((values) => Float64Array.from(values, (value) => value ?? Number.NaN));
    const given = columns.map(numbersOf);
    const filled = given.map((values) => values.slice());
    const count = given[0]?.length ?? 0;
    for (let row = 0; row < count; row += 1) {
      if (!given.some((values) => Number.isNaN(values[row]))) continue;
      const distances = distancesTo(given, donors, row);
      given.forEach((values, place) => {
        if (Number.isNaN(values[row]))
          (filled[place] as Float64Array)[row] =
            valueFor(donors[place] as Float64Array, distances, config as Config) ?? (means[place] as number);
      });
    }
    return columns.map((column, place) => [{ kind: "number", name: column.name, values: filled[place] as Float64Array }]);
  },
};
export default implementation;

const presentOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function meanOf(column: StepColumn): number {
  const present = numbersOf(column).filter((value) => !Number.isNaN(value));
  if (present.length === 0) throw new AppError("data.column_all_missing", { column: column.name, strategy: "nearest_neighbours" });
  return present.reduce((sum, value) => sum + value, 0) / present.length;
}

/** NaN where a row shares no column with a donor. */
function distancesTo(given: readonly Float64Array[], donors: readonly Float64Array[], row: number): Float64Array {
  const distances = new Float64Array(donors[0]?.length ?? 0);
  for (let donor = 0; donor < distances.length; donor += 1) {
    let sum = 0;
    let shared = 0;
    for (let place = 0; place < given.length; place += 1) {
      const difference = ((given[place] as Float64Array)[row] as number) - ((donors[place] as Float64Array)[donor] as number);
      if (Number.isNaN(difference)) continue;
      sum += difference * difference;
      shared += 1;
    }
    distances[donor] = Math.sqrt((sum * given.length) / shared);
  }
  return distances;
}

/** Null where no donor that has the value can be compared. */
function valueFor(values: Float64Array, distances: Float64Array, { neighbours, weights }: Config): number | null {
  const nearest: Donor[] = [];
  for (let donor = 0; donor < values.length; donor += 1) {
    const value = values[donor] as number;
    const distance = distances[donor] as number;
    if (Number.isNaN(value) || Number.isNaN(distance)) continue;
    if (nearest.length === neighbours && distance >= (nearest.at(-1) as Donor).distance) continue;
    let place = nearest.length;
    while (place > 0 && (nearest[place - 1] as Donor).distance > distance) place -= 1;
    nearest.splice(place, 0, { distance, value });
    if (nearest.length > neighbours) nearest.pop();
  }
  if (nearest.length === 0) return null;
  // Where rows are the same, only those count.
  const same = nearest.filter(({ distance }) => distance === 0);
  const counting = weights === "distance" && same.length > 0 ? same : nearest;
  const weightOf = ({ distance }: Donor): number => (weights === "uniform" || same.length > 0 ? 1 : 1 / distance);
  const total = counting.reduce((sum, donor) => sum + weightOf(donor), 0);
  return counting.reduce((sum, donor) => sum + weightOf(donor) * donor.value, 0) / total;
}
