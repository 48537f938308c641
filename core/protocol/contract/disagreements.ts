/** What two runs say differently of the same rows. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { id, MOST_LISTED_ROWS, watched } from "./common.ts";

const answer = z.array(z.union([z.string(), z.number()]));
const counts = z.object({ first: z.number(), second: z.number(), both: z.number(), neither: z.number() });

export const disagreementsMethods = {
  /**
   * The rows that both runs have in this part, on which they disagree, those furthest apart first; who is right there (of numbers: who is
   * nearer), and by McNemar's test (of numbers a paired one) whether one is better by more than chance. `only`: other rows alone.
   */
  "runs.disagreements": {
    input: z.object({
      task_id: watched,
      ids: z.tuple([id, id]),
      part: z.enum(["training", "validation", "test"]),
      only: z.enum(["first", "second", "both", "neither"]).nullable(),
      count: z.number().int().min(1).max(MOST_LISTED_ROWS),
    }),
    output: z.object({
      task: z.enum(["numbers", "two_classes", "classes", "labels"]),
      /** Compared rows, and those that the other run did not have in this part. */
      compared: z.number().int(),
      left: z.tuple([z.number().int(), z.number().int()]),
      test: z.enum(["mcnemar", "paired"]),
      p: z.number().nullable(),
      counts,
      errors: z.tuple([z.number(), z.number()]),
      correlation: z.number().nullable(),
      /** Rows with other answers; of these `total` are of the kind that was asked for. */
      differing: z.number().int(),
      total: z.number().int(),
      columns: z.array(z.string()),
      rows: z.array(
        z.object({
          row: z.number().int(),
          actual: answer,
          first: answer,
          second: answer,
          better: z.enum(["first", "second", "both", "neither"]),
          cells: z.array(z.string().nullable()),
        }),
      ),
    }),
  },
} as const;
