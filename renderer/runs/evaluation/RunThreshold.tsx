/**
 * From which probability on an answer counts as yes: a slider over all thresholds, what each kind of error then costs, the threshold
 * that serves an aim best, and a curve of any two rates.
 */
import { useMemo, useState } from "react";
import {
  type Aim,
  bestPoint,
  costOf,
  keptThreshold,
  pointAt,
  RATE_NAMES,
  RATES,
  type Rate,
  type ThresholdPoint,
  thresholdPoints,
} from "../../../core/insight/thresholds.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { host } from "../../state/host.ts";
import { report } from "../../state/toasts.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { Button } from "../../ui/Button.tsx";
import { Field, Select } from "../../ui/Field.tsx";
import { formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { answeredBest, type BestPoint } from "./best-point.ts";
import type { AskedRows, EvaluatedOutput } from "./evaluated.ts";
import { UnitChart, unitPath, unitX, unitY } from "./UnitChart.tsx";

const AIMS = ["own", "cost", "accuracy", "f1", "recall", "precision"] as const;
type AimName = (typeof AIMS)[number];
/** From above which probability a row counts as yes where nothing else was chosen. */
const USUAL = 0.5;
const SHOWN_RATES: readonly Rate[] = ["precision", "recall", "specificity", "accuracy", "f1"];

interface RunThresholdProps {
  readonly run: Run;
  readonly of: AskedRows;
  readonly output: EvaluatedOutput;
  readonly label: string;
  /** A threshold was kept with the model. */
  readonly onKept: () => void;
}

export function RunThreshold({ run, of, output, label, onKept }: RunThresholdProps) {
  const t = useText();
  const points = useMemo(() => pointsOf(output, label), [output, label]);
  const [aim, setAim] = useState<AimName>("own");
  const [own, setOwn] = useState<number | null>(null);
  const [costs, setCosts] = useState({ falsePositive: 1, falseNegative: 1 });
  const [least, setLeast] = useState(0.9);
  const [axes, setAxes] = useState<{ x: Rate; y: Rate }>({ x: "false_positive_rate", y: "recall" });
  const place = output.labels.indexOf(label);
  const wanted = aim === "own" ? null : aimOf(aim, costs, least);
  const best = useBestPoint({ run, of, output, label }, points, wanted);
  if (points.length < 2) return null;
  const kept = keptOf(output, place);
  const usual = pointAt(points, kept ?? USUAL);
  const point = wanted === null ? points[own ?? usual] : best.point;
  const slid = point ?? best.stands;
  // While nothing is chosen the rows fall as by the threshold that counts now, which lies between two of the scores.
  const standing = aim === "own" && own === null ? (kept ?? USUAL) : null;
  const number = (value: number, change: (value: number) => void, name: string, step: number, most?: number) => (
    <Field label={name}>
      {(control) => (
        <input
          {...control}
          className="input"
          type="number"
          min={0}
          max={most}
          step={step}
          value={value}
          onChange={(event) => change(Math.max(0, Number(event.currentTarget.value) || 0))}
        />
      )}
    </Field>
  );
  return (
    <section className="threshold" aria-label={t("threshold.title", { label })}>
      <h3>{t("threshold.title", { label })}</h3>
      <div className="threshold-form">
        <Field label={t("threshold.aim")}>
          {(control) => (
            <Select
              {...control}
              value={aim}
              options={AIMS.map((one) => ({ value: one, label: t(`threshold.aim.${one}`) }))}
              onChange={setAim}
            />
          )}
        </Field>
        {(aim === "recall" || aim === "precision") && number(least, setLeast, t("threshold.least"), 0.01, 1)}
        {number(costs.falsePositive, (value) => setCosts({ ...costs, falsePositive: value }), t("threshold.cost_false_positive"), 1)}
        {number(costs.falseNegative, (value) => setCosts({ ...costs, falseNegative: value }), t("threshold.cost_false_negative"), 1)}
      </div>
      <input
        className="threshold-slider"
        type="range"
        aria-label={t("threshold.slider")}
        aria-valuetext={point === undefined ? "" : thresholdText(point, standing)}
        min={0}
        max={points.length - 1}
        value={slid === undefined ? 0 : placeOf(points, slid)}
        onChange={(event) => {
          setAim("own");
          setOwn(Number(event.currentTarget.value));
        }}
      />
      {best.answer !== null && <LongState answer={best.answer} what={t("threshold.working")} />}
      {point !== undefined && <AtPoint point={point} standing={standing} costs={costs} />}
      {point === undefined && best.isKnown && <p className="muted">{t("threshold.none")}</p>}
      {run.has_model && (
        <KeepThreshold run={run} output={output} place={place} kept={kept} point={standing === null ? point : undefined} onKept={onKept} />
      )}
      <div className="threshold-rates">
        <RateCurve points={points} here={point} axes={axes} />
        <div>
          {(["x", "y"] as const).map((axis) => (
            <Field key={axis} label={t(`threshold.axis_${axis}`)}>
              {(control) => (
                <Select
                  {...control}
                  value={axes[axis]}
                  options={RATE_NAMES.map((rate) => ({ value: rate, label: t(`threshold.rate.${rate}`) }))}
                  onChange={(rate) => setAxes({ ...axes, [axis]: rate })}
                />
              )}
            </Field>
          ))}
        </div>
      </div>
    </section>
  );
}

/** Of points that were thinned the one that is nearest above: where the slider stands. */
const placeOf = (points: readonly ThresholdPoint[], { threshold }: ThresholdPoint): number =>
  points.findLastIndex((one) => one.threshold === null || (threshold !== null && one.threshold >= threshold));

/** The best of all thresholds: of the points where every one that may be it is among them, else the host looks through all rows. */
function useBestPoint(
  { run, of, output, label }: Pick<RunThresholdProps, "run" | "of" | "output" | "label">,
  points: readonly ThresholdPoint[],
  aim: Aim | null,
): BestPoint {
  const exact = output.curves.some((curve) => curve.kind === "roc" && curve.label === label && curve.exact === true);
  const asked = aim !== null && !exact;
  const question = { id: run.id, ...of, node_id: output.node_id, label: output.labels.indexOf(label) };
  const answer = useLongAnswer("runs.best_threshold", asked ? { ...question, aim } : null, 0, run.id);
  if (aim === null) return { point: undefined, stands: undefined, isKnown: false, answer: null };
  if (asked) return answeredBest(answer);
  const point = points[bestPoint(points, aim)];
  return { point, stands: point, isKnown: true, answer: null };
}

/** The threshold that the model has for a label, or for a class that counts as yes; of two classes it is that of the second. */
function keptOf({ task, threshold, label_thresholds: thresholds }: EvaluatedOutput, place: number): number | undefined {
  if (task === "labels") return thresholds?.[place];
  return place === 1 ? threshold : threshold === undefined ? undefined : 1 - threshold;
}

/** What is kept: one number for the second of two classes, one a label; null where nothing is decided by a threshold. */
function keepsAs({ task, labels, calibration, figures }: EvaluatedOutput, place: number): { label?: number } | null {
  // Only of probabilities there are these figures.
  if (task === "labels") return figures["brier_score"] === undefined ? null : { label: place };
  return labels.length === 2 && calibration !== null && place === 1 ? {} : null;
}

interface KeepThresholdProps {
  readonly run: Run;
  readonly output: EvaluatedOutput;
  /** Of the class or label, among all of the output. */
  readonly place: number;
  readonly kept: number | undefined;
  /** Undefined: nothing was chosen that could be kept. */
  readonly point: ThresholdPoint | undefined;
  readonly onKept: () => void;
}

/** Puts the threshold into the run's model. */
function KeepThreshold({ run, output, place, kept, point, onKept }: KeepThresholdProps) {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const as = keepsAs(output, place);
  const [, second = ""] = output.labels;
  if (as === null)
    return (
      <p className="muted">
        {output.labels.length === 2 && output.calibration !== null
          ? t("threshold.keep_second", { label: second })
          : t("threshold.not_kept")}
      </p>
    );
  const keep = (threshold: number | null): void => {
    setBusy(true);
    host()
      .call("runs.keep_threshold", { id: run.id, node_id: output.node_id, threshold, ...as })
      .then(onKept, report)
      .finally(() => setBusy(false));
  };
  const chosen = point === undefined ? null : keptThreshold(point);
  return (
    <div className="threshold-keep">
      <Button small disabled={busy || chosen === null || chosen === kept} onClick={() => keep(chosen)}>
        {t("threshold.keep")}
      </Button>
      {kept !== undefined && kept !== USUAL && (
        <Button small disabled={busy} onClick={() => keep(null)}>
          {t("threshold.forget")}
        </Button>
      )}
      <span className="muted">{busy ? t("evaluation.working") : t("threshold.keep_help")}</span>
    </div>
  );
}

function pointsOf(output: EvaluatedOutput, label: string): ThresholdPoint[] {
  const roc = output.curves.find((curve) => curve.kind === "roc" && curve.label === label);
  const yes = output.classes.find((one) => one.label === label)?.support ?? 0;
  return roc === undefined ? [] : thresholdPoints(roc, yes, output.weight - yes);
}

function aimOf(aim: Exclude<AimName, "own">, costs: { falsePositive: number; falseNegative: number }, least: number): Aim {
  if (aim === "cost") return { kind: "cost", costs };
  return aim === "recall" || aim === "precision" ? { kind: aim, least } : { kind: aim };
}

/** @param standing the threshold that counts now, where the point was found by it */
function thresholdText({ threshold }: ThresholdPoint, standing: number | null): string {
  if (standing !== null) return formatFigure(standing);
  return threshold === null ? "> 1" : formatFigure(threshold);
}

interface AtPointProps {
  readonly point: ThresholdPoint;
  readonly standing: number | null;
  readonly costs: { readonly falsePositive: number; readonly falseNegative: number };
}

function AtPoint({ point, standing, costs }: AtPointProps) {
  const t = useText();
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = point;
  const counted = (errors: number, each: number): string =>
    t("threshold.counted", { errors: formatFigure(errors), cost: formatFigure(errors * each) });
  return (
    <div className="threshold-point" aria-live="polite">
      <dl>
        <Entry name={t("threshold.threshold")} value={thresholdText(point, standing)} />
        <Entry name={t("threshold.true_positives")} value={formatFigure(truePositives)} />
        <Entry name={t("threshold.false_positives")} value={counted(falsePositives, costs.falsePositive)} />
        <Entry name={t("threshold.false_negatives")} value={counted(falseNegatives, costs.falseNegative)} />
        <Entry name={t("threshold.true_negatives")} value={formatFigure(trueNegatives)} />
        <Entry name={t("threshold.cost")} value={formatFigure(costOf(point, costs))} />
      </dl>
      <dl>
        {SHOWN_RATES.map((rate) => (
          <Entry key={rate} name={t(`threshold.rate.${rate}`)} value={rateText(RATES[rate](point))} />
        ))}
      </dl>
    </div>
  );
}

/** A share of nothing is no number. */
const rateText = (value: number): string => (Number.isNaN(value) ? "–" : formatFigure(value));

function Entry({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="number">{value}</dd>
    </div>
  );
}

interface RateCurveProps {
  readonly points: readonly ThresholdPoint[];
  readonly here: ThresholdPoint | undefined;
  readonly axes: { readonly x: Rate; readonly y: Rate };
}

function RateCurve({ points, here, axes }: RateCurveProps) {
  const t = useText();
  const at = (point: ThresholdPoint): { x: number; y: number }[] => {
    const [x, y] = [RATES[axes.x](point), RATES[axes.y](point)];
    return Number.isNaN(x) || Number.isNaN(y) ? [] : [{ x, y }];
  };
  const drawn = points.flatMap(at);
  const marked = here === undefined ? [] : at(here);
  const [across, up] = [t(`threshold.rate.${axes.x}`), t(`threshold.rate.${axes.y}`)];
  return (
    <UnitChart title={t("threshold.curve", { x: across, y: up })} across={across} up={up}>
      <path
        className="curve"
        d={unitPath(
          drawn.map(({ x }) => x),
          drawn.map(({ y }) => y),
        )}
      />
      {marked.map(({ x, y }) => (
        <circle key="here" className="threshold-here" cx={unitX(x)} cy={unitY(y)} r={4} />
      ))}
    </UnitChart>
  );
}
