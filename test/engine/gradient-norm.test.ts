/** The norm of the gradient that charts show is the one before clipping, or clipping would hide what explodes. */
import { describe, expect, it } from "vitest";
import { freshState } from "../../core/train/loop.ts";
import { backends, oracle } from "./backends.ts";
import { advance, bitsOf, moonsRun } from "./moons-run.ts";

const TOGETHER = { optimizer: { type: "gradient_descent", learning_rate: 0.1 }, epochs: 1 };

describe.each([oracle, ...backends])("norm of the gradient on $name, $arithmetic, $precision", (backend) => {
  it.each([
    ["global_clipnorm", 1e-3],
    ["clipnorm", 1e-4],
    ["clipvalue", 1e-5],
  ])("is that before clipping by %s", (way, limit) => {
    const plain = moonsRun(backend, TOGETHER);
    advance(plain);
    const clipped = moonsRun(backend, { ...TOGETHER, [way]: limit });
    advance(clipped);
    const norm = plain.network.gradientNorm() ?? 0;
    expect(norm).toBeGreaterThan(0.01);
    expect(clipped.network.gradientNorm()).toBe(norm);
    expect(Math.hypot(...clipped.network.block("gradient"))).toBeLessThan(norm / 5);
  });

  it("measuring it changes nothing of a step", () => {
    const [measured, not] = [moonsRun(backend, { global_clipnorm: 1e-3 }), moonsRun(backend, { global_clipnorm: 1e-3 })];
    const rows = measured.network.shuffledOrder(84, 1);
    const steps = [
      { run: measured, order: rows.subarray(0, 16) },
      { run: not, order: rows },
    ].map(({ run, order }) => run.network.trainStep(run.design.prepared.training, order, 0, 0, 0.1, null));
    expect(steps[0]).toBe(steps[1]);
    expect(bitsOf(measured)).toEqual(bitsOf(not));
  });

  it("is not told before the first step", () => {
    const run = moonsRun(backend, TOGETHER);
    expect(run.network.gradientNorm()).toBeNull();
    advance(run, freshState(), 1);
    expect(run.network.gradientNorm()).not.toBeNull();
  });
});
