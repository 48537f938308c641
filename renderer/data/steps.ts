/**
 * The steps of the design as the list they are: added, moved, removed, their options changed; and the one step that makes
 * numbers of a text or a picture. Pure functions over the data section; acts that can be undone are in acts.ts.
 */
import type { ColumnDocument, DataDocument, StepDocument } from "../../core/graph/document.ts";
import { isTimeFormat } from "../../core/schema/times-of-day.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { stepDefinition, stepDefinitions, stepTypes } from "../../core/steps/definitions.ts";
import type { StepColumnKind, StepDefinition } from "../../core/steps/step.ts";

/** Undefined for a step of a later version. */
export function knownStep(type: string): StepDefinition | undefined {
  return Object.hasOwn(stepDefinitions, type) ? stepDefinitions[type] : undefined;
}

/** All options of a step, those that it leaves out at their defaults. */
export function optionsOf(step: StepDocument): Readonly<Record<string, unknown>> {
  const { type, columns: _columns, ...options } = step;
  return { ...defaultsOf(knownStep(type)?.schema ?? {}), ...options };
}

export function newStep(type: string, columns: readonly string[]): StepDocument {
  return { type, columns: [...columns], ...defaultsOf(stepDefinition(type).schema) };
}

/** What a column is before any step; steps that take one of these can be proposed for it. */
const KIND: Readonly<Record<ColumnDocument["type"], readonly StepColumnKind[]>> = {
  numeric: ["number"],
  // Dates become numbers, categories numbers of their order, on the way.
  date: ["date", "number"],
  categorical: ["category", "number"],
  text: ["text"],
  picture: ["picture"],
};

/** Steps that may fit all these columns; whether one does where it stands, the preparation says. */
export function stepsFor(columns: readonly ColumnDocument[]): readonly string[] {
  return stepTypes.filter((type) => {
    const { takes, onTargets } = stepDefinition(type);
    return columns.every((column) => KIND[column.type].some((kind) => takes.includes(kind)) && (onTargets || column.role !== "target"));
  });
}

/** What of a date's parts and cycles a time of day has. */
const OF_DAY: Readonly<Record<string, Partial<StepDocument>>> = {
  date_parts: { year: false, month: false, day: false, weekday: false, hour: true, minute: true },
  date_cycles: { year: false, month: false, week: false, day: true },
};

export function withStepAdded(data: DataDocument, type: string, columns: readonly string[]): DataDocument {
  const ofDay = columns.every((name) => isTimeFormat(data.columns.find((column) => column.name === name)?.date_format));
  return { ...data, steps: [...data.steps, { ...newStep(type, columns), ...(ofDay ? OF_DAY[type] : {}) }] };
}

export function withStepRemoved(data: DataDocument, index: number): DataDocument {
  return { ...data, steps: data.steps.filter((_, place) => place !== index) };
}

/** @param to index that the step then has */
export function withStepMoved(data: DataDocument, from: number, to: number): DataDocument {
  const step = data.steps[from];
  if (step === undefined || from === to || to < 0 || to >= data.steps.length) return data;
  const others = data.steps.filter((_, place) => place !== from);
  return { ...data, steps: [...others.slice(0, to), step, ...others.slice(to)] };
}

export function withStepOption(data: DataDocument, index: number, name: string, value: unknown): DataDocument {
  return { ...data, steps: data.steps.map((step, place) => (place === index ? { ...step, [name]: value } : step)) };
}

/** In the order of the design's columns. */
export function withStepColumns(data: DataDocument, index: number, columns: readonly string[]): DataDocument {
  const chosen = new Set(columns);
  const ordered = data.columns.filter(({ name }) => chosen.has(name)).map(({ name }) => name);
  return { ...data, steps: data.steps.map((step, place) => (place === index ? { ...step, columns: ordered } : step)) };
}

export type ContentType = "text" | "picture";

/** Steps that make numbers of a text, or of a picture, and of nothing else. */
export function contentSteps(type: ContentType): readonly string[] {
  return stepTypes.filter((name) => stepDefinition(name).takes.every((kind) => kind === type));
}

/** The step that makes numbers of this column. */
export function contentStepOf(data: DataDocument, column: Pick<ColumnDocument, "name" | "type">): StepDocument | undefined {
  if (column.type !== "text" && column.type !== "picture") return undefined;
  const types = contentSteps(column.type);
  return data.steps.find((step) => types.includes(step.type) && step.columns.includes(column.name));
}

/** These columns get this step with its defaults in place of the one they had; null takes it away. Others keep theirs. */
export function withContentStep(data: DataDocument, columns: readonly string[], content: ContentType, type: string | null): DataDocument {
  const cleared = withoutContent(data, columns, content);
  return type === null ? cleared : joined(cleared, newStep(type, columns));
}

/** A column of 0 and 1 for each part of the lists in these columns. */
export const withListStep = (data: DataDocument, columns: readonly string[], separator: string): DataDocument =>
  joined(data, { ...newStep("multi_hot", columns), separator });

/** One option of the step of these columns; columns that shared it and are not among them keep it as it was. */
export function withContentOption(
  data: DataDocument,
  columns: readonly string[],
  content: ContentType,
  name: string,
  value: unknown,
): DataDocument {
  const types = contentSteps(content);
  const own = data.steps.find((step) => types.includes(step.type) && step.columns.some((column) => columns.includes(column)));
  if (own === undefined) return data;
  const concerned = own.columns.filter((column) => columns.includes(column));
  if (concerned.length === own.columns.length) return withStepOption(data, data.steps.indexOf(own), name, value);
  return joined(withoutContent(data, concerned, content), { ...own, columns: concerned, [name]: value });
}

function withoutContent(data: DataDocument, columns: readonly string[], content: ContentType): DataDocument {
  const types = contentSteps(content);
  const steps = data.steps.map((step) =>
    types.includes(step.type) ? { ...step, columns: step.columns.filter((name) => !columns.includes(name)) } : step,
  );
  return { ...data, steps: steps.filter((step) => step.columns.length > 0) };
}

/** Columns with the same options share a step. */
function joined(data: DataDocument, step: StepDocument): DataDocument {
  const words = (one: StepDocument): string => JSON.stringify([one.type, Object.entries(optionsOf(one)).sort()]);
  const same = data.steps.findIndex((other) => knownStep(other.type) !== undefined && words(other) === words(step));
  if (same < 0) return { ...data, steps: [...data.steps, step] };
  return withStepColumns(data, same, [...(data.steps[same]?.columns ?? []), ...step.columns]);
}
