/** Word vectors of another width than the layer makes: it cannot start from them. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { optionFix } from "./mend.ts";

export const vectorsWidth = defineCheck({
  code: "design.vectors_width",
  run: (context) => {
    const { node, config, definition } = context;
    const field = definition.traits.wordVectors?.widthField;
    const width = field === undefined ? undefined : config?.[field];
    if (field === undefined || node.vectors === undefined || typeof width !== "number" || width === node.vectors.width) return [];
    const fix = optionFix(context, field, node.vectors.width);
    const params = { name: node.name, file: node.vectors.name, width, given: node.vectors.width };
    return [nodeProblem(node.id, "design.vectors_width", params, "error", fix)];
  },
});
