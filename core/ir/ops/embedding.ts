/** embedding: rows of a table by index. Indices are whole numbers kept as floats; one outside the table gives NaN, which names the node. */
import { at, attribute, type OpDefinition } from "../op.ts";

/** Inputs indices [..], table [V, D]; output [.., D]. */
export const embedding: OpDefinition = {
  outputShapes: ([indices = [], table = []]) => [[...indices, at(table, 1)]],
  gradient: ({ builder, inputs, outputGradients, needs }) => {
    const [indices, table] = [at(inputs, 0), at(inputs, 1)];
    const dy = at(outputGradients, 0);
    if (dy === null || needs[1] !== true) return [null, null];
    return [null, builder.one("embedding_gradient", [indices, dy], { rows: at(table.shape, 0) })];
  },
};

/** Inputs indices, dy [.., D]; attribute `rows`; output the gradient of the table: rows of dy added up in the order of the indices. */
export const embeddingGradient: OpDefinition = {
  outputShapes: ([, dy = []], attributes) => [[attribute<number>(attributes, "rows"), at(dy, dy.length - 1)]],
};
