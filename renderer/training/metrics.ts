/** Names of curves and figures: which metric a name belongs to, of which rows, what comes first, and which way is better. */
import { metricDefinitions } from "../../core/metrics/definitions.ts";
import type { FigureTexts } from "../../core/metrics/metric.ts";
import { CLOCK_CURVE } from "../../core/protocol/run-clock.ts";

export type CurvePart = "training" | "validation" | "batch";

/** The loss of single steps, between the epochs. */
const BATCH_LOSS = "batch_loss";
const VALIDATION = "val_";
const LOSS = "loss";

interface KnownFigure {
  readonly texts: FigureTexts;
  readonly higherIsBetter: boolean;
}

/** Every figure that a metric gives, in the order in which figures are shown: the loss first, then by rank. */
const KNOWN: ReadonlyMap<string, KnownFigure | null> = new Map([
  [LOSS, null],
  ...Object.values(metricDefinitions)
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ figures, better }) =>
      Object.entries(figures).map(([name, texts]): [string, KnownFigure] => [name, { texts, higherIsBetter: better === "higher" }]),
    ),
]);
const ORDER = [...KNOWN.keys()];
/** The longest first: `price_log_loss` is a log loss, not a loss. */
const BY_LENGTH = ORDER.toSorted((a, b) => b.length - a.length);

export function metricOfCurve(name: string): { readonly metric: string; readonly part: CurvePart } {
  if (name === BATCH_LOSS) return { metric: "loss", part: "batch" };
  return name.startsWith(VALIDATION) ? { metric: name.slice(VALIDATION.length), part: "validation" } : { metric: name, part: "training" };
}

export function curveName(metric: string, part: CurvePart): string {
  if (part === "batch") return metric === "loss" ? BATCH_LOSS : "";
  return part === "validation" ? `${VALIDATION}${metric}` : metric;
}

/** `out_accuracy` of a network with several outputs is an accuracy. */
export function kindOfMetric(metric: string): string {
  return BY_LENGTH.find((kind) => metric === kind || metric.endsWith(`_${kind}`)) ?? metric;
}

/** The words of a kind of metric; null for the loss, which has words of its own, and for what is not known. */
export function figureTexts(kind: string): FigureTexts | null {
  return KNOWN.get(kind)?.texts ?? null;
}

export function higherIsBetter(figure: string): boolean {
  return KNOWN.get(kindOfMetric(metricOfCurve(figure).metric))?.higherIsBetter === true;
}

function rank(metric: string): number {
  const place = ORDER.indexOf(kindOfMetric(metric));
  return place === -1 ? ORDER.length : place;
}

/** Curves that are no metric: how the training itself goes (main/engine/course-figures.ts). */
export const COURSE_CURVES = ["learning_rate", "gradient_norm", "samples_per_second"] as const;
export type CourseCurve = (typeof COURSE_CURVES)[number];

export const isCourseCurve = (name: string): name is CourseCurve => COURSE_CURVES.some((one) => one === name);

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
