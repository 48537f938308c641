/** What Keras says that would give other numbers here: it comes in as it is meant, or is refused with its layer and option, or is told. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  call,
  configOf,
  input,
  type Json,
  KERAS_3,
  type Layer,
  layer,
  numpy,
  read,
  refused,
  rows,
  tensor,
  wires,
} from "./by-hand-models.ts";

const heads = (inbound: unknown, config: Json = {}) =>
  layer("MultiHeadAttention", "heads", { num_heads: 2, key_dim: 3, ...config }, [inbound]);

describe("tensors that are handed over by name", () => {
  const three = [input("q", 4, 6), input("k", 4, 6), input("v", 4, 6)];
  const ports = ["heads → output.input", "k → heads.key", "q → heads.query", "v → heads.value"];

  it("go to the port of that name, in whichever order they stand", () => {
    const kwargs = { query: tensor("q"), key: tensor("k"), value: tensor("v") };
    expect(wires(read([...three, heads(call([], kwargs))], KERAS_3))).toEqual(ports);
    expect(wires(read([...three, heads(call([tensor("q")], { key: tensor("k"), value: tensor("v") }))], KERAS_3))).toEqual(ports);
    expect(wires(read([...three, heads(rows(["q"], { key: ["k", 0, 0], value: ["v", 0, 0] }))]))).toEqual(ports);
  });

  it("are a mask where that is the name, also in a list with gaps, and on every row of Keras 2", () => {
    const walk = (kwargs: Json) => read([input("x", 4, 6), input("m", 4), layer("LSTM", "walk", { units: 3 }, [rows(["x"], kwargs)])]);
    expect(wires(walk({ mask: ["m", 0, 0] }))).toContain("m → walk.mask");
    const state = read([
      input("x", 4, 6),
      input("s", 3),
      input("m", 4),
      layer("GRU", "walk", { units: 3 }, [rows(["x", "s"], { mask: ["m", 0, 0] })]),
    ]);
    expect(wires(state)).toEqual(["m → walk.mask", "s → walk.initial_state", "walk → output.input", "x → walk.input"]);
    const look = layer("Attention", "look", {}, [call([[tensor("q"), tensor("v"), tensor("k")]], { mask: [null, tensor("m")] })]);
    expect(wires(read([...three, input("m", 4), look], KERAS_3))).toContain("m → look.mask");
    const querys = layer("Attention", "look", {}, [call([[tensor("q"), tensor("v")]], { mask: [tensor("m")] })]);
    expect(() => read([...three, input("m", 4), querys], KERAS_3)).toThrow(refused("look", "mask"));
  });

  it("are refused by that name where we have no port for it", () => {
    const m = input("m", 4, 4);
    const named = { value: ["v", 0, 0], attention_mask: ["m", 0, 0] };
    expect(() => read([...three, m, heads(rows(["q"], named))])).toThrow(refused("heads", "attention_mask"));
    const reshaped = layer("Reshape", "row", { target_shape: [1, 16] }, [call([tensor("m")])]);
    const three3 = heads(call([tensor("q"), tensor("v")], { attention_mask: tensor("row") }));
    expect(() => read([...three, m, reshaped, three3], KERAS_3)).toThrow(refused("heads", "attention_mask"));
    const fourth = heads(call([tensor("q"), tensor("v"), tensor("k"), tensor("m")]));
    expect(() => read([...three, m, fourth], KERAS_3)).toThrow(refused("heads", "argument 4"));
  });

  it("keep their names inside a model that is handed them", () => {
    const inner = {
      name: "inner",
      layers: [input("x", 4, 6), input("m", 4), layer("LSTM", "walk", { units: 3 }, [rows(["x"], { mask: ["m", 0, 0] })])],
      input_layers: [
        ["x", 0, 0],
        ["m", 0, 0],
      ],
      output_layers: [["walk", 0, 0]],
    };
    const model = read([input("a", 4, 6), input("b", 4), layer("Functional", "inner", inner, [rows(["a", "b"])])]);
    expect(wires(model)).toEqual(["a → walk.input", "b → walk.mask", "walk → output.input"]);
  });

  it("are left to our layers only where they are masks that Keras's layers made for them", () => {
    const embedding = layer("Embedding", "e", { input_dim: 9, output_dim: 3, mask_zero: true }, [call([tensor("w")])]);
    const unequal = (from: string, to: number) => layer("NotEqual", "mask", {}, [call([tensor(from), to])], numpy);
    const walk = layer("LSTM", "walk", { units: 3 }, [call([tensor("e")], { mask: tensor("mask"), training: false })]);
    const model = (mask: Layer) => read([input("w", 4), input("other", 4), embedding, mask, walk], KERAS_3);
    expect(wires(model(unequal("w", 0)))).toEqual(["e → walk.input", "w → e.input", "walk → output.input"]);
    const unknown = expect.objectContaining({ code: "import.layer_not_supported", params: { name: "mask", layer: "keras.ops.not_equal" } });
    expect(() => model(unequal("other", 0))).toThrow(unknown);
    expect(() => model(unequal("w", 1))).toThrow(unknown);
  });
});

describe("what a call says", () => {
  const drop = (kwargs: Json) => read([input("x", 4), layer("Dropout", "drop", { rate: 0.5 }, [rows(["x"], kwargs)])]);

  it("is refused where it trains while predicting, and told where it never does", () => {
    expect(() => drop({ training: true })).toThrow(refused("drop", "training"));
    expect(drop({ training: false }).leftOut).toEqual(["drop (Dropout): training = false"]);
    expect(drop({ training: null }).leftOut).toEqual([]);
  });

  it("is told once of a model inside", () => {
    const layers = [
      input("x", 4),
      layer("BatchNormalization", "n", {}, [rows(["x"])]),
      layer("Dropout", "d", { rate: 0.5 }, [rows(["n"])]),
    ];
    const base = { name: "base", layers, input_layers: [["x", 0, 0]], output_layers: [["d", 0, 0]] };
    const model = (training: boolean) => read([input("a", 4), layer("Functional", "base", base, [rows(["a"], { training })])]);
    expect(model(false).leftOut).toEqual(["base: training = false"]);
    expect(() => model(true)).toThrow(refused("n", "training"));
  });

  it("is refused where it is a number in place of a tensor, and taken where both are tensors", () => {
    const operation = (name: string, ...args: unknown[]) =>
      read([input("x", 4), input("y", 4), layer(name, "op", {}, [call(args)], numpy)], KERAS_3);
    expect(() => operation("Multiply", tensor("x"), 0.5)).toThrow(refused("op", "argument 2"));
    expect(wires(operation("Multiply", tensor("x"), tensor("y")))).toEqual(["op → output.input", "x → op.inputs", "y → op.inputs"]);
    const two = layer("Add", "op", {}, [
      [
        ["x", 0, 0, {}],
        ["_CONSTANT_VALUE", -1, 0.5, {}],
      ],
    ]);
    expect(() => read([input("x", 4), two])).toThrow(refused("op", "argument 1"));
  });
});

it.each([
  ["an operation that is called like a layer", "Reshape", { newshape: [-1, 4] }, numpy, "keras.ops.reshape"],
  ["a class of one's own that is registered", "Dense", { units: 2 }, { registered_name: "mine>Dense" }, "mine>Dense"],
  ["a class of one's own in a module of one's own", "Dense", { units: 2 }, { module: "mine.layers" }, "mine.layers.Dense"],
])("%s is not taken for it", (_, className, config, more, called) => {
  expect(() => read([input("x", 4), layer(className, "one", config, [call([tensor("x")])], more)], KERAS_3)).toThrow(
    expect.objectContaining({ code: "import.layer_not_supported", params: { name: "one", layer: called } }),
  );
});

const single = (className: string, config: Json, shape: readonly number[] = [5, 4]) =>
  read([input("x", ...shape), layer(className, "one", config, [rows(["x"])])]);
const cell = (config: Json) => ({ class_name: "LSTM", config: { units: 2, go_backwards: false, ...config } });

it.each([
  ["LayerNormalization", { rms_scaling: true }, "rms_scaling"],
  ["MultiHeadAttention", { num_heads: 1, key_dim: 2, use_gate: true }, "use_gate"],
  ["LSTM", { units: 2, zero_output_for_mask: true }, "zero_output_for_mask"],
  ["LSTM", { units: 2, time_major: true }, "time_major"],
  ["Bidirectional", { layer: cell({ go_backwards: true }) }, "go_backwards"],
  ["Bidirectional", { layer: cell({}), backward_layer: cell({ go_backwards: true, activation: "relu" }) }, "backward_layer"],
  ["BatchNormalization", { axis: 1 }, "axis"],
  ["BatchNormalization", { axis: [1] }, "axis"],
  ["LayerNormalization", { axis: [1, 2] }, "axis"],
  ["Softmax", { axis: 1 }, "axis"],
  ["PReLU", { shared_axes: [2] }, "shared_axes"],
  ["ReLU", { max_value: 4 }, "max_value"],
  ["ReLU", { threshold: 1 }, "threshold"],
  ["Dense", { units: 2, activation: { class_name: "ELU", config: { alpha: 0.5 } } }, "activation"],
  ["Dense", { units: 2, sharded: true }, "sharded"],
])("%s with %o is refused by the option's name", (className, config, option) => {
  expect(() => single(className, config)).toThrow(refused("one", option));
});

it("an axis by its number is the last where it is, of whatever shape comes in", () => {
  expect(single("BatchNormalization", { axis: 1 }, [4]).leftOut).toEqual([]);
  expect(single("BatchNormalization", { axis: [3] }, [5, 5, 4]).leftOut).toEqual([]);
  expect(() => single("BatchNormalization", { axis: [1] }, [4, 4, 4])).toThrow(refused("one", "axis"));
  expect(configOf(single("PReLU", { shared_axes: [1, 2] }, [5, 5, 4]), "one")).toMatchObject({ activation_weights: "per_unit" });
});

it("a constraint is over all axes of the kernel but the last where it lists them, and over no other list", () => {
  const limit = (axis: readonly number[]) => ({ class_name: "MaxNorm", config: { max_value: 2, axis } });
  const conv = (axis: readonly number[]) => single("Conv2D", { filters: 2, kernel_size: 3, kernel_constraint: limit(axis) }, [5, 5, 4]);
  expect(configOf(conv([0, 1, 2]), "one")).toMatchObject({ kernel_norm_axes: "all_but_last" });
  expect(() => conv([0, 1])).toThrow(refused("one", "kernel_constraint"));
  const constrained = { kernel_constraint: { class_name: "UnitNorm", config: { axis: 0 } } };
  const self = heads(rows(["x"], { value: ["x", 0, 0] }), constrained);
  expect(() => read([input("x", 5, 4), self])).toThrow(refused("heads", "kernel_constraint"));
});

it("attention is causal where Keras 2 says it of the layer, and works along the steps alone", () => {
  const look = layer("Attention", "look", { causal: true }, [rows(["x", "x"])]);
  expect(configOf(read([input("x", 5, 4), look]), "look")).toMatchObject({ use_causal_mask: true });
  const self = (attention_axes: unknown) => read([input("x", 5, 4), heads(rows(["x"], { value: ["x", 0, 0] }), { attention_axes })]);
  expect(self([1]).leftOut).toEqual([]);
  expect(() => self([1, 2])).toThrow(refused("heads", "attention_axes"));
});

it("both directions are one where the second layer is the first the other way round", () => {
  const back = { ...cell({ go_backwards: true, name: "backward_lstm" }) };
  expect(configOf(single("Bidirectional", { layer: cell({ name: "forward_lstm" }), backward_layer: back }), "one")).toMatchObject({
    cell: "lstm",
  });
});

it("hard sigmoid is the curve of the Keras that wrote it", () => {
  const walk = (top: Json) =>
    configOf(
      read(
        [
          input("x", 4, 2),
          layer("GRU", "walk", { units: 2, recurrent_activation: "hard_sigmoid" }, [
            top["module"] === undefined ? rows(["x"]) : call([tensor("x")]),
          ]),
        ],
        top,
      ),
      "walk",
    );
  expect(walk({ keras_version: "tfjs-layers 4.22.0" })).toMatchObject({ recurrent_activation: "hard_sigmoid_keras2", reset_after: false });
  expect(walk({ keras_version: "2.15.0" })).toMatchObject({ recurrent_activation: "hard_sigmoid_keras2" });
  expect(walk({})).toMatchObject({ recurrent_activation: "hard_sigmoid_keras2" });
  expect(walk(KERAS_3)).toMatchObject({ recurrent_activation: "hard_sigmoid", reset_after: true });
});

it.each(["DepthwiseConv2D", "Conv2DTranspose", "SeparableConv2D"])("%s of Keras 2 says that it has one group", (className) => {
  const own = className === "DepthwiseConv2D" ? {} : { filters: 2 };
  const one = (groups: number) => single(className, { ...own, kernel_size: [2, 2], groups }, [5, 5, 4]);
  expect(one(1).leftOut).toEqual([]);
  expect(() => one(2)).toThrow(refused("one", "groups"));
});

it("both directions reset as a cell of its time does", () => {
  const gru = (config: Json) => ({ layer: { class_name: "GRU", config: { units: 2, ...config } } });
  expect(configOf(single("Bidirectional", gru({})), "one")).toMatchObject({ reset_after: false });
  expect(configOf(single("Bidirectional", gru({ reset_after: true })), "one")).toMatchObject({ reset_after: true });
  const three = layer("Bidirectional", "one", gru({}), [call([tensor("x")])]);
  expect(configOf(read([input("x", 5, 4), three], KERAS_3), "one")).toMatchObject({ reset_after: true });
});

it("rectifiers keep their slope and their end", () => {
  expect(configOf(single("ReLU", { max_value: 6 }), "one")).toMatchObject({ activation: "relu6" });
  expect(configOf(single("LeakyReLU", { alpha: 0.2 }), "one")).toMatchObject({ activation: "leaky_relu", negative_slope: 0.2 });
  expect(configOf(single("LeakyReLU", {}), "one")).toMatchObject({ negative_slope: 0.3 });
  // The slope of a function without one would count as soon as another is chosen.
  for (const options of [{ negative_slope: 0 }, { negative_slope: 0, max_value: 6 }])
    expect(configOf(single("ReLU", options), "one")).toMatchObject({ negative_slope: 0.01 });
});

it("tells what weights start from otherwise, and penalties that we have none of", () => {
  const kernel = (class_name: string, config: Json) =>
    single("Dense", { units: 2, kernel_initializer: { class_name, config }, bias_initializer: "zeros" }).leftOut;
  expect(kernel("RandomUniform", { minval: -0.1, maxval: 0.1, seed: 3 })).toEqual([]);
  expect(kernel("RandomUniform", { minval: 0, maxval: 0.1 })).toHaveLength(1);
  expect(kernel("RandomNormal", { mean: 1, stddev: 0.1 })).toHaveLength(1);
  expect(kernel("Orthogonal", { gain: 2 })).toHaveLength(1);
  expect(kernel("VarianceScaling", { scale: 1, mode: "fan_in", distribution: "untruncated_normal" })).toEqual([
    'one (Dense): kernel_initializer = VarianceScaling {"scale":1,"mode":"fan_in","distribution":"untruncated_normal"}',
  ]);
  const norm = {
    gamma_initializer: "zeros",
    beta_initializer: { class_name: "Zeros", config: {} },
    gamma_regularizer: { class_name: "L2", config: { l2: 0.1 } },
  };
  expect(single("BatchNormalization", norm).leftOut.map((one) => one.split(" = ")[0])).toEqual([
    "one (BatchNormalization): gamma_initializer",
    "one (BatchNormalization): gamma_regularizer",
  ]);
});

/** What each layer can be handed: pictures, unless it is for something else. */
function fitting(className: string): { readonly shape: readonly number[]; readonly args: readonly unknown[] } {
  const x = tensor("x");
  const sequence = [8, 32];
  if (className === "MultiHeadAttention") return { shape: sequence, args: [x, x] };
  if (/^(Attention|Dot|Add|Average|Maximum|Minimum|Multiply|Subtract|Concatenate)$/.test(className))
    return { shape: sequence, args: [[x, x]] };
  if (/1D$|^(LSTM|GRU|SimpleRNN|Bidirectional|Masking|Permute)$/.test(className)) return { shape: sequence, args: [x] };
  if (/^(Embedding|RepeatVector|Reshape)$/.test(className)) return { shape: [2], args: [x] };
  return { shape: [8, 8, 32], args: [x] };
}

it("tells and refuses nothing of what stands at its default (generate.py)", () => {
  const all = JSON.parse(readFileSync(join(import.meta.dirname, "fixtures/defaults.json"), "utf8")) as readonly [string, Json][];
  expect(all.length).toBeGreaterThan(50);
  for (const [className, config] of all) {
    const { shape, args } = fitting(className);
    const one = layer(className, "one", { ...config, name: "one" }, className === "InputLayer" ? [] : [call(args)]);
    const readOne = () => read([input("x", ...shape), one], KERAS_3).leftOut;
    expect(readOne, className).not.toThrow();
    expect(readOne(), className).toEqual([]);
  }
});
