/** One-hot columns by the hundred: a column with that many categories is most often an id, or a case for an embedding. */
import { designProblem } from "../graph/problem.ts";
import { stepDefinitions } from "../steps/definitions.ts";
import { defineCheck } from "./check.ts";

const MANY = 200;

export const manyCategories = defineCheck({
  code: "design.many_categories",
  runDesign: ({ design: { data } }) => {
    if (data === null || data.feature_count === null) return [];
    const features = new Map(data.columns.filter(({ role }) => role === "feature").map(({ name, type }) => [name, type]));
    const spread = new Set(
      data.steps
        .filter(({ type }) => Object.hasOwn(stepDefinitions, type) && stepDefinitions[type]?.spreads === true)
        .flatMap(({ columns }) => columns)
        .filter((name) => features.has(name)),
    );
    // Of other columns than numbers nobody knows here how wide they are.
    if (spread.size === 0 || [...features].some(([name, type]) => !spread.has(name) && type !== "numeric")) return [];
    const width = data.feature_count - (features.size - spread.size);
    if (width <= MANY * spread.size) return [];
    return [designProblem("design.many_categories", { columns: [...spread].join(", "), width }, "warning")];
  },
});
