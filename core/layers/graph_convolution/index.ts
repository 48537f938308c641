/**
 * Graph convolution (Kipf & Welling 2017, equation 2): f(D^−½ (A + I) D^−½ X W + b). A sample is one graph: features [nodes, channels] and
 * edges [edges, 3] as rows of source, target and weight. Without features every node is its own (X = I, as TextGCN has it).
 */
import { AppError } from "../../errors.ts";
import { type Shape, showShape } from "../../ir/tensor.ts";
import { bool, choice, int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { activationField } from "../fields.ts";
import { type Arrivals, onPort, type Port } from "../layer.ts";
import { requireRank } from "../shapes.ts";
import { biasProperties, kernelProperties, weightOptions } from "../weight-options.ts";
import { texts } from "./texts.ts";

const ports: { readonly inputs: readonly Port[]; readonly outputs: readonly Port[] } = {
  inputs: [
    { name: "input", kind: "float", optional: true },
    { name: "graph", kind: "graph" },
  ],
  outputs: [{ name: "output", kind: "float" }],
};

/** Nodes, and channels of each; as many as nodes where they have no features. */
function sizesOf(arrivals: Arrivals<Shape>, nodeCount: number): { nodes: number; channels: number } {
  const edges = onPort(arrivals, ports.inputs, "graph");
  if (edges?.length !== 2 || edges[1] !== 3)
    throw new AppError("design.graph_edges_expected", { received: edges === undefined ? "–" : showShape(edges) });
  const features = onPort(arrivals, ports.inputs, "input");
  if (features === undefined) {
    if (nodeCount === 0) throw new AppError("design.graph_nodes_unknown");
    return { nodes: nodeCount, channels: nodeCount };
  }
  const [nodes = 0, channels = 0] = requireRank([features], 2, "[nodes, channels]");
  if (nodeCount !== 0 && nodeCount !== nodes) throw new AppError("design.graph_nodes_differ", { expected: nodeCount, received: nodes });
  return { nodes, channels };
}

export default defineLayer({
  type: "graph_convolution",
  group: "graph",
  icon: "GC",
  schema: {
    units: int({ default: 64, min: 1, max: 65_536 }),
    normalization: choice({ values: ["symmetric", "none"], default: "symmetric" }),
    node_count: int({ default: 0, min: 0, max: 16_777_216 }),
    activation: activationField(),
    use_bias: bool({ default: true, advanced: true }),
    ...weightOptions(),
  },
  texts,
  traits: { reads: "nodes", activationField: "activation", unitsField: "units", nodeCountField: "node_count" },
  ports,
  headline: (c) => `${c.units}`,
  outputShapes: ({ config, ...arrivals }) => [[sizesOf(arrivals, config.node_count).nodes, config.units]],
  parameters: ({ config, ...arrivals }) => {
    const { channels } = sizesOf(arrivals, config.node_count);
    const { units } = config;
    const kernel = { name: "kernel", shape: [channels, units], fanIn: channels, fanOut: units, ...kernelProperties(config) };
    const bias = { name: "bias", shape: [units], fanIn: units, fanOut: units, ...biasProperties(config) };
    return config.use_bias ? [kernel, bias] : [kernel];
  },
  build: ({ builder, config, parameters, ...context }) => {
    const edges = onPort(context, ports.inputs, "graph");
    const features = onPort(context, ports.inputs, "input");
    const { kernel, bias } = parameters;
    if (edges === undefined || kernel === undefined) throw new Error("graph_convolution: no graph or kernel");
    // Identity features times the kernel are the kernel, the same for every sample.
    const mixed = features === undefined ? kernel : builder.one("linear", [features, kernel]);
    const nodes = mixed.shape[mixed.shape.length - 2] ?? 1;
    const scales = config.normalization === "symmetric" ? [builder.one("graph_normalization", [edges], { nodes })] : [];
    const y = builder.one("graph_product", [edges, mixed, ...scales]);
    return [builder.activation(bias === undefined ? y : builder.one("add_bias", [y, bias]), config.activation)];
  },
  pytorch: ({ config, ...arrivals }) => {
    const { nodes, channels } = sizesOf(arrivals, config.node_count);
    const hasFeatures = onPort(arrivals, ports.inputs, "input") !== undefined;
    const bias = config.use_bias ? `, "bias": nn.Parameter(torch.zeros(${config.units}))` : "";
    const adjacency = `torch.sparse_coo_tensor(e[:, [1, 0]].T.long(), e[:, 2], (${nodes}, ${nodes}))`;
    const scale = `(1 + torch.zeros(${nodes}, dtype=e.dtype).index_add(0, e[:, 1].long(), e[:, 2])).rsqrt().unsqueeze(1)`;
    const product =
      config.normalization === "symmetric"
        ? `(lambda s: s * (torch.sparse.mm(${adjacency}, s * x) + s * x))(${scale})`
        : `torch.sparse.mm(${adjacency}, x)`;
    return {
      module: `nn.ParameterDict({"kernel": nn.Parameter(torch.empty(${channels}, ${config.units}))${bias}})`,
      call: (module, inputs) => {
        const graph = inputs[hasFeatures ? 1 : 0] ?? "";
        const mixed = hasFeatures ? `${inputs[0] ?? ""} @ ${module}["kernel"]` : `${module}["kernel"].expand(len(${graph}), -1, -1)`;
        const y = `torch.stack([${product} for x, e in zip(${mixed}, ${graph}.detach())])`;
        return `ACTIVATION:${config.activation}(${y}${config.use_bias ? ` + ${module}["bias"]` : ""})`;
      },
      weights: { kernel: { name: "kernel" }, ...(config.use_bias ? { bias: { name: "bias" } } : {}) },
    };
  },
  examples: [
    {
      name: "features of three channels, relu",
      config: { units: 4, activation: "relu" },
      inputs: [
        [5, 3],
        [9, 3],
      ],
      ports: ["input", "graph"],
      indices: 5,
    },
    {
      name: "as it is, without bias",
      config: { units: 2, normalization: "none", use_bias: false },
      inputs: [
        [4, 6],
        [7, 3],
      ],
      ports: ["input", "graph"],
      indices: 4,
    },
    {
      name: "every node is its own feature, penalties",
      config: { units: 3, node_count: 6, l1: 0.01, l2: 0.02 },
      inputs: [[11, 3]],
      ports: ["graph"],
      indices: 6,
    },
    {
      name: "penalties of kernel, bias and output",
      config: { units: 2, l1: 0.01, bias_l1: 0.02, bias_l2: 0.1, activity_l1: 0.03, activity_l2: 0.2 },
      inputs: [
        [3, 2],
        [4, 3],
      ],
      ports: ["input", "graph"],
      indices: 3,
    },
    {
      name: "softmax",
      config: { units: 3, activation: "softmax" },
      inputs: [
        [3, 2],
        [5, 3],
      ],
      ports: ["input", "graph"],
      indices: 3,
    },
  ],
});
