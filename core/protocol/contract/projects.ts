/** Projects, and what they begin from: templates, files of designs and models. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { designSchema } from "../../graph/document.ts";
import { id, none } from "./common.ts";

export const projectSchema = z.object({
  id,
  name: z.string(),
  created_at: z.number(),
  updated_at: z.number(),
  /** Goes up by one with every save; a save names the one it started from. */
  revision: z.number().int(),
  run_count: z.number().int(),
  dataset_id: id.nullable(),
});

export const projectsMethods = {
  "projects.list": { input: none, output: z.object({ projects: z.array(projectSchema) }) },
  "projects.create": { input: z.object({ design: designSchema, dataset_id: id.nullable() }), output: z.object({ project: projectSchema }) },
  "projects.open": { input: z.object({ id }), output: z.object({ project: projectSchema, design: designSchema }) },
  /** @throws project.stale when another window saved in between */
  "projects.save": {
    input: z.object({ id, revision: z.number().int(), design: designSchema, dataset_id: id.nullable() }),
    output: z.object({ project: projectSchema }),
  },
  "projects.rename": { input: z.object({ id, name: z.string().min(1).max(200) }), output: z.object({ project: projectSchema }) },
  "projects.duplicate": { input: z.object({ id, name: z.string().min(1).max(200) }), output: z.object({ project: projectSchema }) },
  "projects.delete": { input: z.object({ id }), output: none },
  /** Undo of delete. */
  "projects.restore": { input: z.object({ id }), output: z.object({ project: projectSchema }) },
  "templates.list": {
    input: none,
    output: z.object({
      templates: z.array(
        z.object({
          name: z.string(),
          title: z.record(z.string(), z.string()),
          summary: z.record(z.string(), z.string()),
          task: z.string(),
          has_data: z.boolean(),
        }),
      ),
    }),
  },
  /** The design of a template and, where its data ship, the dataset made from them. */
  "templates.open": { input: z.object({ name: z.string() }), output: z.object({ design: designSchema, dataset_id: id.nullable() }) },
  /** A model JSON, a design.json or a model of Keras or TensorFlow.js (with its .bin files as `parts`) becomes a new project. */
  "models.import": {
    input: z.object({
      file: z.string(),
      name: z.string(),
      parts: z
        .array(z.object({ file: z.string(), name: z.string() }))
        .max(1000)
        .optional(),
    }),
    output: z.object({ project: projectSchema }),
  },
} as const;

export const projectsEvents = {
  "projects.changed": none,
} as const;
