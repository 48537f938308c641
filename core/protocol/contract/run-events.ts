/** What is said of runs while they train. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { id } from "./common.ts";
import { pointSchema, runSchema } from "./runs.ts";
import { signalsSchema } from "./signals.ts";

export const runsEvents = {
  "evaluation.progress": z.object({ task_id: id, done: z.number().int(), total: z.number().int() }),
  /** Sent on every change of a run's row, at most 10 times a second while it trains. */
  "run.changed": z.object({
    run: runSchema,
    samples_per_second: z.number().nullable(),
    remaining_seconds: z.number().nullable(),
    learning_rate: z.number().nullable(),
    /** Slow motion, as `runs.pace` set it. */
    steps_per_second: z.number().nullable().optional(),
    /** Rows that do not fit into memory are gone over several times before it begins: which time, and how far it is. */
    preparing: z
      .object({
        pass: z.number().int(),
        passes: z.number().int(),
        done: z.number().int(),
        total: z.number().int(),
        /** They are texts, in memory, whose words are counted for their graph. */
        texts: z.literal(true).optional(),
      })
      .optional(),
  }),
  /** New points of a run's curves. `sequence` goes up by one each time; a gap means `runs.curves` should be read again. */
  "run.points": z.object({ run_id: id, sequence: z.number().int(), points: z.array(pointSchema) }),
  "run.signals": z.object({ run_id: id, signals: signalsSchema }),
  /** The weights of an epoch were kept. */
  "run.snapshot": z.object({ run_id: id, epoch: z.number().int() }),
  "run.deleted": z.object({ ids: z.array(id) }),
} as const;
