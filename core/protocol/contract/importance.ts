/** Which columns a trained model needs and what it makes of them. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { id, none } from "./common.ts";

const part = z.enum(["training", "validation", "test"]);
const figure = z.number().nullable();

export const importanceMethods = {
  /**
   * Permutation importance of the columns: how much worse `figure` (null: the mean absolute error, or the accuracy) becomes with the
   * values of a column dealt out anew among the rows, the most important first. Progress comes as `importance.progress`.
   */
  "runs.importance": {
    input: z.object({
      task_id: id,
      id,
      part,
      node_id: id.nullable(),
      figure: z.string().nullable(),
      repeats: z.number().int().min(1).max(50),
      seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    }),
    output: z.object({
      figure: z.string(),
      better: z.enum(["higher", "lower"]),
      figures: z.array(z.string()),
      baseline: figure,
      rows: z.number().int(),
      columns: z.array(z.object({ name: z.string(), losses: z.array(figure), mean: figure, deviation: figure })),
    }),
  },
  /**
   * Partial dependence on a column: the mean prediction with the column set to a value in all rows, value by value, and the same of some
   * rows alone. `target` is the class, label or number that is looked at; null for the second of two classes, else the first.
   */
  "runs.dependence": {
    input: z.object({
      task_id: id,
      id,
      part,
      node_id: id.nullable(),
      column: z.string(),
      target: z.number().int().min(0).nullable(),
    }),
    output: z.object({
      column: z.string(),
      /** Numbers that are dates. */
      dates: z.boolean(),
      labels: z.array(z.string()),
      target: z.number().int(),
      probabilities: z.boolean(),
      rows: z.number().int(),
      values: z.array(z.union([z.number(), z.string()])),
      average: z.array(figure),
      individual: z.array(
        z.object({ row: z.number().int(), own: z.union([z.number(), z.string()]).nullable(), predicted: z.array(figure) }),
      ),
      deciles: z.array(z.number()),
    }),
  },
  /** Ends either; what was asked then fails with run.importance_cancelled. */
  "runs.cancel_importance": { input: z.object({ task_id: id }), output: none },
} as const;

export const importanceEvents = {
  "importance.progress": z.object({ task_id: id, done: z.number().int(), total: z.number().int() }),
} as const;
