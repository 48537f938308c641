/** Baselines: models of textbooks over the data of a project, kept as runs beside the networks'. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { designSchema } from "../../graph/document.ts";
import { id, none } from "./common.ts";
import { besideBaselineSchema, runSchema } from "./runs.ts";

export const baselinesMethods = {
  /**
   * All baselines that fit the data, or those named, one after the other in a thread of their own. Each is a run from its first moment
   * (`backend` is BASELINE_BACKEND), without weights; `run.changed` tells how they go.
   */
  "baselines.start": {
    input: z.object({
      project_id: id,
      design: designSchema,
      dataset_id: id,
      names: z.array(z.string()).min(1).optional(),
    }),
    output: z.object({ runs: z.array(runSchema) }),
  },
  /** Stops the one at work and those that wait; what is done stays. Before there are runs, `baselines.start` ends with baseline.cancelled. */
  "baselines.cancel": { input: z.object({ project_id: id }), output: none },
  /**
   * What stands beside a run of a time series: seasonal naive and linear, on the same rows. Made when the run ends and kept with its
   * evaluation; made now where they are not there yet. No outputs: the run is of no series. Of another data set each fifth of its rows is
   * predicted from the others.
   */
  "baselines.beside": {
    input: z.union([z.object({ id, part: z.enum(["training", "validation", "test"]) }), z.object({ id, dataset_id: id })]),
    output: z.object({ outputs: z.array(z.object({ node_id: id, baselines: z.array(besideBaselineSchema) })) }),
  },
} as const;
