/** Precision, recall and F1 of each class and their means, as scikit-learn's precision_recall_fscore_support (zero_division 0). */
import type { Figures, MetricDetails, MetricTask, Tally } from "./metric.ts";
import { ACTUAL, HITS, PREDICTED, sumsOf } from "./tally.ts";

/** Of weights: hits, predicted, actual. */
export type ClassRate = (hits: number, predicted: number, actual: number) => number;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export const precisionOf: ClassRate = (hits, predicted) => share(hits, predicted);
export const recallOf: ClassRate = (hits, _predicted, actual) => share(hits, actual);
/** 2PR / (P + R), written so that it needs neither. */
export const f1Of: ClassRate = (hits, predicted, actual) => share(2 * hits, predicted + actual);

/** Asked of everything that is classes or labels. */
export const appliesToClasses = ({ kind }: MetricTask): boolean => kind !== "numbers";

/** Of yes for two classes, as everyone means it there; the mean over classes for several. */
export const epochFigure =
  (name: string) =>
  ({ kind }: MetricTask): readonly string[] =>
    kind === "numbers" ? [] : [kind === "two_classes" ? name : `${name}_macro`];

/** Of yes alone only where there are two classes. */
export const ratesOf =
  (name: string) =>
  ({ kind }: MetricTask): readonly string[] => [
    ...(kind === "two_classes" ? [name] : []),
    ...["macro", "micro", "weighted"].map((mean) => `${name}_${mean}`),
  ];

/** `name` of yes where there are two classes; macro over the classes that occur; micro; weighted by how often each occurs. */
export function averagedRates(tally: Tally, name: string, rate: ClassRate): Figures {
  const { task } = tally;
  let [hits, predicted, actual, macro, occurring, weighted] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < task.count; k++) {
    const sums = sumsOf(tally, k);
    const [h, p, a] = [sums[HITS] as number, sums[PREDICTED] as number, sums[ACTUAL] as number];
    const own = rate(h, p, a);
    hits += h;
    predicted += p;
    actual += a;
    weighted += a * own;
    // Labels are columns that are there whether or not any row has them; a class that occurs nowhere is no class of this set.
    if (task.kind !== "labels" && p === 0 && a === 0) continue;
    macro += own;
    occurring += 1;
  }
  const yes = sumsOf(tally, 1);
  return {
    ...(task.kind === "two_classes" ? { [name]: rate(yes[HITS] as number, yes[PREDICTED] as number, yes[ACTUAL] as number) } : {}),
    [`${name}_macro`]: share(macro, occurring),
    [`${name}_micro`]: rate(hits, predicted, actual),
    [`${name}_weighted`]: share(weighted, actual),
  };
}

export function rateOfEachClass(tally: Tally, name: string, rate: ClassRate): MetricDetails {
  const values = Array.from({ length: tally.task.count }, (_, k) => {
    const sums = sumsOf(tally, k);
    return rate(sums[HITS] as number, sums[PREDICTED] as number, sums[ACTUAL] as number);
  });
  return { perClass: { [name]: values } };
}
