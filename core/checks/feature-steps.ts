/** The steps of preparation whose numbers reach a node as they are. */
import type { StepDocument } from "../graph/document.ts";
import { stepDefinitions } from "../steps/definitions.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";
import { rawInput } from "./walk.ts";

/** Steps of known type on columns of the input that feeds this node directly; with only these columns. */
export function stepsOf(context: CheckedDesign, checked: CheckedNode): readonly StepDocument[] {
  const { data } = context.design;
  const input = rawInput(context, checked);
  if (data === null || input === null || input.config === null) return [];
  const named = input.definition.input?.(input.config as never).columns ?? [];
  const features = data.columns.filter(({ role, name }) => role === "feature" && (named.length === 0 || named.includes(name)));
  const names = new Set(features.map(({ name }) => name));
  return data.steps
    .filter(({ type }) => Object.hasOwn(stepDefinitions, type))
    .map((step) => ({ ...step, columns: step.columns.filter((name) => names.has(name)) }))
    .filter(({ columns }) => columns.length > 0);
}
