/** How the charts are drawn: horizontal axis, smoothing, logarithmic axis, outliers. */
import { useEffect, useId } from "react";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { Select } from "../ui/Field.tsx";
import { Hint } from "../ui/Hint.tsx";
import { useText } from "../ui/texts.ts";
import { loadChartSettings, setChart, setZoom, useChartSettings, useZoom, X_AXES } from "./chart-settings.ts";
import { MOST_SMOOTHING } from "./smoothing.ts";

/** The slider moves evenly over how many points are averaged, which is 1 / (1 − weight): most of it is near the right end. */
const SLIDER_STEPS = 100;
function weightOf(place: number): number {
  return Number((1 - (1 - MOST_SMOOTHING) ** (place / SLIDER_STEPS)).toFixed(3));
}
function placeOf(weight: number): number {
  return Math.round((SLIDER_STEPS * Math.log(1 - weight)) / Math.log(1 - MOST_SMOOTHING));
}

export function ChartControls() {
  const t = useText();
  const id = useId();
  const { xAxis, smoothing, log, ignoreOutliers, course, values } = useChartSettings();
  const zoom = useZoom((state) => state.range);
  useEffect(() => {
    loadChartSettings().catch(report);
  }, []);
  return (
    <div className="chart-controls">
      <Select
        className="small-input"
        aria-label={t("charts.x_axis")}
        value={xAxis}
        options={X_AXES.map((kind) => ({ value: kind, label: t(`charts.x.${kind}`) }))}
        onChange={(kind) => setChart({ xAxis: kind })}
      />
      <label htmlFor={id}>{t("charts.smoothing")}</label>
      <input
        id={id}
        className="smoothing"
        type="range"
        min={0}
        max={SLIDER_STEPS}
        value={placeOf(smoothing)}
        aria-valuetext={String(smoothing)}
        onChange={(event) => setChart({ smoothing: weightOf(Number(event.target.value)) })}
      />
      <output className="number smoothing-value" htmlFor={id}>
        {smoothing}
      </output>
      {zoom !== null && (
        <Hint text={t("charts.whole_help")}>
          <Button small onClick={() => setZoom(null)}>
            {t("charts.whole")}
          </Button>
        </Hint>
      )}
      <Hint text={t("charts.log_help")}>
        <Button small aria-pressed={log} onClick={() => setChart({ log: !log })}>
          {t("charts.log")}
        </Button>
      </Hint>
      <Hint text={t("charts.outliers_help")}>
        <Button small aria-pressed={ignoreOutliers} onClick={() => setChart({ ignoreOutliers: !ignoreOutliers })}>
          {t("charts.outliers")}
        </Button>
      </Hint>
      <Hint text={t("charts.course_help")}>
        <Button small aria-pressed={course} onClick={() => setChart({ course: !course })}>
          {t("charts.course")}
        </Button>
      </Hint>
      <Hint text={t("charts.values_help")}>
        <Button small aria-pressed={values} onClick={() => setChart({ values: !values })}>
          {t("charts.values")}
        </Button>
      </Hint>
    </div>
  );
}
