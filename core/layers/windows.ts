/**
 * Windows that move over an axis: how many there are and what is padded, for convolution and pooling. Padding as Keras's:
 * "valid" none, "same" as many outputs as inputs over strides with the odd zero behind, "causal" all before.
 */
import { AppError } from "../errors.ts";
import type { Shape } from "../ir/tensor.ts";

export type Padding = "valid" | "same" | "causal";

export interface WindowAxis {
  /** Number of windows. */
  readonly output: number;
  /** Zeros before and behind the axis. */
  readonly before: number;
  readonly after: number;
}

/** A window of `size` entries, `dilation` apart, every `stride` entries of an axis of `length`. */
export function windowAxis(
  axis: string,
  { length, size, stride, dilation, padding }: { length: number; size: number; stride: number; dilation: number; padding: Padding },
): WindowAxis {
  const span = (size - 1) * dilation + 1;
  if (padding === "same") {
    const output = Math.ceil(length / stride);
    const total = Math.max(0, (output - 1) * stride + span - length);
    return { output, before: Math.floor(total / 2), after: Math.ceil(total / 2) };
  }
  const before = padding === "causal" ? span - 1 : 0;
  if (length + before < span) throw new AppError("design.window_too_large", { axis, span, length });
  return { output: Math.floor((length + before - span) / stride) + 1, before, after: 0 };
}

/** One number stands for both height and width. */
export function pairOf(value: Shape, option: string): readonly [number, number] {
  const [first, second = first] = value;
  if (first === undefined || second === undefined || value.length > 2)
    throw new AppError("design.pair_expected", { option, received: `[${value.join(", ")}]` });
  return [first, second];
}

/** Groups must divide the channels that come in and those that go out. */
export function requireGroups(groups: number, channels: number, filters: number): void {
  for (const [count, what] of [
    [channels, "channels"],
    [filters, "filters"],
  ] as const)
    if (count % groups !== 0) throw new AppError("design.groups_do_not_divide", { option: "groups", groups, count, what });
}

/** Keras's rule: a layer that skips pixels cannot spread its window too. */
export function requireStrideOrDilation(strides: Shape, dilation: Shape): void {
  if (strides.some((stride) => stride > 1) && dilation.some((rate) => rate > 1))
    throw new AppError("design.stride_with_dilation", { strides: strides.join(", "), dilation: dilation.join(", ") });
}
