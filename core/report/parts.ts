/** What sections of a report share: tables, the mark of a run, figures by their names with the best one told. */
import { COLOUR_COUNT, MARK_SHAPES, shapeAt } from "../../resources/mark-shapes.ts";
import type { Language } from "../../resources/translations/translate.ts";
import { readFigureName } from "../metrics/figure-names.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { number } from "./pictures.ts";
import type { ReportedRun } from "./reported.ts";
import { wordsOf } from "./words.ts";

/** The shape in the colour of a run, as its curves end with it. */
export const mark = (place: number): Html =>
  html`<svg class="mark" viewBox="-6 -6 12 12" aria-hidden="true"><path class="c${(place % COLOUR_COUNT) + 1}" d="${MARK_SHAPES[shapeAt(place)]}"/></svg>`;

export function table(head: Html, rows: readonly Html[]): Html {
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

export const higherIsBetter = (name: string): boolean => readFigureName(name).known?.metric.better === "higher";
export const placeOf = (name: string): number => readFigureName(name).place;

/** Of several outputs each has its own: "price · R²". */
export function figureTitle(name: string, language: Language): string {
  const { figure, output, known } = readFigureName(name);
  const title = figure === "loss" ? wordsOf(language)("report.loss") : (known?.texts[language] ?? figure);
  return output === null ? title : `${output} · ${title}`;
}

/** Null where there is no choice. */
export function bestOf(values: readonly (number | null)[], higher: boolean): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length < 2 || new Set(known).size < 2) return null;
  return known.reduce((a, b) => (higher ? Math.max(a, b) : Math.min(a, b)));
}

export function figureCells(values: readonly (number | null)[], best: number | null, language: Language): Html[] {
  const t = wordsOf(language);
  return values.map((value) => {
    const isBest = value !== null && value === best;
    return html`<td class="number${isBest ? " best" : ""}">${number(value)}${isBest ? ` (${t("report.best")})` : ""}</td>`;
  });
}

export const bare = (name: string): string => name.replace(/^val_/, "");
export const rankOf = (name: string): number => placeOf(bare(name)) + (name.startsWith("val_") ? 0 : 0.5);

export function figureOfPart(name: string, language: Language): string {
  const t = wordsOf(language);
  return t("report.figure_of", {
    figure: figureTitle(bare(name), language),
    part: t(name.startsWith("val_") ? "report.validation" : "report.training"),
  });
}

const runHeads = (runs: readonly ReportedRun[]): readonly Html[] =>
  runs.map(({ run }, place) => html`<th scope="col">${mark(place)}${run.name}</th>`);

/** More runs than this would be columns that nobody can read: they are rows instead, unless even more figures would then be columns. */
export const MOST_COLUMNS = 5;

export interface Title {
  readonly text: string;
  /** Its name in the design's file, shown under the pointer. */
  readonly key?: string;
}

export const headed = ({ text, key }: Title, scope: "row" | "col"): Html =>
  key === undefined ? html`<th scope="${scope}">${text}</th>` : html`<th scope="${scope}" title="${key}">${text}</th>`;

/**
 * @param titles of the rows; they become columns where there are more runs than fit beside each other
 * @param cells of each title one a run of `places`
 * @param places of those runs among all of the report
 */
export function besideRuns(
  all: readonly ReportedRun[],
  corner: string,
  titles: readonly Title[],
  cells: readonly (readonly Html[])[],
  places: readonly number[] = all.map((_, place) => place),
): Html {
  if (places.length <= MOST_COLUMNS || places.length < titles.length) {
    const heads = runHeads(all);
    return table(
      html`<th scope="col">${corner}</th>${places.map((place) => heads[place] ?? NOTHING)}`,
      titles.map((title, k) => html`<tr>${headed(title, "row")}${cells[k] ?? []}</tr>`),
    );
  }
  return table(
    html`<th scope="col"></th>${titles.map((title) => headed(title, "col"))}`,
    places.map(
      (place, k) =>
        html`<tr><th scope="row">${mark(place)}${all[place]?.run.name ?? ""}</th>${cells.map((line) => line[k] ?? NOTHING)}</tr>`,
    ),
  );
}
