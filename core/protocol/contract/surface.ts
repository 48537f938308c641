/** The decision boundary or fitted surface of a run. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { id } from "./common.ts";

const column = z.object({ name: z.string(), kind: z.enum(["number", "date", "words"]) });
/** Places along an axis of words are their indices. */
const axis = column.extend({ words: z.array(z.string()).nullable() });
const figure = z.number().nullable();

export const surfaceMethods = {
  /**
   * A grid of predictions over two columns of the table, in their own values; null for two that matter. The others are held where they are
   * usual among the training rows, or as the row of the data by this number from 0 has them. `node_id` null: the first output; `target`: of
   * several classes, labels or numbers the one that is drawn, null: the class that is said, else the first. `epoch` as of `runs.weights`.
   * Progress comes as `inside.progress`; `inside.cancel` ends it, and it fails with inside.cancelled.
   */
  "runs.surface": {
    input: z.object({
      task_id: id,
      id,
      epoch: z.number().int().min(0).optional(),
      node_id: id.nullable(),
      target: z.number().int().min(0).nullable(),
      x: z.string().nullable(),
      y: z.string().nullable(),
      row: z.number().int().min(0).nullable(),
      resolution: z.number().int().min(2).max(200),
    }),
    output: z.object({
      node_id: id,
      outputs: z.array(z.object({ node_id: id, name: z.string() })),
      /** What of the labels `target` may be: one of several classes, a label or column of several, or nothing else. */
      choice: z.enum(["class", "label", "none"]),
      labels: z.array(z.string()),
      target: z.number().int().nullable(),
      /** `classes`: indices of the classes that are said, with their probability in `shares`; a `score` counts as yes above the threshold. */
      kind: z.enum(["classes", "share", "score", "number"]),
      threshold: figure,
      columns: z.array(column),
      x_axis: axis,
      y_axis: axis,
      x: z.array(z.number()),
      y: z.array(z.number()),
      values: z.array(figure),
      shares: z.array(figure).nullable(),
      /** `row` of the data, from 0; `label`: its class, 0 or 1, or its number. */
      points: z.array(z.object({ row: z.number().int(), x: z.number(), y: z.number(), label: z.number(), validation: z.boolean() })),
      /** What the other columns are held at: as `row` has them, or what is usual among so many training rows. */
      held: z.object({
        row: z.number().int().nullable(),
        rows: z.number().int(),
        values: z.array(
          z.object({
            column: z.string(),
            kind: z.enum(["number", "date", "words", "text", "picture"]),
            value: z.union([z.number(), z.string()]).nullable(),
          }),
        ),
      }),
    }),
  },
} as const;
