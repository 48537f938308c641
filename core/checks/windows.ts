/** The window of a layer that has one, axis by axis, read from the options that its traits name. */
import type { AnyConfig } from "../schema/fields.ts";
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
  return spansOf(config, window).map((span, axis) => ({ span, stride: strides[axis] ?? strides[0] ?? sizes[axis] ?? 1 }));
}

/** Positions from the first to the last of a window, axis by axis, read from the options with its size and its dilation. */
export function spansOf(config: AnyConfig, { size, dilation }: { readonly size: string; readonly dilation?: string }): readonly number[] {
  const dilations = dilation === undefined ? [] : numbersOf(config[dilation]);
  return numbersOf(config[size]).map((length, axis) => (length - 1) * (dilations[axis] ?? dilations[0] ?? 1) + 1);
}

export const listOf = (values: readonly number[]): string => values.join(" × ");

export function numbersOf(value: unknown): readonly number[] {
  if (typeof value === "number") return [value];
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === "number") : [];
}
