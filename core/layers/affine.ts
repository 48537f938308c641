/** Scale and offset of a layer that normalizes, as options of PyTorch's module, which has both or neither. */
export function affineInPyTorch({ scale, center }: { readonly scale: boolean; readonly center: boolean }) {
  return {
    argument: `affine=${scale || center ? "True" : "False"}`,
    weights: { ...(scale ? { gamma: { name: "weight" } } : {}), ...(center ? { beta: { name: "bias" } } : {}) },
    constants: scale === center ? [] : [scale ? "bias" : "weight"],
  } as const;
}
