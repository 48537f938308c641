/**
 * The mask that goes on behind a layer which does not say it itself. Merging layers combine as Keras does: a step counts where it
 * counts in any input; where one input has no mask, what comes out has none either.
 */
import type { Builder } from "../ir/builder.ts";
import type { Tensor } from "../ir/tensor.ts";
import type { LayerTraits, PyTorchMapping } from "./layer.ts";

const isGiven = <T>(mask: T | undefined): mask is T => mask !== undefined;

/** 1 where any of the masks is 1; undefined without any. */
export function anyMask(builder: Builder, masks: readonly Tensor[]): Tensor | undefined {
  return masks.reduce<Tensor | undefined>(
    (any, mask) => (any === undefined || any === mask ? mask : builder.one("extremum", [any, mask], { function: "maximum" })),
    undefined,
  );
}

/** @param masks of the inputs, undefined where there is none */
export function outgoingMask(builder: Builder, trait: LayerTraits["mask"], masks: readonly (Tensor | undefined)[]): Tensor | undefined {
  if (trait === "passes") return masks[0];
  return trait === "merges" && masks.every(isGiven) ? anyMask(builder, masks.filter(isGiven)) : undefined;
}

/** The same in PyTorch. */
export const anyMaskInPyTorch = (masks: readonly string[]): string | undefined =>
  masks.length === 0 ? undefined : masks.reduce((any, mask) => (any === mask ? any : `torch.maximum(${any}, ${mask})`));

/** What the mapping says of the mask, or else the layer's trait. */
export function outgoingMaskInPyTorch(
  trait: LayerTraits["mask"],
  mapping: PyTorchMapping,
  inputs: readonly string[],
  masks: readonly (string | undefined)[],
): string | undefined {
  if (mapping.mask !== undefined) return mapping.mask(inputs, masks);
  if (trait === "passes") return masks[0];
  return trait === "merges" && masks.every(isGiven) ? anyMaskInPyTorch(masks.filter(isGiven)) : undefined;
}
