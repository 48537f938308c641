/** Options of a layer or an optimizer drawn from its schema, in ranges small enough for networks of a few hundred numbers. */
import type { Random } from "../../core/data/random.ts";
import { type Shape, sizeOf } from "../../core/ir/tensor.ts";
import type { Field, Schema } from "../../core/schema/fields.ts";

/** Both sides draw their own noise: it is switched off. */
const NOISE = /^(rate|stddev|.*dropout)$/;
const MOST = 5;

type Value = string | number | boolean | readonly number[] | readonly string[] | null;

export const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)] as T;

/**
 * @param shape  of a sample that arrives, for options that are shapes
 * @param within for each option the chance that it is drawn and not left at its default
 */
export function drawConfig(random: Random, schema: Schema, shape: Shape, within: number): Record<string, Value> {
  const config: Record<string, Value> = {};
  for (const [name, field] of Object.entries(schema)) {
    if (NOISE.test(name)) {
      if (field.kind === "float" && field.min === 0) config[name] = 0;
      continue;
    }
    const value = random.float() < within || isTooLarge(field) ? drawValue(random, field, shape) : undefined;
    if (value !== undefined) config[name] = value;
  }
  return config;
}

const isTooLarge = (field: Field): boolean => field.kind === "int" && typeof field.default === "number" && field.default > 8;

function drawValue(random: Random, field: Field, shape: Shape): Value | undefined {
  switch (field.kind) {
    case "int": {
      if (field.nullable && random.below(2) === 0) return null;
      const low = Math.max(field.min, -2);
      return low + random.below(Math.min(MOST, field.max - low + 1));
    }
    case "float": {
      if (field.nullable && random.below(2) === 0) return null;
      // Around the default: a range of 0 to 1e9 says nothing about what is usual.
      const near =
        typeof field.default === "number" && field.default !== 0 ? field.default * (0.5 + random.float()) : 0.02 * random.float();
      return Number(Math.min(field.max * 0.999, Math.max(field.min, near)).toPrecision(3));
    }
    case "bool":
      return random.below(2) === 0;
    case "choice":
      return pick(random, field.values);
    case "shape":
      return reshaped(random, shape);
    default:
      return undefined;
  }
}

/** The same numbers in other axes. */
function reshaped(random: Random, shape: Shape): number[] {
  let rest = sizeOf(shape);
  const axes: number[] = [];
  for (const factor of [2, 3, 5])
    if (rest % factor === 0 && random.below(2) === 0) {
      axes.push(factor);
      rest /= factor;
    }
  axes.push(rest);
  return axes;
}
