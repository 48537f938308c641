/**
 * Gaps of a time series and what is put into them: rows that are not there (by their dates) and values that are missing. A
 * window sees what was known when it ended, so that nothing of the future comes in; means are learnt from training rows.
 */
import { AppError } from "../errors.ts";
import type { GapFillDocument } from "../graph/document.ts";

/** What was learnt from the training rows. JSON; stored with the model. */
export interface FittedFill {
  /** Usual distance from one row to the next, in the units of the column that tells the time; null without one. */
  readonly usual_step: number | null;
  /** Of `mean` and `constant`: what is put in, one a column of the window, as the values are after the steps; else empty. */
  readonly values: readonly number[];
}

/** Where more than so many usual steps lie between two rows, rows are missing. */
export const GAP = 1.5;
const DAY = 86_400_000;
/** A mean month of the Gregorian calendar. */
const MONTH = 30.436875 * DAY;
/** Places without a row, at most: for each row, and for a short series. */
const MOST_PLACES_A_ROW = 20;
const MOST_PLACES = 10_000;

/** Middle of the distances that are not zero (the lower of two); null where there are none. @param times ascending */
export function usualStep(times: Float64Array): number | null {
  const ahead = times
    .subarray(1)
    .map((time, row) => time - (times[row] as number))
    .filter((step) => step > 0)
    .sort();
  return ahead[Math.floor((ahead.length - 1) / 2)] ?? null;
}

/** Months and quarters differ in length: their mean is what long gaps are counted in. */
function countedStep(step: number): number {
  const days = step / DAY;
  if (days >= 28 && days <= 31) return MONTH;
  return days >= 90 && days <= 92 ? 3 * MONTH : step;
}

/**
 * Place of every row in a series without gaps, from 0: rows that are not there have places too.
 * @param times ascending, none missing, of the column that tells the time; null: every row follows the one before
 * @param step  the usual one, of the training rows
 * @throws AppError data.window_gap_too_long
 */
export function placesInTime(rowCount: number, times: Float64Array | null, step: number | null): Uint32Array {
  const places = Uint32Array.from({ length: rowCount }, (_, row) => row);
  if (times === null || step === null) return places;
  const most = Math.max(MOST_PLACES, MOST_PLACES_A_ROW * rowCount);
  const counted = countedStep(step);
  let place = 0;
  for (let row = 1; row < rowCount; row += 1) {
    const distance = (times[row] as number) - (times[row - 1] as number);
    place += distance > GAP * step ? Math.max(1, Math.round(distance / counted)) : 1;
    if (place - row > most) throw new AppError("data.window_gap_too_long", { row: row + 1, places: place - row, rows: rowCount });
    places[row] = place;
  }
  return places;
}

/**
 * One column on its places, with what is put where nothing is known.
 * - `previous`: the value before (pandas `ffill`)
 * - `linear`: on the line between the values on both sides where the window reaches to the second, else the value before
 *   (pandas `interpolate` of what is known at the window's end)
 * - `seasonal`: the value one season before, or two …; where there is none, the value before
 * - `mean`, `constant`: one value
 * Before the first known value nothing is put in, except by `mean` and `constant`.
 */
export class FilledSeries {
  private readonly known: Float64Array;
  private readonly filled: Float64Array;
  /** Of `linear`: the known places on both sides; −1 and the length where there are none. */
  private readonly sides: { readonly before: Int32Array; readonly after: Int32Array } | null;

  /** @param known values by place, NaN where nothing is known @param value of `mean` and `constant` */
  constructor(known: Float64Array, { method, season = 1 }: GapFillDocument, value: number | null) {
    this.known = known;
    this.filled = known.map((own) => (value === null || Number.isFinite(own) ? own : value));
    if (method === "seasonal") putInEarlier(this.filled, season);
    if (value === null) putInEarlier(this.filled, 1);
    this.sides = method === "linear" ? sidesOf(known) : null;
  }

  get places(): number {
    return this.known.length;
  }

  /** The last place up to this one whose value is known; −1 where there is none. Of `linear`. */
  lastKnown(place: number): number {
    return Number.isFinite(this.known[place]) ? place : (this.sides?.before[place] ?? -1);
  }

  /** The value of a place as it was known at `end`, the last place of a window; NaN where nothing was. */
  at(place: number, end: number): number {
    const plain = this.filled[place] as number;
    if (this.sides === null || Number.isFinite(this.known[place])) return plain;
    const [before, after] = [this.sides.before[place] as number, this.sides.after[place] as number];
    if (before < 0 || after > end || after >= this.known.length) return plain;
    const [low, high] = [this.known[before] as number, this.known[after] as number];
    return low + ((high - low) * (place - before)) / (after - before);
  }
}

/** Each place without a value gets what lies `back` places before it, which may have been put in too. */
function putInEarlier(values: Float64Array, back: number): void {
  for (let place = back; place < values.length; place += 1)
    if (!Number.isFinite(values[place])) values[place] = values[place - back] as number;
}

function sidesOf(known: Float64Array): { before: Int32Array; after: Int32Array } {
  const before = new Int32Array(known.length).fill(-1);
  const after = new Int32Array(known.length).fill(known.length);
  for (let place = 0, last = -1; place < known.length; place += 1) {
    before[place] = last;
    if (Number.isFinite(known[place])) last = place;
  }
  for (let place = known.length - 1, next = known.length; place >= 0; place -= 1) {
    after[place] = next;
    if (Number.isFinite(known[place])) next = place;
  }
  return { before, after };
}

/** Values by row → values by place. @param places of the rows, ascending from the first */
export function onPlaces(values: Float64Array, places: Uint32Array): Float64Array {
  const first = places[0] ?? 0;
  const known = new Float64Array((places.at(-1) ?? -1) - first + 1).fill(Number.NaN);
  for (let row = 0; row < values.length; row += 1) known[(places[row] as number) - first] = values[row] as number;
  return known;
}

/** Mean of the values that are known; NaN where none is. */
export function meanOfKnown(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values)
    if (Number.isFinite(value)) {
      sum += value;
      count += 1;
    }
  return sum / count;
}
