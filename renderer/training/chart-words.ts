/** Names of metrics and numbers of the horizontal axis as people read them. */
import { isCourseCurve } from "../../core/metrics/curve-names.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { isGoing } from "../state/runs.ts";
import { formatCount, formatFigure, formatSeconds, formatShort } from "../ui/format.ts";
import type { Translate } from "../ui/texts.ts";
import type { Domain } from "./axes.ts";
import type { XAxisKind } from "./chart-settings.ts";
import { formatClock, formatClockMark } from "./clock-axis.ts";
import { figureTexts, kindOfMetric, metricOfCurve, metricSummary } from "./metrics.ts";

export function metricTitle(metric: string, t: Translate): string {
  if (isCourseCurve(metric)) return t(`charts.course.${metric}`);
  const kind = kindOfMetric(metric);
  const words = kind === "loss" ? t("metric.loss") : figureTexts(kind)?.[t("metric.language") === "zh" ? "zh" : "en"];
  if (words === undefined) return metric;
  // Of several outputs, each has its own: "price · R²".
  return metric === kind ? words : `${metric.slice(0, -kind.length - 1)} · ${words}`;
}

/** What a figure measures, and where it is not defined; undefined of the loss and of what no metric gives. */
export const metricHelp = (metric: string, t: Translate): string | undefined =>
  metricSummary(kindOfMetric(metric), t("metric.language") === "zh" ? "zh" : "en") ?? undefined;

/**
 * A place on the horizontal axis, in full: which step it is, however many there are.
 * @param domain of the axis, where it is known: of a clock it says whether the date has to be told too
 */
export function formatX(x: number, axis: XAxisKind, domain?: Domain): string {
  if (axis === "clock") return domain === undefined ? formatClock(x) : formatClockMark(x, domain, Number.POSITIVE_INFINITY);
  if (axis === "time") return formatSeconds(x).replace(/\.0+ s/, " s");
  return axis === "step" ? formatCount(Math.round(x)) : String(Number(x.toFixed(2)));
}

/** A mark of the horizontal axis: a step in short where nothing is lost ("525 k"), in full where it lies nearer ("525,050"). */
export function formatXMark(x: number, axis: Exclude<XAxisKind, "clock">): string {
  const step = Math.round(x);
  return axis === "step" && Number(step.toPrecision(3)) === step ? formatShort(step).replace(/\.0+ /, " ") : formatX(x, axis);
}

/** "12 / 20"; nothing of what trains by no epochs: a baseline, an ensemble. */
export function epochsText({ epoch, epochs }: Pick<Run, "epoch" | "epochs">, t: Translate): string {
  return epochs === 0 ? "" : t("runs.epochs_value", { epoch: formatCount(epoch), epochs: formatCount(epochs) });
}

/** Why a run has no curves. */
export function noCurvesText(run: Run, t: Translate): string {
  if (run.epochs === 0) return t("charts.no_epochs");
  if (run.status === "queued") return t("charts.queued", { name: run.name });
  if (isGoing(run)) return t("charts.first_points");
  return t(run.step > 0 ? "charts.imported" : "charts.no_curves");
}

/** From here on a mark has more digits than the axis has room for. */
const SHORTENED_FROM = 100_000;

/** A mark of the value axis: "0.35", "20,000", "1.5e6", "2e35". */
export function formatMark(value: number): string {
  if (Number.isFinite(value) && Math.abs(value) >= SHORTENED_FROM) return value.toExponential(2).replace(/\.?0*e\+/, "e");
  return formatFigure(value).replace(/\.?0+e/, "e");
}

/** Decimals beyond which marks are told as "1.5e-4". */
const MOST_DECIMALS = 5;

/**
 * How the marks of one axis are written: with the same number of decimals ("0.00", "0.25", "0.50") where they stand evenly.
 * Marks of a logarithmic axis, which do not, are written each for itself ("0.1", "1", "10").
 */
export function markFormat(marks: readonly number[]): (value: number) => string {
  if (!evenlySpaced(marks)) return formatMark;
  const most = Math.max(...marks.map(Math.abs));
  const decimals = Math.max(...marks.map(decimalsOf));
  if (most >= SHORTENED_FROM || (most > 0 && decimals > MOST_DECIMALS)) {
    const digits = Math.min(3, Math.max(...marks.map((mark) => decimalsOf(Number(mark.toExponential().split("e")[0])))));
    return (value) => (value === 0 ? "0" : value.toExponential(digits).replace("e+", "e"));
  }
  const written = new Intl.NumberFormat("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return (value) => written.format(value);
}

/** The same for times along the horizontal axis: "0.0 s", "0.5 s", "1.0 s". From a minute on they are minutes and seconds. */
export function secondsFormat(marks: readonly number[]): (value: number) => string {
  if (marks.some((mark) => mark >= 60)) return (value) => formatX(value, "time");
  const format = markFormat(marks);
  return (value) => `${format(value)} s`;
}

function evenlySpaced(marks: readonly number[]): boolean {
  const step = (marks[1] ?? 0) - (marks[0] ?? 0);
  return marks.every((mark, index) => index === 0 || Math.abs(mark - (marks[index - 1] ?? 0) - step) <= 1e-6 * Math.abs(step));
}

/** Of a mark that was rounded to what is to be read: 0.25 has two, 1e-7 has seven. */
function decimalsOf(value: number): number {
  const [digits = "", power = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1] ?? "").length - Number(power));
}

/** A figure of a table: "Loss, validation". */
export function figureTitle(figure: string, t: Translate): string {
  const { metric, part } = metricOfCurve(figure);
  return t("charts.figure", { metric: metricTitle(metric, t), part: t(`charts.part.${part}`) });
}
