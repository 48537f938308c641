/**
 * The gradient of a float64 program by central differences, against the one that autodiff gives. With steps of 1e-5 the
 * formula is off by some 1e-10 and rounding adds 1e-11, so that a wrong rule stands out.
 */
import { at } from "../../core/ir/op.ts";
import type { Tensor } from "../../core/ir/tensor.ts";
import type { SmallProgram } from "./program.ts";

const STEP = 1e-5;

/** The requirement on every op: relative error, as architecture.md defines the distance. */
export const GRADIENT_TOLERANCE = 1e-6;

/** ∂ loss / ∂ parameter, one number after the other; leaves the parameter as it was. */
export function centralDifferences(program: SmallProgram, parameter: Tensor, loss: Tensor, writeAll: () => void): number[] {
  writeAll();
  const start = program.read(parameter);
  return start.map((value, i) => {
    const lossAt = (shifted: number): number => {
      // Everything is written again: an op may have written its inputs (moving statistics).
      writeAll();
      program.elements(parameter)[i] = shifted;
      return at(program.run().read(loss), 0);
    };
    return (lossAt(value + STEP) - lossAt(value - STEP)) / (2 * STEP);
  });
}
