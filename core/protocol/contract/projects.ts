/** Projects, and what they begin from: templates, files of designs and models. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { designSchema, graphSchema } from "../../graph/document.ts";
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

/** What a small drawing of a design needs of it. */
const sketchedGraph = graphSchema.pick({ nodes: true, edges: true, direction: true });

/** A data set that a project file names without its content. */
const missingDataSchema = z.object({ name: z.string(), fingerprint: z.string() });

/** What the templates of the start screen are about, in the order in which they are shown. */
export const TEMPLATE_GROUPS = ["first_steps", "tables", "pictures", "sequences", "texts", "graphs"] as const;

export const projectsMethods = {
  "projects.list": { input: none, output: z.object({ projects: z.array(projectSchema) }) },
  "projects.create": { input: z.object({ design: designSchema, dataset_id: id.nullable() }), output: z.object({ project: projectSchema }) },
  "projects.open": {
    input: z.object({ id }),
    output: z.object({
      project: projectSchema,
      design: designSchema,
      /** What was saved with it as `journal`; `fits` is false where the design was saved without it since. Null: there is none. */
      journal: z.object({ text: z.string(), fits: z.boolean() }).nullable(),
    }),
  },
  /** @throws project.stale when another window saved in between */
  "projects.save": {
    input: z.object({
      id,
      revision: z.number().int(),
      design: designSchema,
      dataset_id: id.nullable(),
      /** The undo history (core/graph/journal.ts), kept as it is; left out: there is none. */
      journal: z.string().max(4_000_000).optional(),
      /** Renames the project with it, all or nothing; left out: it stays what it is called. */
      name: z.string().min(1).max(200).optional(),
    }),
    output: z.object({ project: projectSchema }),
  },
  "projects.rename": { input: z.object({ id, name: z.string().min(1).max(200) }), output: z.object({ project: projectSchema }) },
  "projects.duplicate": { input: z.object({ id, name: z.string().min(1).max(200) }), output: z.object({ project: projectSchema }) },
  "projects.delete": { input: z.object({ id }), output: none },
  /** Undo of delete. */
  "projects.restore": { input: z.object({ id }), output: z.object({ project: projectSchema }) },
  /** The graphs of some projects, to draw them small. Those that are gone are left out. */
  "projects.sketches": {
    input: z.object({ ids: z.array(id).max(60) }),
    output: z.object({ sketches: z.array(z.object({ id, graph: sketchedGraph })) }),
  },
  /** The project with its runs as one .neuroloom file, which waits under `download` until taken. Progress comes as `projects.file_progress`. */
  "projects.export_file": {
    input: z.object({ id, task_id: id, with_data: z.boolean() }),
    output: z.object({ download: z.string(), file_name: z.string(), size_bytes: z.number(), missing: z.array(missingDataSchema) }),
  },
  /**
   * Takes a .neuroloom file into the library, whole or not at all. `copy_name`: what it is called where the library has the
   * project already; without it that is refused (project_file.known_already).
   */
  "projects.import_file": {
    input: z.object({ file: z.string(), name: z.string(), task_id: id, copy_name: z.string().min(1).max(200).nullable() }),
    output: z.object({ project: projectSchema, missing: z.array(missingDataSchema) }),
  },
  "projects.cancel_file": { input: z.object({ task_id: id }), output: none },
  /** Project files that the system asked to open (a double-click, a start with a file); each is answered once. */
  "projects.waiting_files": { input: none, output: z.object({ files: z.array(z.object({ file: z.string(), name: z.string() })) }) },
  /**
   * Says which project this window shows; null: none. `elsewhere`: another window shows it already, and keeps it. A window
   * that is closed or dies shows none. `window`: made up by the window; one whose connection broke is known by it when it comes back,
   * also before the host has learnt that the old connection is gone.
   */
  "projects.hold": { input: z.object({ id: id.nullable(), window: id }), output: z.object({ elsewhere: z.boolean() }) },
  "templates.list": {
    input: none,
    output: z.object({
      templates: z.array(
        z.object({
          name: z.string(),
          title: z.record(z.string(), z.string()),
          summary: z.record(z.string(), z.string()),
          task: z.string(),
          group: z.enum(TEMPLATE_GROUPS),
          /** The built-in set that comes along, or the file that a person has to bring. */
          data: z.discriminatedUnion("kind", [
            z.object({ kind: z.literal("builtin"), title: z.record(z.string(), z.string()) }),
            z.object({ kind: z.literal("file"), name: z.string() }),
          ]),
          /** To draw it small. */
          graph: sketchedGraph,
          /** What training it once took and reached (on the rows kept for validation), and when and where that was measured. */
          expected: z.object({ seconds: z.number(), metric: z.string(), value: z.number(), measured: z.string() }).nullable(),
        }),
      ),
    }),
  },
  /** The design of a template and, where its data ship, the dataset made from them. */
  "templates.open": { input: z.object({ name: z.string() }), output: z.object({ design: designSchema, dataset_id: id.nullable() }) },
  /** A model JSON, a design.json or a model of Keras or TensorFlow.js (with its .bin files as `parts`) becomes a new project. */
  "models.import": {
    input: z.object({
      /** For progress (`projects.file_progress`) and `projects.cancel_file`; a cancelled import leaves nothing behind. */
      task_id: id.optional(),
      file: z.string(),
      name: z.string(),
      parts: z
        .array(z.object({ file: z.string(), name: z.string() }))
        .max(1000)
        .optional(),
      /** Of the note on the canvas that tells what was left out; English where it is not given. */
      language: z.enum(["en", "zh"]).optional(),
    }),
    /** `left_out`: options of another tool's layers that have no counterpart here. */
    output: z.object({ project: projectSchema, left_out: z.array(z.string()) }),
  },
} as const;

export const projectsEvents = {
  "projects.changed": none,
  /** Bytes of a project file that were written or read, of all. */
  "projects.file_progress": z.object({ task_id: id, done: z.number(), total: z.number() }),
  /** There is something to ask `projects.waiting_files` for. */
  "projects.file_waiting": none,
} as const;
