/** What stands on a node beside its name: the activation, and its headline in words. */
import { choiceWord } from "../../core/graph/choice-words.ts";
import type { NodeDocument } from "../../core/graph/document.ts";
import { validConfigOf } from "../../core/graph/node-result.ts";
import type { Language, LayerDefinition } from "../../core/layers/layer.ts";
import type { AnyConfig } from "../../core/schema/fields.ts";
import type { Translate } from "../ui/texts.ts";

/** At the right of the name: the activation in words, which says most about a layer. */
export function tagOf(definition: LayerDefinition, node: NodeDocument, language: Language): string {
  const value = activationOf(definition, node);
  return value === "" ? "" : (choiceWord("activation", value, language) ?? value);
}

/** Its identifier, as Keras and PyTorch code has it; "" where it passes values through. */
export function activationOf(definition: LayerDefinition, node: NodeDocument): string {
  if (node.bypassed) return "";
  const field = definition.traits.activationField;
  const config = field === undefined ? null : validConfigOf(definition, node);
  const value = field === undefined || config === null ? "" : String(config[field]);
  return value === "linear" ? "" : value;
}

/** The identifier behind the words of the body: of the loss, the activation; "" where the words are all there is. */
export function identifierOf(definition: LayerDefinition | undefined, node: NodeDocument): string {
  const config = definition === undefined ? null : validConfigOf(definition, node);
  const headline = config === null ? "" : (definition?.headline?.(config as never) ?? "");
  return /^\p{L}/u.test(headline) ? headline : "";
}

/** A headline that names the value of a choice says it in words: `categorical_crossentropy`, `dot, causal`. */
function inWords(headline: string, { schema }: LayerDefinition, config: AnyConfig, language: Language): string {
  const chosen = Object.entries(schema).filter(([, field]) => field.kind === "choice");
  const word = (part: string): string => {
    if (part === "causal") return choiceWord("padding", part, language) ?? part;
    const option = chosen.find(([name]) => config[name] === part)?.[0];
    return (option === undefined ? null : choiceWord(option, part, language)) ?? part;
  };
  const parts = headline.split(", ");
  const words = parts.map(word);
  // Numbers of a shape stay as they are written.
  return words.every((said, index) => said === parts[index]) ? headline : words.join(language === "zh" ? "，" : ", ");
}

export function bodyOf(definition: LayerDefinition | undefined, node: NodeDocument, language: Language): string {
  if (definition === undefined) return node.type;
  const { label } = definition.texts[language];
  const config = validConfigOf(definition, node);
  // The definition derives both from one schema; the registry only forgets which.
  const plain = config === null ? "" : (definition.headline?.(config as never) ?? "");
  if (config === null || plain === "") return label;
  const headline = inWords(plain, definition, config, language);
  const units = definition.traits.unitsField;
  // A word says what it is by itself, a bare number does not.
  if (units === undefined) return /^\p{L}/u.test(headline) ? headline : `${label} · ${headline}`;
  const word = definition.texts[language].fields[units]?.label ?? "";
  if (language === "zh") return `${word} ${headline}`;
  return `${headline} ${(headline === "1" ? word.replace(/s$/, "") : word).toLowerCase()}`;
}

/** What is special about it: left out, using another's weights, kept as it is, there for training only. @param owner whose weights it uses */
export function stateOf(node: NodeDocument, definition: LayerDefinition | undefined, owner: string, t: Translate): string {
  if (node.bypassed) return t("canvas.bypassed");
  if (node.shared_with !== null) return t("canvas.shared", { name: owner });
  if (node.frozen === true) return t("canvas.frozen");
  return definition?.traits.trainingOnly === true ? t("canvas.train_only") : "";
}

/** Whether its own weights are kept as they are. */
export const isLocked = ({ frozen, shared_with }: NodeDocument): boolean => frozen === true && shared_with === null;
