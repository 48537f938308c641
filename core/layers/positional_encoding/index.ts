/**
 * Positional encoding (Vaswani et al. 2017, 3.5): adds to every step of a sequence a vector that says where it stands, so that
 * attention, which sees no order, can tell steps apart. Sines and cosines of many wavelengths, or a learned vector a place.
 */

import { AppError } from "../../errors.ts";
import { bool, choice, int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { initializerField, penaltyField } from "../fields.ts";
import { requireRank } from "../shapes.ts";
import { initializerValueField, initialValue, kerasInitializer, kerasPenalty, withoutNull } from "../weight-options.ts";
import { texts } from "./texts.ts";

/** Keras itself has none. */
const KERAS_CLASS = `
class PositionalEncoding(keras.layers.Layer):
    """Adds to every step a vector that says where it stands: sines and cosines, or learned."""

    def __init__(self, encoding="sinusoidal", max_length=512, scale=False, initializer="random_uniform", regularizer=None, **more):
        super().__init__(**more)
        self.encoding, self.max_length, self.scale = encoding, max_length, scale
        self.initializer, self.regularizer = initializer, regularizer
        self.supports_masking = True

    def build(self, shape):
        if self.encoding == "learned":
            places = (self.max_length, shape[-1])
            self.positions = self.add_weight(shape=places, initializer=self.initializer, regularizer=self.regularizer, name="positions")

    def call(self, x):
        steps, width = x.shape[1], x.shape[2]
        x = x * width**0.5 if self.scale else x
        if self.encoding == "learned":
            return x + self.positions[:steps]
        place = np.arange(width)
        angles = np.arange(steps)[:, None] / 10000 ** (place // 2 * 2 / width)
        return x + keras.ops.convert_to_tensor(np.where(place % 2 == 0, np.sin(angles), np.cos(angles)).astype("float32"))
`.trim();

/** What learned places start from and how they are penalised, where that is not Keras's default. */
function kerasStart({
  positions_initializer: name,
  positions_initializer_value: value,
  l1,
  l2,
}: Readonly<{ positions_initializer: string; positions_initializer_value: number | null; l1: number; l2: number }>) {
  const initializer = kerasInitializer(name, value);
  return withoutNull({ initializer: initializer === "random_uniform" ? null : initializer, regularizer: kerasPenalty(l1, l2) });
}

export default defineLayer({
  type: "positional_encoding",
  group: "attention",
  icon: "PE",
  schema: {
    encoding: choice({ values: ["sinusoidal", "learned"], default: "sinusoidal" }),
    max_length: int({ default: 512, min: 1, max: 1_000_000 }),
    scale: bool({ default: false }),
    positions_initializer: initializerField("random_uniform"),
    positions_initializer_value: initializerValueField("positions_initializer"),
    l1: penaltyField(),
    l2: penaltyField(),
  },
  texts,
  traits: { reads: "sequence", mask: "passes", tellsPlaces: true, longestField: "max_length" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => c.encoding,
  outputShapes: ({ config, inputs }) => {
    const x = requireRank(inputs, 2, "[steps, channels]");
    const steps = x[0] ?? 0;
    if (steps > config.max_length) throw new AppError("design.sequence_too_long", { expected: config.max_length, received: steps });
    return [x];
  },
  parameters: ({ config, inputs }) => {
    const channels = inputs[0]?.[1] ?? 0;
    if (config.encoding === "sinusoidal") return [];
    const shape = [config.max_length, channels];
    const { l1, l2, positions_initializer: initializer } = config;
    const start = { initializer, ...initialValue(config.positions_initializer_value) };
    return [{ name: "positions", shape, ...start, l1, l2, fanIn: config.max_length, fanOut: channels }];
  },
  build: ({ builder, config, inputs, parameters }) => {
    const [x] = inputs;
    const { positions } = parameters;
    if (x === undefined) throw new Error("positional_encoding: no input");
    const [N = 1, T = 1, C = 1] = x.shape;
    const table =
      positions === undefined
        ? builder.one("sinusoid", [], { length: T, width: C })
        : builder.one("slice", [positions], { axis: 0, start: 0, size: T });
    const scaled = config.scale ? builder.one("scale", [x], { factor: Math.sqrt(C) }) : x;
    const sum = builder.one("add_bias", [builder.reshape(scaled, [N, T * C]), builder.reshape(table, [T * C])]);
    return [builder.reshape(sum, x.shape)];
  },
  pytorch: ({ config, inputs }) => {
    const [steps = 1, channels = 1] = inputs[0] ?? [];
    const factor = config.scale ? ` * ${channels}**0.5` : "";
    const angle = `torch.arange(${steps}.0).double()[:, None] / 10000 ** (torch.arange(${channels}).div(2, rounding_mode="floor") * 2 / ${channels})`;
    return {
      module: config.encoding === "learned" ? `nn.Embedding(${config.max_length}, ${channels})` : null,
      call: (module, [x = ""]) =>
        config.encoding === "learned"
          ? `${x}${factor} + ${module}.weight[:${steps}]`
          : `${x}${factor} + torch.where(torch.arange(${channels}) % 2 == 0, torch.sin(${angle}), torch.cos(${angle})).to(${x}.dtype)`,
      weights: config.encoding === "learned" ? { positions: { name: "weight" } } : {},
    };
  },
  keras: ({ config }) => ({
    support: KERAS_CLASS,
    className: "PositionalEncoding",
    config: {
      encoding: config.encoding,
      max_length: config.max_length,
      scale: config.scale,
      ...(config.encoding === "learned" ? kerasStart(config) : {}),
    },
  }),
  examples: [
    { name: "sinusoidal", config: {}, inputs: [[5, 4]] },
    { name: "sinusoidal, scaled, an odd width", config: { scale: true }, inputs: [[7, 5]] },
    { name: "learned", config: { encoding: "learned", max_length: 6 }, inputs: [[4, 3]] },
    { name: "learned, as long as can be", config: { encoding: "learned", max_length: 3, scale: true }, inputs: [[3, 2]] },
    {
      name: "learned from zeros, penalised",
      config: { encoding: "learned", max_length: 4, positions_initializer: "zeros", l1: 0.1, l2: 0.2 },
      inputs: [[3, 2]],
    },
  ],
});
