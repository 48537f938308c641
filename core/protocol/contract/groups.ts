/** Groups of runs: folds, seeds, bags and sweeps started as one, and the queue they wait in. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { ENSEMBLE_RULES } from "../../ensembles/ensemble.ts";
import { designSchema } from "../../graph/document.ts";
import { GROUP_KINDS, planSchema } from "../../sweeps/plan.ts";
import { errorSchema, id, none, watched } from "./common.ts";
import { runSchema } from "./runs.ts";

/** `going`: members are still to come or not ended. `stopped`: by hand; it can go on. */
export const GROUP_STATUSES = ["going", "done", "stopped"] as const;

export const groupSchema = z.object({
  id,
  project_id: id,
  kind: z.enum(GROUP_KINDS),
  name: z.string(),
  plan: planSchema,
  status: z.enum(GROUP_STATUSES),
  dataset_id: id.nullable(),
  created_at: z.number(),
});

export const groupsMethods = {
  /** Makes the group and queues its first members; those of a search that learns come as earlier ones end. */
  "groups.start": {
    input: z.object({
      project_id: id,
      design: designSchema,
      dataset_id: id,
      plan: planSchema,
      name: z.string().min(1).max(200).optional(),
      threads: z.number().int().min(1).max(64).optional(),
    }),
    output: z.object({ group: groupSchema, runs: z.array(runSchema) }),
  },
  /** Newest first; null for those of all projects. */
  "groups.list": { input: z.object({ project_id: id.nullable() }), output: z.object({ groups: z.array(groupSchema) }) },
  /** The group, its members in their order, and the design that all of them were made from. */
  "groups.get": { input: z.object({ id }), output: z.object({ group: groupSchema, runs: z.array(runSchema), design: designSchema }) },
  "groups.rename": { input: z.object({ id, name: z.string().min(1).max(200) }), output: z.object({ group: groupSchema }) },
  /** Takes waiting members out of the queue and ends those that train, keeping their models. */
  "groups.stop": { input: z.object({ id }), output: none },
  /** Goes on with a stopped group: members that were interrupted or never trained. */
  "groups.resume": { input: z.object({ id }), output: none },
  /** With all its members. */
  "groups.delete": { input: z.object({ id }), output: none },
  /** Undo of delete. */
  "groups.restore": { input: z.object({ id }), output: none },
  /** Every row predicted by the member that did not train on it, as CSV: row, fold, true values, prediction. */
  "groups.out_of_fold": {
    input: z.object({ id }),
    output: z.object({ download: z.string(), file_name: z.string(), rows: z.number().int() }),
  },
  /** What the figures of its members say, each thing once with the members of which it is said; of those that have ended. */
  "groups.verdicts": {
    input: z.object({ id }),
    output: z.object({
      ended: z.number().int(),
      verdicts: z.array(
        z.object({
          code: z.string(),
          tone: z.enum(["good", "advice", "problem"]),
          /** The numbers of the first of them. */
          params: errorSchema.shape.params,
          runs: z.array(id).min(1),
        }),
      ),
    }),
  },
  /** The out-of-bag answers as CSV: row, true value, the answer of the members that did not draw it, how many they were. */
  "groups.out_of_bag_table": {
    input: z.object({ id }),
    output: z.object({ download: z.string(), file_name: z.string(), rows: z.number().int() }),
  },
  /** The ensemble of a group of bags: made when its members have ended, and when it is asked for and not there. */
  "groups.combine": { input: z.object({ task_id: watched, id }), output: z.object({ run: runSchema }) },
  /** Every training row answered by the members that did not draw it: what the ensemble is worth without a row held out. */
  "groups.out_of_bag": {
    input: z.object({ task_id: watched, id }),
    output: z.object({
      rule: z.enum(ENSEMBLE_RULES),
      /** `error` is the share of wrong answers, or the mean absolute error. */
      measure: z.enum(["wrong", "error"]),
      /** Rows that were drawn from, and those that at least one member did not draw. */
      training_rows: z.number().int(),
      rows: z.number().int(),
      /** Members that answered a row, in the mean. */
      judges: z.number(),
      error: z.number(),
      figures: z.record(z.string(), z.number().nullable()),
      /** Different rows that each drew, those it did not, and how wrong it is on these. */
      members: z.array(z.object({ id, name: z.string(), drawn: z.number().int(), left: z.number().int(), error: z.number() })),
    }),
  },
  /** Moves a waiting run before another one, or to the end. */
  "queue.move": { input: z.object({ id, before: id.nullable() }), output: none },
} as const;

export const groupsEvents = {
  "group.changed": z.object({ group: groupSchema }),
  /** The members of a group of bags have ended, and their ensemble could not be made. */
  "group.not_combined": z.object({ group: groupSchema, error: errorSchema }),
  "group.deleted": z.object({ ids: z.array(id) }),
} as const;
