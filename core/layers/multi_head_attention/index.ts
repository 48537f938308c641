/**
 * Multi-head attention (Vaswani et al. 2017, 3.2.2; Keras's MultiHeadAttention): queries, keys and values are projected, every head
 * attends by itself, and the heads are put side by side, or summed with a learned weight each, and projected to the output.
 */

import { AppError } from "../../errors.ts";
import type { Builder } from "../../ir/builder.ts";
import type { Tensor } from "../../ir/tensor.ts";
import { bool, choice, float, int, optionalInt } from "../../schema/fields.ts";
import { ATTENTION_PORTS, attentionShapes, attentionTensors, kerasAttentionCall, pytorchMask } from "../attention-inputs.ts";
import { defineLayer } from "../define-layer.ts";
import { refuseOption } from "../keras-options.ts";
import { onPort, type ParameterDefinition } from "../layer.ts";
import { biasProperties, kerasWeight, kernelProperties, weightOptions, withoutNull } from "../weight-options.ts";
import { texts } from "./texts.ts";

/** Of all four projections alike, as Keras has it. Penalties of outputs stand on a layer of their own. */
const { activity_l1: _, activity_l2: __, ...projectionOptions } = weightOptions();

interface Config {
  readonly num_heads: number;
  readonly key_dim: number;
  readonly value_dim: number | null;
  readonly units: number | null;
}

/** Widths of a head's values, of what the heads are combined to, and of the output. */
function widths(config: Config & { readonly combine: string }, queryWidth: number): { value: number; combined: number; units: number } {
  const value = config.value_dim ?? config.key_dim;
  return { value, combined: config.combine === "concatenate" ? config.num_heads * value : value, units: config.units ?? queryWidth };
}

const last = (shape: readonly number[]): number => shape[shape.length - 1] ?? 0;

/** Σ over heads of weight · head: `[N, T, H·width]` to `[N, T, width]`. */
function weightedSum(builder: Builder, context: Tensor, weights: Tensor, heads: number): Tensor {
  const [N = 1, T = 1, all = 1] = context.shape;
  const apart = builder.reshape(context, [N * T, heads, all / heads]);
  const headsLast = builder.one("permute", [apart], { axes: [0, 2, 1] });
  return builder.reshape(builder.one("linear", [headsLast, weights]), [N, T, all / heads]);
}

export default defineLayer({
  type: "multi_head_attention",
  group: "attention",
  icon: "MHA",
  schema: {
    num_heads: int({ default: 4, min: 1, max: 1024 }),
    key_dim: int({ default: 16, min: 1, max: 16_384 }),
    value_dim: optionalInt({ min: 1, max: 16_384 }),
    units: optionalInt({ min: 1, max: 65_536 }),
    combine: choice({ values: ["concatenate", "weighted_sum"], default: "concatenate" }),
    use_bias: bool({ default: true }),
    dropout: float({ default: 0, min: 0, max: 1, exclusiveMax: true }),
    use_causal_mask: bool({ default: false }),
    ...projectionOptions,
  },
  texts,
  traits: { reads: "sequence", mask: "uses", attends: true },
  ports: ATTENTION_PORTS,
  headline: (c) => `${c.num_heads} × ${c.key_dim}${c.use_causal_mask ? ", causal" : ""}`,
  outputShapes: ({ config, ...arrivals }) => {
    const { query } = attentionShapes(arrivals);
    return [[query[0] ?? 0, widths(config, last(query)).units]];
  },
  parameters: ({ config, ...arrivals }) => {
    const { query, key, value } = attentionShapes(arrivals);
    const { value: valueWidth, combined, units } = widths(config, last(query));
    const projection = (name: string, from: number, to: number): ParameterDefinition[] => [
      { name: `${name}_kernel`, shape: [from, to], fanIn: from, fanOut: to, ...kernelProperties(config) },
      ...(config.use_bias ? [{ name: `${name}_bias`, shape: [to], ...biasProperties(config) }] : []),
    ];
    return [
      ...projection("query", last(query), config.num_heads * config.key_dim),
      ...projection("key", last(key), config.num_heads * config.key_dim),
      ...projection("value", last(value), config.num_heads * valueWidth),
      ...(config.combine === "weighted_sum" ? [{ name: "head_weights", shape: [config.num_heads, 1], initializer: "ones" }] : []),
      ...projection("output", combined, units),
    ];
  },
  build: (context) => {
    const { builder, config, parameters, training, seed, stream } = context;
    const { query, key, value, mask } = attentionTensors(context);
    const project = (name: string, x: Tensor): Tensor => {
      const { [`${name}_kernel`]: kernel, [`${name}_bias`]: bias } = parameters;
      if (kernel === undefined) throw new Error(`multi_head_attention: no kernel of ${name}`);
      return builder.one("linear", bias === undefined ? [x, kernel] : [x, kernel, bias]);
    };
    const projected = [project("query", query), project("key", key), project("value", value)];
    const [heads, weights] = builder.emit("attention", mask === undefined ? projected : [...projected, mask], {
      heads: config.num_heads,
      scale: 1 / Math.sqrt(config.key_dim),
      causal: config.use_causal_mask,
      rate: training ? config.dropout : 0,
      seed,
      stream,
    });
    if (heads === undefined || weights === undefined) throw new Error("attention gives context and weights");
    context.tap("weights", weights);
    const { head_weights } = parameters;
    return [project("output", head_weights === undefined ? heads : weightedSum(builder, heads, head_weights, config.num_heads))];
  },
  pytorch: ({ config, ...arrivals }) => {
    const { query, key, value } = attentionShapes(arrivals);
    const { value: valueWidth, combined, units } = widths(config, last(query));
    const { num_heads: heads, key_dim: width, use_bias, combine, dropout, use_causal_mask: causal } = config;
    const bias = use_bias ? "" : ", bias=False";
    const parts = [
      `"query": nn.Linear(${last(query)}, ${heads * width}${bias})`,
      `"key": nn.Linear(${last(key)}, ${heads * width}${bias})`,
      `"value": nn.Linear(${last(value)}, ${heads * valueWidth}${bias})`,
      ...(combine === "weighted_sum" ? [`"heads": nn.Linear(${heads}, 1, bias=False)`] : []),
      `"output": nn.Linear(${combined}, ${units}${bias})`,
    ];
    const names = ["query", "key", "value", "output"];
    return {
      module: `nn.ModuleDict({${parts.join(", ")}})`,
      call: (module, inputs, masks) => {
        const port = (list: readonly (string | undefined)[], name: string): string | undefined =>
          onPort({ ...arrivals, inputs: list }, ATTENTION_PORTS.inputs, name);
        const [q, v] = [port(inputs, "query") ?? "", port(inputs, "value") ?? ""];
        const k = port(inputs, "key") ?? v;
        const head = (name: string, x: string, size: number): string =>
          `${module}["${name}"](${x}).unflatten(-1, (${heads}, ${size})).transpose(1, 2)`;
        const counts = pytorchMask([port(inputs, "mask"), port(masks, "value"), port(masks, "key")], causal, query[0] ?? 0, key[0] ?? 0);
        const rate = dropout === 0 ? "" : `, dropout_p=${dropout} if ${module}.training else 0.0`;
        const attended = `torch.nn.functional.scaled_dot_product_attention(${head("query", q, width)}, ${head("key", k, width)}, ${head("value", v, valueWidth)}, attn_mask=${counts}${rate})`;
        const together =
          combine === "concatenate"
            ? `${attended}.transpose(1, 2).flatten(2)`
            : `${module}["heads"](${attended}.permute(0, 2, 3, 1)).squeeze(-1)`;
        return `${module}["output"](${together})`;
      },
      mask: (_, masks) => onPort({ ...arrivals, inputs: masks }, ATTENTION_PORTS.inputs, "query"),
      weights: {
        ...Object.fromEntries(
          names.flatMap((name) => [
            [`${name}_kernel`, { name: `${name}.weight`, transpose: [1, 0] }],
            ...(use_bias ? [[`${name}_bias`, { name: `${name}.bias` }]] : []),
          ]),
        ),
        ...(combine === "weighted_sum" ? { head_weights: { name: "heads.weight", transpose: [1, 0] } } : {}),
      },
    };
  },
  keras: ({ config, ...arrivals }) => {
    const { num_heads, key_dim, use_bias, dropout, combine } = config;
    if (combine !== "concatenate") throw new AppError("design.not_in_keras", { what: `combine = ${combine}` });
    const { constraint } = kernelProperties(config);
    // Keras's kernels have an axis for the heads: a norm over the first axis is another one there.
    if (constraint !== undefined && constraint.function !== "non_neg")
      throw new AppError("design.not_in_keras", { what: `kernel_constraint = ${constraint.function}` });
    return {
      className: "MultiHeadAttention",
      config: {
        num_heads,
        key_dim,
        value_dim: config.value_dim ?? key_dim,
        output_shape: [widths(config, last(attentionShapes(arrivals).query)).units],
        use_bias,
        dropout,
        ...withoutNull({ ...kerasWeight("kernel", kernelProperties(config), 2), ...kerasWeight("bias", biasProperties(config), 1) }),
      },
      call: kerasAttentionCall(arrivals, config.use_causal_mask, false),
    };
  },
  fromKeras: {
    // The shapes that it was built with are written by Keras 2.
    reads: ["output_shape", "attention_axes", "query_shape", "key_shape", "value_shape"],
    config: ({ output_shape: shape, attention_axes: axes, kernel_constraint: constraint }) => {
      // Keras's kernels have an axis for the heads: a norm is over other numbers there.
      if (constraint !== null && constraint !== undefined && !JSON.stringify(constraint).includes("NonNeg"))
        refuseOption("kernel_constraint", constraint);
      if (Array.isArray(shape) && shape.length !== 1) refuseOption("output_shape", shape);
      // Steps are the one axis of a sequence beside its channels.
      if (axes !== null && axes !== undefined && [axes].flat().join() !== "1") refuseOption("attention_axes", axes);
      return { units: Array.isArray(shape) ? shape[0] : (shape ?? null) };
    },
    arguments: { query: ["query"], value: ["value"], key: ["key"], query_mask: [], value_mask: ["mask"], key_mask: ["mask"] },
    takesMasks: true,
  },
  examples: [
    {
      name: "self-attention",
      config: { num_heads: 2, key_dim: 3 },
      inputs: [
        [4, 6],
        [4, 6],
      ],
    },
    {
      name: "causal",
      config: { num_heads: 2, key_dim: 2, use_causal_mask: true },
      inputs: [
        [4, 4],
        [4, 4],
      ],
    },
    {
      name: "guided by another source",
      config: { num_heads: 3, key_dim: 2, value_dim: 4, units: 5 },
      inputs: [
        [3, 4],
        [5, 6],
      ],
    },
    {
      name: "keys of their own, no bias",
      config: { num_heads: 2, key_dim: 2, use_bias: false },
      inputs: [
        [3, 4],
        [4, 3],
        [4, 5],
      ],
      ports: ["query", "value", "key"],
    },
    {
      name: "padded values, and a causal mask",
      config: { num_heads: 2, key_dim: 3, use_causal_mask: true },
      inputs: [
        [4, 6],
        [4, 6],
      ],
      masked: [1],
    },
    {
      name: "padded values",
      config: { num_heads: 1, key_dim: 3 },
      inputs: [
        [2, 3],
        [5, 4],
      ],
      masked: [1],
    },
    {
      name: "penalties of kernels and biases",
      config: { num_heads: 2, key_dim: 2, l1: 0.01, l2: 0.02, bias_l1: 0.03, bias_l2: 0.04 },
      inputs: [
        [3, 4],
        [3, 4],
      ],
    },
    {
      name: "heads summed with learned weights",
      config: { num_heads: 3, key_dim: 2, combine: "weighted_sum" },
      inputs: [
        [3, 4],
        [3, 4],
      ],
    },
  ],
});
