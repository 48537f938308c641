/**
 * A run, or several beside each other, as one HTML page that needs nothing else: figures, verdicts, curves, designs, settings and the
 * fingerprints of the data. No script, no address outside the page; what people named is escaped.
 */

import { allErrors } from "../../resources/translations/all-errors.ts";
import { shellTexts } from "../../resources/translations/app/shell.ts";
import { type Language, translate } from "../../resources/translations/translate.ts";
import { isBaseline } from "../baselines/backend.ts";
import type { DesignDocument } from "../graph/document.ts";
import { sampledStepWords } from "../graph/sampled-step.ts";
import type { Run } from "../protocol/methods.ts";
import { besideSection } from "./beside.ts";
import { groupSection } from "./groups.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { judgedSections } from "./judged.ts";
import {
  bare,
  besideRuns,
  bestOf,
  figureCells,
  figureOfPart,
  headed,
  higherIsBetter,
  MOST_COLUMNS,
  mark,
  rankOf,
  type Title,
  table,
} from "./parts.ts";
import { designPicture, number } from "./pictures.ts";
import { curveSection } from "./report-curves.ts";
import type { ReportedGroup, ReportedRun } from "./reported.ts";
import { settingsOf } from "./settings.ts";
import { REPORT_STYLE } from "./style.ts";
import { type Words, wordsOf } from "./words.ts";

export interface ReportInput {
  readonly runs: readonly ReportedRun[];
  /** Of which they are members. */
  readonly groups?: readonly ReportedGroup[];
  readonly language: Language;
  /** As it is to be read. */
  readonly madeAt: string;
  readonly version: string;
}

export function reportHtml(input: ReportInput): string {
  const { runs, language } = input;
  const t = wordsOf(language);
  const [first] = runs;
  const title =
    runs.length === 1
      ? t("report.run", { name: `${first?.design.name ?? ""} ${first?.run.name ?? ""}` })
      : t("report.comparison", { count: runs.length });
  const page = html`<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title><style>${{ html: REPORT_STYLE }}</style></head><body>
<h1>${title}</h1><p class="muted">${t("report.made", { time: input.madeAt, version: input.version })}</p>
${runs.length === 1 ? verdictSection(runs, language, t) : NOTHING}${memberSection(runs, language, t)}${runs.length === 1 ? runSection(runs, language, t) : NOTHING}${figureSection(runs, language, t)}${runs.length > 1 ? html`${verdictSection(runs, language, t)}${runSection(runs, language, t)}` : NOTHING}${besideSection(runs, language)}${curveSection(runs, language)}${judgedSections(runs, language)}${groupSection(input.groups ?? [], language)}${designSection(runs, language, t)}${settingSection(runs, language, t)}${noteSection(runs, t)}
</body></html>
`;
  return page.html;
}

/** So much of a fingerprint tells two apart where there is no room for the whole. */
const SHORT_FINGERPRINT = 12;
/** Without a place where a line may end. */
const HASHES: ReadonlySet<string> = new Set(["report.fingerprint", "report.spec"]);

/** Of several runs each sentence is said once, with the runs of which it is said. */
function verdictSection(runs: readonly ReportedRun[], language: Language, t: Words): Html {
  const said = new Map<string, { readonly tone: string; readonly places: number[] }>();
  runs.forEach(({ verdicts }, place) => {
    for (const { code, tone, params } of verdicts) {
      const text = translate(allErrors, language, code, params);
      const found = said.get(text) ?? { tone, places: [] };
      found.places.push(place);
      said.set(text, found);
    }
  });
  if (said.size === 0) return NOTHING;
  const named = (places: readonly number[]): Html =>
    runs.length === 1
      ? NOTHING
      : html`<br><span class="runs-named">${places.map((place) => html`<span>${mark(place)}${runs[place]?.run.name ?? ""}</span> `)}</span>`;
  return html`<h2>${t("report.verdicts")}</h2><ul>${[...said].map(
    ([text, { tone, places }]) =>
      html`<li><span class="${tone === "good" ? "good" : tone === "problem" ? "problem" : ""}">${text}</span>${named(places)}</li>`,
  )}</ul>`;
}

/** Of an ensemble: its rule, and its members with the figures that it has too. */
function memberSection(runs: readonly ReportedRun[], language: Language, t: Words): Html {
  return html`${runs.map(({ run, ensemble }, place) => {
    if (ensemble === undefined) return NOTHING;
    const names = Object.keys(run.metrics).sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
    const line = (name: Html, metrics: Run["metrics"]): Html =>
      html`<tr><th scope="row">${name}</th>${names.map((figure) => html`<td class="number">${number(metrics[figure])}</td>`)}</tr>`;
    return html`<h2>${t("report.members", { name: run.name })}</h2><p>${t(`report.rule.${ensemble.rule}`)}</p>${table(
      html`<th scope="col">${t("report.run_name")}</th>${names.map((name) => html`<th scope="col">${figureOfPart(name, language)}</th>`)}`,
      [
        ...ensemble.members.map((member) => line(html`${member.name}`, member.metrics)),
        line(html`${mark(place)}<strong>${run.name}</strong>`, run.metrics),
      ],
    )}`;
  })}`;
}

function runSection(runs: readonly ReportedRun[], language: Language, t: Words): Html {
  // In full while there is room; in a row of many columns a part tells two apart.
  const fingerprint = (whole: string): string => (runs.length <= MOST_COLUMNS ? whole : whole.slice(0, SHORT_FINGERPRINT));
  const sampledOf = ({ sampled_steps }: Run) => sampled_steps ?? [];
  const sampledWords = (run: Run): string =>
    sampledOf(run)
      .map((step) => t("report.sampled_step", sampledStepWords(step, language)))
      .join("; ") || t("report.none");
  const fields: readonly (readonly [Parameters<Words>[0], (run: Run) => string])[] = [
    ["report.status", (run) => translate(shellTexts, language, `status.${endedEarly(run) ? "ended_early" : run.status}`)],
    ["report.created", (run) => moment(run.started_at ?? run.created_at)],
    ["report.seconds", (run) => number(run.seconds)],
    // What is fitted at once has none.
    ["report.epochs", (run) => (run.epochs === 0 ? t("report.none") : `${run.epoch} / ${run.epochs}`)],
    ["report.parameters", (run) => number(run.parameters)],
    ["report.seed", (run) => String(run.seed)],
    ["report.engine", (run) => [run.engine_version, run.backend ?? ""].filter(Boolean).join(" · ")],
    ["report.dataset", (run) => run.dataset_name],
    ...(runs.some(({ run }) => sampledOf(run).length > 0) ? ([["report.sampled", sampledWords]] as const) : []),
    ["report.fingerprint", (run) => fingerprint(run.data_fingerprint)],
    ["report.spec", (run) => fingerprint(run.spec_hash)],
  ];
  const cells = fields.map(([key, read]) =>
    runs.map(({ run }) => (HASHES.has(key) ? html`<td class="hash">${read(run)}</td>` : html`<td>${read(run)}</td>`)),
  );
  const titles = fields.map(([key]) => ({ text: t(key) }));
  return html`<h2>${t("report.runs")}</h2>${besideRuns(runs, t("report.run_name"), titles, cells)}`;
}

/** It was ended for a reason that is kept with it, not by a person. */
const endedEarly = ({ status, error }: Run): boolean => status === "stopped" && error !== null;

/** UTC, so that the same report is the same everywhere. */
const moment = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 16).replace("T", " ")} UTC`;

function figureSection(runs: readonly ReportedRun[], language: Language, t: Words): Html {
  const names = [...new Set(runs.flatMap(({ run }) => Object.keys(run.metrics)))].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  const cells = names.map((name) => {
    const values = runs.map(({ run }) => run.metrics[name] ?? null);
    return figureCells(values, bestOf(values, higherIsBetter(bare(name))), language);
  });
  if (cells.length === 0) return NOTHING;
  const titles = names.map((name) => ({ text: figureOfPart(name, language) }));
  return html`<h2>${t("report.figures")}</h2>${besideRuns(runs, t("report.figure"), titles, cells)}`;
}

/** A design that several runs share is drawn once. */
function designSection(runs: readonly ReportedRun[], language: Language, t: Words): Html {
  const drawings = new Map<string, number[]>();
  runs.forEach(({ run, design, ensemble }, place) => {
    // Its row holds the design of its first member, or of the network beside which it was made: it has none of its own.
    if (ensemble !== undefined || isBaseline(run)) return;
    const drawing = designPicture(design, language).html;
    drawings.set(drawing, [...(drawings.get(drawing) ?? []), place]);
  });
  if (drawings.size === 0) return NOTHING;
  return html`<h2>${t("report.design")}</h2>${[...drawings].map(
    ([drawing, places]) => html`<h3>${places.map((place) => html`${mark(place)}${runs[place]?.run.name ?? ""} `)}</h3>${{ html: drawing }}`,
  )}`;
}

function settingSection(all: readonly ReportedRun[], language: Language, t: Words): Html {
  const places = [...all.keys()].filter((place) => all[place]?.ensemble === undefined);
  const runs = all.filter(({ ensemble }) => ensemble === undefined);
  if (runs.length === 0) return NOTHING;
  const isNetwork = runs.map(({ run }) => !isBaseline(run));
  const each = runs.map(({ design }, place) => settingsOf(isNetwork[place] === true ? design : dataOnly(design), language));
  const keys = [...new Set(each.flatMap((settings) => [...settings.keys()]))];
  const named = (key: string): Title => ({ text: each.find((settings) => settings.has(key))?.get(key)?.title ?? key, key });
  const beside = (shown: readonly string[]): Html =>
    besideRuns(
      all,
      t("report.setting"),
      shown.map(named),
      shown.map((key) => each.map((settings) => html`<td>${settings.get(key)?.value ?? t("report.none")}</td>`)),
      places,
    );
  const differs = (key: string): boolean =>
    new Set(each.flatMap((settings, place) => (isNetwork[place] === true || settings.has(key) ? [settings.get(key)?.value] : []))).size > 1;
  if (runs.length === 1) return html`<h2>${t("report.settings")}</h2>${beside(keys)}`;
  const different = keys.filter(differs);
  return html`<h2>${t("report.differences")}</h2>${different.length === 0 ? html`<p>${t("report.no_differences")}</p>` : beside(different)}<h2>${t("report.same")}</h2>${table(
    html`<th scope="col">${t("report.setting")}</th><th></th>`,
    keys
      .filter((key) => !differs(key))
      .map(
        (key) => html`<tr>${headed(named(key), "row")}<td>${each.find((settings) => settings.has(key))?.get(key)?.value ?? ""}</td></tr>`,
      ),
  )}`;
}

/** What of a design a baseline goes by: neither layers nor training. */
const dataOnly = (design: DesignDocument): DesignDocument => ({
  ...design,
  graph: { ...design.graph, nodes: [], edges: [] },
  train: {},
});

function noteSection(runs: readonly ReportedRun[], t: Words): Html {
  const noted = runs.filter(({ run }) => run.notes.trim() !== "");
  if (noted.length === 0) return NOTHING;
  return html`<h2>${t("report.notes")}</h2>${noted.map(({ run }) => html`<h3>${run.name}</h3><pre>${run.notes}</pre>`)}`;
}
