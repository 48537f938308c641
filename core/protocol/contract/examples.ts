/** Single rows and single answers of a trained run: what it got wrong, and what it says of values that a person gives. */
import { z } from "zod";
import { columnSchema } from "../../graph/document.ts";
import { id, MOST_LISTED_ROWS, watched } from "./common.ts";

const answer = z.array(z.union([z.string(), z.number()]));
/** What one output says of one row, with the share of each class or label. */
export const answerSchema = z.object({
  node_id: id,
  name: z.string(),
  predicted: answer,
  shares: z.array(z.object({ label: z.string(), share: z.number() })),
});

export const examplesMethods = {
  /**
   * Rows of a run's validation, training or test part beside their predictions, the worst first, with their cells as they are in the
   * table; of classes also those of one class that were taken for one other. Classes are counted as in the evaluation's `labels`.
   */
  "runs.examples": {
    input: z.object({
      task_id: watched,
      id,
      part: z.enum(["training", "validation", "test"]),
      /** All rows of another data set, in place of the part. */
      dataset_id: id.optional(),
      node_id: id.nullable(),
      actual: z.number().int().min(0).nullable(),
      predicted: z.number().int().min(0).nullable(),
      count: z.number().int().min(1).max(MOST_LISTED_ROWS),
    }),
    output: z.object({
      total: z.number().int(),
      columns: z.array(z.string()),
      /** Column that holds the label; null where the output has several, or none. */
      target_column: z.string().nullable(),
      rows: z.array(
        z.object({
          row: z.number().int(),
          actual: answer,
          predicted: answer,
          confidence: z.number().nullable(),
          error: z.number().nullable(),
          cells: z.array(z.string().nullable()),
        }),
      ),
    }),
  },
  /**
   * The columns that a run's network takes, in order; `shape` of those that come in one of their own (pictures). `graph`: the columns that
   * its rows are nodes by (name and links, or a text); null where rows stand alone.
   */
  "runs.form": {
    input: z.object({ id }),
    output: z.object({
      /** A series: it is asked by `runs.window` and `runs.forecast` instead. */
      window: z.boolean(),
      graph: z.array(z.string()).nullable(),
      columns: z.array(z.object({ name: z.string(), type: columnSchema.shape.type, shape: z.array(z.number().int()).nullable() })),
    }),
  },
  /**
   * A picture file as the network would see it: decoded, resized and coloured as at import; base64 of `height * width * channels` bytes.
   * `size` says what it is brought to where its pixels are columns of numbers, which are grey.
   */
  "runs.picture": {
    input: z.object({
      id,
      file: z.string(),
      size: z.tuple([z.number().int().min(1).max(1024), z.number().int().min(1).max(1024)]).optional(),
    }),
    output: z.object({ height: z.number().int(), width: z.number().int(), channels: z.number().int(), pixels: z.string() }),
  },
  /**
   * What a run says of values as they would stand in a file; `picture` for a column of pictures: grey pixels, one byte each, row by row,
   * of the size that the network takes, or `pixels` as `runs.picture` gives them. `effects`: how far the first answer moves, on average, with each column taken from other rows, and how much each word of a text speaks for it.
   * `as_new`: a row that the graph of the run holds already is put in once more, with the links and values that are given. `node` says of
   * a graph whether it was answered as a node that it holds, or as a new one with so many links to known ones.
   */
  "runs.try": {
    input: z.object({
      id,
      values: z.record(z.string(), z.string().max(100_000).nullable()),
      picture: z.union([z.object({ grey: z.string().max(8_000_000) }), z.object({ pixels: z.string().max(24_000_000) })]).nullable(),
      effects: z.boolean(),
      as_new: z.boolean().optional(),
    }),
    output: z.object({
      outputs: z.array(answerSchema),
      effects: z.array(z.object({ column: z.string(), effect: z.number() })),
      words: z.array(z.object({ column: z.string(), word: z.string(), effect: z.number() })),
      node: z.object({ known: z.boolean(), links: z.number().int() }).optional(),
    }),
  },
} as const;
