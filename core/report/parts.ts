/** What sections of a report share: tables, the mark of a run, figures by their names with the best one told. */
import { COLOUR_COUNT, MARK_SHAPES, shapeAt } from "../../resources/mark-shapes.ts";
import type { Language } from "../../resources/translations/translate.ts";
import { readFigureName } from "../metrics/figure-names.ts";
import { type Html, html } from "./html.ts";
import { number } from "./pictures.ts";
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
