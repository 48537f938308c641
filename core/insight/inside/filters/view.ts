/** Filters of a convolution: its kernels as they are, `[windows…, channels in, filters]`. */
import { array, defineView } from "../look.ts";

export default defineView({
  name: "filters",
  ofRow: false,
  fits: ({ weights }) => weights.some(isKernel),
  look: ({ layer, weights }) => ({
    arrays: layer.weights.filter(isKernel).map(({ name, fullName, shape }) => array(name, shape, weights(fullName))),
    labels: {},
    figures: {},
  }),
});

/** A window before the channels that go in and come out; a matrix is none. */
function isKernel({ kind, shape }: { readonly kind: string; readonly shape: readonly number[] }): boolean {
  return kind === "parameter" && (shape.length === 3 || shape.length === 4);
}
