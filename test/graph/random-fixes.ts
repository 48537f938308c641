/** Designs drawn at random that have something to mend: rows and branches of layers, several outputs, weights that are shared, layers that are skipped, loops. */
import fc from "fast-check";
import type { DesignDocument, EdgeDocument, NodeDocument } from "../../core/graph/document.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { data } from "./designs.ts";
import { pick } from "./random-acts.ts";

type Options = NodeDocument["config"];
const SHAPES = [[4], [4], [6], [64], [1, 5], [5, 3], [7, 2], [8, 8, 1], [28, 28, 1], [9, 9, 3]] as const;
const ACTIVATIONS = ["linear", "linear", "relu", "sigmoid", "tanh", "softmax"];
const UNITS = [1, 2, 3, 3, 8];
const LOSSES = ["mse", "mse", "categorical_crossentropy", "binary_crossentropy", "hinge"];

const activated = (a: number, b: number): Options => ({ units: pick(UNITS, a), activation: pick(ACTIVATIONS, b) });
const windowed = (a: number, b: number): Options => ({
  filters: pick(UNITS, a),
  kernel_size: pick([1, 2, 3, 9], b),
  activation: pick(ACTIVATIONS, a + b),
});

/** Often what most checks ask for. */
const LAYERS: readonly (readonly [type: string, options: (a: number, b: number) => Options])[] = [
  ...Array.from({ length: 10 }, () => ["dense", activated] as const),
  ["dense", (a, b) => ({ ...activated(a, b), kernel_initializer: "zeros" })],
  ["activation", (a) => ({ activation: pick(ACTIVATIONS, a) })],
  ["activation", (a) => ({ activation: pick(ACTIVATIONS, a) })],
  ["dropout", (a) => ({ rate: pick([0.2, 0.5, 0.9], a) })],
  ["dropout", (a) => ({ rate: pick([0.2, 0.5, 0.9], a) })],
  ["batch_normalization", () => ({})],
  ["batch_normalization", () => ({})],
  ["layer_normalization", () => ({})],
  ["group_normalization", (a) => ({ groups: pick([1, 2, 32], a) })],
  ["flatten", () => ({})],
  ["flatten", () => ({})],
  ["conv_1d", (a, b) => ({ ...windowed(a, b), ...(a % 3 === 0 ? { strides: 2, dilation_rate: 2 } : {}) })],
  [
    "conv_2d",
    (a, b) => ({
      ...windowed(a, b),
      kernel_size: pick(
        [
          [1, 1],
          [3, 3],
          [9, 9],
        ],
        b,
      ),
    }),
  ],
  [
    "conv_2d",
    (a, b) => ({
      ...windowed(a, b),
      kernel_size: pick(
        [
          [2, 2],
          [3, 3],
        ],
        b,
      ),
      groups: pick([1, 1, 2], a),
    }),
  ],
  ["depthwise_conv_2d", () => ({})],
  [
    "max_pooling_2d",
    (a) => ({
      pool_size: pick(
        [
          [2, 2],
          [5, 5],
        ],
        a,
      ),
    }),
  ],
  ["max_pooling_1d", () => ({})],
  ["global_average_pooling_2d", () => ({})],
  ["global_average_pooling_1d", () => ({})],
  ["lstm", (a, b) => ({ units: pick(UNITS, a), return_sequences: b % 2 === 0, activation: pick(["tanh", "relu"], b) })],
  ["gru", (a, b) => ({ units: pick(UNITS, a), return_sequences: b % 2 === 0, activation: b % 7 === 1 ? "softmax" : "tanh" })],
  ["simple_rnn", (a) => ({ units: pick(UNITS, a) })],
  ["embedding", (a) => ({ input_dim: pick([4, 100], a), output_dim: 3 })],
  ["attention", () => ({})],
  ["multi_head_attention", (a) => ({ heads: pick([1, 2], a) })],
  ["positional_encoding", (a) => ({ max_length: pick([4, 512], a), encoding: pick(["learned", "sinusoidal"], a) })],
  ["add", () => ({})],
  ["add", () => ({})],
  ["concatenate", () => ({})],
  ["concatenate", () => ({})],
  ["multiply", () => ({})],
  ["dot", () => ({})],
  ["subtract", () => ({})],
  ["reshape", (a) => ({ target_shape: pick([[-1], [2, 2], [4, 4, 4], [5, 3]], a) })],
  [
    "permute",
    (a) => ({
      dims: pick(
        [
          [2, 1],
          [1, 2],
          [3, 1, 2],
        ],
        a,
      ),
    }),
  ],
  ["slice", (a) => ({ start: pick([0, 2, 7], a), size: pick([1, 3, 9], a) })],
  ["cropping_1d", (a) => ({ left: pick([1, 9], a) })],
  ["zero_padding_2d", () => ({})],
  ["up_sampling_2d", () => ({})],
  ["repeat_vector", () => ({})],
  ["masking", () => ({})],
];

const layer = fc.record({ type: fc.nat(), a: fc.nat(), b: fc.nat(), from: fc.nat(), more: fc.nat(), odds: fc.nat() });
type Drawn = typeof layer extends fc.Arbitrary<infer T> ? T : never;

class Drawing {
  readonly nodes: NodeDocument[] = [];
  readonly edges: EdgeDocument[] = [];

  add(type: string, config: Options, more: Partial<NodeDocument> = {}): NodeDocument {
    const id = `l${this.nodes.length}`;
    const node = {
      id,
      type,
      name: id,
      config,
      position: { x: 200 * this.nodes.length, y: 0 },
      shared_with: null,
      bypassed: false,
      ...more,
    };
    this.nodes.push(node);
    return node;
  }
  join(source: NodeDocument | undefined, target: NodeDocument, port: number): void {
    const ends = [
      source === undefined ? undefined : layerDefinition(source.type)?.ports.outputs[0],
      layerDefinition(target.type)?.ports.inputs[port],
    ];
    const [output, input] = ends;
    if (source === undefined || output === undefined || input === undefined || source === target) return;
    const known = this.edges.some((edge) => edge.source === source.id && edge.target === target.id && edge.target_port === input.name);
    const full = input.multiple !== true && this.edges.some((edge) => edge.target === target.id && edge.target_port === input.name);
    if (known || full) return;
    this.edges.push({
      id: `e${this.edges.length}`,
      source: source.id,
      source_port: output.name,
      target: target.id,
      target_port: input.name,
    });
  }
}

interface Mistakes {
  readonly layers: readonly Drawn[];
  readonly inputs: readonly number[];
  readonly outputs: readonly Drawn[];
  readonly loop: number;
  readonly known: number;
  readonly train: number;
}

function addLayer(at: Drawing, { type, a, b, from, more, odds }: Drawn): void {
  const [name, options] = pick(LAYERS, type) ?? ["dense", activated];
  const { parameters, ports } = layerDefinition(name) ?? {};
  const before = [...at.nodes];
  const alike = before.filter((one) => one.type === name);
  const twin = odds % 3 === 0 && parameters !== undefined ? pick(alike, a) : undefined;
  const node = at.add(name, twin?.config ?? options(a, b), {
    shared_with: twin === undefined ? null : (twin.shared_with ?? twin.id),
    bypassed: odds % 11 === 1,
    ...(odds % 13 === 2 && twin === undefined ? { frozen: true } : {}),
  });
  // Mostly a row, as people draw them.
  const source = from % 4 === 0 ? pick(before, from >> 2) : before.at(-1);
  at.join(source, node, 0);
  if ((ports?.inputs.length ?? 0) > 1) at.join(odds % 3 === 0 ? pick(before, more) : source, node, 1);
  else if (ports?.inputs[0]?.multiple === true)
    for (let time = 0; time <= more % 2; time += 1) at.join(pick(before, more >> (time + 1)), node, 0);
}

const TRAIN: readonly DesignDocument["train"][] = [
  {},
  {},
  { batch_size: 1 },
  { optimizer: { type: "adamw", learning_rate: 10 } },
  { early_stopping: { enabled: true } },
];

function drawn({ layers, inputs, outputs, loop, known, train }: Mistakes): DesignDocument {
  const at = new Drawing();
  for (const shape of inputs) at.add("input", { shape: [...(pick(SHAPES, shape) ?? [])] });
  for (const one of layers) addLayer(at, one);
  const middle = [...at.nodes];
  for (const { a, from, odds } of outputs) {
    const output = at.add("output", { loss: pick(LOSSES, a), ...(odds % 9 === 1 ? { target_input: "l0" } : {}) });
    at.join(from % 3 === 0 ? pick(middle, from) : middle.at(-1), output, 0);
  }
  const back = pick(middle, loop);
  if (loop % 6 === 0 && back !== undefined) at.join(middle.at(-1), back, 0);
  const classes = known % 5;
  const nothingHeldOut = { split: { method: "none", validation_fraction: 0.2, seed: null } } as const;
  const counted = data(4, classes < 2 ? null : classes, classes === 1 ? ["x", "y"] : ["y"], known % 7 === 0 ? nothingHeldOut : {});
  const group = { id: "g", name: "g", node_ids: middle.slice(1, 4).map(({ id }) => id), collapsed: true };
  return {
    format: "neuroloom-design",
    format_version: 1,
    name: "random",
    graph: { nodes: at.nodes, edges: at.edges, groups: known % 3 === 0 ? [group] : [] },
    train: pick(TRAIN, train) ?? {},
    data: known % 2 === 0 ? null : counted,
    notes: "",
  };
}

export const mistaken: fc.Arbitrary<DesignDocument> = fc
  .record({
    layers: fc.array(layer, { minLength: 1, maxLength: 14, size: "max" }),
    inputs: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
    outputs: fc.array(layer, { minLength: 1, maxLength: 2 }),
    loop: fc.nat(),
    known: fc.nat(),
    train: fc.nat(),
  })
  .map(drawn);
