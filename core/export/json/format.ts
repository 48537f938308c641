/**
 * The model file: everything needed to predict, in one JSON. The schema below is the documentation's JSON Schema too
 * (`npm run schemas` writes docs/model.schema.json from it); docs/model-format.md explains it field by field.
 */
import { z } from "zod";
import { columnSchema, designSchema, documentGraphSchema, linkGraphSchema, stepSchema, windowSchema } from "../../graph/document.ts";

export const MODEL_FORMAT = "neuroloom-model";
export const MODEL_FORMAT_VERSION = 2;
/** Of files that hold nothing that version 1 would not understand: they are written so, that older programs read them. */
export const FIRST_FORMAT_VERSION = 1;

const shape = z.array(z.number().int().positive());
/** Exactly one of the two forms. */
const numbers = z.union([
  z.object({ encoding: z.literal("base64"), data: z.string() }),
  z.object({ encoding: z.literal("array"), data: z.array(z.number()) }),
]);

export const weightSchema = z.object({
  /** `layer name/parameter name`. */
  name: z.string(),
  node_id: z.string(),
  /** Trained, or kept beside it (moving statistics). */
  kind: z.enum(["parameter", "state"]),
  shape,
  dtype: z.literal("float32"),
  values: numbers,
});

const whole = z.number().int().min(0);

export const layerSpecSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  config: z.record(z.string(), z.json()),
  inputs: z.array(z.string()),
  input_ports: z.array(z.string()).optional(),
  shared_with: z.string().nullable(),
  shape,
  /** Its weights were not trained. */
  frozen: z.literal(true).optional(),
  shapes: z.array(shape).optional(),
});

/** The graph that the rows of the training are nodes of, in the form it is made of: words by number, or links. */
const fittedGraphSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("document_words"),
    document: documentGraphSchema,
    state: z.object({ words: z.array(z.string()), documents: z.array(z.array(whole)) }),
  }),
  z.object({
    kind: z.literal("links"),
    document: linkGraphSchema,
    state: z.object({
      names: z.array(z.string()),
      links: z.array(z.number()),
      features: z.object({ values: z.array(z.number()), channels: z.number().int().positive() }).nullable(),
    }),
  }),
]);
export const preprocessingSchema = z.object({
  columns: z.array(columnSchema),
  steps: z.array(
    z.object({
      step: stepSchema,
      fitted: z.json(),
      /** Of a step that learnt from a sample of the training rows: how many it had, and of how many. */
      sample: z.object({ rows: whole, of: whole }).optional(),
    }),
  ),
  features: z.array(z.object({ column: z.string(), width: z.number().int(), names: z.array(z.string()), shape: shape.optional() })),
  targets: z.record(
    z.string(),
    z.object({
      columns: z.array(z.string()),
      encoding: z.enum(["value", "binary", "class_index", "one_hot", "multi_binary", "sign"]),
      classes: z.array(z.string()),
      lists: z.object({ column: z.string(), separator: z.string() }).optional(),
    }),
  ),
  window: windowSchema.optional(),
  window_fill: z.object({ usual_step: z.number().nullable(), values: z.array(z.number()) }).optional(),
  graph: fittedGraphSchema.optional(),
});

const threshold = z.number().min(-1).max(1);

export const modelFileSchema = z.object({
  format: z.literal(MODEL_FORMAT),
  format_version: z.number().int().positive(),
  /** Version of the engine that trained it. */
  engine_version: z.string(),
  name: z.string(),
  /** The design as it was drawn, to be opened and edited again. */
  design: designSchema,
  /** The network as it was trained: layers in order, every option written out. */
  spec: z.object({ format_version: z.literal(1), layers: z.array(layerSpecSchema) }),
  /** Training options, every one written out. */
  training: z.record(z.string(), z.json()),
  preprocessing: preprocessingSchema,
  /**
   * By output node id, where that is not one half: from above which probability a row counts as yes, or as the second of two classes; of
   * several labels one a label. Below 0: every row. From version 2 on.
   */
  thresholds: z.record(z.string(), z.union([threshold, z.array(threshold).min(1)])).optional(),
  result: z.object({
    epochs: z.number().int(),
    best_epoch: z.number().int().nullable(),
    steps: z.number().int(),
    seconds: z.number(),
    metrics: z.record(z.string(), z.number().nullable()),
    spec_hash: z.string(),
    data_fingerprint: z.string(),
    data_name: z.string(),
  }),
  weights: z.array(weightSchema),
  /** A few prepared rows and what the network gave for them: whoever reads the file can check the reading. */
  check: z.object({
    row_count: z.number().int(),
    inputs: z.record(z.string(), z.object({ shape, values: numbers })),
    predictions: z.record(z.string(), z.object({ shape, values: numbers })),
  }),
  /** SHA-256 of the canonical JSON (keys sorted, no spaces) of all other fields. */
  checksum: z.string(),
});

export type ModelFile = z.infer<typeof modelFileSchema>;
export type WeightEntry = z.infer<typeof weightSchema>;
export type EncodedNumbers = z.infer<typeof numbers>;
