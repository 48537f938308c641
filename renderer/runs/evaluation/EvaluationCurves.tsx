/** ROC, precision–recall and calibration of one output, as three small square charts; of several classes one at a time. */
import { useState } from "react";
import type { Run } from "../../../core/protocol/methods.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import type { AskedRows, EvaluatedOutput } from "./evaluated.ts";
import { RunThreshold } from "./RunThreshold.tsx";
import { UnitChart, unitPath, unitX, unitY } from "./UnitChart.tsx";

interface EvaluationCurvesProps {
  readonly run: Run;
  readonly of: AskedRows;
  readonly output: EvaluatedOutput;
  /** A threshold was kept with the model. */
  readonly onKept: () => void;
}

export function EvaluationCurves({ run, of, output, onKept }: EvaluationCurvesProps) {
  const t = useText();
  const labels = [...new Set(output.curves.map(({ label }) => label))];
  const [chosen, setChosen] = useState<string | null>(null);
  const label = chosen ?? labels[0];
  const bins = (output.calibration ?? []).flatMap(({ predicted, observed, rows }) =>
    predicted === null || observed === null ? [] : [{ predicted, observed, rows }],
  );
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  if (labels.length === 0 && bins.length === 0) return null;
  return (
    <section>
      <h3>{labels.length === 1 ? t("evaluation.curves_for", { label: label ?? "" }) : t("evaluation.curves")}</h3>
      {label !== undefined && labels.length > 1 && (
        <Field label={t("evaluation.against_rest")}>
          {(control) => (
            <Select {...control} value={label} options={labels.map((one) => ({ value: one, label: one }))} onChange={setChosen} />
          )}
        </Field>
      )}
      <div className="evaluation-curves">
        {output.curves
          .filter((curve) => curve.label === label)
          .map(({ kind, x, y, area }) => (
            <UnitChart
              key={kind}
              title={t(`evaluation.${kind}`, { area: formatFigure(area) })}
              across={t(kind === "roc" ? "evaluation.false_rate" : "evaluation.recall")}
              up={t(kind === "roc" ? "evaluation.true_rate" : "evaluation.precision")}
              diagonal={kind === "roc"}
            >
              <path className="curve" d={unitPath(x, y)} />
            </UnitChart>
          ))}
        {bins.length > 0 && (
          <UnitChart
            title={t("evaluation.calibration", { error: formatFigure(output.figures["expected_calibration_error"] ?? null) })}
            across={t("evaluation.predicted")}
            up={t("evaluation.observed")}
            diagonal
          >
            <path
              className="curve"
              d={unitPath(
                bins.map(({ predicted }) => predicted),
                bins.map(({ observed }) => observed),
              )}
            />
            {bins.map(({ predicted, observed, rows }) => (
              <circle key={predicted} cx={unitX(predicted)} cy={unitY(observed)} r={1.5 + 3.5 * Math.sqrt(rows / most)}>
                <title>
                  {t("evaluation.calibration_point", {
                    rows: formatCount(rows),
                    predicted: formatFigure(predicted, 3),
                    observed: formatFigure(observed, 3),
                  })}
                </title>
              </circle>
            ))}
          </UnitChart>
        )}
      </div>
      {bins.length > 0 && <p className="muted">{t("evaluation.calibration_help")}</p>}
      {label !== undefined && output.task !== "numbers" && (
        <RunThreshold key={label} run={run} of={of} output={output} label={label} onKept={onKept} />
      )}
    </section>
  );
}
