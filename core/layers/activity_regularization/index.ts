/** Activity regularization: passes values on and adds a penalty on them to the loss, as a mean over the batch (Keras's ActivityRegularization). */
import { float } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "activity_regularization",
  group: "regularization",
  icon: "|y|",
  schema: { l1: float({ default: 0, min: 0, max: 1000 }), l2: float({ default: 0, min: 0, max: 1000 }) },
  texts,
  traits: { mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => [c.l1 > 0 ? `L1 ${c.l1}` : "", c.l2 > 0 ? `L2 ${c.l2}` : ""].filter((part) => part !== "").join(", "),
  outputShapes: ({ inputs }) => [inputs[0] ?? []],
  build: ({ builder, config, inputs, addPenalty }) => {
    const [x] = inputs;
    if (x === undefined) throw new Error("activity_regularization: no input");
    const batch = x.shape[0] ?? 1;
    if (config.l1 > 0 || config.l2 > 0) addPenalty(builder.one("penalty", [x], { l1: config.l1 / batch, l2: config.l2 / batch }));
    return [x];
  },
  pytorch: ({ config }) => ({
    module: null,
    call: (_, [x = ""]) => x,
    penalty: ([y = ""]) => `(${config.l1} * ${y}.abs().sum() + ${config.l2} * (${y} ** 2).sum()) / ${y}.shape[0]`,
    weights: {},
  }),
  keras: ({ config }) => ({ className: "ActivityRegularization", config: { l1: config.l1, l2: config.l2 } }),
  examples: [
    { name: "l1", config: { l1: 0.1 }, inputs: [[4]] },
    { name: "both, a sequence", config: { l1: 0.05, l2: 0.2 }, inputs: [[3, 2]] },
  ],
});
