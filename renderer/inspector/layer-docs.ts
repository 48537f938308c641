/** The doc.md of each layer with its formula as MathML, and its figure where it has one, fetched when a card is first opened. */
import { AppError } from "../../core/errors.ts";
import { type LayerDoc, parseLayerDoc } from "../../core/layers/doc.ts";
import type { LayerFigure } from "../../core/layers/figure.ts";

const pages = import.meta.glob<string>("../../core/layers/*/doc.md", { query: "?raw", import: "default" });
const figures = import.meta.glob<LayerFigure>("../../core/layers/*/figure.ts", { import: "default" });

export interface ShownDoc extends LayerDoc {
  /** Sets the formula inside an element, as MathML. */
  readonly setFormula: (place: HTMLElement) => void;
  /** Null for a layer that brings none. */
  readonly figure: LayerFigure | null;
}

/** @throws AppError design.unknown_layer of a type without a page: one that this version does not know */
export async function loadLayerDoc(type: string): Promise<ShownDoc> {
  const load = pages[`../../core/layers/${type}/doc.md`];
  if (load === undefined) throw new AppError("design.unknown_layer", { name: type, type });
  const loadFigure = figures[`../../core/layers/${type}/figure.ts`];
  const [text, katex, figure] = await Promise.all([load(), import("katex"), loadFigure?.() ?? null]);
  const doc = parseLayerDoc(text);
  const setFormula = (place: HTMLElement): void =>
    katex.render(doc.formula, place, { output: "mathml", displayMode: true, throwOnError: true });
  return { ...doc, setFormula, figure };
}
