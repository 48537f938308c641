/** Signals of a run as events carry them: see core/insight/signals.ts. A number that is not finite comes as null. */
import { z } from "zod";
import { HISTOGRAM_BINS } from "../../insight/signals.ts";

const figure = z.number().nullable();

export const layerSignalsSchema = z.object({
  nodeId: z.string(),
  activations: z.object({
    mean: figure,
    deviation: figure,
    min: figure,
    max: figure,
    histogram: z.array(z.number().int()).length(HISTOGRAM_BINS),
  }),
  dead: z.number().nullable(),
  saturated: z.number().nullable(),
  gradientSize: figure,
  parameters: z.array(z.object({ name: z.string(), size: figure, gradientSize: figure })),
});
export const signalsSchema = z.object({ step: z.number().int(), epoch: z.number().int(), layers: z.array(layerSignalsSchema) });
