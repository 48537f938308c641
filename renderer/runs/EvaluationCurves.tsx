/** ROC, precision–recall and calibration of one output, as three small square charts; of several classes one at a time. */
import { useState } from "react";
import { Field, Select } from "../ui/Field.tsx";
import { formatFigure } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import type { EvaluatedOutput } from "./RunEvaluation.tsx";

const SIZE = 220;
const EDGE = 28;
const TICKS = [0, 0.5, 1];
const toX = (value: number): number => EDGE + (SIZE - EDGE - 8) * value;
const toY = (value: number): number => SIZE - EDGE - (SIZE - EDGE - 8) * value;

/** A path through points of the unit square. */
export function pathOf(x: readonly number[], y: readonly number[]): string {
  return x.map((value, i) => `${i === 0 ? "M" : "L"}${toX(value).toFixed(1)} ${toY(y[i] ?? 0).toFixed(1)}`).join("");
}

export function EvaluationCurves({ output }: { output: EvaluatedOutput }) {
  const t = useText();
  const labels = [...new Set(output.curves.map(({ label }) => label))];
  const [chosen, setChosen] = useState<string | null>(null);
  const label = chosen ?? labels[0];
  const bins = (output.calibration ?? []).flatMap(({ predicted, observed }) =>
    predicted === null || observed === null ? [] : [{ predicted, observed }],
  );
  if (labels.length === 0 && bins.length === 0) return null;
  return (
    <section>
      <h3>{t("evaluation.curves")}</h3>
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
              <path className="curve" d={pathOf(x, y)} />
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
              d={pathOf(
                bins.map(({ predicted }) => predicted),
                bins.map(({ observed }) => observed),
              )}
            />
            {bins.map(({ predicted, observed }) => (
              <circle key={predicted} cx={toX(predicted)} cy={toY(observed)} r={3} />
            ))}
          </UnitChart>
        )}
      </div>
    </section>
  );
}

interface UnitChartProps {
  title: string;
  across: string;
  up: string;
  /** Draws what chance, or a perfect calibration, would give. */
  diagonal?: boolean;
  children: React.ReactNode;
}

function UnitChart({ title, across, up, diagonal = false, children }: UnitChartProps) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={`${title}. ${across}, ${up}`}>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line className="grid" x1={toX(0)} x2={toX(1)} y1={toY(tick)} y2={toY(tick)} />
            <text x={toX(0) - 4} y={toY(tick) + 4} textAnchor="end">
              {tick}
            </text>
            <text x={toX(tick)} y={SIZE - EDGE + 12} textAnchor="middle">
              {tick}
            </text>
          </g>
        ))}
        {diagonal && <line className="chance" x1={toX(0)} y1={toY(0)} x2={toX(1)} y2={toY(1)} />}
        {children}
        <text x={toX(0.5)} y={SIZE - 4} textAnchor="middle">
          {across}
        </text>
        <text x={toX(0.02)} y={toY(1) + 12}>
          {up}
        </text>
      </svg>
    </figure>
  );
}
