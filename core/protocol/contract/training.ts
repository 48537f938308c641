/** Short trainings that keep nothing: the learning-rate range test. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { designSchema } from "../../graph/document.ts";
import { id, none } from "./common.ts";

/** A point of a learning-rate range test: the loss of the step taken with this rate, and that loss smoothed. */
export const rangePointSchema = z.object({ rate: z.number(), loss: z.number(), smoothed: z.number() });

export const trainingMethods = {
  /**
   * Learning-rate range test: a short training from fresh weights whose rate grows from `from` to `to`. Progress comes as
   * `range_test.progress`. Nothing is kept.
   */
  "training.range_test": {
    input: z.object({
      test_id: id,
      design: designSchema,
      dataset_id: id,
      from: z.number().positive(),
      to: z.number().positive(),
      steps: z.number().int().min(10).max(2000),
    }),
    output: z.object({
      points: z.array(rangePointSchema),
      /** Why it ended: all rates were tried, the loss grew beyond use, or it was cancelled. */
      ended: z.enum(["done", "diverged", "cancelled"]),
      /** Where the loss fell fastest; null when it never fell. */
      proposed: z.number().nullable(),
    }),
  },
  "training.cancel_range_test": { input: z.object({ test_id: id }), output: none },
} as const;

export const trainingEvents = {
  /** All points of a range test so far. */
  "range_test.progress": z.object({ test_id: id, points: z.array(rangePointSchema) }),
} as const;
