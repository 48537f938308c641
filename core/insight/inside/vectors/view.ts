/**
 * Vectors of words, or of any index, in two dimensions: the two directions along which they differ most (principal components, as the
 * step of preparation computes them), with the share of the variance that each holds.
 */
import principalComponents from "../../../steps/principal_components/implementation.ts";
import { array, defineView, type LayerFacts, type Material, required } from "../look.ts";

/** The first ones: of words those that occur most often. */
const MOST_VECTORS = 2000;

export default defineView({
  name: "vectors",
  ofRow: false,
  fits: ({ traits, weights }) => traits.indexCountField !== undefined && weights.some(({ shape }) => shape.length === 2),
  look: ({ layer, weights, indexNames }) => {
    const { values, count, width, shown } = shownVectors(layer, weights);
    const { points, explained } = inTwoDimensions(values, width);
    const names = indexNames();
    const [first = 0, second = 0] = explained;
    return {
      arrays: [array("points", [shown, 2], points)],
      labels: names === null ? {} : { indices: Array.from({ length: shown }, (_, index) => names[index] ?? "") },
      figures: { vectors: count, width, explained_first: first, explained_second: second },
    };
  },
});

export interface ShownVectors {
  /** `[shown, width]` */
  readonly values: Float32Array;
  readonly width: number;
  readonly shown: number;
  /** Of the whole table. */
  readonly count: number;
}

/** The vectors of a layer's table that are laid out: the same ones, however that is done. */
export function shownVectors(layer: LayerFacts, weights: Material["weights"]): ShownVectors {
  const table = required(
    layer.weights.find(({ kind, shape }) => kind === "parameter" && shape.length === 2),
    layer.name,
  );
  const [count = 0, width = 1] = table.shape;
  const shown = Math.min(count, MOST_VECTORS);
  return { values: weights(table.fullName).subarray(0, shown * width), width, shown, count };
}

/** @param values `[vectors, width]` @returns `[vectors, 2]` and the share of the variance along either axis */
export function inTwoDimensions(values: Float32Array, width: number): { points: Float32Array; explained: readonly number[] } {
  const rows = values.length / width;
  const columns = Array.from({ length: width }, (_, column) => ({
    kind: "number" as const,
    name: String(column),
    values: Float64Array.from({ length: rows }, (_, row) => values[row * width + column] as number),
  }));
  const config = { components: 2 };
  const fitted = principalComponents.fit(columns, config);
  const found = principalComponents.apply(columns, fitted, config).flat();
  const points = new Float32Array(rows * 2);
  found.slice(0, 2).forEach((component, axis) => {
    if (component.kind === "number") component.values.forEach((value, row) => (points[row * 2 + axis] = value));
  });
  return { points, explained: (fitted as { readonly explained: readonly number[] }).explained };
}
