/**
 * What cropping and zero padding share: so many entries at each end of the axes of a sequence or a picture, as options here
 * and as Keras's pairs.
 */
import { AppError } from "../errors.ts";
import type { Builder } from "../ir/builder.ts";
import type { Shape, Tensor } from "../ir/tensor.ts";
import { int } from "../schema/fields.ts";

type Side = "top" | "bottom" | "left" | "right";
type EdgeConfig = Readonly<Record<Side, number>>;

/** Entries at the ends of one axis, the batch being axis 0. */
export interface Edge {
  readonly axis: number;
  readonly before: number;
  readonly behind: number;
}

const side = (fallback: number) => int({ default: fallback, min: 0, max: 10_000 });

/** Of sequences [steps, channels]. */
export const ofSequence = {
  schema: (fallback: number) => ({ left: side(fallback), right: side(fallback) }),
  ends: [["left", "right"]],
  edges: ({ left, right }: Pick<EdgeConfig, "left" | "right">): readonly Edge[] => [{ axis: 1, before: left, behind: right }],
  toKeras: ({ left, right }: Pick<EdgeConfig, "left" | "right">) => [left, right],
  fromKeras: (given: unknown) => {
    const [left, right] = pair(given);
    return { left, right };
  },
} as const;

/** Of pictures [height, width, channels]. */
export const ofPicture = {
  schema: (fallback: number) => ({ top: side(fallback), bottom: side(fallback), left: side(fallback), right: side(fallback) }),
  ends: [
    ["top", "bottom"],
    ["left", "right"],
  ],
  edges: ({ top, bottom, left, right }: EdgeConfig): readonly Edge[] => [
    { axis: 1, before: top, behind: bottom },
    { axis: 2, before: left, behind: right },
  ],
  toKeras: ({ top, bottom, left, right }: EdgeConfig) => [
    [top, bottom],
    [left, right],
  ],
  fromKeras: (given: unknown) => {
    const [rows, columns] = pair(given);
    const [top, bottom] = pair(rows);
    const [left, right] = pair(columns);
    return { top, bottom, left, right };
  },
} as const;

/** In Keras one number stands for both ends. */
const pair = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value, value]);

/** @throws AppError design.nothing_left */
export function croppedShape(shape: Shape, edges: readonly Edge[]): Shape {
  return resized(shape, edges, (size, { axis, before, behind }) => {
    if (before + behind >= size) throw new AppError("design.nothing_left", { axis, size, removed: before + behind });
    return size - before - behind;
  });
}

export const cropped = (builder: Builder, input: Tensor, edges: readonly Edge[]): Tensor =>
  edges.reduce((x, { axis, before: start, behind }) => {
    const size = (x.shape[axis] ?? 0) - start - behind;
    return start + behind === 0 ? x : builder.one("slice", [x], { axis, start, size });
  }, input);

/** Expression over the input's name. @param shape of a sample of it */
export const croppedInPyTorch = (input: string, shape: Shape, edges: readonly Edge[]): string =>
  edges.reduce((x, { axis, before, behind }) => `${x}.narrow(${axis}, ${before}, ${(shape[axis - 1] ?? 0) - before - behind})`, input);

export const paddedShape = (shape: Shape, edges: readonly Edge[]): Shape =>
  resized(shape, edges, (size, { before, behind }) => size + before + behind);

/** With zeros. */
export const padded = (builder: Builder, input: Tensor, edges: readonly Edge[]): Tensor =>
  edges.reduce((x, { axis, before: start, behind }) => {
    const size = x.shape[axis] ?? 0;
    return start + behind === 0 ? x : builder.one("slice_gradient", [x], { axis, start, size, full: start + size + behind });
  }, input);

/** Expression over the input's name: PyTorch counts from the last axis, here the channels. */
export const paddedInPyTorch = (input: string, edges: readonly Edge[]): string =>
  `nn.functional.pad(${input}, (0, 0, ${edges
    .toReversed()
    .flatMap(({ before, behind }) => [before, behind])
    .join(", ")}))`;

function resized(shape: Shape, edges: readonly Edge[], change: (size: number, edge: Edge) => number): Shape {
  const result = [...shape];
  for (const edge of edges) result[edge.axis - 1] = change(result[edge.axis - 1] ?? 0, edge);
  return result;
}
