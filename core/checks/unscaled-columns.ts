/** Numbers by the hundred that reach the first weights as they are: they drown the others, and training is slow or does not start. */
import type { ColumnDocument, DataDocument, StepDocument } from "../graph/document.ts";
import { nodeProblem } from "../graph/problem.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { defineCheck } from "./check.ts";
import { rawInput } from "./walk.ts";

/** A mean or a deviation above it. */
const LARGE = 100;

export const unscaledColumns = defineCheck({
  code: "design.unscaled_columns",
  run: (context) => {
    const { design, facts, definition, result, node } = context;
    const { data } = design;
    const sizes = facts?.sizes;
    // What looks up, or brings numbers to one size itself, does not weigh them as they are.
    if (data === null || sizes === undefined || result.parameters === 0 || definition.traits.normalizes !== undefined) return [];
    if (definition.traits.indexCountField !== undefined) return [];
    const input = rawInput(context, context);
    if (input === null || input.config === null) return [];
    const named = input.definition.input?.(input.config as never).columns ?? [];
    const large = untouched(data, named).filter((name) => (sizes.get(name) ?? 0) > LARGE);
    if (large.length === 0) return [];
    const columns = large.join(", ");
    const step = { type: SCALING, columns: large, ...defaultsOf(stepDefinition(SCALING).schema) } as StepDocument;
    const commands = [{ type: "set_data" as const, data: { ...data, steps: [...data.steps, step] } }];
    const size = Math.round(Math.max(...large.map((name) => sizes.get(name) ?? 0)));
    const fix = { code: "fix.scale_columns", params: { columns }, commands };
    return [nodeProblem(node.id, "design.unscaled_columns", { name: node.name, columns, size }, "warning", fix)];
  },
});

/** What is proposed for a new table too. */
const SCALING = "standardise";

/** Columns of numbers that an input takes and no step of preparation changes. An input that names none takes all features, of a series its past. */
function untouched({ columns, steps, window }: DataDocument, named: readonly string[]): readonly string[] {
  const touched = new Set(steps.flatMap((step) => step.columns));
  const past = named.length === 0 ? window?.columns : undefined;
  const isTaken = ({ name, role }: ColumnDocument): boolean =>
    past === undefined ? role === "feature" && (named.length === 0 || named.includes(name)) : past.includes(name);
  return columns.filter((column) => column.type === "numeric" && isTaken(column) && !touched.has(column.name)).map(({ name }) => name);
}
