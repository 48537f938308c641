/** The threshold that serves an aim best. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { id, watched } from "./common.ts";

const share = z.number();
const aim = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("cost"), costs: z.object({ falsePositive: z.number().min(0), falseNegative: z.number().min(0) }) }),
  z.object({ kind: z.literal("accuracy") }),
  z.object({ kind: z.literal("f1") }),
  z.object({ kind: z.literal("recall"), least: share }),
  z.object({ kind: z.literal("precision"), least: share }),
]);

/** `threshold` null: nothing counts as yes. */
const point = z.object({
  threshold: z.number().nullable(),
  truePositives: z.number(),
  falsePositives: z.number(),
  trueNegatives: z.number(),
  falseNegatives: z.number(),
});

export const thresholdsMethods = {
  /**
   * The best threshold for an aim over all rows of a part (or of another data set), one for each score that there is, where the class or
   * label number `label` counts as yes; null where none reaches what the aim asks for at least.
   */
  "runs.best_threshold": {
    input: z.object({
      task_id: watched,
      id,
      part: z.enum(["training", "validation", "test"]),
      dataset_id: id.optional(),
      node_id: id.nullable(),
      label: z.number().int().min(0),
      aim,
    }),
    output: z.object({ point: point.nullable() }),
  },
} as const;
