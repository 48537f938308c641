/** Values of an error in the words that boxes have for them: "ReLU" and not `relu`, "Kernel initializer" and not `kernel_initializer`. */
import type { ErrorParams } from "../errors.ts";
import type { Language } from "../layers/layer.ts";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { choiceWord } from "./choice-words.ts";

/** By the end of the value's name: `activation`, `first_activation`. */
const CHOICES = /(?:^|_)(?:activation|loss|optimizer|initializer|schedule)$/;

/** What is no such choice, and what this version does not know, stays as it is. */
export function paramsInWords(params: ErrorParams, language: Language): ErrorParams {
  const { option } = params;
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (CHOICES.test(name)) return [name, choiceWord(name, value, language) ?? value];
      if (typeof option !== "string") return [name, value];
      if (name === "option") return [name, optionWord(option, language) ?? value];
      return [name, name === "value" ? (choiceWord(option, value, language) ?? value) : value];
    }),
  );
}

/** Options of one name are called alike in all layers that have them. */
function optionWord(option: string, language: Language): string | null {
  for (const type of layerTypes) {
    const definition = layerDefinition(type);
    if (definition !== undefined && Object.hasOwn(definition.schema, option))
      return definition.texts[language].fields[option]?.label ?? null;
  }
  return null;
}
