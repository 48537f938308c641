/** Random designs that once failed (test/parity/main.ts made them small and kept them): they train as PyTorch trains them. */
import { describe, expect, it } from "vitest";
import { differenceOf, engines, FLOAT64_TOLERANCE, TOLERANCE } from "../../parity/compare.ts";
import { runOfDesign } from "../../parity/design.ts";
import { keptDesigns } from "../../parity/kept-designs.ts";
import { trainHere } from "../../parity/run.ts";
import { sayNetwork } from "../../parity/translation.ts";

const kept = keptDesigns();

it("are there", () => {
  expect(kept.length).toBeGreaterThan(0);
});

describe.each(kept)("$file", ({ kept: { design, losses } }) => {
  it("can be said in PyTorch", () => {
    const { spec, training } = runOfDesign(design);
    expect(sayNetwork(spec, training).layers.every(({ call }) => call !== "")).toBe(true);
  });

  it.each(Object.entries(engines))("has PyTorch's losses (%s)", (name, backend) => {
    const ours = trainHere(runOfDesign(design), backend).losses;
    expect(ours).toHaveLength(design.steps);
    if (losses.length > 0) expect(differenceOf(ours, losses)).toBeLessThan(name.endsWith("float64") ? FLOAT64_TOLERANCE : TOLERANCE);
  });
});
