/** The fitted curve of a time series. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { id, watched } from "./common.ts";
import { answerSchema } from "./examples.ts";

const part = z.enum(["training", "validation", "test"]);

export const seriesMethods = {
  /**
   * What was observed and what the run said of each row, in the order of time; `from` and `to` (not with it) are places in the whole
   * series. Of more than `most` rows those of the peaks. `naive` is the error of the last known value as the prediction.
   */
  "runs.series": {
    input: z.object({
      task_id: watched,
      id,
      node_id: id.nullable(),
      target: z.number().int().min(0),
      from: z.number().int().min(0),
      to: z.number().int().min(1).nullable(),
      most: z.number().int().min(10).max(2000),
    }),
    output: z.object({
      /** Columns that are predicted; `target` is one of them. */
      labels: z.array(z.string()),
      /** Column that tells the time; null: x is the place in the series. */
      time: z.string().nullable(),
      dates: z.boolean(),
      /** Rows from the end of the window to the one that is predicted. */
      horizon: z.number().int(),
      total: z.number().int(),
      parts: z.array(
        z.object({
          part,
          from: z.number().int(),
          to: z.number().int(),
          rows: z.number().int(),
          error: z.number().nullable(),
          naive: z.number().nullable(),
        }),
      ),
      points: z.array(
        z.object({
          row: z.number().int(),
          x: z.number(),
          observed: z.number().nullable(),
          predicted: z.number().nullable(),
          part: part.nullable(),
        }),
      ),
    }),
  },
  /**
   * The window of a series that ends with place `end` (null: its last row), in the order of time: cells as they stand in the table, with
   * what was observed before and after. `most_ahead`: rows after it that the run can say something of.
   */
  "runs.window": {
    input: z.object({ id, end: z.number().int().min(0).nullable() }),
    output: z.object({
      length: z.number().int(),
      horizon: z.number().int(),
      columns: z.array(z.string()),
      /** Columns of numbers that are predicted, of the first output. */
      targets: z.array(z.string()),
      /** Column that tells the time; null: x is the place, from 1. */
      time: z.string().nullable(),
      dates: z.boolean(),
      total: z.number().int(),
      /** The earliest place that a window may end with. */
      first: z.number().int(),
      end: z.number().int(),
      most_ahead: z.number().int(),
      rows: z.array(z.object({ row: z.number().int(), x: z.number(), cells: z.array(z.string().nullable()) })),
      around: z.array(z.object({ x: z.number(), known: z.boolean(), observed: z.array(z.number().nullable()) })),
    }),
  },
  /**
   * What the run says of the rows after place `end`, `ahead` of them, with some cells of the window changed (`back` 0 is the last row).
   * `fed`: from its own predictions. `effects`: how far the answer that the whole window is for moves with steps or columns of it taken from other windows.
   */
  "runs.forecast": {
    input: z.object({
      id,
      end: z.number().int().min(0),
      changes: z.array(z.object({ back: z.number().int().min(0), column: z.string(), value: z.string().max(1000).nullable() })).max(20_000),
      ahead: z.number().int().min(1).max(200),
      effects: z.boolean(),
    }),
    output: z.object({
      rows: z.array(z.object({ x: z.number(), fed: z.boolean(), answers: z.array(answerSchema).nullable() })),
      effects: z.object({
        /** Stretches of steps, by how far they lie before the window's last row. */
        steps: z.array(z.object({ from: z.number().int(), to: z.number().int(), effect: z.number() })),
        columns: z.array(z.object({ column: z.string(), effect: z.number() })),
      }),
    }),
  },
} as const;
