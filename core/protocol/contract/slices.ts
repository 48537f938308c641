/** Where a model is wrong: its figures by the values of a column, and the residuals of predicted numbers. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { id, watched } from "./common.ts";

const part = z.enum(["training", "validation", "test"]);

/** What the rows of a slice have in common; dates are milliseconds since 1970. */
const sliceKeySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("value"), value: z.union([z.string(), z.number()]) }),
  z.object({ kind: z.literal("range"), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal("missing") }),
  z.object({ kind: z.literal("others"), values: z.number().int() }),
]);

/** Of two columns what they have in common in each. */
const crossedKeySchema = z.object({ kind: z.literal("both"), first: sliceKeySchema, second: sliceKeySchema });

export const slicesMethods = {
  /**
   * Rows cut by the values of a column, or by `bins` quantiles of its numbers, the worst slice first. `mean` is the share of wrong answers
   * or the mean absolute error, `difference` that less the whole's, `p` how likely that is by chance, corrected for how many are asked.
   */
  "runs.slices": {
    input: z.object({
      task_id: watched,
      id,
      part,
      /** All rows of another data set, in place of the part. */
      dataset_id: id.optional(),
      node_id: id.nullable(),
      column: z.string(),
      /** Cut by the values of this one too. */
      across: z.string().optional(),
      bins: z.number().int().min(2).max(20),
    }),
    output: z.object({
      measure: z.enum(["wrong", "error"]),
      /** Numbers that are dates. */
      dates: z.boolean(),
      /** The same of `across`. */
      across_dates: z.boolean(),
      rows: z.number().int(),
      mean: z.number(),
      figures: z.record(z.string(), z.number()),
      slices: z.array(
        z.object({
          key: z.union([sliceKeySchema, crossedKeySchema]),
          rows: z.number().int(),
          mean: z.number(),
          difference: z.number(),
          p: z.number().nullable(),
          figures: z.record(z.string(), z.number()),
        }),
      ),
    }),
  },
  /**
   * What is, less what was predicted, of an output of numbers: summary and histogram of all rows, points of some and bands of all against
   * the prediction (`against` null) or a column. Of words `x` is the place in `words`.
   */
  "runs.residuals": {
    input: z.object({
      task_id: watched,
      id,
      part,
      /** All rows of another data set, in place of the part. */
      dataset_id: id.optional(),
      node_id: id.nullable(),
      target: z.number().int().min(0),
      against: z.string().nullable(),
    }),
    output: z.object({
      dates: z.boolean(),
      words: z.array(z.string()).nullable(),
      summary: z.object({
        rows: z.number().int(),
        mean: z.number(),
        deviation: z.number().nullable(),
        quantiles: z.array(z.number()),
        histogram: z.array(z.object({ from: z.number(), to: z.number(), rows: z.number().int() })),
      }),
      points: z.array(z.object({ row: z.number().int(), x: z.number(), residual: z.number() })),
      bands: z.array(
        z.object({ from: z.number(), to: z.number(), rows: z.number().int(), mean: z.number(), deviation: z.number().nullable() }),
      ),
    }),
  },
} as const;
