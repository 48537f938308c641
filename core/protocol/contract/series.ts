/** The fitted curve of a time series. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { id } from "./common.ts";

const part = z.enum(["training", "validation", "test"]);

export const seriesMethods = {
  /**
   * What was observed and what the run said of each row, in the order of time; `from` and `to` (not with it) are places in the whole
   * series. Of more than `most` rows those of the peaks. `naive` is the error of the last known value as the prediction.
   */
  "runs.series": {
    input: z.object({
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
} as const;
