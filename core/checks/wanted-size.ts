/** How many values have to come to an output, as far as it is known. */
import { nodeDataOf } from "../graph/node-data.ts";
import { sizeOf } from "../ir/tensor.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";
import { type OutputFacts, outputFacts } from "./walk.ts";

/** As many as its target has; of an input that is compared with, as many as that gives. Null where it is not known, and for other layers. */
export function wantedSize(context: CheckedDesign, output: CheckedNode): number | null {
  const facts = outputFacts(output);
  if (facts === null) return null;
  if (facts.targetInput === null) return targetColumns(context, output, facts);
  const shape = targetInputs(context).find(({ node }) => node.name === facts.targetInput)?.result.outputs?.[0];
  return shape === undefined ? null : sizeOf(shape);
}

/** Inputs that an output can be compared with. */
export const targetInputs = ({ nodes }: CheckedDesign): readonly CheckedNode[] =>
  [...nodes.values()].filter(({ definition, node }) => definition.traits.role === "input" && !node.bypassed);

/** Columns of the target, one value each. */
export function targetColumns({ design: { data } }: CheckedDesign, { definition, node }: CheckedNode, facts: OutputFacts): number | null {
  if (facts.targetInput !== null || data === null) return null;
  const { columns, classes } = nodeDataOf(definition, node, data);
  // Of a single column only the preparation knows whether it holds classes; once it has run, none counted means numbers.
  const known =
    columns !== undefined && (columns > 1 || (classes === undefined && data.feature_count !== null && facts.loss.expects === "values"));
  return known ? columns : null;
}
