/** What every unit of a layer gives for the row: a number a unit, or a number a unit and step. */
import { array, defineView, required } from "../look.ts";

export default defineView({
  name: "activations",
  fits: ({ shapes: [shape = []], feeds }) => (shape.length === 1 || shape.length === 2) && feeds !== "other" && feeds !== "graph",
  look: ({ layer, value, stepNames, featureNames }) => {
    const { shape, values } = required(value(layer.id), layer.name);
    const steps = shape.length === 2 || layer.feeds === "indices" ? stepNames(null) : null;
    const features = featureNames(layer.id);
    return {
      arrays: [array("activations", shape, values)],
      labels: {
        ...(steps !== null && steps.length === shape[0] ? { steps } : {}),
        ...(features.length === shape.at(-1) ? { units: features } : {}),
      },
      figures: {},
    };
  },
});
