/** He et al. 2015, "Delving deep into rectifiers". The slope starts at 0 as in Keras; PyTorch's starts at 0.25. */
import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "prelu",
  texts: {
    en: { label: "PReLU", summary: "y = x above zero, α·x below, with α learned for every unit." },
    zh: { label: "PReLU", summary: "大于零时 y = x，小于零时 y = α·x，每个单元的 α 由训练得到。" },
  },
  schema: {},
  op: "learned",
  learned: {
    pieces: false,
    weights: (count) => [{ name: "alpha", shape: [count], initializer: "zeros" }],
    build: (builder, x, { alpha }) => {
      if (alpha === undefined) throw new Error("prelu: no slope");
      return builder.one("prelu", [x, alpha]);
    },
    keras: (sharing, rank) => {
      const axes = Array.from({ length: rank }, (_, i) => i + 1);
      const shared = { per_unit: axes.slice(0, -1), one: axes }[sharing] ?? [];
      return { module: "keras.layers", class_name: "PReLU", config: { shared_axes: shared.length === 0 ? null : shared } };
    },
    pytorch: (x, weight) => `torch.where(${x} > 0, ${x}, ${weight("alpha")} * ${x})`,
  },
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.nn.functional.relu(${x})`,
  keras: "relu",
} satisfies ActivationDefinition;
