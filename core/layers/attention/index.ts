/**
 * Attention without projections (Keras's Attention): scores of queries and keys, their softmax over the keys, and the mixture of the
 * values by these weights. Scores are products (Luong et al. 2015), or the additive sum Σ tanh(q + k) of the "concat" mode.
 */

import { AppError } from "../../errors.ts";
import type { Builder } from "../../ir/builder.ts";
import type { Tensor } from "../../ir/tensor.ts";
import { showShape } from "../../ir/tensor.ts";
import { bool, choice, float } from "../../schema/fields.ts";
import { ATTENTION_PORTS, attentionShapes, attentionTensors, kerasAttentionCall, pytorchMask } from "../attention-inputs.ts";
import { defineLayer } from "../define-layer.ts";
import { onPort } from "../layer.ts";
import { texts } from "./texts.ts";

/** x times a learned number. */
function timesNumber(builder: Builder, x: Tensor, factor: Tensor | undefined): Tensor {
  if (factor === undefined) return x;
  return builder.reshape(builder.one("multiply_channels", [builder.reshape(x, [...x.shape, 1]), factor]), x.shape);
}

/** weight · Σ tanh(scale · (q + k)) over the channels: `[N, Tq, Tk]`. */
function additiveScores(builder: Builder, query: Tensor, key: Tensor, scale: Tensor | undefined, weight: Tensor | undefined): Tensor {
  const [N = 1, Tq = 1, D = 1] = query.shape;
  const Tk = key.shape[1] ?? 1;
  const queries = builder.one("repeat", [builder.reshape(query, [N, Tq, 1, D])], { axis: 2, times: Tk });
  const keys = builder.one("repeat", [builder.reshape(key, [N, 1, Tk, D])], { axis: 1, times: Tq });
  const sum = timesNumber(builder, builder.one("add", [queries, keys]), scale);
  return timesNumber(builder, builder.one("sum_axis", [builder.activation(sum, "tanh")], { axis: 3 }), weight);
}

export default defineLayer({
  type: "attention",
  group: "attention",
  icon: "At",
  schema: {
    score_mode: choice({ values: ["dot", "concat"], default: "dot" }),
    use_scale: bool({ default: false }),
    dropout: float({ default: 0, min: 0, max: 1, exclusiveMax: true }),
    use_causal_mask: bool({ default: false }),
  },
  texts,
  traits: { reads: "sequence", mask: "uses", attends: true },
  ports: ATTENTION_PORTS,
  headline: (c) => `${c.score_mode}${c.use_causal_mask ? ", causal" : ""}`,
  outputShapes: ({ config: _, ...arrivals }) => {
    const { query, key, value } = attentionShapes(arrivals);
    if (query[1] !== key[1]) throw new AppError("design.attention_widths_differ", { query: showShape(query), key: showShape(key) });
    return [[query[0] ?? 0, value[1] ?? 0]];
  },
  parameters: ({ config }) => [
    ...(config.use_scale ? [{ name: "scale", shape: [1], initializer: "ones" }] : []),
    ...(config.score_mode === "concat" ? [{ name: "concat_score_weight", shape: [1], initializer: "ones" }] : []),
  ],
  build: (context) => {
    const { builder, config, parameters, training, seed, stream } = context;
    const { query, key, value, mask } = attentionTensors(context);
    const { scale, concat_score_weight: weight } = parameters;
    const rate = training ? config.dropout : 0;
    const causal = config.use_causal_mask;
    const masked = (inputs: readonly Tensor[]): readonly Tensor[] => (mask === undefined ? inputs : [...inputs, mask]);
    if (config.score_mode === "dot") {
      const scaled = timesNumber(builder, query, scale);
      const attributes = { heads: 1, scale: 1, causal, rate, seed, stream };
      const [output, weights] = builder.emit("attention", masked([scaled, key, value]), attributes);
      if (output === undefined || weights === undefined) throw new Error("attention gives context and weights");
      context.tap("weights", weights);
      return [output];
    }
    const weights = builder.one("masked_softmax", masked([additiveScores(builder, query, key, scale, weight)]), { causal });
    context.tap("weights", weights);
    const left = rate > 0 ? builder.one("dropout", [weights], { rate, seed, stream }) : weights;
    return [builder.one("batch_product", [left, value], { transpose_a: false, transpose_b: false })];
  },
  pytorch: ({ config, ...arrivals }) => {
    const { query, key } = attentionShapes(arrivals);
    const numbers = [...(config.use_scale ? ["scale"] : []), ...(config.score_mode === "concat" ? ["concat_score_weight"] : [])];
    return {
      module:
        numbers.length === 0 && config.dropout === 0
          ? null
          : `nn.ParameterDict({${numbers.map((name) => `"${name}": torch.ones(1)`).join(", ")}})`,
      call: (module, inputs, masks) => {
        const port = (list: readonly (string | undefined)[], name: string): string | undefined =>
          onPort({ ...arrivals, inputs: list }, ATTENTION_PORTS.inputs, name);
        const [q, v] = [port(inputs, "query") ?? "", port(inputs, "value") ?? ""];
        const k = port(inputs, "key") ?? v;
        const scale = config.use_scale ? `${module}["scale"] * ` : "";
        const counts = pytorchMask(
          [port(inputs, "mask"), port(masks, "value"), port(masks, "key")],
          config.use_causal_mask,
          query[0] ?? 0,
          key[0] ?? 0,
        );
        const rate = config.dropout === 0 ? "" : `, dropout_p=${config.dropout} if ${module}.training else 0.0`;
        if (config.score_mode === "dot")
          return `torch.nn.functional.scaled_dot_product_attention((${scale}${q})[:, None], ${k}[:, None], ${v}[:, None], attn_mask=${counts}${rate}, scale=1.0)[:, 0]`;
        const scores = `(${module}["concat_score_weight"] * torch.tanh(${scale}(${q}[:, :, None] + ${k}[:, None])).sum(-1))`;
        const seen =
          counts === "None" ? scores : `${scores}.masked_fill(~(${counts})${counts.includes("[:, None") ? "[:, 0]" : ""}, float("-inf"))`;
        const weights = `torch.softmax(${seen}, -1)`;
        return `${config.dropout === 0 ? weights : `torch.nn.functional.dropout(${weights}, ${config.dropout}, ${module}.training)`} @ ${v}`;
      },
      mask: (_, masks) => onPort({ ...arrivals, inputs: masks }, ATTENTION_PORTS.inputs, "query"),
      weights: Object.fromEntries(numbers.map((name) => [name, { name }])),
    };
  },
  keras: ({ config, ...arrivals }) => ({
    className: "Attention",
    config: { use_scale: config.use_scale, score_mode: config.score_mode, dropout: config.dropout },
    call: kerasAttentionCall(arrivals, config.use_causal_mask, true),
  }),
  fromKeras: {
    reads: ["causal"],
    // An option of the layer in Keras 2, of the call in Keras 3.
    config: ({ causal }) => (causal === true ? { use_causal_mask: true } : {}),
    arguments: { inputs: ["query", "value", "key"], mask: [null, "mask"] },
    unmasked: "key",
  },
  examples: [
    {
      name: "products",
      config: {},
      inputs: [
        [3, 4],
        [5, 4],
      ],
    },
    {
      name: "products with a learned scale, causal",
      config: { use_scale: true, use_causal_mask: true },
      inputs: [
        [4, 3],
        [4, 3],
      ],
    },
    {
      name: "keys of their own, padded",
      config: {},
      inputs: [
        [3, 4],
        [4, 5],
        [4, 4],
      ],
      ports: ["query", "value", "key"],
      masked: [1],
    },
    {
      name: "additive",
      config: { score_mode: "concat" },
      inputs: [
        [3, 4],
        [5, 4],
      ],
    },
    {
      name: "additive with a learned scale, padded",
      config: { score_mode: "concat", use_scale: true },
      inputs: [
        [3, 4],
        [5, 4],
      ],
      masked: [1],
    },
    {
      name: "additive, causal",
      config: { score_mode: "concat", use_causal_mask: true },
      inputs: [
        [4, 2],
        [4, 2],
      ],
    },
  ],
});
