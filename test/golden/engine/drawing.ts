/**
 * Inputs and weights of golden values. They are multiples of 1/1024, so that they are the same number in float32, in
 * float64 and in the file, and they are short to write.
 */
import { Random } from "../../../core/data/random.ts";
import { type Shape, sizeOf } from "../../../core/ir/tensor.ts";
import type { Values } from "./golden-file.ts";

export const SEED = 20_261_121;

const STEPS = 1024;

export class Drawing {
  private readonly random: Random;

  constructor(stream: number) {
    this.random = new Random(SEED, stream);
  }

  /** Between −limit and limit, and nowhere near 0, where relu has its kink. */
  signed(shape: Shape, limit = 2): Values {
    return this.fill(shape, () => (this.random.below(2) === 0 ? -1 : 1) * (0.0625 + this.random.float() * (limit - 0.0625)));
  }

  between(shape: Shape, low: number, high: number): Values {
    return this.fill(shape, () => low + this.random.float() * (high - low));
  }

  /** Whole numbers 0 … count − 1. */
  classes(shape: Shape, count: number): Values {
    return this.fill(shape, () => this.random.below(count));
  }

  oneOf(shape: Shape, values: readonly number[]): Values {
    return this.fill(shape, () => values[this.random.below(values.length)] ?? 0);
  }

  private fill(shape: Shape, draw: () => number): Values {
    return { shape, values: Array.from({ length: sizeOf(shape) }, () => Math.round(draw() * STEPS) / STEPS) };
  }
}
