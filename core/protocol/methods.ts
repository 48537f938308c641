/**
 * The host contract: every method and event that an entry (window, browser, test) may use, with the schema of what goes
 * in and out. Types, client, dispatcher and run-time validation all come from this table. Times are milliseconds since
 * 1970, sizes are bytes.
 */
import { z } from "zod";
import { columnSchema, dataSchema, designSchema } from "../graph/document.ts";
import { signalsSchema } from "./signal-schemas.ts";

const id = z.string().min(1).max(64);
const none = z.object({});
const json: z.ZodType<unknown> = z.json();

export const errorSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  nodeId: z.string().optional(),
});

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

export const columnProfileSchema = z.object({
  name: z.string(),
  type: z.enum(["numeric", "categorical", "date", "text", "picture"]),
  /** How the guess was made or what is odd: `constant`, `id`, `mostly_missing`, `mixed`. */
  remarks: z.array(z.string()),
  missing: z.number().int(),
  distinct: z.number().int(),
  /** Numbers only; null where there are none. */
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  quantiles: z.array(z.number()).nullable(),
  /** Numbers: equal-width bins; others: the most frequent values. */
  histogram: z.array(z.object({ label: z.string(), from: z.number().optional(), to: z.number().optional(), count: z.number().int() })),
});
export const datasetSchema = z.object({
  id,
  name: z.string(),
  kind: z.enum(["file", "builtin"]),
  row_count: z.number().int(),
  column_count: z.number().int(),
  size_bytes: z.number(),
  created_at: z.number(),
  /** SHA-256 of the content. */
  fingerprint: z.string(),
});
export const datasetProfileSchema = z.object({
  dataset: datasetSchema,
  columns: z.array(columnProfileSchema),
  warnings: z.array(errorSchema),
});

export const RUN_STATUSES = ["queued", "preparing", "running", "paused", "done", "stopped", "failed", "interrupted"] as const;
export const runSchema = z.object({
  id,
  project_id: id,
  number: z.number().int(),
  name: z.string(),
  notes: z.string(),
  tags: z.array(z.string()),
  status: z.enum(RUN_STATUSES),
  error: errorSchema.nullable(),
  created_at: z.number(),
  started_at: z.number().nullable(),
  ended_at: z.number().nullable(),
  /** Seconds spent training, pauses left out. */
  seconds: z.number(),
  epoch: z.number().int(),
  epochs: z.number().int(),
  step: z.number().int(),
  steps_per_epoch: z.number().int(),
  seed: z.number().int(),
  spec_hash: z.string(),
  data_fingerprint: z.string(),
  engine_version: z.string(),
  dataset_id: id.nullable(),
  dataset_name: z.string(),
  parameters: z.number().int().nullable(),
  peak_bytes: z.number().nullable(),
  backend: z.string().nullable(),
  threads: z.number().int().nullable(),
  best_epoch: z.number().int().nullable(),
  /** Final figures by name: loss, val_loss, accuracy, val_accuracy … */
  metrics: z.record(z.string(), z.number().nullable()),
  has_model: z.boolean(),
});

/** Points of one curve: `x` in steps (1 is the first), `y` the value; null where it was not finite. */
export const curveSchema = z.object({
  name: z.string(),
  x: z.array(z.number()),
  epoch: z.array(z.number()),
  seconds: z.array(z.number()),
  y: z.array(z.number().nullable()),
});
export const pointSchema = z.object({
  name: z.string(),
  step: z.number(),
  epoch: z.number(),
  seconds: z.number(),
  value: z.number().nullable(),
});

const figures = z.record(z.string(), z.number().nullable());

/** The full evaluation of a network on a set (core/train/evaluation.ts says what each field means). */
export const evaluationSchema = z.object({
  rows: z.number().int(),
  loss: z.number().nullable(),
  outputs: z.array(
    z.object({
      node_id: id,
      name: z.string(),
      task: z.enum(["numbers", "two_classes", "classes", "labels"]),
      labels: z.array(z.string()),
      rows: z.number().int(),
      weight: z.number(),
      loss: z.number().nullable(),
      figures,
      classes: z.array(z.object({ label: z.string(), support: z.number(), figures })),
      confusion: z.array(z.array(z.number())).nullable(),
      curves: z.array(
        z.object({
          kind: z.enum(["roc", "precision_recall"]),
          label: z.string(),
          x: z.array(z.number()),
          y: z.array(z.number()),
          thresholds: z.array(z.number().nullable()),
          area: z.number().nullable(),
        }),
      ),
      calibration: z
        .array(
          z.object({
            from: z.number(),
            to: z.number(),
            rows: z.number().int(),
            weight: z.number(),
            predicted: z.number().nullable(),
            observed: z.number().nullable(),
          }),
        )
        .nullable(),
    }),
  ),
});

/** A point of a learning-rate range test: the loss of the step taken with this rate, and that loss smoothed. */
export const rangePointSchema = z.object({ rate: z.number(), loss: z.number(), smoothed: z.number() });

export const layoutSchema = z.object({
  feature_count: z.number().int(),
  features: z.array(
    z.object({ column: z.string(), width: z.number().int(), names: z.array(z.string()), shape: z.array(z.number().int()).optional() }),
  ),
  class_count: z.number().int().nullable(),
  classes: z.array(z.string()),
  training_rows: z.number().int(),
  validation_rows: z.number().int(),
  test_rows: z.number().int().optional(),
  sampled_from: z.number().int().optional(),
  class_balance: z.array(z.object({ label: z.string(), training: z.number().int(), validation: z.number().int() })),
});

export const methods = {
  "app.info": {
    input: none,
    output: z.object({
      version: z.string(),
      engine_version: z.string(),
      node: z.string(),
      cores: z.number().int(),
      entry: z.enum(["electron", "loopback", "test"]),
      home: z.string(),
    }),
  },
  "app.settings": { input: none, output: z.record(z.string(), json) },
  "app.set_setting": { input: z.object({ key: z.string().max(64), value: json }), output: none },
  /** Runs that were going when the app last closed or died, and can be resumed. */
  "app.interrupted": { input: none, output: z.object({ runs: z.array(runSchema) }) },
  "app.quit": { input: z.object({ checkpoint: z.boolean() }), output: none },

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

  "datasets.list": { input: none, output: z.object({ datasets: z.array(datasetSchema) }) },
  "datasets.builtins": {
    input: none,
    output: z.object({
      builtins: z.array(
        z.object({
          name: z.string(),
          title: z.record(z.string(), z.string()),
          summary: z.record(z.string(), z.string()),
          options: z.array(z.object({ name: z.string(), default: z.number(), min: z.number(), max: z.number() })),
        }),
      ),
    }),
  },
  /** Rows of a generated set that is not kept in the library: what it would look like with these options. At most 1000 rows. */
  "datasets.sketch": {
    input: z.object({ name: z.string(), options: z.record(z.string(), z.number()) }),
    output: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.union([z.number(), z.string()]))) }),
  },
  /**
   * `file` is a path (Electron; a folder of pictures too) or the token of an upload (loopback); `further` the file that belongs
   * to it, pictures and labels in either order. Progress comes as `import.progress`.
   */
  "datasets.import": {
    input: z.object({
      file: z.string(),
      name: z.string(),
      import_id: id,
      further: z.array(z.string()).max(1).optional(),
      /** Name of the text's encoding (WHATWG); found from the bytes when left out. */
      encoding: z.string().max(40).optional(),
    }),
    /** `encoding`: what the text was read as; of pictures none. */
    output: datasetProfileSchema.extend({ encoding: z.string().optional() }),
  },
  "datasets.cancel_import": { input: z.object({ import_id: id }), output: none },
  "datasets.builtin": { input: z.object({ name: z.string(), options: z.record(z.string(), z.number()) }), output: datasetProfileSchema },
  "datasets.profile": { input: z.object({ id }), output: datasetProfileSchema },
  "datasets.preview": {
    input: z.object({ id, offset: z.number().int().min(0), count: z.number().int().min(1).max(1000) }),
    output: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string().nullable())) }),
  },
  /** Pixels of some pictures by number (what a picture's cell holds), no longer than `size` at the longest side: base64 of all, one after the other. */
  "datasets.pictures": {
    input: z.object({ id, pictures: z.array(z.number().int().min(0)).min(1).max(256), size: z.number().int().min(4).max(128) }),
    output: z.object({ shape: z.tuple([z.number().int(), z.number().int(), z.number().int()]), pixels: z.string() }),
  },
  /** The first pictures of each class of a column, the largest classes first; of all rows where no column is named. */
  "datasets.picture_classes": {
    input: z.object({ id, column: z.string().nullable(), per_class: z.number().int().min(1).max(64) }),
    output: z.object({
      classes: z.array(z.object({ label: z.string().nullable(), count: z.number().int(), pictures: z.array(z.number().int()) })),
      class_count: z.number().int(),
    }),
  },
  /** A column over time, thinned by the mean of neighbouring rows, and the gaps in its dates. */
  "datasets.series": {
    input: z.object({ id, column: z.string(), order_by: columnSchema.nullable(), points: z.number().int().min(2).max(2000) }),
    output: z.object({
      values: z.array(z.number().nullable()),
      from: z.number().nullable(),
      to: z.number().nullable(),
      rows: z.number().int(),
      /** Usual milliseconds from one row to the next; null without dates. */
      usual_step: z.number().nullable(),
      gaps: z.number().int(),
      repeated: z.number().int(),
      missing: z.number().int(),
    }),
  },
  /** Columns, steps and split proposed for a dataset and a target. */
  "datasets.propose": { input: z.object({ id, targets: z.array(z.string()) }), output: z.object({ data: dataSchema }) },
  /** Columns that give a target away (`data.leak_suspected`). */
  "datasets.leaks": {
    input: z.object({ id, targets: z.array(z.string()).max(1000) }),
    output: z.object({ warnings: z.array(errorSchema) }),
  },
  /** Fits the preparation on the training part and says what comes out. The network may be unfinished or not fit yet. */
  "datasets.layout": { input: z.object({ id, design: designSchema }), output: layoutSchema },
  "datasets.delete": { input: z.object({ id }), output: none },

  /** `threads` is for this run only; the setting, or one less than the cores, when left out. It never changes the result. */
  "runs.start": {
    input: z.object({
      project_id: id,
      design: designSchema,
      dataset_id: id,
      name: z.string().max(200).optional(),
      threads: z.number().int().min(1).max(64).optional(),
      /** As `runs.watch`, from the first step on: a short run would be over before that could be asked. */
      watch: z.boolean().optional(),
    }),
    output: z.object({ run: runSchema }),
  },
  "runs.pause": { input: z.object({ id }), output: none },
  "runs.resume": { input: z.object({ id }), output: none },
  /** Ends training now and keeps the model. */
  "runs.stop": { input: z.object({ id }), output: none },
  /** Sends `run.signals` a few times a second while a run trains, and once when it is paused. */
  "runs.watch": { input: z.object({ id, on: z.boolean() }), output: none },
  "runs.list": { input: z.object({ project_id: id.nullable() }), output: z.object({ runs: z.array(runSchema) }) },
  "runs.get": { input: z.object({ id }), output: z.object({ run: runSchema, design: designSchema }) },
  "runs.curves": {
    input: z.object({ id, max_points: z.number().int().min(2).max(100_000) }),
    output: z.object({ curves: z.array(curveSchema) }),
  },
  "runs.update": {
    input: z.object({
      id,
      name: z.string().min(1).max(200).optional(),
      notes: z.string().max(100_000).optional(),
      tags: z.array(z.string().max(64)).max(64).optional(),
    }),
    output: z.object({ run: runSchema }),
  },
  "runs.delete": { input: z.object({ ids: z.array(id).min(1) }), output: none },
  /** Undo of delete. */
  "runs.restore": { input: z.object({ ids: z.array(id).min(1) }), output: none },
  /** Weights that people read: names and values of a layer of a trained run, for odds and coefficient tables. */
  "runs.weights": {
    input: z.object({ id, node_id: id }),
    output: z.object({
      parameters: z.array(z.object({ name: z.string(), shape: z.array(z.number()), values: z.array(z.number().nullable()) })),
      features: z.array(z.string()),
      classes: z.array(z.string()),
    }),
  },
  /** A grid of predictions over two features: the decision boundary or fitted surface. */
  "runs.surface": {
    input: z.object({ id, resolution: z.number().int().min(2).max(200) }),
    output: z.object({
      x: z.array(z.number()),
      y: z.array(z.number()),
      values: z.array(z.number().nullable()),
      points: z.array(z.object({ x: z.number(), y: z.number(), label: z.number(), validation: z.boolean() })),
    }),
  },

  /**
   * The full evaluation of a run: on its own validation or training rows (kept at its end, or made now), or on all rows of
   * another data set that has its columns.
   */
  "runs.evaluation": {
    input: z.union([z.object({ id, part: z.enum(["training", "validation"]) }), z.object({ id, dataset_id: id })]),
    output: z.object({ evaluation: evaluationSchema }),
  },

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

  /** Writes the file, reads it back, compares on a stored batch; the file waits under `download` until taken. */
  "exports.model": {
    input: z.object({ run_id: id, format: z.enum(["json"]), plain_arrays: z.boolean() }),
    output: z.object({
      download: z.string(),
      file_name: z.string(),
      size_bytes: z.number(),
      compared_rows: z.number().int(),
      largest_difference: z.number(),
    }),
  },
  "exports.predictions": {
    input: z.object({ run_id: id, dataset_id: id, id_columns: z.array(z.string()) }),
    output: z.object({ download: z.string(), file_name: z.string(), row_count: z.number().int() }),
  },
  "exports.design": { input: z.object({ design: designSchema }), output: z.object({ download: z.string(), file_name: z.string() }) },
  /** A model JSON or a design.json becomes a new project. */
  "models.import": { input: z.object({ file: z.string(), name: z.string() }), output: z.object({ project: projectSchema }) },
} as const;

export const events = {
  "import.progress": z.object({
    import_id: id,
    rows: z.number(),
    bytes: z.number(),
    total_bytes: z.number(),
    stage: z.enum(["reading", "profiling", "storing"]),
  }),
  /** Sent on every change of a run's row, at most 10 times a second while it trains. */
  "run.changed": z.object({
    run: runSchema,
    samples_per_second: z.number().nullable(),
    remaining_seconds: z.number().nullable(),
    learning_rate: z.number().nullable(),
  }),
  /** New points of a run's curves. `sequence` goes up by one each time; a gap means `runs.curves` should be read again. */
  "run.points": z.object({ run_id: id, sequence: z.number().int(), points: z.array(pointSchema) }),
  "run.signals": z.object({ run_id: id, signals: signalsSchema }),
  "run.deleted": z.object({ ids: z.array(id) }),
  /** All points of a range test so far. */
  "range_test.progress": z.object({ test_id: id, points: z.array(rangePointSchema) }),
  "projects.changed": none,
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type MethodInput<M extends MethodName> = z.infer<Methods[M]["input"]>;
export type MethodOutput<M extends MethodName> = z.infer<Methods[M]["output"]>;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = z.infer<Events[E]>;

export type Project = z.infer<typeof projectSchema>;
export type Run = z.infer<typeof runSchema>;
export type RunStatus = (typeof RUN_STATUSES)[number];
export type Dataset = z.infer<typeof datasetSchema>;
export type DatasetProfile = z.infer<typeof datasetProfileSchema>;
export type ColumnProfile = z.infer<typeof columnProfileSchema>;
export type Curve = z.infer<typeof curveSchema>;
export type CurvePoint = z.infer<typeof pointSchema>;
export type Evaluation = z.infer<typeof evaluationSchema>;
export type RangePoint = z.infer<typeof rangePointSchema>;
export type DataLayout = z.infer<typeof layoutSchema>;
