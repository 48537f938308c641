/** Differences in words, for the nodes of the overlay and for the list beside it alike. */
import { type ComparedNode, type DifferenceState, type OptionDifference, shownNode } from "../../../core/graph/compare-designs.ts";
import { layerDefinition } from "../../../core/layers/registry.ts";
import type { CompareRow } from "../compare-runs.ts";
import { rowTitle, valueText, type Words } from "../compare-words.ts";
import type { Difference } from "./overlay-model.ts";

/** Never colour alone. */
export const SIGNS: Readonly<Record<DifferenceState, string>> = { added: "+", removed: "−", changed: "≠", same: "=" };

/** One option that differs: what it is called, and what it was and is. */
export interface ChangeWords {
  readonly key: string;
  readonly title: string;
  readonly left: string;
  readonly right: string;
}

export function typeLabel(type: string, { t, language }: Words): string {
  return layerDefinition(type)?.texts[language].label ?? t("canvas.unknown");
}

export function optionWords(node: ComparedNode, difference: OptionDifference, words: Words): ChangeWords {
  const value = (side: unknown): string => valueText({ group: "layers", field: difference.field }, side, words);
  return {
    key: `${difference.kind} ${difference.field}`,
    title: optionTitle(shownNode(node).type, difference, words),
    left: value(difference.left),
    right: value(difference.right),
  };
}

function optionTitle(type: string, { kind, field }: OptionDifference, { t, language }: Words): string {
  if (kind === "option") return layerDefinition(type)?.texts[language].fields[field]?.label ?? field;
  return kind === "name" || kind === "order" ? t(`overlay.field.${kind}`) : t(`compare.layer.${kind}`);
}

function rowWords(row: CompareRow, words: Words): ChangeWords {
  const [left, right] = row.values;
  return { key: row.key, title: rowTitle(row, words), left: valueText(row, left, words), right: valueText(row, right, words) };
}

/** The line of a difference in the list, and the options below it. */
export function differenceWords(
  difference: Difference,
  names: ReadonlyMap<string, string>,
  words: Words,
): { readonly title: string; readonly changes: readonly ChangeWords[] } {
  const { t } = words;
  switch (difference.kind) {
    case "node": {
      const { node } = difference;
      const shown = shownNode(node);
      return {
        title: `${shown.name} · ${typeLabel(shown.type, words)}`,
        changes: node.options.map((option) => optionWords(node, option, words)),
      };
    }
    case "edge": {
      const { source, target } = difference.edge;
      return { title: t("overlay.connection", { source: names.get(source) ?? "", target: names.get(target) ?? "" }), changes: [] };
    }
    case "training":
    case "data":
      return { title: t(`overlay.${difference.kind}`), changes: difference.rows.map((row) => rowWords(row, words)) };
    default:
      return difference satisfies never;
  }
}
