/** Attention maps: of every head and every query, how the weight of one is shared among the keys. Rows sum to 1. */
import { array, defineView, required } from "../look.ts";

export default defineView({
  name: "attention_maps",
  fits: ({ traits }) => traits.attends === true,
  look: ({ layer, taps, stepNames }) => {
    const { shape, values } = required(taps()["weights"], layer.name);
    const [keys = 1, queries = 1] = shape.toReversed();
    const [query, value] = [stepNames("query"), stepNames("value")];
    return {
      arrays: [array("weights", [values.length / (keys * queries), queries, keys], values)],
      labels: { ...(query?.length === queries ? { queries: query } : {}), ...(value?.length === keys ? { keys: value } : {}) },
      figures: {},
    };
  },
});
