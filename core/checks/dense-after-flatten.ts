/** Most of the weights between a flattened picture and a dense layer: the mean of each channel says as much with far fewer (Lin et al. 2014). */
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { layerTypes } from "../layers/registry.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { replacedBy } from "./mend.ts";
import { feeder, goesOnlyTo, sharesWeights } from "./walk.ts";

const MANY_PARAMETERS = 1_000_000;
const MOST = 0.8;

export const denseAfterFlatten = defineCheck({
  code: "design.dense_after_flatten",
  run: (context) => {
    const { traits } = context.definition;
    const { parameters } = context.result;
    if (traits.linear !== true || parameters < MANY_PARAMETERS || parameters < MOST * context.propagation.totals.parameters) return [];
    const flat = feeder(context, context);
    const grid = flat?.result.inputs[0];
    if (flat?.definition.traits.flattens !== true || grid === undefined || grid.length < 3) return [];
    const percent = Math.round((100 * parameters) / context.propagation.totals.parameters);
    const params = { name: context.node.name, parameters, percent, flat: flat.node.name };
    return [nodeProblem(context.node.id, "design.dense_after_flatten", params, "warning", meanFix(context, context, flat, grid.length))];
  },
});

/** Takes the flattening layer out and puts the mean in its place; none where others with the same weights would no longer take what they get. */
function meanFix(context: CheckedDesign, dense: CheckedNode, flat: CheckedNode, rank: number): Fix | undefined {
  if (sharesWeights(dense) || !goesOnlyTo(context, flat, dense.node.id)) return undefined;
  const type = layerTypes.find((candidate) => context.lookup(candidate)?.traits.averagesGrid === rank);
  return type === undefined ? undefined : replacedBy(context, flat, type);
}
