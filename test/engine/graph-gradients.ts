/** Gradient cases of the ops over graphs, masked rows and enlarged pictures, for the table of gradients.test.ts. Edges and masks take no gradient. */
const EDGES = [0, 1, 0.5, 1, 0, 0.5, 2, 1, 1.25, 2, 2, 0.75, 9, 9, 0, 0, 3, -0.5];
const edges = { shape: [1, 6, 3], range: { numbers: EDGES }, fixed: true as const };
const twoGraphs = {
  shape: [2, 6, 3],
  range: { numbers: [...EDGES, 3, 0, 0.3, 0, 3, 0.3, 1, 2, 0.4, 2, 1, 0.4, 1, 2, 0.2, 5, 5, 0] },
  fixed: true as const,
};
const scales = (samples: number) => ({ shape: [samples, 4], range: [0.3, 1] as readonly [number, number], fixed: true as const });
const free = (shape: readonly number[]) => ({ shape, range: "signed" as const });

export const graphGradients = {
  graph_normalization: [{ name: "no gradient to edges", inputs: [edges], attributes: { nodes: 4 } }],
  graph_product: [
    { name: "one graph", inputs: [edges, free([1, 4, 3])] },
    { name: "two graphs, scaled", inputs: [twoGraphs, free([2, 4, 3]), scales(2)] },
    { name: "one set of features for two graphs, scaled", inputs: [twoGraphs, free([4, 2]), scales(2)] },
  ],
  interpolate: [
    { name: "rows of pictures", inputs: [free([2, 3, 2, 2])], attributes: { axis: 1, times: 3 } },
    { name: "one entry", inputs: [free([2, 1, 2])], attributes: { axis: 1, times: 2 } },
  ],
  mask_weights: [{ name: "no gradient to masks", inputs: [{ shape: [2, 3], range: "binary" as const, fixed: true as const }] }],
};
