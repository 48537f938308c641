/**
 * sinusoid: the positions of Vaswani et al. (2017), 3.5, as a table: entry (t, 2i) is sin(t / 10000^(2i/C)), entry (t, 2i + 1) the
 * cosine of the same. Attributes `length` (T), `width` (C); output [T, C].
 */
import { attribute, type OpDefinition } from "../op.ts";

const PERIOD = 10_000;

/** How far pair i turns from one step to the next, radians. */
export const turnOfPair = (pair: number, width: number): number => PERIOD ** ((-2 * pair) / width);

export const sinusoid: OpDefinition = {
  outputShapes: (_, attributes) => [[attribute<number>(attributes, "length"), attribute<number>(attributes, "width")]],
};
