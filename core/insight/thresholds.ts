/**
 * What choosing another threshold would do: at every point of a ROC curve how many rows are right and wrong in which way, every rate
 * that follows, what the errors cost, and the point that serves an aim best.
 */

/** The parts of an evaluated curve that are read here. */
export interface RocCurve {
  /** False positive rate and true positive rate; `thresholds` null where nothing counts as yes. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly thresholds: readonly (number | null)[];
}

/** Rows (or their weight) at one threshold: what counts as yes above it, by what it is. */
export interface ThresholdPoint {
  /** Null: above every score, nothing counts as yes. */
  readonly threshold: number | null;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** @param yes and no: rows (or their weight) that are of the class, and that are not */
export function thresholdPoints({ x, y, thresholds }: RocCurve, yes: number, no: number): ThresholdPoint[] {
  return x.map((falseRate, place) => {
    const truePositives = counted((y[place] ?? 0) * yes);
    const falsePositives = counted(falseRate * no);
    return {
      threshold: thresholds[place] ?? null,
      truePositives,
      falsePositives,
      trueNegatives: no - falsePositives,
      falseNegatives: yes - truePositives,
    };
  });
}

/** A share of a count is that of whole rows, as far as a share has the digits for it: 2.9999999999999996 rows would be fewer than three. */
function counted(rows: number): number {
  const whole = Math.round(rows);
  return Math.abs(rows - whole) <= Number.EPSILON * 8 * Math.max(1, rows) ? whole : rows;
}

/**
 * A point counts rows at its threshold as yes, a model only those above: what it is to keep is the float32 just below.
 * 1 where nothing counts as yes.
 */
export function keptThreshold({ threshold }: ThresholdPoint): number {
  if (threshold === null) return 1;
  const number = new Float32Array([threshold]);
  const bits = new Int32Array(number.buffer);
  const [own = 0, old = 0] = [number[0], bits[0]];
  if (own < threshold) return own;
  bits[0] = own > 0 ? old - 1 : own < 0 ? old + 1 : -0x7fffffff;
  return number[0] ?? 0;
}

/** The place of the point that has the rows that a model counts as yes at this threshold. */
export const pointAt = (points: readonly ThresholdPoint[], kept: number): number =>
  Math.max(
    0,
    points.findLastIndex(({ threshold }) => threshold === null || threshold > kept),
  );

/** Rates of a two by two table, by the names of statistics (https://en.wikipedia.org/wiki/Confusion_matrix). NaN where nothing is divided. */
export const RATES = {
  recall: (p: ThresholdPoint) => p.truePositives / (p.truePositives + p.falseNegatives),
  specificity: (p: ThresholdPoint) => p.trueNegatives / (p.trueNegatives + p.falsePositives),
  precision: (p: ThresholdPoint) => p.truePositives / (p.truePositives + p.falsePositives),
  negative_predictive_value: (p: ThresholdPoint) => p.trueNegatives / (p.trueNegatives + p.falseNegatives),
  false_positive_rate: (p: ThresholdPoint) => p.falsePositives / (p.trueNegatives + p.falsePositives),
  false_negative_rate: (p: ThresholdPoint) => p.falseNegatives / (p.truePositives + p.falseNegatives),
  false_discovery_rate: (p: ThresholdPoint) => p.falsePositives / (p.truePositives + p.falsePositives),
  false_omission_rate: (p: ThresholdPoint) => p.falseNegatives / (p.trueNegatives + p.falseNegatives),
  accuracy: (p: ThresholdPoint) => (p.truePositives + p.trueNegatives) / all(p),
  f1: (p: ThresholdPoint) => (2 * p.truePositives) / (2 * p.truePositives + p.falsePositives + p.falseNegatives),
  predicted_yes: (p: ThresholdPoint) => (p.truePositives + p.falsePositives) / all(p),
} as const;
export type Rate = keyof typeof RATES;
export const RATE_NAMES = Object.keys(RATES) as readonly Rate[];

const all = (p: ThresholdPoint): number => p.truePositives + p.falsePositives + p.trueNegatives + p.falseNegatives;

export interface ErrorCosts {
  readonly falsePositive: number;
  readonly falseNegative: number;
}

export const costOf = (p: ThresholdPoint, costs: ErrorCosts): number =>
  p.falsePositives * costs.falsePositive + p.falseNegatives * costs.falseNegative;

export type Aim =
  | { readonly kind: "cost"; readonly costs: ErrorCosts }
  | { readonly kind: "accuracy" }
  | { readonly kind: "f1" }
  /** The fewest false alarms among points that find at least this share. */
  | { readonly kind: "recall"; readonly least: number }
  /** The most found among points of which at least this share is right. */
  | { readonly kind: "precision"; readonly least: number };

/** The place of the point that serves the aim best; of equal ones the highest threshold. -1 where none does. */
export function bestPoint(points: readonly ThresholdPoint[], aim: Aim): number {
  const worth = worthOf(aim);
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  points.forEach((point, place) => {
    const value = worth(point);
    if (value > most) [best, most] = [place, value];
  });
  return best;
}

function worthOf(aim: Aim): (point: ThresholdPoint) => number {
  switch (aim.kind) {
    case "cost":
      return (point) => -costOf(point, aim.costs);
    case "accuracy":
      return RATES.accuracy;
    case "f1":
      return RATES.f1;
    case "recall":
      return (point) => (RATES.recall(point) >= aim.least ? -point.falsePositives : Number.NEGATIVE_INFINITY);
    case "precision":
      return (point) => (RATES.precision(point) >= aim.least ? point.truePositives : Number.NEGATIVE_INFINITY);
    default:
      return aim satisfies never;
  }
}
