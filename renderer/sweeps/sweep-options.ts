/** Which options of a design a sweep can go over, what they are called, and what is proposed for them. */
import type { DataFacts } from "../../core/checks/data-facts.ts";
import { choiceWord } from "../../core/graph/choice-words.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { optimizerDefinitions, optimizerNames } from "../../core/optimizers/definitions.ts";
import { scheduleDefinitions, scheduleNames } from "../../core/schedules/definitions.ts";
import type { Field, Schema, ShapeField } from "../../core/schema/fields.ts";
import { earlyStoppingSchema, takesAllRows, trainingSchema } from "../../core/spec/training.ts";
import { unfitValues } from "../../core/sweeps/fitting/unfit-values.ts";
import type { Dimension, Target, Values } from "../../core/sweeps/plan.ts";
import { trainingTexts } from "../../resources/translations/app/training-options.ts";
import type { Language } from "../../resources/translations/translate.ts";
import { readShape } from "../inspector/read-shape.ts";
import { errorText } from "../ui/error-text.ts";
import type { Translate } from "../ui/texts.ts";

export interface SweepOption {
  readonly target: Target;
  /** "Optimizer", or the layer's name. */
  readonly section: string;
  readonly label: string;
  readonly field: Field | null;
  readonly value: unknown;
}

/** Options that say where data come from, not how they are learnt from: nothing is found by trying them. */
const NOT_SWEPT: ReadonlySet<Field["kind"]> = new Set<Field["kind"]>(["text", "names"]);
/** Shapes that the data give: of an input. Those of kernels, strides and pools are sizes that one tries. */
const isGiven = (field: Field): boolean => field.kind === "shape" && field.nullable;

/** @param chosen layers that are selected on the canvas: several of them can be repeated as one row */
export function sweepOptions(
  design: DesignDocument,
  language: Language,
  t: Translate,
  chosen: ReadonlySet<string> = new Set(),
): readonly SweepOption[] {
  return [
    ...trainingOptions(design, language, t),
    ...rowOptions(design, chosen, t),
    ...design.graph.nodes.flatMap((node) => layerOptions(node, language, t)),
  ];
}

/** Layer groups, and several chosen layers, repeated as a whole. */
function rowOptions({ graph }: DesignDocument, chosen: ReadonlySet<string>, t: Translate): SweepOption[] {
  const row = (nodeIds: readonly string[], section: string): SweepOption[] => {
    const nodes = graph.nodes.filter(({ id }) => nodeIds.includes(id));
    if (nodes.length < 2 || nodes.some(({ type }) => layerDefinition(type)?.group === "io")) return [];
    const target: Target = { of: "repeat", node_ids: nodes.map(({ id }) => id) };
    return [{ target, section, label: t("sweep.depth"), field: null, value: 1 }];
  };
  const own = row([...chosen], t("sweep.chosen", { names: rowName(graph.nodes, [...chosen]) }));
  const groups = graph.groups.flatMap(({ name, node_ids }) => row(node_ids, t("sweep.group_depth", { name })));
  return [...own.filter((one) => !groups.some((other) => sameTarget(one.target, other.target))), ...groups];
}

const rowName = (nodes: readonly NodeDocument[], ids: readonly string[]): string =>
  nodes.flatMap(({ id, name }) => (ids.includes(id) ? [name] : [])).join(", ");

/** What says how wide a layer is. */
const WIDTHS: ReadonlySet<string> = new Set(["units", "filters"]);

/**
 * A search over the structure: how often each hidden layer with weights stands in a row, and how wide it is. A layer that leads to
 * an output without another one between has the width that the targets ask for, and is left as it is.
 */
export function structureDimensions(design: DesignDocument, options: readonly SweepOption[]): readonly Dimension[] {
  const width = new Map(
    options.flatMap((option) =>
      option.target.of === "layer" && WIDTHS.has(option.target.option) ? [[option.target.node_id, option] as const] : [],
    ),
  );
  const last = lastLayers(design, new Set(width.keys()));
  return [...width.entries()].flatMap(([id, option]) => {
    if (last.has(id)) return [];
    const depth = options.find(({ target }) => target.of === "repeat" && target.node_ids.join() === id);
    const now = typeof option.value === "number" ? option.value : 32;
    const step = Math.max(1, Math.round(now / 2));
    const values: Values = { form: "range", low: step, high: step * 4, scale: "linear", whole: true, points: 4, step };
    return [...(depth === undefined ? [] : [proposedDimension(depth, design, null)]), { target: option.target, values }];
  });
}

/** Those of the layers from which an output is reached without another of them in between. */
function lastLayers({ graph }: DesignDocument, layers: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const outputs = graph.nodes.filter(({ id }) => !graph.edges.some(({ source }) => source === id)).map(({ id }) => id);
  for (let open = outputs; open.length > 0; ) {
    const before = graph.edges.filter(({ target }) => open.includes(target)).map(({ source }) => source);
    open = [];
    for (const id of before) {
      if (seen.has(id)) continue;
      seen.add(id);
      if (layers.has(id)) found.add(id);
      else open.push(id);
    }
  }
  return found;
}

/** They change what is reported or how it is computed, not how well a network learns. */
export const NOT_OF_LEARNING: ReadonlySet<string> = new Set(["seed", "arithmetic", "top_k", "metrics", "validate_every"]);

function trainingOptions({ train }: DesignDocument, language: Language, t: Translate): SweepOption[] {
  const index = language === "zh" ? 1 : 0;
  const word = (area: string, name: string): string => trainingTexts[`${area}.${name}.label`]?.[index] ?? name;
  const training = t("inspector.training");
  const allRows = takesAllRows(recordOf(train["optimizer"])["type"]);
  const plain = optionsOf(trainingSchema, train).filter(({ name }) => !NOT_OF_LEARNING.has(name) && !(allRows && name === "batch_size"));
  return [
    ...chosenOptions("optimizer", "adam", optimizerNames, optimizerDefinitions, train["optimizer"], language, t),
    ...plain.map(({ name, field, value }) => training_(training, name, word("train", name), field, value)),
    ...chosenOptions("schedule", "constant", scheduleNames, scheduleDefinitions, train["schedule"], language, t),
    ...optionsOf(earlyStoppingSchema, recordOf(train["early_stopping"])).map(({ name, field, value }) =>
      training_(t("training.early_stopping"), `early_stopping.${name}`, word("early_stopping", name), field, value),
    ),
  ];
}

function training_(section: string, option: string, label: string, field: Field | null, value: unknown): SweepOption {
  return { target: { of: "training", option }, section, label, field, value };
}

interface Named {
  readonly schema: Schema;
  readonly texts: Readonly<
    Record<Language, { readonly label: string; readonly fields: Readonly<Record<string, { readonly label: string }>> }>
  >;
}

function chosenOptions(
  section: "optimizer" | "schedule",
  fallback: string,
  names: readonly string[],
  definitions: Readonly<Record<string, Named>>,
  document: unknown,
  language: Language,
  t: Translate,
): SweepOption[] {
  const values = recordOf(document);
  const type = typeof values["type"] === "string" ? values["type"] : fallback;
  const title = t(`training.${section}`);
  const choice: Field = { kind: "choice", default: fallback, values: [...names] };
  const definition = definitions[type];
  return [
    training_(title, `${section}.type`, title, choice, type),
    ...optionsOf(definition?.schema ?? {}, values).map(({ name, field, value }) =>
      training_(title, `${section}.${name}`, definition?.texts[language].fields[name]?.label ?? name, field, value),
    ),
  ];
}

function layerOptions(node: NodeDocument, language: Language, t: Translate): SweepOption[] {
  const definition = layerDefinition(node.type);
  if (definition === undefined || node.shared_with !== null) return [];
  const options = optionsOf(definition.schema, node.config).map(
    ({ name, field, value }): SweepOption => ({
      target: { of: "layer", node_id: node.id, option: name },
      section: node.name,
      label: definition.texts[language].fields[name]?.label ?? name,
      field,
      value,
    }),
  );
  const between = definition.group !== "io";
  const depth: SweepOption = {
    target: { of: "repeat", node_ids: [node.id] },
    section: node.name,
    label: t("sweep.depth"),
    field: null,
    value: 1,
  };
  return between ? [...options, depth] : options;
}

function optionsOf(schema: Schema, values: Readonly<Record<string, unknown>>): { name: string; field: Field; value: unknown }[] {
  return Object.entries(schema)
    .filter(([, field]) => !NOT_SWEPT.has(field.kind) && !isGiven(field))
    .map(([name, field]) => ({ name, field, value: values[name] ?? field.default }));
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

export function sameTarget(a: Target, b: Target): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * A stretch around what is set now, within what the option allows; every choice of a choice with which the design can be trained.
 * @param facts what is known of the rows
 * @param beside what else is searched over
 */
export function proposedDimension(
  { target, field, value }: SweepOption,
  design: DesignDocument,
  facts: DataFacts | null,
  beside: readonly Dimension[] = [],
): Dimension {
  const values = proposedValues(field, value);
  if (values.form !== "list") return { target, values };
  const unfit = unfitValues(design, target, values.values, facts, beside);
  const fit = values.values.filter((one) => !unfit.has(one));
  return { target, values: { form: "list", values: fit.length > 0 ? fit : [value] } };
}

function proposedValues(field: Field | null, value: unknown): Values {
  if (field === null) return { form: "range", low: 1, high: 4, scale: "linear", whole: true, points: 4 };
  if (field.kind === "bool") return { form: "list", values: [true, false] };
  if (field.kind === "choice") return { form: "list", values: [...field.values] };
  if (field.kind !== "int" && field.kind !== "float") return { form: "list", values: [value] };
  const whole = field.kind === "int";
  const now = typeof value === "number" ? value : 0;
  const within = (wanted: number): number =>
    Math.min(field.max, Math.max(field.min, whole ? Math.round(wanted) : Number(wanted.toPrecision(3))));
  if (now <= 0) return { form: "range", low: within(0), high: within(whole ? 4 : 0.5), scale: "linear", whole, points: 5 };
  // Shares (dropout, momentum) are even; rates and sizes are what one tries by factors.
  const isShare = !whole && field.max <= 1 && now > 0.05;
  if (isShare) return { form: "range", low: within(now / 2), high: within(Math.min(0.95, now * 1.8)), scale: "linear", whole, points: 5 };
  const factor = whole ? 4 : 10;
  return {
    form: "range",
    low: Math.max(within(now / factor), whole ? 1 : 1e-9),
    high: within(now * factor),
    scale: "log",
    whole,
    points: 5,
  };
}

/** Between which the numbers of a search may lie, both ends included. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Of an option that is a number; of how often layers stand in a row, which has no field, from none on. */
export function boundsOf(option: SweepOption | undefined): Bounds {
  const field = option?.field ?? null;
  if (field === null || (field.kind !== "int" && field.kind !== "float")) return { least: 0, most: Number.POSITIVE_INFINITY };
  const { min, max } = field;
  const above = field.kind === "float" && field.exclusiveMin === true;
  const below = field.kind === "float" && field.exclusiveMax === true;
  // The ends are numbers of a search, which has six digits: beside a bound that is left out the next such number is as near as it comes.
  return { least: above ? min + NEXT_TO_BOUND : min, most: below ? max - NEXT_TO_BOUND : max };
}
const NEXT_TO_BOUND = 1e-12;

/** "dense_1: Units": names of layers and options as the design has them; what is gone is called by its key. */
export function targetName(target: Target, design: DesignDocument, language: Language, t: Translate): string {
  const known = sweepOptions(design, language, t).find((option) => sameTarget(option.target, target));
  const named = (owner: string, option: string): string => t("sweep.option_of", { owner, option });
  if (known !== undefined) return known.section === known.label ? known.label : named(known.section, known.label);
  if (target.of === "repeat") return named(rowName(design.graph.nodes, target.node_ids) || target.node_ids.join(", "), t("sweep.depth"));
  return target.of === "training" ? target.option : named(target.node_id, target.option);
}

/** A value that an option is set to, in words where it names something; numbers are left to those who show them. */
export function optionValueText(target: Target, value: unknown, language: Language, t: Translate): string {
  if (typeof value === "boolean") return t(value ? "compare.yes" : "compare.no");
  if (Array.isArray(value)) return value.join("×");
  return (target.of === "repeat" ? null : choiceWord(target.option, value, language)) ?? String(value);
}

/** Sizes as a person lists them: "3×3, 5×5". */
export function readSizes(
  field: ShapeField,
  text: string,
  t: Translate,
): { readonly values: readonly unknown[] } | { readonly wrong: string } {
  const parts = text.split(/[,，]/).filter((part) => part.trim() !== "");
  const values: unknown[] = [];
  for (const part of parts) {
    const read = readShape(field, part, t);
    if ("wrong" in read) return read;
    values.push(read.shape);
  }
  return values.length === 0 ? { wrong: t("sweep.sizes") } : { values };
}

export interface SweepChoice {
  readonly value: unknown;
  readonly text: string;
  /** Why the design cannot be trained with it; null where it can. */
  readonly unfit: string | null;
}

/** What a choice or a switch may be set to, with words; null of everything else, or where the option is not there. */
export function choicesOf(
  option: SweepOption | undefined,
  design: DesignDocument,
  facts: DataFacts | null,
  language: Language,
  t: Translate,
  beside: readonly Dimension[] = [],
): readonly SweepChoice[] | null {
  const { field, target } = option ?? { field: null, target: null };
  if (field === null || target === null || (field.kind !== "choice" && field.kind !== "bool")) return null;
  const values: readonly unknown[] = field.kind === "bool" ? [true, false] : field.values;
  const unfit = unfitValues(design, target, values, facts, beside);
  return values.map((value) => {
    const reason = unfit.get(value);
    return {
      value,
      text: optionValueText(target, value, language, t),
      unfit: reason === undefined ? null : errorText(reason, language),
    };
  });
}
