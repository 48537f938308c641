/** What stands on a node beside its name: the activation, and its headline in words. */
import type { NodeDocument } from "../../core/graph/document.ts";
import { validConfigOf } from "../../core/graph/node-result.ts";
import type { Language, LayerDefinition } from "../../core/layers/layer.ts";

/** At the right of the name: the activation, which says most about a layer. */
export function tagOf(definition: LayerDefinition, node: NodeDocument): string {
  if (node.bypassed) return "";
  const field = definition.traits.activationField;
  const config = field === undefined ? null : validConfigOf(definition, node);
  const value = field === undefined || config === null ? "" : String(config[field]);
  return value === "linear" ? "" : value;
}

export function bodyOf(definition: LayerDefinition | undefined, node: NodeDocument, language: Language): string {
  if (definition === undefined) return node.type;
  const { label } = definition.texts[language];
  const config = validConfigOf(definition, node);
  // The definition derives both from one schema; the registry only forgets which.
  const headline = config === null ? "" : (definition.headline?.(config as never) ?? "");
  if (headline === "") return label;
  const units = definition.traits.unitsField;
  // A word says what it is by itself, a bare number does not.
  if (units === undefined) return /^\p{L}/u.test(headline) ? headline : `${label} · ${headline}`;
  const word = definition.texts[language].fields[units]?.label ?? "";
  if (language === "zh") return `${word} ${headline}`;
  return `${headline} ${(headline === "1" ? word.replace(/s$/, "") : word).toLowerCase()}`;
}
