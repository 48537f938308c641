/**
 * Masks that Keras 3 writes into a model though nobody handed them over: its layers make them, as ours do again. Such a mask is an
 * operation on what an embedding or a masking layer takes, and comes to a layer that has what it makes behind it. Any other is wired.
 */
import type { LayerDefinition } from "../layers/layer.ts";
import type { KerasCall, KerasLayer, TensorRef } from "./keras-topology.ts";

/** By Keras's class: operations that masks are made and put together with. */
const JOINING = new Set([
  "NotEqual",
  "Any",
  "LogicalOr",
  "LogicalAnd",
  "ExpandDims",
  "Squeeze",
  "Concatenate",
  "OnesLike",
  "ZerosLike",
  "ConvertToTensor",
  "Cast",
]);

/** What `NotEqual` compares with, where a layer masks by a value. */
function maskedValue({ config }: KerasLayer): unknown {
  return config["mask_zero"] === true ? 0 : config["mask_value"];
}

const told = ({ layer, call, output }: TensorRef, value: unknown): string => JSON.stringify([layer, call, output, value]);

export class OwnMasks {
  private readonly layers: ReadonlyMap<string, KerasLayer>;
  private readonly definitionOf: (layer: KerasLayer) => LayerDefinition | undefined;

  constructor(layers: ReadonlyMap<string, KerasLayer>, definitionOf: (layer: KerasLayer) => LayerDefinition | undefined) {
    this.layers = layers;
    this.definitionOf = definitionOf;
  }

  /** Whether an input of a call is the mask that comes with another input of it. */
  has(layer: KerasLayer, call: KerasCall, mask: TensorRef): boolean {
    const { argument, item } = mask;
    if (typeof argument !== "string" || !/(^|_)mask$/.test(argument) || this.layers.get(mask.layer)?.other?.kind !== "operation")
      return false;
    const named = Object.keys(this.definitionOf(layer)?.fromKeras?.arguments ?? {});
    const masked = argument === "mask" ? (named[0] ?? "inputs") : argument.replace(/_mask$/, "");
    const whose = call.inputs.find(
      (input) => (input.argument === masked || input.argument === Math.max(0, named.indexOf(masked))) && input.item === item,
    );
    const made = this.comparisons(mask);
    if (whose === undefined || made === null || made.size === 0) return false;
    return [...made].toSorted().join() === [...this.comes(whose, new Set())].toSorted().join();
  }

  /** Whether what comes to a call has a mask. */
  arrivesAt({ inputs: [first] }: KerasCall): boolean {
    return first !== undefined && this.comes(first, new Set()).size > 0;
  }

  private callOf(ref: TensorRef): { readonly layer: KerasLayer; readonly call: KerasCall } | undefined {
    const layer = this.layers.get(ref.layer);
    const call = layer?.calls[ref.call] ?? layer?.calls[0];
    return layer === undefined || call === undefined ? undefined : { layer, call };
  }

  /** The comparisons that a mask is made of; null where it is made of more. */
  private comparisons(mask: TensorRef): ReadonlySet<string> | null {
    const found = this.callOf(mask);
    if (found === undefined || found.layer.other?.kind !== "operation" || !JOINING.has(found.layer.className)) return null;
    const { inputs, options } = found.call;
    const { className } = found.layer;
    const [first] = inputs;
    if (className === "NotEqual") return first === undefined ? null : new Set([told(first, options["argument 2"])]);
    if (className === "OnesLike" || className === "ZerosLike") return new Set();
    const parts = inputs.map((input) => this.comparisons(input));
    return parts.includes(null) ? null : new Set(parts.flatMap((part) => [...(part ?? [])]));
  }

  /** The comparisons of the mask that comes with a tensor. */
  private comes(ref: TensorRef, seen: Set<KerasCall>): ReadonlySet<string> {
    const found = this.callOf(ref);
    if (found === undefined || seen.has(found.call)) return new Set();
    seen.add(found.call);
    const [first] = found.call.inputs;
    const value = maskedValue(found.layer);
    if (first !== undefined && value !== undefined && value !== null) return new Set([told(first, value)]);
    const definition = this.definitionOf(found.layer);
    if (definition?.traits.mask === undefined || first === undefined) return new Set();
    const from = definition.ports.inputs[0]?.multiple === true ? found.call.inputs : [first];
    return new Set(from.flatMap((input) => [...this.comes(input, seen)]));
  }
}
