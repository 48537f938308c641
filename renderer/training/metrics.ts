/** Names of curves and figures: which metric a name belongs to, of which rows, what comes first, and which way is better. */

import { BETWEEN, isBetweenEpochs, isCourseCurve } from "../../core/metrics/curve-names.ts";
import { readFigureName } from "../../core/metrics/figure-names.ts";
import type { FigureTexts } from "../../core/metrics/metric.ts";
import { CLOCK_CURVE } from "../../core/protocol/run-clock.ts";

/** `batch` and `check` lie between the ends of epochs: the last training batches, and validation rows every so many steps. */
export type CurvePart = "training" | "validation" | "batch" | "check";
/** In the order in which their lines are drawn. */
export const PARTS: readonly CurvePart[] = ["batch", "check", "training", "validation"];

const VALIDATION = "val_";

export function metricOfCurve(name: string): { readonly metric: string; readonly part: CurvePart } {
  if (isBetweenEpochs(name)) {
    const { metric, part } = metricOfCurve(name.slice(BETWEEN.length));
    return { metric, part: part === "validation" ? "check" : "batch" };
  }
  return name.startsWith(VALIDATION) ? { metric: name.slice(VALIDATION.length), part: "validation" } : { metric: name, part: "training" };
}

export function curveName(metric: string, part: CurvePart): string {
  const isValidation = part === "validation" || part === "check";
  return `${part === "batch" || part === "check" ? BETWEEN : ""}${isValidation ? VALIDATION : ""}${metric}`;
}

/** `out_accuracy` of a network with several outputs is an accuracy. */
export const kindOfMetric = (metric: string): string => readFigureName(metric).figure;

/** The words of a kind of metric; null for the loss, which has words of its own, and for what is not known. */
export const figureTexts = (kind: string): FigureTexts | null => readFigureName(kind).known?.texts ?? null;

/** What a metric measures, and where it is not defined. */
export const metricSummary = (kind: string, language: "en" | "zh"): string | null =>
  readFigureName(kind).known?.metric.texts[language].summary ?? null;

export function higherIsBetter(figure: string): boolean {
  return readFigureName(metricOfCurve(figure).metric).known?.metric.better === "higher";
}

const rank = (metric: string): number => readFigureName(metric).place;

/** Metrics of some curves, each once, the most asked for first. */
export function metricsOfCurves(names: Iterable<string>): readonly string[] {
  const metrics = new Set(
    [...names].filter((name) => !isCourseCurve(name) && name !== CLOCK_CURVE).map((name) => metricOfCurve(name).metric),
  );
  return [...metrics].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Names of figures in the order in which tables show them: validation before training, the most asked for first. */
export function sortedFigures(names: Iterable<string>): readonly string[] {
  const part = (name: string): number => (metricOfCurve(name).part === "validation" ? 0 : 1);
  return [...new Set(names)].sort((a, b) => {
    const [first, second] = [metricOfCurve(a).metric, metricOfCurve(b).metric];
    return rank(first) - rank(second) || (first < second ? -1 : first > second ? 1 : 0) || part(a) - part(b);
  });
}
