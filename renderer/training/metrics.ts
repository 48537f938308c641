/** Names of curves and figures: which metric a name belongs to, of which rows, what comes first, and which way is better. */
export type CurvePart = "training" | "validation" | "batch";

/** The loss of single steps, between the epochs. */
const BATCH_LOSS = "batch_loss";
const VALIDATION = "val_";
/** Shown first, in this order; others follow by name. */
const ORDER = ["loss", "accuracy", "auc", "mae", "rmse", "r2"];
const HIGHER_IS_BETTER = new Set(["accuracy", "auc", "r2"]);

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
  return ORDER.find((kind) => metric === kind || metric.endsWith(`_${kind}`)) ?? metric;
}

export function higherIsBetter(figure: string): boolean {
  return HIGHER_IS_BETTER.has(kindOfMetric(metricOfCurve(figure).metric));
}

function rank(metric: string): number {
  const place = ORDER.indexOf(kindOfMetric(metric));
  return place === -1 ? ORDER.length : place;
}

/** Metrics of some curves, each once, the most asked for first. */
export function metricsOfCurves(names: Iterable<string>): readonly string[] {
  const metrics = new Set([...names].map((name) => metricOfCurve(name).metric));
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
