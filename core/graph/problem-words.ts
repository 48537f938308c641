/** Values of an error in the words that boxes have for them: "ReLU" and not `relu`, "Kernel initializer" and not `kernel_initializer`. */
import { trainingScreenTexts } from "../../resources/translations/app/training.ts";
import { translate } from "../../resources/translations/translate.ts";
import type { ErrorParams } from "../errors.ts";
import type { Language } from "../layers/layer.ts";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { readFigureName } from "../metrics/figure-names.ts";
import { choiceWord } from "./choice-words.ts";

/** By the end of the value's name: `activation`, `first_activation`. */
const CHOICES = /(?:^|_)(?:activation|loss|optimizer|initializer|schedule)$/;

/** Of a fix: the kind of layer that it puts in, or of several, one behind the other. */
const LAYER_TYPE = "layer_type";
const AND = " + ";
const layerWords = (types: string, language: Language): string =>
  types
    .split(AND)
    .map((type) => layerDefinition(type)?.texts[language].label ?? type)
    .join(AND);
/** Of a search: the figure that judges it, as a curve is called (`val_loss`). */
const MONITOR = "monitor";

/** Of a filter: a part of it as it is written, or the kind of value that it is. */
const OPERAND = /_operand$/;
const KINDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  number: { en: "a number", zh: "数值" },
  text: { en: "words", zh: "文字" },
  truth: { en: "a condition", zh: "条件" },
  date: { en: "a date", zh: "日期" },
  time: { en: "a time of day", zh: "时刻" },
};

/** Of options that are on or off. */
const SWITCH = { en: { true: "on", false: "off" }, zh: { true: "开", false: "关" } } as const;

function valueWord(option: string, value: unknown, language: Language): string | null {
  if (value === true || value === "true") return SWITCH[language].true;
  if (value === false || value === "false") return SWITCH[language].false;
  return choiceWord(option, value, language);
}

/** What is no such choice, and what this version does not know, stays as it is. */
export function paramsInWords(params: ErrorParams, language: Language): ErrorParams {
  const { option } = params;
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (CHOICES.test(name)) return [name, choiceWord(name, value, language) ?? value];
      if (OPERAND.test(name)) return [name, KINDS[String(value)]?.[language] ?? value];
      if (name === LAYER_TYPE && typeof value === "string") return [name, layerWords(value, language)];
      if (name === MONITOR && typeof value === "string") return [name, figureWord(value, language)];
      if (typeof option !== "string") return [name, value];
      if (name === "option") return [name, optionWord(option, language) ?? value];
      return [name, name === "value" ? (valueWord(option, value, language) ?? value) : value];
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

const VALIDATION = "val_";

/** "Loss, validation", as tables and charts have it. */
function figureWord(curve: string, language: Language): string {
  const part = curve.startsWith(VALIDATION) ? "validation" : "training";
  const { figure, output, known } = readFigureName(part === "validation" ? curve.slice(VALIDATION.length) : curve);
  const title = figure === "loss" ? translate(trainingScreenTexts, language, "metric.loss") : (known?.texts[language] ?? figure);
  return translate(trainingScreenTexts, language, "charts.figure", {
    metric: output === null ? title : `${output} · ${title}`,
    part: translate(trainingScreenTexts, language, `charts.part.${part}`),
  });
}
