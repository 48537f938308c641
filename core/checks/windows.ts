/** The window of a layer that has one, axis by axis, read from the options that its traits name. */
import type { CheckedNode } from "./check.ts";

interface WindowAxis {
  /** Positions from the first to the last of the window, gaps of a dilation included. */
  readonly span: number;
  readonly stride: number;
}

/** @returns null for a layer without a window, and for one whose options are not valid */
export function windowOf({ config, definition }: Pick<CheckedNode, "config" | "definition">): readonly WindowAxis[] | null {
  const { window } = definition.traits;
  if (window === undefined || config === null) return null;
  const sizes = numbersOf(config[window.size]);
  const strides = numbersOf(config[window.strides]);
  const dilations = window.dilation === undefined ? [] : numbersOf(config[window.dilation]);
  return sizes.map((size, axis) => ({
    span: (size - 1) * (dilations[axis] ?? dilations[0] ?? 1) + 1,
    stride: strides[axis] ?? strides[0] ?? size,
  }));
}

export const listOf = (values: readonly number[]): string => values.join(" × ");

function numbersOf(value: unknown): readonly number[] {
  if (typeof value === "number") return [value];
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === "number") : [];
}
