/**
 * Saliency (Simonyan et al. 2013): how much the prediction moves with every number of the input, the gradient of one by the other. Of
 * words the gradient is that of their vectors, and its length is shown.
 */
import { array, defineView, type Material, required, type Seen } from "../look.ts";

export default defineView({
  name: "saliency",
  gradientOf: "output",
  explains: true,
  fits: ({ traits, feeds }) => traits.role === "input" && (feeds === "numbers" || feeds === "indices"),
  look: (material) => {
    const { layer, row, objective, stepNames, featureNames } = material;
    const given = required(row[layer.id], layer.name);
    const shape = layer.shapes[0] ?? [];
    const found = layer.feeds === "indices" ? lengthsOfVectors(material) : required(material.gradient(layer.id), layer.name);
    const steps = stepNames(null);
    const features = featureNames(layer.id);
    return {
      arrays: [array("input", shape, given), array("saliency", shape, found.values)],
      labels: {
        explained: [objective.label],
        ...(steps === null ? {} : { steps }),
        ...(features.length === shape.at(-1) ? { units: features } : {}),
      },
      figures: { explained: objective.value },
    };
  },
});

/** ‖∂/∂v‖ of the vector v of each index, summed over the layers that look it up. */
function lengthsOfVectors({ layer, consumers, gradient }: Material): Seen {
  const shape = layer.shapes[0] ?? [];
  const lengths = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (const id of consumers(layer.id)) {
    const found = gradient(id);
    if (found === null) continue;
    const width = found.values.length / lengths.length;
    if (Number.isInteger(width))
      lengths.forEach((before, step) => {
        lengths[step] = before + Math.hypot(...found.values.subarray(step * width, (step + 1) * width));
      });
  }
  return { shape, values: lengths };
}
