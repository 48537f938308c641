/** Looking inside the layers of a run, one row and one view at a time. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { VIEW_NAMES } from "../../insight/inside/look.ts";
import { id, none } from "./common.ts";
import { examplesMethods } from "./examples.ts";
import { epoch } from "./runs.ts";

const view = z.enum(VIEW_NAMES);
/** With the weights that a run which trains has right now, in the middle of an epoch too; `epoch` then says nothing. */
const live = z.boolean().optional();
const { values, picture } = examplesMethods["runs.try"].input.shape;
const place = z.number().int().min(0);
const explained = z.object({ node_id: id, place });

export const insideMethods = {
  /**
   * Which views each layer of a run has, in the order of the network; `epoch` as of `runs.weights`: a run that still trains is looked
   * into as it was at the end of one of its epochs. `form`: the columns that a row of one's own has; null where rows need others around them.
   */
  "inside.views": {
    input: z.object({ run_id: id, epoch: epoch.optional(), live }),
    output: z.object({
      layers: z.array(z.object({ node_id: id, name: z.string(), views: z.array(z.object({ view, of_row: z.boolean() })) })),
      form: examplesMethods["runs.form"].output.shape.columns.nullable(),
    }),
  },
  /**
   * What a layer does with a row of the run's data set, by the row's number from 0, or with values that are `given` as to `runs.try`.
   * Arrays are float32 in base64, little-endian, row-major, without the batch axis; which there are the view says (core/insight/inside).
   * `explained` chooses the number that saliency and occlusion are of, among the `choices` of the answer. `at`: when live weights were taken.
   * `plane`: of `boundaries` the places of the two numbers of the input that are the axes.
   */
  "inside.look": {
    input: z.object({
      run_id: id,
      node_id: id,
      view,
      row: z.number().int().min(0),
      epoch: epoch.optional(),
      live,
      given: z.object({ values, picture }).optional(),
      explained: explained.optional(),
      plane: z.object({ x: place, y: place }).optional(),
    }),
    output: z.object({
      arrays: z.array(z.object({ name: z.string(), shape: z.array(z.number().int()), values: z.string() })),
      labels: z.record(z.string(), z.array(z.string())),
      figures: z.record(z.string(), z.number().nullable()),
      choices: z.array(explained.extend({ label: z.string(), value: z.number().nullable() })).optional(),
      explained: explained.optional(),
      at: z.object({ step: z.number().int(), epoch: z.number().int() }).nullable(),
    }),
  },
  /**
   * The vectors of a layer's view `vectors` in a plane by UMAP, `[vectors, 2]` as the arrays above; the same vectors give the same points.
   * Progress comes as `inside.progress`; `inside.cancel` ends it, and it fails with inside.cancelled.
   */
  "inside.umap": {
    input: z.object({ task_id: id, run_id: id, node_id: id, epoch: epoch.optional() }),
    output: z.object({ points: z.string(), neighbours: z.number().int() }),
  },
  "inside.cancel": { input: z.object({ task_id: id }), output: none },
  /**
   * How the weights of a layer, and the gradients by them, were spread at the end of the epochs that were kept, over one axis; `counts`
   * by epoch and, from the lowest, bin. Gradients are of the mean loss of `rows` training rows, the same at every epoch.
   */
  "inside.weight_history": {
    input: z.object({ run_id: id, node_id: id }),
    output: z.object({
      weights: z.array(
        z.object({
          name: z.string(),
          of: z.enum(["weight", "gradient"]),
          rows: z.number().int().nullable(),
          epochs: z.array(z.number().int()),
          min: z.number(),
          max: z.number(),
          counts: z.array(z.array(z.number().int())),
        }),
      ),
    }),
  },
} as const;

export const insideEvents = {
  "inside.progress": z.object({ task_id: id, done: z.number(), total: z.number() }),
} as const;
