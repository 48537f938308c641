/** Versions of a project: states that it was in, to look at, name and bring back. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { designSchema } from "../../graph/document.ts";
import { id } from "./common.ts";

/** What changed from one design to the next, counted by core/graph/change-summary.ts; names are those of layers. */
export const changeSummarySchema = z.object({
  added: z.array(z.string()),
  removed: z.array(z.string()),
  changed: z.array(z.string()),
  edges_added: z.number().int(),
  edges_removed: z.number().int(),
  training: z.boolean(),
  data: z.boolean(),
  annotations: z.boolean(),
  notes: z.boolean(),
  groups: z.boolean(),
  direction: z.boolean(),
  moved: z.number().int(),
});

export const versionSchema = z.object({
  id,
  name: z.string().nullable(),
  /** When this state was last saved. */
  created_at: z.number(),
  dataset_id: id.nullable(),
  /** Whether the project is in this state. */
  current: z.boolean(),
  /** Against the version before it; null of the first. */
  change: changeSummarySchema.nullable(),
  /** Runs that were started from this very design, a group of runs once. */
  runs: z.array(z.object({ id, name: z.string() })),
});

const name = z.string().trim().min(1).max(200);

export const versionsMethods = {
  /** Newest first. */
  "versions.list": {
    input: z.object({ project_id: id, offset: z.number().int().min(0), limit: z.number().int().min(1).max(100) }),
    output: z.object({ versions: z.array(versionSchema), total: z.number().int() }),
  },
  /** The design, under the name that the project has now; `dataset_id` is null also where that data set was deleted. */
  "versions.open": { input: z.object({ id }), output: z.object({ design: designSchema, dataset_id: id.nullable() }) },
  /** Names the state that was saved last. */
  "versions.keep": { input: z.object({ project_id: id, name }), output: z.object({ id }) },
  /** Null takes the name away: it is thinned with age again. */
  "versions.rename": { input: z.object({ id, name: name.nullable() }), output: z.object({ id }) },
} as const;
