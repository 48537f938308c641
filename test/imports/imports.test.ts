/** Models that Keras wrote (generate.py), as designs: laid out, with the options they had, and with weights that predict what Keras predicts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collapsedPlace } from "../../core/graph/groups.ts";
import { propagate } from "../../core/graph/propagate.ts";
import { type ForeignModel, isForeignModel, readForeignModel } from "../../core/import/read-foreign.ts";
import { layersOfRole } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { everyBackend } from "../engine/backends.ts";
import { distance } from "../engine/distance.ts";

const NAMES = ["pictures", "words", "branches", "chain", "nested", "around", "keywords", "padded", "residual", "rectified"] as const;
/** Those with two inputs, which Keras lists as they were given: ours are found on the way from the outputs. */
const PAIRS: Readonly<Record<string, readonly string[]>> = {
  branches: ["a", "b"],
  nested: ["a", "b"],
  keywords: ["x", "m"],
  padded: ["a", "b"],
  browser: ["words", "picture"],
};
const fixture = (file: string): Buffer => readFileSync(join(import.meta.dirname, "fixtures", file));
const text = (file: string): string => fixture(file).toString("utf8");
const withWeights = (name: string): ForeignModel =>
  readForeignModel(text(`${name}.tfjs.json`), new Map([[`${name}.bin`, new Uint8Array(fixture(`${name}.bin`))]]));

interface Rows {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Nodes by name with type and options, whatever the ids are. */
const told = ({ design }: ForeignModel) =>
  design.graph.nodes.map(({ name, type, config, shared_with }) => ({ name, type, config, shared: shared_with !== null }));

/** In the older form alone: with functions that Keras 3 has no name for, and saved by TensorFlow.js itself (generate-tfjs.ts). */
const OLDER: readonly string[] = ["older", "browser"];

it.each(NAMES)("%s is the same design from Keras 3 and from the form of Keras 2", (name) => {
  const three = readForeignModel(text(`${name}.keras3.json`), new Map());
  expect(three.weights).toBeNull();
  // A Sequential of Keras 3 has an InputLayer with a name of its own.
  expect(told(three)).toEqual(told(withWeights(name)));
  expect(three.design.graph.edges).toEqual(withWeights(name).design.graph.edges);
});

describe.each([...NAMES, ...OLDER])("%s", (name) => {
  it("is a sound design, no two nodes at one place, from left to right and then from above", () => {
    const { design } = withWeights(name);
    const { nodes, groups, edges } = design.graph;
    // A collapsed group is drawn at one place, which its layers have inside of it too.
    const groupOf = (id: string) => groups.find(({ node_ids }) => node_ids.includes(id));
    const told = (all: readonly { readonly x: number; readonly y: number }[]) => all.map(({ x, y }) => `${x} ${y}`);
    const membersOf = (ids: readonly string[]) => nodes.filter(({ id }) => ids.includes(id));
    const drawn = told([
      ...nodes.filter(({ id }) => groupOf(id) === undefined).map(({ position }) => position),
      ...groups.map(({ node_ids }) => collapsedPlace(membersOf(node_ids), false) ?? { x: 0, y: 0 }),
    ]);
    expect(new Set(drawn).size).toBe(drawn.length);
    for (const { node_ids } of groups)
      expect(new Set(told(membersOf(node_ids).map(({ position }) => position))).size).toBe(node_ids.length);
    const at = new Map(
      nodes.map((one) => [one.id, collapsedPlace(membersOf(groupOf(one.id)?.node_ids ?? [one.id]), false) ?? one.position]),
    );
    for (const { source, target } of edges.filter(
      (edge) => groupOf(edge.source) === undefined || groupOf(edge.source) !== groupOf(edge.target),
    )) {
      const [from, to] = [at.get(source), at.get(target)];
      if (from === undefined || to === undefined) throw new Error(`${source} or ${target} is not there`);
      expect(from.x < to.x || from.y < to.y, `${source} before ${target}`).toBe(true);
    }
    expect([...propagate(design).nodes.values()].flatMap(({ problems }) => problems)).toEqual([]);
  });

  it.each(everyBackend)("predicts what Keras predicts ($name)", ({ backend }) => {
    const { spec, weights } = withWeights(name);
    const expected = JSON.parse(text(`${name}.expected.json`)) as { readonly inputs: readonly Rows[]; readonly outputs: readonly Rows[] };
    const outputs = layersOfRole(spec, "output");
    const encodings = Object.fromEntries(outputs.map(({ id }) => [id, "value" as const]));
    const network = new Network({ spec, training: readTraining({}), encodings, backend, trainingRows: 0 });
    network.initialise(1);
    for (const { fullName, kind, values } of weights ?? []) network.view(kind, fullName).set(values);
    const inputs = layersOfRole(spec, "input");
    const order = PAIRS[name] ?? inputs.map((layer) => layer.name);
    const data = {
      rowCount: 3,
      rowIds: Uint32Array.of(0, 1, 2),
      targets: {},
      inputs: Object.fromEntries(
        inputs.map((layer) => {
          const rows = expected.inputs[order.indexOf(layer.name)];
          return [layer.id, { shape: layer.shape, values: Float32Array.from(rows?.values ?? []) }];
        }),
      ),
    };
    const { predictions } = network.evaluate(data);
    const names = name === "branches" ? ["output first", "output second"] : ["output"];
    names.forEach((output, i) => {
      const id = outputs.find((layer) => layer.name === output)?.id ?? "";
      expect(distance(predictions[id] ?? [], expected.outputs[i]?.values ?? [])).toBeLessThan(1e-5);
    });
  });
});

describe("what comes in", () => {
  it("keeps options, penalties, constraints and shared layers", () => {
    const configOf = (model: string, name: string) => told(withWeights(model)).find((one) => one.name === name);
    expect(configOf("pictures", "conv")?.config).toMatchObject({ filters: 3, padding: "same", activation: "relu", l2: 0.01 });
    expect(configOf("pictures", "class")?.config).toMatchObject({ kernel_constraint: "max_norm", kernel_max_norm: 1.5 });
    expect(configOf("words", "last")?.config).toMatchObject({ recurrent_l1: 0.01, recurrent_l2: 0.02 });
    expect(told(withWeights("branches")).filter(({ shared }) => shared)).toHaveLength(1);
    expect(told(withWeights("words")).find(({ type }) => type === "output")?.config).toEqual({ loss: "binary_crossentropy" });
  });

  it("keeps what is frozen, of layers with weights and once where they are shared", () => {
    const dense = (name: string, trainable: boolean) => ({ class_name: "Dense", config: { name, units: 3, trainable } });
    const call = (layer: string, index: number) => [[[layer, index, 0, {}]]];
    const layers = [
      { class_name: "InputLayer", name: "x", config: { name: "x", batch_shape: [null, 3], trainable: false }, inbound_nodes: [] },
      { ...dense("twice", false), name: "twice", inbound_nodes: [...call("x", 0), ...call("twice", 0)] },
      { class_name: "Dropout", name: "drop", config: { name: "drop", rate: 0.5, trainable: false }, inbound_nodes: call("twice", 1) },
      { ...dense("last", true), name: "last", inbound_nodes: call("drop", 0) },
    ];
    const model = { class_name: "Functional", config: { name: "m", layers, output_layers: [["last", 0, 0]] } };
    const { nodes } = readForeignModel(JSON.stringify(model), new Map()).design.graph;
    expect(nodes.filter(({ frozen }) => frozen === true).map(({ name }) => name)).toEqual(["twice"]);
    expect(nodes.find(({ name }) => name === "twice 2")?.shared_with).toBe(nodes.find(({ name }) => name === "twice")?.id);
  });

  it("tells what is set and left out, once a layer, and nothing of what stands at its default", () => {
    expect(NAMES.flatMap((name) => withWeights(name).leftOut)).toEqual([]);
    const call = (layer: string, index = 0) => [[[layer, index, 0, {}]]];
    const layer = (class_name: string, config: { readonly name: string }, from: readonly unknown[]) => ({
      class_name,
      name: config.name,
      config,
      inbound_nodes: from,
    });
    const inner = { class_name: "LSTM", config: { units: 2, return_sequences: true, stateful: true, zero_output_for_mask: true } };
    const layers = [
      layer("InputLayer", { name: "x", batch_shape: [null, 4, 3], ragged: true } as never, []),
      layer("Dropout", { name: "drop", rate: 0.5, noise_shape: [1, 3], seed: 3 } as never, [...call("x"), ...call("drop")]),
      layer("Bidirectional", { name: "both", layer: inner } as never, call("drop", 1)),
      layer("GRU", { name: "gru", units: 2, stateful: true, time_major: false, zero_output_for_mask: false } as never, call("both")),
      layer("LayerNormalization", { name: "even", center: false, scale: true } as never, call("gru")),
      layer("BatchNormalization", { name: "norm", renorm: true, virtual_batch_size: null } as never, call("even")),
    ];
    const text = JSON.stringify({ class_name: "Functional", config: { name: "m", layers, output_layers: [["norm", 0, 0]] } });
    const { leftOut, design } = readForeignModel(text, new Map());
    expect(leftOut).toEqual([
      "x (InputLayer): ragged = true",
      "drop (Dropout): noise_shape = [1,3]",
      "both (Bidirectional): stateful = true",
      "gru (GRU): stateful = true",
      "even (LayerNormalization): center = false",
      "norm (BatchNormalization): renorm = true",
    ]);
    expect(design.notes).toBe("");
  });

  it("has the layers of models inside it, a collapsed group each use of one, which share their weights", () => {
    for (const file of ["nested.keras3.json", "nested.tfjs.json"]) {
      const { nodes, groups } = readForeignModel(text(file), new Map()).design.graph;
      const nameOf = (id: string | null) => nodes.find((node) => node.id === id)?.name ?? null;
      expect(groups.map(({ name, node_ids, collapsed }) => [name, node_ids.map(nameOf).sort(), collapsed])).toEqual([
        ["encoder", ["code", "wide"], true],
        ["encoder 2", ["code 2", "wide 2"], true],
        ["head", ["class", "hidden"], true],
      ]);
      expect(nodes.filter(({ shared_with }) => shared_with !== null).map(({ name, shared_with }) => [name, nameOf(shared_with)])).toEqual([
        ["wide 2", "wide"],
        ["code 2", "code"],
      ]);
    }
    const { groups, nodes } = withWeights("around").design.graph;
    expect(groups.map(({ name, node_ids }) => [name, node_ids.length])).toEqual([["base", 2]]);
    expect(nodes.map(({ type }) => type)).toEqual(["input", "dense", "dense", "dense", "output"]);
  });

  it("counts the uses of a model from one on where Keras does", () => {
    const model = JSON.parse(text("nested.tfjs.json")) as object;
    const bumped = JSON.stringify(model).replaceAll('["encoder",1,0', '["encoder",2,0').replaceAll('["encoder",0,0', '["encoder",1,0');
    expect(bumped).not.toBe(JSON.stringify(model));
    expect(told(readForeignModel(bumped, new Map()))).toEqual(told(readForeignModel(text("nested.tfjs.json"), new Map())));
  });

  it("has an input of its own before a first layer that is called so", () => {
    const first = { class_name: "Dense", config: { name: "input", units: 2, batch_input_shape: [null, 4] } };
    const text = JSON.stringify({ class_name: "Sequential", config: { name: "m", layers: [first] } });
    const { nodes, edges } = readForeignModel(text, new Map()).design.graph;
    expect(nodes.map(({ type, name }) => `${type} ${name}`)).toEqual(["input input_1", "dense input", "output output"]);
    expect(edges).toHaveLength(2);
  });

  it("is known from other files", () => {
    for (const name of NAMES)
      expect([isForeignModel(text(`${name}.keras3.json`)), isForeignModel(text(`${name}.tfjs.json`))]).toEqual([true, true]);
    for (const other of ["", "{", "[]", '{"format":"neuroloom-design"}', '{"class_name":"x"}']) expect(isForeignModel(other)).toBe(false);
  });
});

describe("what cannot come in is named with its layer", () => {
  it("before what is wrong with an input that has no shape, or with outputs that are not named", () => {
    const lambda = { class_name: "Lambda", name: "twice", config: { name: "twice" }, inbound_nodes: [] };
    const dense = { class_name: "Dense", config: { name: "out", units: 1 } };
    const refused = { code: "import.layer_not_supported", params: { name: "twice", layer: "Lambda" } };
    const read = (class_name: string, layers: readonly unknown[]) => () =>
      readForeignModel(JSON.stringify({ class_name, config: { name: "model", layers } }), new Map());
    expect(read("Sequential", [lambda, dense])).toThrow(expect.objectContaining(refused));
    expect(read("Functional", [lambda])).toThrow(expect.objectContaining(refused));
    expect(read("Functional", [{ ...dense, name: "out" }])).toThrow(
      expect.objectContaining({ code: "import.malformed", params: { path: "config/output_layers" } }),
    );
  });

  it("with all the others, each kind once with how many there are and where", () => {
    const layer = (class_name: string, name: string) => ({ class_name, config: { name } });
    const strange = ["a", "b", "c", "d", "e"].map((name) => layer("Lambda", name));
    const layers = [
      strange[0],
      layer("CustomNorm", "norm"),
      ...strange.slice(1),
      { class_name: "Dense", config: { name: "out", units: 1 } },
    ];
    const text = JSON.stringify({ class_name: "Sequential", config: { name: "model", layers } });
    expect(() => readForeignModel(text, new Map())).toThrow(
      expect.objectContaining({
        code: "import.layers_not_supported",
        params: { count: 6, kinds: 2, layers: "Lambda × 5 (a, b, c, d, …); CustomNorm × 1 (norm)" },
      }),
    );
  });

  it("where a model inside gives no such output, is handed too little, or comes from itself", () => {
    const model = JSON.stringify(JSON.parse(text("nested.tfjs.json")));
    const read = (from: string, to: string) => () => {
      expect(model).toContain(from);
      return readForeignModel(model.replaceAll(from, to), new Map());
    };
    const malformed = (path: string) => expect.objectContaining({ code: "import.malformed", params: { path } });
    expect(read('["head",0,0', '["head",0,1')).toThrow(malformed("head"));
    expect(read('"input_layers":[["row",0,0]]', '"input_layers":[["other",0,0],["row",0,0]]')).toThrow(malformed("encoder.inbound_nodes"));
    expect(read('["join",0,0', '["head",0,0')).toThrow(malformed("class.inbound_nodes"));
  });

  it("where a layer comes from itself", () => {
    const add = (name: string, from: string) => ({
      class_name: "Add",
      name,
      config: { name },
      inbound_nodes: [
        [
          ["x", 0, 0, {}],
          [from, 0, 0, {}],
        ],
      ],
    });
    const layers = [
      { class_name: "InputLayer", name: "x", config: { name: "x", batch_shape: [null, 3] }, inbound_nodes: [] },
      add("a", "b"),
      add("b", "a"),
    ];
    const text = JSON.stringify({ class_name: "Functional", config: { name: "m", layers, output_layers: [["b", 0, 0]] } });
    expect(() => readForeignModel(text, new Map())).toThrow(
      expect.objectContaining({ code: "import.malformed", params: { path: "b.inbound_nodes" } }),
    );
  });

  const changed = (model: string, from: string | RegExp, to: string): (() => unknown) => {
    const before = text(`${model}.tfjs.json`);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing of ${model} is changed`);
    return () => readForeignModel(after, new Map());
  };

  it.each([
    [
      changed("pictures", '"class_name": "BatchNormalization"', '"class_name": "SpectralNormalization"'),
      "import.layer_not_supported",
      { name: "norm", layer: "SpectralNormalization" },
    ],
    [
      changed("pictures", '"channels_last"', '"channels_first"'),
      "import.layer_option_not_supported",
      { name: "conv", option: "data_format" },
    ],
    [changed("chain", '"elu"', '"leaky_relu"'), "import.layer_option_not_supported", { name: "one", option: "activation" }],
    [changed("words", /"batch_input_shape": \[\s*null,\s*6/, '"batch_input_shape": [null, null'), "import.shape_open", { name: "words" }],
    [changed("pictures", '"inbound_nodes": [', '"inbound_nodes": 3, "was": ['), "import.malformed", {}],
  ])("%#", (act, code, params) => {
    expect(act).toThrow(expect.objectContaining({ code, params: expect.objectContaining(params) }));
  });

  it("weights that are cut off, missing, or of another model", () => {
    const bytes = new Uint8Array(fixture("chain.bin"));
    const read = (files: [string, Uint8Array][]) => () => readForeignModel(text("chain.tfjs.json"), new Map(files));
    expect(read([["chain.bin", bytes.slice(4)]])).toThrow(expect.objectContaining({ code: "import.weights_wrong_size" }));
    expect(read([["other.bin", bytes]])).toThrow(
      expect.objectContaining({ code: "import.weights_file_missing", params: { file: "chain.bin" } }),
    );
    const half = text("chain.tfjs.json").replace(/(weightsManifest[\s\S]*?"dtype": )"float32"/, '$1"float16"');
    expect(() => readForeignModel(half, new Map([["chain.bin", bytes]]))).toThrow(
      expect.objectContaining({ code: "import.weights_dtype" }),
    );
    const other = text("chain.tfjs.json").replace('"name": "two/two/kernel"', '"name": "three/kernel"');
    expect(() => readForeignModel(other, new Map([["chain.bin", bytes]]))).toThrow(
      expect.objectContaining({ code: "import.weights_differ", params: expect.objectContaining({ name: "two" }) }),
    );
  });
});
