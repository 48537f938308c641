/**
 * Attention without anything that tells where a step stands (Vaswani et al. 2017, 3.5): every order of the steps looks the same. A walk
 * along the steps or a convolution over them tells it too. Said once, at the first attention over words or moments: regions of a picture
 * may come in any order.
 */
import { type Fix, nodeProblem } from "../graph/problem.ts";
import type { Shape } from "../ir/tensor.ts";
import { layerTypes } from "../layers/registry.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { ledThrough } from "./mend.ts";

export const placesForAttention = defineCheck({
  code: "design.attention_without_places",
  runDesign: (context) => {
    const told = new Set<string>();
    const ordered = new Set<string>();
    for (const id of context.propagation.order) {
      const checked = context.nodes.get(id);
      if (checked === undefined) continue;
      const { traits } = checked.definition;
      if (traits.indexCountField !== undefined || context.design.data?.window !== undefined) ordered.add(id);
      if (checked.incoming.some((edge) => ordered.has(edge.source))) ordered.add(id);
      const tells = traits.tellsPlaces === true || traits.sequencesField !== undefined || traits.window !== undefined;
      if ((tells && !checked.node.bypassed) || checked.incoming.some((edge) => told.has(edge.source))) told.add(id);
      else if (traits.attends === true && !checked.node.bypassed && ordered.has(id) && isSequence(checked.result.inputs[0]))
        return [nodeProblem(id, "design.attention_without_places", { name: checked.node.name }, "warning", placesFix(context, checked))];
    }
    return [];
  },
});

const isSequence = (shape: Shape | undefined): boolean => shape?.length === 2 && (shape[0] ?? 0) > 1;

/** Puts the layer between the attention and the one source of all that it weighs. */
function placesFix(context: CheckedDesign, { node, incoming, result }: CheckedNode): Fix | undefined {
  const [first] = incoming;
  const type = layerTypes.find((candidate) => context.lookup(candidate)?.traits.tellsPlaces === true);
  const one = incoming.every((edge) => edge.source === first?.source && edge.source_port === first.source_port);
  if (first === undefined || type === undefined || !one) return undefined;
  const { schema, traits } = context.lookup(type) ?? {};
  const longest = traits?.longestField;
  const steps = result.inputs[0]?.[0] ?? 0;
  // Longer than usual, it gets places for all steps.
  const config = longest !== undefined && steps > Number(schema?.[longest]?.default) ? { [longest]: steps } : {};
  const commands = ledThrough(context, incoming, [{ type, config }]);
  return { code: "fix.insert_before", params: { layer_type: type, name: node.name }, commands };
}
