/**
 * The learning-rate range test: a button beside the learning rate, and a dialog that runs the test, draws loss over rate and
 * sets the rate that is chosen. Arrow keys move along the curve; Enter uses the rate.
 */
import { useState } from "react";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { RangePoint } from "../../core/protocol/methods.ts";
import { useDocument } from "../state/document.ts";
import { Button } from "../ui/Button.tsx";
import { formatFigure } from "../ui/format.ts";
import { Modal } from "../ui/Modal.tsx";
import { Failure, Progress } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { markFormat } from "./chart-words.ts";
import { CHART, rangeChart } from "./range-chart.ts";
import { nearestPoint, RANGE, roundedRate, useRangeTest } from "./range-test.ts";
import "./range-test.css";
import { typedKey } from "../ui/typed-key.ts";

interface UseRate {
  /** Sets the learning rate as one act that can be undone. */
  onUse: (rate: number) => void;
}

export function RangeTestButton({ onUse }: UseRate) {
  const t = useText();
  const design = useDocument((state) => state.design);
  const datasetId = useDocument((state) => state.datasetId);
  const [tested, setTested] = useState<{ readonly design: DesignDocument; readonly datasetId: string } | null>(null);
  const ready = design !== null && design.data !== null && datasetId !== null;
  return (
    <>
      <Button
        small
        icon="search"
        className="range-test-open"
        disabled={!ready}
        title={t(ready ? "range.open_help" : "training.data_first")}
        onClick={() => ready && setTested({ design, datasetId })}
      >
        {t("range.open")}
      </Button>
      {tested !== null && <RangeTestDialog {...tested} onUse={onUse} onClose={() => setTested(null)} />}
    </>
  );
}

function RangeTestDialog({
  design,
  datasetId,
  onUse,
  onClose,
}: UseRate & { design: DesignDocument; datasetId: string; onClose: () => void }) {
  const t = useText();
  const { points, answer, error, restart, cancel } = useRangeTest(design, datasetId);
  const [moved, setMoved] = useState<number | null>(null);
  const proposed = answer?.proposed ?? null;
  const index = moved ?? (proposed === null ? null : nearestPoint(points, proposed));
  const chosen = index === null ? null : (points[index] ?? null);
  const rate = chosen === null ? null : roundedRate(chosen.rate);
  const accept = (): void => {
    if (rate === null || answer === null) return;
    onUse(rate);
    onClose();
  };
  const again = (): void => {
    setMoved(null);
    restart();
  };
  return (
    <Modal
      title={t("range.title")}
      wide
      onClose={onClose}
      footer={
        <>
          {answer === null && error === null ? (
            <Button onClick={cancel}>{t("range.stop")}</Button>
          ) : (
            <Button onClick={again}>{t("range.again")}</Button>
          )}
          <Button look="primary" disabled={rate === null || answer === null} onClick={accept}>
            {rate === null ? t("range.use_none") : t("range.use", { rate: String(rate) })}
          </Button>
        </>
      }
    >
      <p className="muted">{t("range.text")}</p>
      {error !== null ? (
        <Failure error={error} onRetry={again} />
      ) : (
        <>
          <Chart points={points} chosen={chosen} />
          {answer === null ? (
            <div className="range-test-progress">
              <Progress value={points.length / RANGE.steps} label={t("range.running", { done: points.length, steps: RANGE.steps })} />
              <span className="muted">{t("range.running", { done: points.length, steps: RANGE.steps })}</span>
            </div>
          ) : (
            <>
              {points.length > 1 && (
                <input
                  type="range"
                  className="range-test-slider"
                  aria-label={t("range.choose")}
                  aria-valuetext={chosen === null ? "" : t("range.value", { rate: String(rate), loss: formatFigure(chosen.smoothed) })}
                  min={0}
                  max={points.length - 1}
                  value={index ?? 0}
                  onChange={(event) => setMoved(Number(event.currentTarget.value))}
                  onKeyDown={(event) => typedKey(event) === "Enter" && accept()}
                />
              )}
              <p role="status">
                {t(`range.ended.${answer.ended}`)}{" "}
                {proposed === null ? t("range.no_proposal") : t("range.proposed", { rate: String(roundedRate(proposed)) })}
              </p>
            </>
          )}
        </>
      )}
    </Modal>
  );
}

/** Single steps faint, the smoothed loss strong, the chosen rate a line with its point. */
function Chart({ points, chosen }: { points: readonly RangePoint[]; chosen: RangePoint | null }) {
  const t = useText();
  const { width, height, left, right, top, bottom } = CHART;
  const { x, y, raw, smoothed, rateTicks, lossTicks } = rangeChart(points, RANGE);
  const written = markFormat(lossTicks);
  const label =
    chosen === null
      ? t("range.chart")
      : `${t("range.chart")}. ${t("range.value", { rate: String(roundedRate(chosen.rate)), loss: formatFigure(chosen.smoothed) })}`;
  return (
    <svg className="range-test-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {/* Before the first loss there is no scale. */}
      {(points.length === 0 ? [] : lossTicks).map((tick) => (
        <g key={tick}>
          <line className="grid" x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 6} y={y(tick) + 4} textAnchor="end">
            {written(tick)}
          </text>
        </g>
      ))}
      {rateTicks.map((tick) => (
        <text key={tick} x={x(tick)} y={height - 8} textAnchor="middle">
          {tick >= 0.01 ? String(tick) : tick.toExponential(0)}
        </text>
      ))}
      <path className="raw" d={raw} />
      <path className="smoothed" d={smoothed} />
      {chosen !== null && (
        <g className="chosen">
          <line x1={x(chosen.rate)} x2={x(chosen.rate)} y1={top} y2={height - bottom} />
          <circle cx={x(chosen.rate)} cy={y(chosen.smoothed)} r={4.5} />
        </g>
      )}
    </svg>
  );
}
