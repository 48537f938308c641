/**
 * What the layers share that merge inputs of one shape, number by number. Each says by which ops and words; the result has the shape
 * of every input.
 */
import type { Builder } from "../ir/builder.ts";
import type { Tensor } from "../ir/tensor.ts";
import { defineLayer } from "./define-layer.ts";
import type { LayerDefinition } from "./layer.ts";
import { requireOneShape } from "./shapes.ts";

interface Merging extends Pick<LayerDefinition, "type" | "icon" | "texts"> {
  /** How many inputs it takes at the most; any number when absent. */
  readonly most?: number;
  readonly merged: (builder: Builder, inputs: readonly Tensor[]) => Tensor;
  /** Expression over the names of the inputs. */
  readonly pytorch: (inputs: readonly string[]) => string;
  readonly kerasClass: string;
  /** Keras's operation of that name does the same to two tensors. */
  readonly operation?: true;
  /** Keras 3's layer puts other numbers where a mask leaves a step out. */
  readonly fillsPadding?: true;
}

/** One input after the other by an op of two: ((a ∘ b) ∘ c). */
export function oneByOne(inputs: readonly Tensor[], join: (merged: Tensor, x: Tensor) => Tensor): Tensor {
  const [first, ...others] = inputs;
  if (first === undefined) throw new Error("nothing to merge");
  return others.reduce(join, first);
}

export function defineMerging({ merged, pytorch, kerasClass, operation, fillsPadding, most, ...own }: Merging): LayerDefinition {
  const two = [
    { name: "two", config: {}, inputs: [[4], [4]] },
    {
      name: "two with two axes",
      config: {},
      inputs: [
        [2, 3],
        [2, 3],
      ],
    },
  ];
  return defineLayer({
    ...own,
    group: "merging",
    schema: {},
    traits: { merges: true, mask: "merges" },
    ports: { inputs: [{ name: "inputs", kind: "float", multiple: true }], outputs: [{ name: "output", kind: "float" }] },
    outputShapes: ({ inputs }) => [requireOneShape(inputs, 2, most)],
    build: ({ builder, inputs }) => [merged(builder, inputs)],
    pytorch: () => ({ module: null, call: (_, inputs) => pytorch(inputs), weights: {} }),
    keras: () => ({ className: kerasClass, config: {} }),
    fromKeras: { ...(operation === true ? { operation } : {}), ...(fillsPadding === true ? { fillsPadding } : {}) },
    examples: most === 2 ? two : [...two, { name: "three", config: {}, inputs: [[5], [5], [5]] }],
  });
}
