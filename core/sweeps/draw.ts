/** Values of a dimension: the points of its grid, one by chance, and where a value lies between its ends. */
import type { Random } from "../data/random.ts";
import type { Dimension, RangeValues, Values } from "./plan.ts";

/** The points of a grid, ends included; whole numbers once each. */
export function gridValues(values: Values): readonly unknown[] {
  if (values.form === "list") return values.values;
  if (values.step !== undefined) return Array.from({ length: Math.min(MOST_POINTS, stepsOf(values)) }, (_, k) => stepAt(values, k));
  const { points, low, high, scale, whole } = values;
  const at = (k: number): number => {
    // The ends are themselves, whatever rounding does to the logarithm between them.
    if (k === 0) return low;
    if (k === points - 1) return high;
    const value = between(low, high, scale, k / (points - 1));
    return whole ? Math.round(value) : rounded(value);
  };
  return [...new Set(Array.from({ length: points }, (_, k) => at(k)))];
}

/** How many different values a dimension has; infinity for a continuous one. */
export function countOf({ values }: Dimension): number {
  if (values.form === "list") return values.values.length;
  if (values.low === values.high) return 1;
  if (values.step !== undefined) return stepsOf(values);
  return values.whole ? Math.floor(values.high) - Math.ceil(values.low) + 1 : Number.POSITIVE_INFINITY;
}

/** The values of a dimension that has finitely many, numbered from 0. */
export function valueNumber(values: Values, place: number): unknown {
  if (values.form === "list") return values.values[place];
  if (values.low === values.high) return values.low;
  return values.step === undefined ? Math.ceil(values.low) + place : stepAt(values, place);
}

export function drawValue(values: Values, random: Random): unknown {
  return values.form === "list" ? values.values[random.below(values.values.length)] : valueAt(values, random.float());
}

/**
 * @param share 0 to 1, even on the dimension's scale. Each whole number has the stretch of half a number to either side:
 *              the ends would come half as often otherwise
 */
export function valueAt(values: RangeValues, share: number): number {
  // Each step has a stretch of its own, as each whole number has.
  if (values.step !== undefined) return stepAt(values, Math.min(stepsOf(values) - 1, Math.max(0, Math.floor(share * stepsOf(values)))));
  const [low, high] = boundsOf(values);
  const value = between(low, high, values.scale, Math.min(1, Math.max(0, share)));
  const kept = Math.min(values.high, Math.max(values.low, value));
  return values.whole ? Math.round(kept) : rounded(kept);
}

/** The inverse of valueAt: where a value lies, 0 to 1. */
export function shareOf(values: RangeValues, value: number): number {
  if (values.step !== undefined) return Math.min(1, Math.max(0, ((value - values.low) / values.step + 0.5) / stepsOf(values)));
  const [low, high] = boundsOf(values);
  if (low === high) return 0.5;
  const scale = values.scale === "log" ? Math.log : (x: number): number => x;
  return Math.min(1, Math.max(0, (scale(value) - scale(low)) / (scale(high) - scale(low))));
}

/** As many as a list may have. */
const MOST_POINTS = 1000;

/** How many values lie a step apart; the high end is one of them where it is so many whole steps away. */
function stepsOf({ low, high, step = 1 }: RangeValues): number {
  return Math.floor((high - low) / step + 1e-9) + 1;
}

/** Whether there is nothing between the ends, or no logarithm of them. */
export function isEmptyRange(values: Values): boolean {
  return values.form === "range" && (values.low > values.high || (values.scale === "log" && values.low <= 0));
}

function stepAt({ low, step = 1, whole }: RangeValues, place: number): number {
  const value = low + place * step;
  return whole ? Math.round(value) : rounded(value);
}

function boundsOf({ low, high, whole }: RangeValues): readonly [number, number] {
  return whole ? [low - 0.5, high + 0.5] : [low, high];
}

function between(low: number, high: number, scale: "linear" | "log", share: number): number {
  return scale === "log" ? low * (high / low) ** share : low + (high - low) * share;
}

/** Six digits are as many as a person would type, and more than a search can tell apart. */
const rounded = (value: number): number => Number(value.toPrecision(6));
