/**
 * doc.md of a layer: formula, symbols, source, and in each language what the layer does, when to use it and what to watch
 * for. The help card of the inspector shows it; its form is fixed so that every layer's can be read by a program.
 */
import type { Language } from "./layer.ts";

export interface LayerDocWords {
  /** What the letters of the formula stand for. */
  readonly symbols: string;
  readonly what: string;
  readonly when: string;
  readonly pitfall: string;
  /** Papers, and what it is called in Keras and PyTorch; the English one where there is nothing to translate. */
  readonly source: string;
}

export interface LayerDoc {
  /** TeX, without the dollar signs. */
  readonly formula: string;
  readonly words: Readonly<Record<Language, LayerDocWords>>;
}

const LABELS = {
  en: { heading: "English", symbols: "Symbols: ", what: "What: ", when: "When: ", pitfall: "Pitfall: ", source: "Source: " },
  zh: { heading: "中文", symbols: "符号：", what: "作用：", when: "何时用：", pitfall: "注意：", source: "出处：" },
} as const;

/** @throws Error naming what is missing: a page is part of the program, so a wrong one is a fault of ours */
export function parseLayerDoc(text: string): LayerDoc {
  const formula = /^\$\$\n([\s\S]+?)\n\$\$$/m.exec(text)?.[1];
  if (formula === undefined) throw new Error("doc.md has no formula between lines of $$");
  const words = (language: Language): LayerDocWords => {
    const { heading, symbols, source, ...labels } = LABELS[language];
    const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
    return {
      // The English ones stand below the formula.
      symbols: paragraphAfter(language === "en" ? text : section, symbols),
      what: paragraphAfter(section, labels.what),
      when: paragraphAfter(section, labels.when),
      pitfall: paragraphAfter(section, labels.pitfall),
      source: section.includes(`\n${source}`) ? paragraphAfter(section, source) : paragraphAfter(text, LABELS.en.source),
    };
  };
  return {
    formula,
    words: { en: words("en"), zh: words("zh") },
  };
}

/** To the next empty line: a paragraph may run over several. */
function paragraphAfter(text: string, label: string): string {
  const paragraph = text.split(/\n\s*\n/).find((one) => one.startsWith(label));
  const rest = paragraph?.slice(label.length).replaceAll("\n", " ").trim() ?? "";
  if (rest === "") throw new Error(`doc.md has no paragraph '${label.trim()} …'`);
  return rest;
}
