/** A design as settings by name, so that two designs can be set side by side: layers by their names, training, data, preparation. */
import { compareTexts } from "../../resources/translations/app/compare.ts";
import { inspectorTexts } from "../../resources/translations/app/inspector.ts";
import { trainingTexts } from "../../resources/translations/app/training-options.ts";
import { type Catalogue, type Language, translate } from "../../resources/translations/translate.ts";
import { choiceWord } from "../graph/choice-words.ts";
import type { DataDocument, DesignDocument, NodeDocument } from "../graph/document.ts";
import { layerDefinition } from "../layers/registry.ts";
import { optimizerDefinitions } from "../optimizers/definitions.ts";
import { scheduleDefinitions } from "../schedules/definitions.ts";
import { stepDefinitions } from "../steps/definitions.ts";

export interface Setting {
  /** As people read it: `hidden_1 · Units`. */
  readonly title: string;
  readonly value: string;
}

interface Texts {
  readonly label: string;
  readonly fields: Readonly<Record<string, { readonly label: string }>>;
}
type Definitions = Readonly<Record<string, { readonly texts: Readonly<Record<Language, Texts>> }>>;

/** By a key that means the same in every design (`hidden_1 · units`), in words of a language; what has no word keeps its identifier. */
export function settingsOf({ graph, train, data }: DesignDocument, language: Language): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  for (const node of graph.nodes) {
    putLayer(found, node, language);
    const inputs = graph.edges.filter(({ target }) => target === node.id).map(({ source }) => names.get(source) ?? source);
    if (inputs.length > 0) found.set(`${node.name} · ←`, { title: `${node.name} · ←`, value: inputs.join(", ") });
  }
  for (const [option, value] of Object.entries(train)) putTraining(found, option, value, language);
  if (data !== null) putData(found, data, language);
  return found;
}

function putLayer(found: Map<string, Setting>, { name, type, config }: NodeDocument, language: Language): void {
  const texts = layerDefinition(type)?.texts[language];
  found.set(name, { title: name, value: texts?.label ?? type });
  for (const [option, value] of Object.entries(config))
    put(found, `${name} · ${option}`, `${name} · ${texts?.fields[option]?.label ?? option}`, value, language, option);
}

function putTraining(found: Map<string, Setting>, option: string, value: unknown, language: Language): void {
  const key = `train · ${option}`;
  if (option === "optimizer") putNamed(found, key, option, optimizerDefinitions, value, language);
  else if (option === "schedule") putNamed(found, key, option, scheduleDefinitions, value, language);
  else if (option === "early_stopping") {
    const title = translate(inspectorTexts, language, "training.early_stopping");
    for (const [field, inner] of Object.entries(valuesOf(value)))
      put(
        found,
        `${key} · ${field}`,
        `${title} · ${wordOf(trainingTexts, `early_stopping.${field}.label`, language) ?? field}`,
        inner,
        language,
      );
  } else put(found, key, wordOf(trainingTexts, `train.${option}.label`, language) ?? option, value, language);
}

/** `{type, …}` of a registry: what it is, and its options behind it. */
function putNamed(
  found: Map<string, Setting>,
  key: string,
  of: "optimizer" | "schedule",
  definitions: Definitions,
  document: unknown,
  language: Language,
): void {
  const title = translate(inspectorTexts, language, `training.${of}`);
  const { type, ...options } = valuesOf(document);
  put(found, key, title, type, language, of);
  const fields = typeof type === "string" && Object.hasOwn(definitions, type) ? definitions[type]?.texts[language].fields : undefined;
  for (const [option, value] of Object.entries(options))
    put(found, `${key} · ${option}`, `${title} · ${fields?.[option]?.label ?? option}`, value, language);
}

function putData(found: Map<string, Setting>, { split, steps, columns }: DataDocument, language: Language): void {
  const ofSplit = translate(compareTexts, language, "compare.data.method");
  for (const [field, value] of Object.entries(split)) {
    const key = `split · ${field}`;
    if (field === "method") put(found, key, ofSplit, value, language);
    else
      put(
        found,
        key,
        wordOf(compareTexts, `compare.data.${field === "seed" ? "split_seed" : field}`, language) ?? `${ofSplit} · ${field}`,
        value,
        language,
      );
  }
  steps.forEach(({ type, ...config }, place) => {
    const texts = Object.hasOwn(stepDefinitions, type) ? stepDefinitions[type]?.texts[language] : undefined;
    const key = `step ${place + 1}`;
    const title = translate(compareTexts, language, "compare.data.step", { number: place + 1 });
    found.set(key, { title, value: texts?.label ?? type });
    for (const [option, value] of Object.entries(config))
      put(found, `${key} · ${option}`, `${title} · ${texts?.fields[option]?.label ?? option}`, value, language);
  });
  for (const { name, type, role } of columns)
    if (role === "target" || role === "weight") found.set(`${role} · ${name}`, { title: `${role} · ${name}`, value: type });
}

/** Nothing that is not set; what holds several values each by itself. */
function put(found: Map<string, Setting>, key: string, title: string, value: unknown, language: Language, option = ""): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value))
    found.set(key, { title, value: value.map((one) => (typeof one === "object" ? JSON.stringify(one) : String(one))).join(", ") });
  else if (typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) put(found, `${key} · ${name}`, `${title} · ${name}`, inner, language, name);
  } else found.set(key, { title, value: plainText(value, language, option) });
}

function plainText(value: unknown, language: Language, option: string): string {
  if (typeof value === "boolean") return translate(compareTexts, language, value ? "compare.yes" : "compare.no");
  return choiceWord(option, value, language) ?? String(value);
}

function wordOf(catalogue: Catalogue, key: string, language: Language): string | null {
  return Object.hasOwn(catalogue, key) ? translate(catalogue, language, key) : null;
}

function valuesOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? { ...value } : {};
}
