/** Single rows and single answers of a trained run: what it got wrong, and what it says of values that a person gives. */
import { z } from "zod";
import { id } from "./common.ts";

const answer = z.array(z.union([z.string(), z.number()]));

export const examplesMethods = {
  /**
   * Rows of a run's validation, training or test part beside their predictions, the worst first, with their cells as they are in the
   * table; of classes also those of one class that were taken for one other. Classes are counted as in the evaluation's `labels`.
   */
  "runs.examples": {
    input: z.object({
      id,
      part: z.enum(["training", "validation"]),
      node_id: id.nullable(),
      actual: z.number().int().min(0).nullable(),
      predicted: z.number().int().min(0).nullable(),
      count: z.number().int().min(1).max(500),
    }),
    output: z.object({
      total: z.number().int(),
      columns: z.array(z.string()),
      rows: z.array(
        z.object({
          row: z.number().int(),
          actual: answer,
          predicted: answer,
          confidence: z.number().nullable(),
          error: z.number().nullable(),
          cells: z.array(z.string().nullable()),
        }),
      ),
    }),
  },
} as const;
