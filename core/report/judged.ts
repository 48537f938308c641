/**
 * The sections of a report that show what the evaluation of a run shows, part by part and output by output: figures, confusion matrices, classes, ROC and
 * precision and recall, calibration, residuals. Nothing is computed here: every number is the evaluation's own.
 */
import { allErrors } from "../../resources/translations/all-errors.ts";
import { runsTexts } from "../../resources/translations/app/runs.ts";
import { slicesTexts } from "../../resources/translations/app/slices.ts";
import { saidOfBaseline } from "../../resources/translations/said-of-baseline.ts";
import { type Language, type TextParams, translate } from "../../resources/translations/translate.ts";
import type { Evaluation, Run } from "../protocol/methods.ts";
import { barPlot, scatterPlot, unitChart, valueOfRun } from "./charts.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { besideRuns, bestOf, figureCells, figureTitle, higherIsBetter, mark, placeOf, table } from "./parts.ts";
import { number } from "./pictures.ts";
import type { JudgedPart, ReportedResiduals, ReportedRun } from "./reported.ts";
import { wordsOf } from "./words.ts";

type Output = Evaluation["outputs"][number];

/** An output of a run, in one part. */
interface JudgedOutput {
  readonly run: Run;
  readonly place: number;
  readonly output: Output;
  readonly residuals: readonly ReportedResiduals[];
}

const PARTS = ["validation", "test", "training"] as const;
/** More classes than these are a matrix, or as many charts, that nobody reads. */
const MOST_LABELS = 30;
/** The only name of the loss among figures. */
const LOSS = "loss";

export function judgedSections(runs: readonly ReportedRun[], language: Language): Html {
  return html`${PARTS.map((part) => partSection(runs, part, language))}`;
}

function partSection(runs: readonly ReportedRun[], part: JudgedPart["part"], language: Language): Html {
  const t = wordsOf(language);
  const found = runs.flatMap(({ run, judged }, place) =>
    judged.filter((one) => one.part === part).map((one) => ({ run, place, judged: one })),
  );
  if (found.length === 0) return NOTHING;
  const outputs = new Map<string, JudgedOutput[]>();
  for (const { run, place, judged } of found)
    for (const output of judged.evaluation?.outputs ?? []) {
      const residuals = judged.residuals.filter(({ node_id }) => node_id === output.node_id);
      const own = outputs.get(output.name) ?? [];
      own.push({ run, place, output, residuals });
      outputs.set(output.name, own);
    }
  const failed = found.flatMap(({ run, place, judged: { error } }) => (error === null ? [] : [{ run, place, error }]));
  if (outputs.size === 0 && failed.length === 0) return NOTHING;
  return html`<h2>${t("report.evaluation", { part: t(`report.${part}`) })}</h2>${failed.map(
    ({ run, place, error }) =>
      html`<p>${mark(place)}${t("report.not_judged", { name: run.name, why: translate(allErrors, language, error.code, error.params) })}</p>`,
  )}${[...outputs].map(([name, own]) => html`${outputs.size > 1 ? html`<h3>${name}</h3>` : NOTHING}${outputSection(runs, own, language)}`)}`;
}

function outputSection(runs: readonly ReportedRun[], judged: readonly JudgedOutput[], language: Language): Html {
  return html`${figureTable(runs, judged, language)}${ofBaselines(judged, language)}${thresholds(judged, language)}${confusions(judged, language)}${classTables(judged, language)}${rateCharts(judged, language)}${calibrationChart(judged, language)}${residualCharts(judged, language)}`;
}

function figureTable(runs: readonly ReportedRun[], judged: readonly JudgedOutput[], language: Language): Html {
  const t = wordsOf(language);
  const names = [...new Set(judged.flatMap(({ output }) => Object.keys(output.figures)))].sort(
    (a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1),
  );
  const line = (name: string, values: readonly (number | null)[]): readonly Html[] =>
    figureCells(values, bestOf(values, higherIsBetter(name)), language);
  const losses = judged.map(({ output }) => output.loss);
  const weighted = judged.some(({ output }) => output.weight !== output.rows);
  const lines: { readonly title: string; readonly cells: readonly Html[] }[] = [
    { title: t("report.rows"), cells: judged.map(({ output }) => html`<td class="number">${number(output.rows)}</td>`) },
    ...(weighted
      ? [{ title: t("report.weight"), cells: judged.map(({ output }) => html`<td class="number">${number(output.weight)}</td>`) }]
      : []),
    ...(losses.every((loss) => loss === null) ? [] : [{ title: figureTitle(LOSS, language), cells: line(LOSS, losses) }]),
    ...names.map((name) => ({
      title: figureTitle(name, language),
      cells: line(
        name,
        judged.map(({ output }) => output.figures[name] ?? null),
      ),
    })),
  ];
  const titles = lines.map(({ title }) => ({ text: title }));
  return besideRuns(
    runs,
    t("report.figure"),
    titles,
    lines.map(({ cells }) => cells),
    judged.map(({ place }) => place),
  );
}

function ofBaselines(judged: readonly JudgedOutput[], language: Language): Html {
  return html`${judged.flatMap(({ run, place, output: { said } }) => {
    const text = saidOfBaseline(run.name, said ?? [], language);
    return text === "" ? [] : [html`<p class="muted">${judged.length > 1 ? mark(place) : NOTHING}${text}</p>`];
  })}`;
}

function thresholds(judged: readonly JudgedOutput[], language: Language): Html {
  return html`${judged.flatMap(({ run, place, output: { labels, threshold, label_thresholds: own } }) => {
    const said: string[] = [];
    if (threshold !== undefined) said.push(ofRuns(language, "threshold.kept", { label: labels[1] ?? "", threshold: number(threshold) }));
    if (own !== undefined)
      said.push(
        ofRuns(language, "threshold.kept_labels", {
          thresholds: labels.map((label, k) => `${label} > ${number(own[k] ?? 0.5)}`).join(", "),
        }),
      );
    return said.map((text) => html`<p class="muted">${judged.length > 1 ? html`${mark(place)}${run.name}: ` : NOTHING}${text}</p>`);
  })}`;
}

const ofRuns = (language: Language, key: keyof typeof runsTexts, params: TextParams = {}): string =>
  translate(runsTexts, language, key, params);
const ofSlices = (language: Language, key: keyof typeof slicesTexts, params: TextParams = {}): string =>
  translate(slicesTexts, language, key, params);

const headOf = ({ run, place }: JudgedOutput): Html => html`<h4>${mark(place)}${run.name}</h4>`;

function confusions(judged: readonly JudgedOutput[], language: Language): Html {
  const t = wordsOf(language);
  const shown = judged.flatMap((one) => {
    const { confusion, labels } = one.output;
    return confusion === null || labels.length > MOST_LABELS ? [] : [{ one, confusion, labels }];
  });
  if (shown.length === 0) return NOTHING;
  return html`<h3>${t("report.confusion")}</h3><p class="muted">${t("report.confusion_text")}</p><div class="matrices">${shown.map(
    ({ one, confusion, labels }) =>
      html`<section>${headOf(one)}${table(
        html`<td></td>${labels.map((label) => html`<th scope="col">${label}</th>`)}`,
        confusion.map(
          (line, row) =>
            html`<tr><th scope="row">${labels[row] ?? ""}</th>${line.map((value) => html`<td class="number">${number(value)}</td>`)}</tr>`,
        ),
      )}</section>`,
  )}</div>`;
}

function classTables(judged: readonly JudgedOutput[], language: Language): Html {
  const shown = judged.filter(({ output }) => output.classes.length > 0);
  if (shown.length === 0) return NOTHING;
  return html`<h3>${ofRuns(language, "evaluation.classes")}</h3><div class="matrices">${shown.map((one) => {
    const { classes } = one.output;
    const names = [...new Set(classes.flatMap(({ figures }) => Object.keys(figures)))].sort(
      (a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1),
    );
    return html`<section>${headOf(one)}${table(
      html`<th scope="col">${ofRuns(language, "evaluation.class")}</th><th scope="col">${ofRuns(language, "evaluation.support")}</th>${names.map((name) => html`<th scope="col">${figureTitle(name, language)}</th>`)}`,
      classes.map(
        ({ label, support, figures }) =>
          html`<tr><th scope="row">${label}</th><td class="number">${number(support)}</td>${names.map((name) => html`<td class="number">${number(figures[name])}</td>`)}</tr>`,
      ),
    )}</section>`;
  })}</div>`;
}

/** Of each class against the rest, the curves of all runs over each other. */
function rateCharts(judged: readonly JudgedOutput[], language: Language): Html {
  const t = wordsOf(language);
  const labels = [...new Set(judged.flatMap(({ output }) => output.curves.map(({ label }) => label)))];
  if (labels.length === 0) return NOTHING;
  const drawn = labels.slice(0, MOST_LABELS);
  const chart = (label: string, kind: "roc" | "precision_recall"): Html => {
    const curves = judged.flatMap(({ run, place, output }) =>
      output.curves
        .filter((curve) => curve.kind === kind && curve.label === label)
        .map((curve) => ({ ...curve, name: run.name, run: place })),
    );
    if (curves.length === 0) return NOTHING;
    const [only, ...others] = curves;
    const alone = only !== undefined && others.length === 0;
    const areas = html`<p class="runs-named">${curves.map(({ run, name, area }) => valueOfRun(mark(run), name, area))}</p>`;
    const titles = {
      title: alone ? ofRuns(language, `evaluation.${kind}`, { area: number(only.area) }) : t(`report.${kind}`),
      across: ofRuns(language, kind === "roc" ? "evaluation.false_rate" : "evaluation.recall"),
      up: ofRuns(language, kind === "roc" ? "evaluation.true_rate" : "evaluation.precision"),
      diagonal: kind === "roc",
    };
    return unitChart(titles, curves, alone ? NOTHING : areas);
  };
  return html`${drawn.map(
    (label) =>
      html`<section><h3>${ofRuns(language, "evaluation.curves_for", { label })}</h3><div class="charts">${chart(label, "roc")}${chart(label, "precision_recall")}</div></section>`,
  )}${drawn.length < labels.length ? html`<p class="muted">${t("report.more_labels", { count: labels.length - drawn.length })}</p>` : NOTHING}`;
}

function calibrationChart(judged: readonly JudgedOutput[], language: Language): Html {
  const t = wordsOf(language);
  const curves = judged.flatMap(({ run, place, output }) => {
    const bins = (output.calibration ?? []).flatMap(({ predicted, observed, rows }) =>
      predicted === null || observed === null ? [] : [{ predicted, observed, rows }],
    );
    if (bins.length === 0) return [];
    const error = output.figures["expected_calibration_error"] ?? null;
    const [x, y, rows] = [bins.map(({ predicted }) => predicted), bins.map(({ observed }) => observed), bins.map((bin) => bin.rows)];
    return [{ name: run.name, run: place, error, x, y, rows }];
  });
  const [only, ...others] = curves;
  if (only === undefined) return NOTHING;
  const alone = others.length === 0;
  const errors = html`<p class="runs-named">${curves.map(({ run, name, error }) => valueOfRun(mark(run), name, error))}</p>`;
  const titles = {
    title: alone ? ofRuns(language, "evaluation.calibration", { error: number(only.error) }) : t("report.calibration"),
    across: ofRuns(language, "evaluation.predicted"),
    up: ofRuns(language, "evaluation.observed"),
    diagonal: true,
  };
  return html`<section><h3>${t("report.calibration_head")}</h3><div class="charts">${unitChart(titles, curves, alone ? NOTHING : errors)}</div><p class="muted">${ofRuns(language, "evaluation.calibration_help")}</p></section>`;
}

function residualCharts(judged: readonly JudgedOutput[], language: Language): Html {
  const shown = judged.flatMap((one) => one.residuals.map((residuals) => ({ one, residuals })));
  if (shown.length === 0) return NOTHING;
  const words = (key: keyof typeof slicesTexts, params?: TextParams): string => ofSlices(language, key, params);
  return html`<h3>${words("residuals.title")}</h3>${shown.map(({ one, residuals: { label, found } }) => {
    const { summary, points, bands } = found;
    const [least, low, , high, most] = summary.quantiles;
    const told = { least, low, high, most, mean: summary.mean, deviation: summary.deviation };
    const against = words("residuals.prediction");
    const scatter = { count: number(points.length), total: number(summary.rows), against };
    return html`<section><h4>${mark(one.place)}${one.run.name}${one.output.labels.length > 1 ? ` · ${label}` : ""}</h4><p>${words(
      "residuals.summary",
      Object.fromEntries(Object.entries(told).map(([name, value]) => [name, number(value)])),
    )}</p><div class="charts">${scatterPlot(
      { title: words("residuals.scatter", scatter), across: against, up: words("residuals.residual") },
      one.place,
      points.map(({ x, residual }) => ({ x, y: residual })),
      bands,
    )}${barPlot(
      { title: words("residuals.histogram"), across: words("residuals.residual"), up: words("residuals.rows") },
      one.place,
      summary.histogram,
    )}</div></section>`;
  })}<p class="muted">${words("residuals.help")}</p>`;
}
