/**
 * What is wrong with the signals of a network, layer by layer: gradients that vanish or explode, units that are dead,
 * activations that saturate. Bounds are rules of thumb, named here once and shown with the numbers they judge.
 */
import type { LayerSignals, Signals } from "./signals.ts";

/** `not_finite` is said by what stopped a run (core/train/not-finite.ts), and not by its signals. */
export type SignalFault = "vanishing" | "exploding" | "dead" | "saturated" | "not_finite";

export interface SignalFinding {
  readonly nodeId: string;
  readonly fault: SignalFault;
  /** The number that was judged (of `not_finite` the step), and the one of the network it was held against (1 where it is a share). */
  readonly value: number;
  readonly against: number;
  /** Of gradients that vanish: activations of the network stand at their flat ends, as steps that are too large push them. */
  readonly flattened?: true;
}

/** Weights whose gradients are this many times smaller than the largest layer's hardly move. */
export const VANISHING = 1e-3;
/** Gradients larger than this, times their weights, turn them over within a few steps. */
export const EXPLODING = 100;
/** Shares of units and of values. */
export const DEAD = 0.5;
export const SATURATED = 0.6;

/** The worst finding of each layer that has one. */
export function judgeSignals({ layers }: Pick<Signals, "layers">): SignalFinding[] {
  const gradients = layers.map(strongestGradient);
  // The last layer's stand there where a network is sure, and rightly.
  const last = layers.findLastIndex(({ parameters }) => parameters.length > 0);
  const flattened = layers.slice(0, Math.max(0, last)).some(({ saturated }) => saturated !== null && saturated >= SATURATED);
  const largest = Math.max(0, ...gradients.filter((size) => size !== null));
  return layers.flatMap((layer, place) => {
    const own = gradients[place] ?? null;
    const finding = (fault: SignalFault, value: number, against: number): SignalFinding[] => [
      { nodeId: layer.nodeId, fault, value, against },
    ];
    const kernel = steepestKernel(layer);
    if (kernel !== null && kernel.times > EXPLODING) return finding("exploding", kernel.gradient, kernel.size);
    if (own !== null && largest > 0 && own < VANISHING * largest)
      return finding("vanishing", own, largest).map((found) => (flattened ? { ...found, flattened } : found));
    if (layer.dead !== null && layer.dead >= DEAD) return finding("dead", layer.dead, 1);
    if (layer.saturated !== null && layer.saturated >= SATURATED) return finding("saturated", layer.saturated, 1);
    return [];
  });
}

/**
 * Of all weights of a layer: where one of them has a gradient the layer learns, however small those of the others are (of attention that is
 * even, say, the queries'). Null where it has no weights, or one gradient is not finite.
 */
export function strongestGradient({ parameters }: Pick<LayerSignals, "parameters">): number | null {
  // A bias learns even where nothing comes in that a weight could weigh.
  const sizes = parameters.flatMap(({ name, gradientSize }) => (name.endsWith("bias") ? [] : [gradientSize]));
  return sizes.length === 0 || sizes.includes(null) ? null : Math.max(...sizes.filter((size) => size !== null));
}

/** Smaller kernels (zeros at the start, say) are held for this size. */
const SMALL_KERNEL = 1e-3;

interface Kernel {
  readonly gradient: number;
  readonly size: number;
  /** How many times larger the gradient is. */
  readonly times: number;
}

/** Of a layer's first weights and its further kernels (a cell's recurrent one, say); what starts at 0, as a bias does, would always be far off. */
function steepestKernel({ parameters }: LayerSignals): Kernel | null {
  const kernels = parameters.flatMap(({ name, size, gradientSize: gradient }, place): Kernel[] => {
    if (gradient === null || (place > 0 && !name.endsWith("kernel"))) return [];
    return [{ gradient, size: size ?? 0, times: gradient / Math.max(size ?? 0, SMALL_KERNEL) }];
  });
  return kernels.reduce<Kernel | null>((most, one) => (most === null || one.times > most.times ? one : most), null);
}
