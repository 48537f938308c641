/** The doc.md of each layer and its formula as MathML, fetched when a card is first opened. */
import { type LayerDoc, parseLayerDoc } from "../../core/layers/doc.ts";

const pages = import.meta.glob<string>("../../core/layers/*/doc.md", { query: "?raw", import: "default" });

export interface ShownDoc extends LayerDoc {
  /** Sets the formula inside an element, as MathML. */
  readonly setFormula: (place: HTMLElement) => void;
}

/** Null for a type without a page: one that this version does not know. */
export async function loadLayerDoc(type: string): Promise<ShownDoc | null> {
  const load = pages[`../../core/layers/${type}/doc.md`];
  if (load === undefined) return null;
  const [text, katex] = await Promise.all([load(), import("katex")]);
  const doc = parseLayerDoc(text);
  const setFormula = (place: HTMLElement): void =>
    katex.render(doc.formula, place, { output: "mathml", displayMode: true, throwOnError: true });
  return { ...doc, setFormula };
}
