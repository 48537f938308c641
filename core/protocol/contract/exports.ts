/** What leaves the app: models, predictions, designs. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { designSchema } from "../../graph/document.ts";
import { id, watched } from "./common.ts";

export const exportsMethods = {
  /** Writes the file, reads it back, compares on a stored batch; the file waits under `download` until taken. */
  "exports.model": {
    input: z.object({ run_id: id, format: z.enum(["json"]), plain_arrays: z.boolean() }),
    output: z.object({
      download: z.string(),
      file_name: z.string(),
      size_bytes: z.number(),
      compared_rows: z.number().int(),
      largest_difference: z.number(),
      /** Rows that were left out of its training by hand, and rows whose label was put right. */
      excluded_rows: z.number().int(),
      relabelled_rows: z.number().int(),
    }),
  },
  "exports.predictions": {
    /** `as_target`: one column for each target under its own name, as a submission wants it, and no probabilities; not of an ensemble. */
    input: z.object({
      task_id: watched,
      run_id: id,
      dataset_id: id,
      id_columns: z.array(z.string()),
      as_target: z.boolean().optional(),
    }),
    output: z.object({
      download: z.string(),
      file_name: z.string(),
      row_count: z.number().int(),
      /** Of a series: rows that have no time, of which nothing can be said. */
      undated_rows: z.number().int().optional(),
      /** Of new nodes of a graph: links to nodes that it does not have, which count for nothing. */
      unknown_links: z.number().int().optional(),
    }),
  },
  /** The canvas as a Python script that builds, trains and checks the same network. */
  "exports.code": {
    input: z.object({ design: designSchema, tool: z.enum(["pytorch", "keras"]) }),
    output: z.object({ download: z.string(), file_name: z.string(), line_count: z.number().int() }),
  },
  /** One HTML page of a run, or of several beside each other, that needs nothing else. */
  "exports.report": {
    input: z.object({ task_id: watched, run_ids: z.array(id).min(1).max(50), language: z.enum(["en", "zh"]) }),
    output: z.object({ download: z.string(), file_name: z.string(), size_bytes: z.number() }),
  },
  /** Every point of every curve of a run as CSV, a line each: curve, step, epoch, seconds of training, value (empty where it was not finite). */
  "exports.curves": {
    input: z.object({ run_id: id }),
    output: z.object({ download: z.string(), file_name: z.string(), points: z.number().int() }),
  },
  "exports.design": { input: z.object({ design: designSchema }), output: z.object({ download: z.string(), file_name: z.string() }) },
} as const;
