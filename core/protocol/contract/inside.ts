/** Looking inside the layers of a run, one row and one view at a time. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { VIEW_NAMES } from "../../insight/inside/look.ts";
import { id } from "./common.ts";
import { epoch } from "./runs.ts";

const view = z.enum(VIEW_NAMES);

export const insideMethods = {
  /**
   * Which views each layer of a run has, in the order of the network; `epoch` as of `runs.weights`: a run that still trains is looked
   * into as it was at the end of one of its epochs.
   */
  "inside.views": {
    input: z.object({ run_id: id, epoch: epoch.optional() }),
    output: z.object({
      layers: z.array(z.object({ node_id: id, name: z.string(), views: z.array(z.object({ view, of_row: z.boolean() })) })),
    }),
  },
  /**
   * What a layer does with a row of the run's data set, by the row's number from 0. Arrays are float32 in base64, little-endian,
   * row-major, without the batch axis; which there are the view says (core/insight/inside).
   */
  "inside.look": {
    input: z.object({ run_id: id, node_id: id, view, row: z.number().int().min(0), epoch: epoch.optional() }),
    output: z.object({
      arrays: z.array(z.object({ name: z.string(), shape: z.array(z.number().int()), values: z.string() })),
      labels: z.record(z.string(), z.array(z.string())),
      figures: z.record(z.string(), z.number().nullable()),
    }),
  },
  /** How the weights of a layer were spread at the end of the epochs that were kept, over one axis; `counts` by epoch and, from the lowest, bin. */
  "inside.weight_history": {
    input: z.object({ run_id: id, node_id: id }),
    output: z.object({
      weights: z.array(
        z.object({
          name: z.string(),
          epochs: z.array(z.number().int()),
          min: z.number(),
          max: z.number(),
          counts: z.array(z.array(z.number().int())),
        }),
      ),
    }),
  },
} as const;
