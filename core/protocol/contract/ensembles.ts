/** Ensembles of saved runs. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { ENSEMBLE_RULES } from "../../ensembles/ensemble.ts";
import { id, watched } from "./common.ts";
import { runSchema } from "./runs.ts";

export const ensemblesMethods = {
  /**
   * Combines trained runs of one project over the same data and the same held-out rows to one answer, kept as a run (`backend` is
   * ENSEMBLE_BACKEND) with its evaluation. Stacking learns from the validation rows; its figures there are cross-validated.
   */
  "ensembles.create": {
    input: z.object({
      task_id: watched,
      ids: z.array(id).min(2).max(50),
      rule: z.enum(ENSEMBLE_RULES),
      name: z.string().min(1).max(200).optional(),
    }),
    output: z.object({ run: runSchema }),
  },
  /** Members with their own errors, what is gained over the best of them, and how much they differ. */
  "ensembles.describe": {
    input: z.object({ task_id: watched, id, part: z.enum(["training", "validation", "test"]) }),
    output: z.object({
      rule: z.enum(ENSEMBLE_RULES),
      /** `error` is the share of wrong answers, or the mean absolute error. */
      measure: z.enum(["wrong", "error"]),
      rows: z.number().int(),
      error: z.number(),
      members: z.array(z.object({ id, name: z.string(), error: z.number() })),
      /**
       * Of stacking, what its members weigh: `shares` by member, and `coefficients` by number or label and member, null of several classes.
       */
      weights: z.object({ shares: z.array(z.number()), coefficients: z.array(z.array(z.number())).nullable() }).nullable(),
      /** Place of the best member, its error less the ensemble's, and how likely that is by chance. */
      best: z.number().int(),
      gain: z.number(),
      p: z.number().nullable(),
      pairs: z.array(
        z.object({
          first: z.number().int(),
          second: z.number().int(),
          disagreement: z.number().nullable(),
          correlation: z.number().nullable(),
        }),
      ),
    }),
  },
} as const;
