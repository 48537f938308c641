/**
 * Names of acts that follow the language: an act keeps a key with its values (core/graph/act-label.ts), and these are read when the
 * list of acts is shown. Words that are not of the app's catalogue have a prefix that says whose they are.
 */
import { blockNamed } from "../../core/blocks/registry.ts";
import type { ErrorData } from "../../core/errors.ts";
import type { ActLabel, ActWords } from "../../core/graph/act-label.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { optimizerDefinitions } from "../../core/optimizers/definitions.ts";
import { scheduleDefinitions } from "../../core/schedules/definitions.ts";
import { stepDefinitions } from "../../core/steps/definitions.ts";
import { trainingTexts } from "../../resources/translations/app/training-options.ts";
import { type Language, type TextParams, translate } from "../../resources/translations/translate.ts";
import { errorText } from "./error-text.ts";
import { formatMoment } from "./format.ts";
import { hasText, type TextKey, textIn, useLanguage } from "./texts.ts";

/** Of the app's catalogue. */
export function actWords(key: TextKey, params?: ActWords["params"]): ActWords {
  return params === undefined ? { key } : { key, params };
}
/** What a type of layer is called. */
export function layerWords(type: string): ActWords {
  return { key: `layer:${type}` };
}
/** What an option of a layer, an optimizer or a schedule is called. */
export function optionWords(of: "layer" | "optimizer" | "schedule", type: string, option: string): ActWords {
  return { key: `${of}:${type}/${option}` };
}
export function trainingWords(area: "train" | "early_stopping", option: string): ActWords {
  return { key: `training:${area}.${option}.label` };
}
export function stepWords(type: string): ActWords {
  return { key: `step:${type}` };
}
export function blockWords(name: string): ActWords {
  return { key: `block:${name}` };
}
/** Words of a fix, which stand with the errors. */
export function fixWords({ code, params }: Pick<ErrorData, "code" | "params">): ActWords {
  return { key: `error:${code}`, params };
}
/** @param time milliseconds since 1970 */
export function timeOfAct(time: number): ActWords {
  return { key: "time:", params: { time } };
}

interface Texts {
  readonly label: string;
  readonly fields: Readonly<Record<string, { readonly label: string }>>;
}
type Definitions = Readonly<Record<string, { readonly texts: Readonly<Record<Language, Texts>> }>>;

/** The label of a definition, or of one of its options. */
function ofDefinition(texts: Texts | undefined, type: string, option: string | undefined): string {
  return option === undefined ? (texts?.label ?? type) : (texts?.fields[option]?.label ?? option);
}

function listed(definitions: Definitions, type: string, language: Language): Texts | undefined {
  return Object.hasOwn(definitions, type) ? definitions[type]?.texts[language] : undefined;
}

function foreignWords(of: string, rest: string, params: TextParams, language: Language): string {
  const [type = "", option] = rest.split("/");
  switch (of) {
    case "layer":
      return ofDefinition(layerDefinition(type)?.texts[language], type, option);
    case "optimizer":
      return ofDefinition(listed(optimizerDefinitions, type, language), type, option);
    case "schedule":
      return ofDefinition(listed(scheduleDefinitions, type, language), type, option);
    case "step":
      return ofDefinition(listed(stepDefinitions, type, language), type, option);
    case "block":
      return blockNamed(rest)?.texts[language].label ?? rest;
    case "training":
      return Object.hasOwn(trainingTexts, rest) ? translate(trainingTexts, language, rest) : (rest.split(".")[1] ?? rest);
    case "error":
      return errorText({ code: rest, params }, language);
    case "time":
      return formatMoment(Number(params["time"]), language);
    default:
      return textIn(language)("act.edit");
  }
}

/** The name of an act in a language. A key that this version does not know (of a later one) is an edit like another. */
export function actText(label: ActLabel, language: Language): string {
  if (typeof label === "string") return label;
  const values = Object.entries(label.params ?? {}).map(([name, value]) => [
    name,
    typeof value === "object" ? actText(value, language) : value,
  ]);
  const params = Object.fromEntries(values) as TextParams;
  const cut = label.key.indexOf(":");
  if (cut >= 0) return foreignWords(label.key.slice(0, cut), label.key.slice(cut + 1), params, language);
  return textIn(language)(hasText(label.key) ? label.key : "act.edit", params);
}

const readers: Readonly<Record<Language, (label: ActLabel) => string>> = {
  en: (label) => actText(label, "en"),
  zh: (label) => actText(label, "zh"),
};

/** For components: reads names of acts in the language chosen; the same function until that changes. */
export function useActText(): (label: ActLabel) => string {
  return readers[useLanguage()];
}
