/** What a template's card says of the time and the result that training it once took and reached. */
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { metricTitle } from "../training/chart-words.ts";
import { metricOfCurve } from "../training/metrics.ts";
import type { Translate } from "../ui/texts.ts";

export type Expected = NonNullable<MethodOutput<"templates.list">["templates"][number]["expected"]>;

/** Whole seconds, or minutes from ninety seconds on: another machine takes another time anyway. */
function aboutTime(seconds: number, t: Translate): string {
  if (seconds < 1) return t("start.under_a_second");
  return seconds < 90
    ? t("start.about_seconds", { count: Math.round(seconds) })
    : t("start.about_minutes", { count: Math.round(seconds / 60) });
}

/** `about 8 s · Accuracy 0.97` */
export function expectedText({ seconds, metric, value }: Expected, t: Translate): string {
  return t("start.expected", {
    time: aboutTime(seconds, t),
    figure: metricTitle(metricOfCurve(metric).metric, t),
    value: value.toFixed(2),
  });
}
