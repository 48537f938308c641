/**
 * What the attention layers share: the ports for queries, values, keys and a mask, the rules of their shapes, and which keys count.
 * Query and value from one layer are self-attention; from two, the second guides the first (guided attention).
 */
import { AppError } from "../errors.ts";
import { type Shape, showShape, type Tensor } from "../ir/tensor.ts";
import { type Arrivals, type BuildContext, onPort, type Port } from "./layer.ts";
import { requireRank } from "./shapes.ts";

export const ATTENTION_PORTS: { readonly inputs: readonly Port[]; readonly outputs: readonly Port[] } = {
  inputs: [
    { name: "query", kind: "float" },
    { name: "value", kind: "float" },
    { name: "key", kind: "float", optional: true },
    { name: "mask", kind: "mask", optional: true },
  ],
  outputs: [{ name: "output", kind: "float" }],
};

const FORM = "[steps, channels]";

export interface AttentionShapes {
  readonly query: Shape;
  readonly key: Shape;
  readonly value: Shape;
}

/** The shapes of one sample. @throws AppError when they are no sequences, or key, value and mask are not equally long */
export function attentionShapes(arrivals: Arrivals<Shape>): AttentionShapes {
  const [first, second] = arrivals.inputs;
  const query = onPort(arrivals, ATTENTION_PORTS.inputs, "query") ?? first;
  const value = onPort(arrivals, ATTENTION_PORTS.inputs, "value") ?? second;
  if (query === undefined || value === undefined)
    throw new AppError("design.too_few_inputs", { expected: 2, received: arrivals.inputs.length });
  const key = onPort(arrivals, ATTENTION_PORTS.inputs, "key") ?? value;
  for (const shape of [query, value, key]) requireRank([shape], 2, FORM);
  if (key[0] !== value[0]) throw new AppError("design.attention_lengths_differ", { key: showShape(key), value: showShape(value) });
  const mask = onPort(arrivals, ATTENTION_PORTS.inputs, "mask");
  if (mask !== undefined && (mask.length !== 1 || mask[0] !== key[0]))
    throw new AppError("design.attention_mask_differs", { expected: showShape([key[0] ?? 0]), received: showShape(mask) });
  return { query, key, value };
}

interface AttentionTensors {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  /** `[batch, steps of the keys]`: what the mask port brings times the padding of value and key; undefined where all keys count. */
  readonly mask: Tensor | undefined;
}

/** What arrives, and which keys count. The padding of the query goes on behind the layer. */
export function attentionTensors(
  context: Pick<BuildContext<never>, "builder" | "inputs" | "portNames" | "masks" | "maskOutput">,
): AttentionTensors {
  const ports = ATTENTION_PORTS.inputs;
  const query = onPort(context, ports, "query");
  const value = onPort(context, ports, "value");
  if (query === undefined || value === undefined) throw new Error("attention: no query or value");
  const maskOf = (name: string): Tensor | undefined =>
    onPort({ inputs: context.masks, ...(context.portNames === undefined ? {} : { portNames: context.portNames }) }, ports, name);
  const padding = maskOf("query");
  if (padding !== undefined) context.maskOutput(padding);
  const masks = [onPort(context, ports, "mask"), maskOf("value"), maskOf("key")].filter((one) => one !== undefined);
  const distinct = [...new Map(masks.map((one) => [one.id, one])).values()];
  return {
    query,
    value,
    key: onPort(context, ports, "key") ?? value,
    mask: distinct.reduce<Tensor | undefined>(
      (product, one) => (product === undefined ? one : context.builder.one("multiply", [product, one])),
      undefined,
    ),
  };
}

/** A PyTorch expression for the keys that count, `[batch, 1, 1 or query, key]` of truth values; None where all do. */
export function pytorchMask(names: readonly (string | undefined)[], causal: boolean, query: number, key: number): string {
  const given = names.filter((name) => name !== undefined).map((name) => `${name}.bool()[:, None, None, :]`);
  const triangle = causal ? [`torch.ones(${query}, ${key}, dtype=torch.bool).tril()`] : [];
  const all = [...given, ...triangle];
  return all.length === 0 ? "None" : all.join(" & ");
}

/**
 * How Keras's attention layers are called.
 * @param asList Attention takes [query, value, key]; MultiHeadAttention takes them one by one
 */
export function kerasAttentionCall(
  arrivals: Arrivals<Shape>,
  causal: boolean,
  asList: boolean,
): (layer: string, inputs: readonly string[]) => string {
  return (layer, inputs) => {
    const named = (port: string): string | undefined => onPort({ ...arrivals, inputs }, ATTENTION_PORTS.inputs, port);
    const [query = inputs[0] ?? "", value = inputs[1] ?? "", key, mask] = ["query", "value", "key", "mask"].map(named);
    const three = [query, value, ...(key === undefined ? [] : [key])].join(", ");
    const given = mask === undefined ? "" : `keras.ops.cast(${mask}, "bool")`;
    const counts = mask === undefined ? "" : asList ? `, mask=[None, ${given}]` : `, value_mask=${given}`;
    return `${layer}(${asList ? `[${three}]` : three}${counts}${causal ? ", use_causal_mask=True" : ""})`;
  };
}
