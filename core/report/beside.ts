/** The section of a report that sets the baselines of a time series beside the figures of its run, on the same rows. */
import { allErrors } from "../../resources/translations/all-errors.ts";
import { dataLookTexts } from "../../resources/translations/app/data-look.ts";
import { type Language, translate } from "../../resources/translations/translate.ts";
import { baselineDefinition } from "../baselines/definitions.ts";
import type { Evaluation } from "../protocol/methods.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { bestOf, figureCells, figureTitle, higherIsBetter, mark, placeOf, table } from "./parts.ts";
import { number } from "./pictures.ts";
import type { ReportedBeside, ReportedRun } from "./reported.ts";
import { wordsOf } from "./words.ts";

type Output = Evaluation["outputs"][number];
type Baseline = NonNullable<Output["baselines"]>[number];

export function besideSection(runs: readonly ReportedRun[], language: Language): Html {
  const shown = runs.flatMap(({ run, beside }, place) => (beside === undefined ? [] : [{ run, place, beside }]));
  if (shown.length === 0) return NOTHING;
  const t = wordsOf(language);
  return html`<h2>${t("report.beside")}</h2><p class="muted">${t("report.beside_text")}</p>${shown.map(
    ({ run, place, beside }) => html`<h3>${mark(place)}${run.name}</h3>${ofRun(beside, language)}`,
  )}`;
}

function ofRun({ part, outputs, error }: ReportedBeside, language: Language): Html {
  const t = wordsOf(language);
  if (error !== null) return html`<p>${t("report.beside_none", { why: translate(allErrors, language, error.code, error.params) })}</p>`;
  const own = outputs.flatMap(({ baselines, ...output }) =>
    baselines === undefined || baselines.length === 0 ? [] : [{ output, baselines }],
  );
  const rows = t(part === "validation" ? "report.validation" : "report.training");
  return html`${own.map(({ output, baselines }) => ofOutput(output, baselines, `${outputs.length > 1 ? `${output.name}, ` : ""}${rows}`, language))}`;
}

function ofOutput({ figures }: Pick<Output, "figures">, baselines: readonly Baseline[], title: string, language: Language): Html {
  const t = wordsOf(language);
  const labels = baselines.map(({ name }) => baselineDefinition(name).texts[language].label);
  const names = Object.keys(figures)
    .filter((name) => baselines.some((one) => one.figures[name] != null))
    .sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  const rows = names.map((name) => {
    const values = [figures[name] ?? null, ...baselines.map((one) => one.figures[name] ?? null)];
    const cells = figureCells(values, bestOf(values, higherIsBetter(name)), language);
    return html`<tr><th scope="row">${figureTitle(name, language)}</th>${cells}</tr>`;
  });
  const head = html`<th scope="col">${title}</th><th scope="col">${t("report.this_run")}</th>${labels.map((label) => html`<th scope="col">${label}</th>`)}`;
  return html`${table(head, rows)}<p class="muted">${baselines.map((one) => how(one, language)).join(language === "zh" ? "" : " ")}</p>`;
}

/** "Seasonal naive: the value 7 rows before, learnt from 80 training rows." */
function how({ name, said, learnt_from: { rows, held_out } }: Baseline, language: Language): string {
  const words = (key: keyof typeof dataLookTexts, params: Readonly<Record<string, string | number>> = {}): string =>
    translate(dataLookTexts, language, key, params);
  const back = said?.params["back"];
  const learnt = words(held_out ? "baselines.learnt_from" : "baselines.learnt_from_these", { rows: number(rows) });
  const what = back === undefined ? learnt : `${words("baselines.season", { back })}${words("baselines.comma")}${learnt}`;
  return words("baselines.how", { name: baselineDefinition(name).texts[language].label, what });
}
