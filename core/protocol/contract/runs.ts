/** Runs: starting and steering them, their curves, weights, evaluations and signals. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { designSchema } from "../../graph/document.ts";
import { errorSchema, id, json, none, watched } from "./common.ts";
import { surfaceMethods } from "./surface.ts";
import { thresholdsMethods } from "./thresholds.ts";

export const RUN_STATUSES = ["queued", "preparing", "running", "paused", "done", "stopped", "failed", "interrupted"] as const;
/** Those that a run has while it waits or trains. */
export const GOING: ReadonlySet<(typeof RUN_STATUSES)[number]> = new Set(["queued", "preparing", "running", "paused"] as const);

/** `epoch-12` is the end of epoch 12. */
export const checkpointKindSchema = z.union([z.enum(["best", "last", "final"]), z.templateLiteral(["epoch-", z.number().int()])]);

/** End of an epoch whose weights were kept; 0: before the first. */
export const epoch = z.number().int().min(0);

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
  /** Bytes by class of tensor, known before the first step; slots are the optimizer's, temporaries share storage. */
  memory: z.partialRecord(z.enum(["parameter", "gradient", "slot", "state", "constant", "input", "temporary"]), z.number()).nullable(),
  backend: z.string().nullable(),
  threads: z.number().int().nullable(),
  best_epoch: z.number().int().nullable(),
  /** Final figures by name: loss, val_loss, accuracy, val_accuracy … */
  metrics: z.record(z.string(), z.number().nullable()),
  has_model: z.boolean(),
  /** The group it is a member of, its place in it (from 0), and what it sets differently. */
  group_id: id.nullable(),
  group_index: z.number().int().nullable(),
  group_options: z.record(z.string(), json).nullable(),
  /** Waiting runs start in the order of this number; null for those that do not wait. */
  queue_place: z.number().nullable(),
  /** The run whose weights it started from. */
  parent_id: id.nullable(),
  /** Whether its optimizer went on from that run's: null where that was not asked for, `asked` until it begins. */
  parent_optimizer: z.enum(["asked", "continued", "fresh"]).nullable().optional(),
  /** Names of its layers whose weights are those of that run, and of those that began fresh; null until it begins, and where it continues none. */
  parent_layers: z
    .object({ kept: z.array(z.string()), fresh: z.array(z.string()) })
    .nullable()
    .optional(),
  /**
   * Of a run with a model: steps of its preparation that learnt from a sample, because not all training rows could be held: from how many
   * rows, and of how many. Left out where that was not kept.
   */
  sampled_steps: z
    .array(z.object({ type: z.string(), columns: z.array(z.string()), rows: z.number().int(), of: z.number().int() }))
    .optional(),
  /** When it was archived: out of the lists, but kept, found and compared like any other. Null or left out: it is not. */
  archived_at: z.number().nullable().optional(),
});

/** What a list shows of a run; the rest is read when it is opened (`runs.get`). */
export const listedRunSchema = runSchema.pick({
  id: true,
  project_id: true,
  number: true,
  name: true,
  tags: true,
  status: true,
  error: true,
  created_at: true,
  seconds: true,
  epoch: true,
  epochs: true,
  dataset_name: true,
  parameters: true,
  backend: true,
  metrics: true,
  has_model: true,
  group_id: true,
  group_index: true,
  archived_at: true,
});
export type ListedRun = z.infer<typeof listedRunSchema>;

/** An option of a design, as core/spec/design-options.ts says it. */
const designOptionSchema = z.object({
  group: z.enum(["layers", "training", "data"]),
  owner: z.string(),
  field: z.string(),
  type: z.string(),
  value: json,
  is_default: z.literal(true).optional(),
  is_idle: z.literal(true).optional(),
});

/** Where a page of a list of runs ends: the next one begins behind this run. */
export const listPlaceSchema = listedRunSchema.pick({ created_at: true, number: true, id: true });

/**
 * Points of one curve: `x` in steps (1 is the first), `y` the value; null where it was not finite. Of a thinned curve: the `mean` of the
 * points that each stands for, and their `count`, which the smallest and the largest of a stretch share.
 */
export const curveSchema = z.object({
  name: z.string(),
  x: z.array(z.number()),
  epoch: z.array(z.number()),
  seconds: z.array(z.number()),
  y: z.array(z.number().nullable()),
  mean: z.array(z.number().nullable()).optional(),
  count: z.array(z.number()).optional(),
});

/** A curve as it is kept, or the shape of it: `points` is how many points it has where it was read. */
export const keptCurveSchema = curveSchema.extend({ points: z.number().int() });

export const pointSchema = z.object({
  name: z.string(),
  step: z.number(),
  epoch: z.number(),
  seconds: z.number(),
  value: z.number().nullable(),
});

const figures = z.record(z.string(), z.number().nullable());

/** The key of a text, and its values. */
const saidOfBaseline = z.object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });

/** Of a time series: what a network has to beat, on the same rows. */
export const besideBaselineSchema = z.object({
  name: z.string(),
  said: saidOfBaseline.nullable(),
  learnt_from: z.object({ rows: z.number().int(), held_out: z.boolean() }),
  figures,
});

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
      threshold: z.number().optional(),
      label_thresholds: z.array(z.number()).optional(),
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
          /** Every threshold that may be the best for some aim is among the points; else `runs.best_threshold` knows it. */
          exact: z.literal(true).optional(),
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
      /** Absent until they were made (`baselines.beside`), and where there are none. */
      baselines: z.array(besideBaselineSchema).optional(),
      /** Of a baseline: from how many rows it learnt, where not from all, and the like. */
      said: z.array(saidOfBaseline).optional(),
    }),
  ),
});

export const runsMethods = {
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
      /** Rests after the first batch, as if `runs.step` had been asked before it began. */
      by_steps: z.boolean().optional(),
      /** Starts from the weights of another run: layers that are as they were keep theirs, the rest start fresh. */
      continue_from: z
        .object({
          run_id: id,
          checkpoint: checkpointKindSchema,
          /** Goes on with the optimizer's moving averages too, where optimizer and layers are as they were; `parent_optimizer` says. */
          optimizer: z.boolean().optional(),
        })
        .optional(),
    }),
    output: z.object({ run: runSchema }),
  },
  /** Names of the layers of a design that would keep a run's weights, and of those that begin fresh; null where only the data could tell shapes. */
  "runs.layers_to_keep": {
    input: z.object({ id, checkpoint: checkpointKindSchema, design: designSchema }),
    output: z.object({ layers: z.object({ kept: z.array(z.string()), fresh: z.array(z.string()) }).nullable() }),
  },
  /** What can be continued from, oldest epoch first; `final` is the trained model. */
  "runs.checkpoints": {
    input: z.object({ id }),
    output: z.object({
      checkpoints: z.array(
        z.object({
          kind: checkpointKindSchema,
          step: z.number().nullable(),
          epoch: z.number().nullable(),
          size_bytes: z.number().nullable(),
        }),
      ),
    }),
  },
  /** Epochs of which the weights were kept to look back at, in order; 0 is what the run began with. The largest are thinned out, or none. */
  "runs.snapshots": {
    input: z.object({ id }),
    output: z.object({
      snapshots: z.array(z.object({ epoch: z.number().int(), step: z.number().int(), size_bytes: z.number() })),
    }),
  },
  "runs.pause": { input: z.object({ id }), output: none },
  "runs.resume": { input: z.object({ id }), output: none },
  /** Takes one batch, or goes on to the end of the epoch, and rests then; a run that trains rests after it. The result is the same to the bit. */
  "runs.step": { input: z.object({ id, unit: z.enum(["batch", "epoch"]) }), output: none },
  /** Slow motion: at most so many steps a second; null for as fast as it goes. */
  "runs.pace": { input: z.object({ id, steps_per_second: z.number().min(0.05).max(1000).nullable() }), output: none },
  /** Ends training now and keeps the model. */
  "runs.stop": { input: z.object({ id }), output: none },
  /** Ends it and deletes it; runs.restore brings it back with the model that it had. */
  "runs.discard": { input: z.object({ id }), output: none },
  /** Sends `run.signals` a few times a second while a run trains, and once when it is paused. */
  "runs.watch": { input: z.object({ id, on: z.boolean() }), output: none },
  /** The newest of a project and all that wait or train, whole; `older`: how many there are besides, which lists page through. */
  "runs.recent": {
    input: z.object({ project_id: id, limit: z.number().int().min(1).max(10_000) }),
    output: z.object({ runs: z.array(runSchema), older: z.number().int() }),
  },
  "runs.list": { input: z.object({ project_id: id.nullable() }), output: z.object({ runs: z.array(runSchema) }) },
  /** A page of the list, newest first: the runs behind `after`, archived ones too. `total`: how many the whole list has. */
  "runs.page": {
    input: z.object({ project_id: id.nullable(), after: listPlaceSchema.nullable(), limit: z.number().int().min(1).max(10_000) }),
    output: z.object({ runs: z.array(listedRunSchema), total: z.number().int() }),
  },
  /** Runs whose notes hold this text, in capitals or not: notes are not carried with a list. */
  "runs.noted": {
    input: z.object({ project_id: id.nullable(), text: z.string().min(1).max(200) }),
    output: z.object({ ids: z.array(id) }),
  },
  /** The options of some runs, written out: each option once, each design as places among them, each run as a place among the designs. */
  "runs.options": {
    input: z.object({ ids: z.array(id).max(500) }),
    output: z.object({
      options: z.array(designOptionSchema),
      designs: z.array(z.array(z.number().int())),
      runs: z.array(z.object({ id, design: z.number().int() })),
    }),
  },
  "runs.get": { input: z.object({ id }), output: z.object({ run: runSchema, design: designSchema }) },
  "runs.curves": {
    input: z.object({ id, max_points: z.number().int().min(2).max(100_000) }),
    output: z.object({ curves: z.array(keptCurveSchema) }),
  },
  /**
   * The losses of its epochs, each at the epoch that it is of (null: not finite, nothing held out): of every epoch, or of the longest runs of
   * every so many, the same of both.
   */
  "runs.losses": {
    input: z.object({ id }),
    output: z.object({
      epochs: z.array(z.object({ epoch: z.number().int(), loss: z.number().nullable(), val_loss: z.number().nullable() })),
    }),
  },
  /**
   * A stretch of some of its curves from nearby, with one more point at either side: every point where there are not more than wanted.
   * What is not there is left out. `runs.cancel_stretch` ends it: no curves are answered then.
   */
  "runs.stretch": {
    input: z.object({
      task_id: id,
      id,
      curves: z.array(z.string()).min(1).max(1000),
      axis: z.enum(["step", "epoch", "seconds"]),
      from: z.number(),
      to: z.number(),
      max_points: z.number().int().min(2).max(100_000),
    }),
    output: z.object({ curves: z.array(keptCurveSchema) }),
  },
  "runs.cancel_stretch": { input: z.object({ task_id: id }), output: none },
  "runs.update": {
    input: z.object({
      id,
      name: z.string().min(1).max(200).optional(),
      notes: z.string().max(100_000).optional(),
      tags: z.array(z.string().max(64)).max(64).optional(),
    }),
    output: z.object({ run: runSchema }),
  },
  /**
   * Keeps with a trained run from above which probability an output's rows count as yes, as the second of two classes, or as having label
   * number `label`; null: one half again. Its model file, its predictions and its evaluations (made again where they were kept) go by it.
   */
  "runs.keep_threshold": {
    input: z.object({ id, node_id: id, threshold: z.number().min(-1).max(1).nullable(), label: z.number().int().min(0).optional() }),
    output: none,
  },
  "runs.delete": { input: z.object({ ids: z.array(id).min(1) }), output: none },
  /** Puts runs into the archive, or takes them out again. */
  "runs.archive": { input: z.object({ ids: z.array(id).min(1), archived: z.boolean() }), output: none },
  /** Undo of delete. */
  "runs.restore": { input: z.object({ ids: z.array(id).min(1) }), output: none },
  /**
   * Weights that people read: names and values of a layer of a trained run, for odds and coefficient tables; with `epoch` as they were at
   * its end (`runs.snapshots`), of a run that still trains too.
   */
  "runs.weights": {
    input: z.object({ id, node_id: id, epoch: epoch.optional() }),
    output: z.object({
      parameters: z.array(z.object({ name: z.string(), shape: z.array(z.number()), values: z.array(z.number().nullable()) })),
      features: z.array(z.string()),
      classes: z.array(z.string()),
    }),
  },
  ...surfaceMethods,
  ...thresholdsMethods,
  /**
   * The full evaluation of a run: on its own validation, training or test rows (kept at its end, or made now), or on all rows of
   * another data set that has its columns.
   */
  "runs.evaluation": {
    input: z.union([
      z.object({ id, part: z.enum(["training", "validation", "test"]), task_id: watched }),
      z.object({ id, dataset_id: id, task_id: watched }),
    ]),
    output: z.object({ evaluation: evaluationSchema }),
  },
  /** Ends whatever was asked with that `task_id` and goes on; it fails with run.evaluation_cancelled and leaves nothing behind. */
  "runs.cancel_evaluation": { input: z.object({ task_id: id }), output: none },
} as const;
