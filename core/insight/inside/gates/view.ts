/**
 * Gates over time: how far each gate of a recurrent layer is open at each step for each unit, and the states that follow. Gates lie
 * in Keras's order, so that their number says which they are.
 */
import { array, defineView, type LookArray } from "../look.ts";

/** By number of gates; the last word on what a gate is called is the translation's. */
const GATE_NAMES: Readonly<Record<number, readonly string[]>> = {
  1: ["candidate"],
  3: ["update", "reset", "candidate"],
  4: ["input", "forget", "candidate", "output"],
};

export default defineView({
  name: "gates",
  fits: ({ traits }) => traits.sequencesField !== undefined,
  look: ({ taps, stepNames }) => {
    const found = taps();
    const arrays: LookArray[] = [];
    for (const [name, { shape, values }] of Object.entries(found)) {
      if (!name.endsWith("gates")) {
        arrays.push(array(name, shape, values));
        continue;
      }
      const [steps = 1, gates = 1, units = 1] = shape;
      (GATE_NAMES[gates] ?? []).forEach((gate, place) => {
        arrays.push(array(`${name.slice(0, -"gates".length)}${gate}`, [steps, units], ofGate(values, steps, gates, units, place)));
      });
    }
    const names = stepNames("input");
    return { arrays, labels: names === null ? {} : { steps: names }, figures: {} };
  },
});

/** `[steps, units]` out of `[steps, gates, units]`. */
export function ofGate(values: Float32Array, steps: number, gates: number, units: number, gate: number): Float32Array {
  const own = new Float32Array(steps * units);
  for (let step = 0; step < steps; step += 1)
    own.set(values.subarray((step * gates + gate) * units, (step * gates + gate + 1) * units), step * units);
  return own;
}
