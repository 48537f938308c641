/**
 * doc.md of a layer: formula, symbols, source, and in each language what the layer does, when to use it and what to watch
 * for. The help card of the inspector shows it; its form is fixed so that every layer's can be read by a program.
 */
import type { Language } from "./layer.ts";

export interface LayerDocWords {
  readonly what: string;
  readonly when: string;
  readonly pitfall: string;
}

export interface LayerDoc {
  /** TeX, without the dollar signs. */
  readonly formula: string;
  readonly symbols: string;
  readonly source: string;
  readonly words: Readonly<Record<Language, LayerDocWords>>;
}

const LABELS = {
  en: { heading: "English", what: "What: ", when: "When: ", pitfall: "Pitfall: " },
  zh: { heading: "中文", what: "作用：", when: "何时用：", pitfall: "注意：" },
} as const;

/** @throws Error naming what is missing: a page is part of the program, so a wrong one is a fault of ours */
export function parseLayerDoc(text: string): LayerDoc {
  const formula = /^\$\$\n([\s\S]+?)\n\$\$$/m.exec(text)?.[1];
  if (formula === undefined) throw new Error("doc.md has no formula between lines of $$");
  const words = (language: Language): LayerDocWords => {
    const { heading, ...labels } = LABELS[language];
    const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
    return {
      what: lineAfter(section, labels.what),
      when: lineAfter(section, labels.when),
      pitfall: lineAfter(section, labels.pitfall),
    };
  };
  return {
    formula,
    symbols: lineAfter(text, "Symbols: "),
    source: lineAfter(text, "Source: "),
    words: { en: words("en"), zh: words("zh") },
  };
}

function lineAfter(text: string, label: string): string {
  const line = text.split("\n").find((one) => one.startsWith(label));
  const rest = line?.slice(label.length).trim() ?? "";
  if (rest === "") throw new Error(`doc.md has no line '${label.trim()} …'`);
  return rest;
}
