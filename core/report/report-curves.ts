/** The curves of a report: figures of training and validation by epoch, with those of validation rows between the epochs, and how the training went. */
import { BETWEEN, COURSE_CURVES, isBetweenEpochs, isCourseCurve } from "../metrics/curve-names.ts";
import type { Curve } from "../protocol/methods.ts";
import type { CLOCK_CURVE } from "../protocol/run-clock.ts";
import { type Html, html } from "./html.ts";
import { bare, figureTitle, rankOf } from "./parts.ts";
import { curveChart, type ReportCurve } from "./pictures.ts";
import type { ReportedRun } from "./reported.ts";
import { type Words, wordsOf } from "./words.ts";

const CLOCK: typeof CLOCK_CURVE = "clock";

export function curveSection(runs: readonly ReportedRun[], language: Parameters<typeof wordsOf>[0]): Html {
  const t = wordsOf(language);
  const figures = runs.flatMap((run, place) => figuresOf(run, place));
  const course = runs.flatMap((run, place) => courseOf(run, place));
  const names = [...new Set(figures.map(({ name }) => name))].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  if (names.length === 0) return html`<h2>${t("report.curves")}</h2><p class="muted">${t("report.no_curves")}</p>`;
  const chart = (title: string, curves: readonly ReportCurve[]): Html =>
    curveChart(title, curves, (least, most) => t("report.curves_beyond", { least, most }));
  return html`<h2>${t("report.curves")}</h2><p class="muted">${t("report.curves_text")}</p><div class="charts">${[
    ...names.map((name) =>
      chart(
        figureTitle(name, language),
        figures.filter((curve) => curve.name === name),
      ),
    ),
    ...COURSE_CURVES.map((name) =>
      chart(
        courseTitle(name, t),
        course.filter((curve) => curve.name === name),
      ),
    ),
  ]}</div>`;
}

const courseTitle = (name: (typeof COURSE_CURVES)[number], t: Words): string => t(`report.${name}`);

function figuresOf({ run, curves }: ReportedRun, place: number): readonly ReportCurve[] {
  return curves
    .filter(({ name, x }) => !isBetweenEpochs(name) && !isCourseCurve(name) && name !== CLOCK && x.length > 0)
    .map((curve) => {
      const between = curves.find(({ name }) => name === `${BETWEEN}${curve.name}`);
      const isValidation = curve.name.startsWith("val_");
      // Of training rows only the epochs': those of a few batches would hide them.
      const whole = isValidation && between !== undefined && run.steps_per_epoch > 0 ? joined(curve, between) : curve;
      const x = whole === curve ? curve.epoch : epochsOf(run, whole);
      return { name: bare(curve.name), run: place, validation: isValidation, x, y: whole.y };
    });
}

function courseOf({ run, curves }: ReportedRun, place: number): readonly ReportCurve[] {
  return curves
    .filter(({ name, x }) => isCourseCurve(name) && x.length > 0)
    .map((curve) => ({ name: curve.name, run: place, validation: true, x: epochsOf(run, curve), y: curve.y }));
}

const epochsOf = ({ steps_per_epoch: steps }: ReportedRun["run"], { x, epoch }: Pick<Curve, "x" | "epoch">): readonly number[] =>
  steps > 0 ? x.map((step) => step / steps) : epoch;

/** Points of both, by step. */
function joined(first: Curve, second: Curve): Pick<Curve, "x" | "epoch" | "y"> {
  const points = [first, second]
    .flatMap(({ x, epoch, y }) => x.map((step, k) => ({ step, epoch: epoch[k] ?? 0, value: y[k] ?? null })))
    .sort((a, b) => a.step - b.step);
  return { x: points.map(({ step }) => step), epoch: points.map(({ epoch }) => epoch), y: points.map(({ value }) => value) };
}
