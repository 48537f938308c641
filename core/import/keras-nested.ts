/** Models inside a model: their layers as layers of the model around them, and each use of such a model as a call of all of them. */
import { AppError } from "../errors.ts";
import { freeName } from "../graph/naming.ts";
import { isNestedModel, type KerasCall, type KerasLayer, type KerasTopology, readTopology, type TensorRef } from "./keras-topology.ts";

/** A model that stands among the layers of another. */
interface Nested {
  readonly layer: KerasLayer;
  readonly inner: KerasTopology;
  /** Its layers → what they are called among those of the model around it. */
  readonly names: ReadonlyMap<string, string>;
  /** What its first use is counted as: a model that was built on an input has been called once before. */
  readonly first: 0 | 1;
}

/** @throws AppError import.malformed, import.layer_not_supported */
export function flattened(topology: KerasTopology): KerasTopology {
  return topology.layers.some(isNestedModel) ? new Flattening(topology).topology() : topology;
}

/** The tensor of one reference, as what the other hands it. */
const handedAs = ({ layer, call, output }: TensorRef, { argument, item }: TensorRef): TensorRef => ({
  layer,
  call,
  output,
  ...(argument === undefined ? {} : { argument }),
  ...(item === undefined ? {} : { item }),
});

class Flattening {
  private readonly outer: KerasTopology;
  private readonly nested = new Map<string, Nested>();
  /** Outputs that are being led back: one that is asked for again comes from itself. */
  private readonly going = new Set<string>();

  constructor(topology: KerasTopology) {
    this.outer = topology;
    const taken = new Set(topology.layers.map(({ name }) => name));
    for (const layer of topology.layers.filter(isNestedModel)) {
      const inner = flattened(readTopology({ class_name: layer.className, config: layer.config }, topology.older));
      const names = new Map<string, string>();
      for (const { name } of inner.layers) {
        names.set(name, freeName(name, taken));
        taken.add(names.get(name) ?? name);
      }
      this.nested.set(layer.name, { layer, inner, names, first: this.firstUse(layer) });
    }
  }

  topology(): KerasTopology {
    const layers = this.outer.layers.flatMap((layer) => {
      const nested = this.nested.get(layer.name);
      if (nested !== undefined) return this.layersOf(nested);
      return [{ ...layer, calls: layer.calls.map((call) => ({ ...call, inputs: call.inputs.map((ref) => this.resolved(ref)) })) }];
    });
    return { ...this.outer, layers, outputs: this.outer.outputs.map((ref) => this.resolved(ref)) };
  }

  /** Every use is reached from an output, so that the last one is referred to by its number. */
  private firstUse({ name, calls }: KerasLayer): 0 | 1 {
    const refs = [...this.outer.layers.flatMap((layer) => layer.calls.flatMap(({ inputs }) => inputs)), ...this.outer.outputs];
    return refs.some((ref) => ref.layer === name && ref.call === calls.length) ? 1 : 0;
  }

  private layersOf(nested: Nested): KerasLayer[] {
    const { layer, inner, names } = nested;
    return inner.layers
      .filter(({ name }) => !inner.inputs.includes(name))
      .map((one) => ({
        ...one,
        name: names.get(one.name) ?? one.name,
        path: `${layer.name}/${one.path ?? one.name}`,
        calls: layer.calls.flatMap(({ options, partOptions }, use) =>
          one.calls.map(
            (call): KerasCall => ({
              ...call,
              partOptions: { ...call.partOptions, ...options, ...partOptions },
              inputs: call.inputs.map((ref) => this.inside(nested, use, ref)),
              part: use === 0 ? layer.name : `${layer.name} ${use + 1}`,
            }),
          ),
        ),
      }));
  }

  /** A tensor of the model around: where a nested one gives it, the layer in there that does. */
  private resolved(ref: TensorRef): TensorRef {
    const nested = this.nested.get(ref.layer);
    if (nested === undefined) return ref;
    const key = `${ref.layer} ${ref.call} ${ref.output}`;
    const output = nested.inner.outputs[ref.output];
    if (output === undefined || this.going.has(key)) throw new AppError("import.malformed", { path: ref.layer });
    this.going.add(key);
    const given = this.inside(nested, ref.call - nested.first, output);
    this.going.delete(key);
    return handedAs(given, ref);
  }

  /** A tensor inside of a nested model, in one of its uses; its inputs are what it was given then. */
  private inside({ layer, inner, names }: Nested, use: number, ref: TensorRef): TensorRef {
    const input = inner.inputs.indexOf(ref.layer);
    if (input >= 0) {
      const given = layer.calls[use]?.inputs.filter(({ argument = 0 }) => argument === 0 || argument === "inputs")[input];
      if (given === undefined) throw new AppError("import.malformed", { path: `${layer.name}.inbound_nodes` });
      return handedAs(this.resolved(given), ref);
    }
    const calls = inner.layers.find(({ name }) => name === ref.layer)?.calls.length ?? 1;
    return { ...ref, layer: names.get(ref.layer) ?? ref.layer, call: use * calls + ref.call };
  }
}
