/** Names of metrics and numbers of the horizontal axis as people read them. */
import { formatSeconds, formatShort } from "../ui/format.ts";
import type { Translate } from "../ui/texts.ts";
import type { XAxisKind } from "./chart-settings.ts";
import { kindOfMetric, metricOfCurve } from "./metrics.ts";

export function metricTitle(metric: string, t: Translate): string {
  const kind = kindOfMetric(metric);
  const known = ["loss", "accuracy", "auc", "mae", "rmse", "r2"] as const;
  const words = known.find((name) => name === kind);
  if (words === undefined) return metric;
  // Of several outputs, each has its own: "price · R²".
  return metric === kind ? t(`metric.${words}`) : `${metric.slice(0, -kind.length - 1)} · ${t(`metric.${words}`)}`;
}

export function formatX(x: number, axis: XAxisKind): string {
  if (axis === "time") return formatSeconds(x);
  return axis === "step" ? formatShort(Math.round(x)) : String(Number(x.toFixed(2)));
}

/** A figure of a table: "Loss, validation". */
export function figureTitle(figure: string, t: Translate): string {
  const { metric, part } = metricOfCurve(figure);
  return t("charts.figure", { metric: metricTitle(metric, t), part: t(`charts.part.${part}`) });
}
