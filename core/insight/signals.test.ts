/** Figures of signals by hand, and what is judged wrong with them. */
import { describe, expect, it } from "vitest";
import { judgeSignals } from "./judge-signals.ts";
import { deadShare, HISTOGRAM_BINS, type LayerSignals, saturatedShare, sizeOfValues, spreadOf } from "./signals.ts";

describe("figures", () => {
  it("spread: mean, deviation of the values, and counts that add up", () => {
    const { mean, deviation, min, max, histogram } = spreadOf([0, 1, 1, 2]);
    expect([mean, deviation, min, max]).toEqual([1, Math.SQRT1_2, 0, 2]);
    expect([histogram[0], histogram[HISTOGRAM_BINS / 2], histogram.at(-1)]).toEqual([1, 2, 1]);
  });
  it("leaves NaN out, and says null where nothing is left", () => {
    expect(spreadOf([Number.NaN, 3]).mean).toBe(3);
    expect(spreadOf([Number.NaN]).mean).toBeNull();
    expect(sizeOfValues([1, Number.NaN])).toBeNull();
  });
  it("size is the root of the mean square", () => expect(sizeOfValues([3, 4, 0, 0])).toBe(2.5));
  it("a unit is dead when it is 0 in every row", () => expect(deadShare([0, 1, 0, 0, 0, 0], 3)).toBeCloseTo(2 / 3));
  it("values at the ends are saturated", () => expect(saturatedShare([0.001, 0.5, 0.999, 0.4], 0, 1)).toBe(0.5));
});

const layer = (nodeId: string, gradientSize: number | null, more: Partial<LayerSignals> = {}): LayerSignals => ({
  nodeId,
  activations: spreadOf([0, 1]),
  dead: null,
  saturated: null,
  gradientSize: 1,
  parameters: gradientSize === null ? [] : [{ name: `${nodeId}/kernel`, size: 0.1, gradientSize }],
  ...more,
});
const faults = (...layers: LayerSignals[]): string[] => judgeSignals({ layers }).map(({ nodeId, fault }) => `${nodeId} ${fault}`);

describe("judgement", () => {
  it("finds nothing in a network whose gradients are of a size", () => {
    expect(faults(layer("a", 0.01), layer("b", 0.02), layer("activation", null))).toEqual([]);
  });
  it("names the layers whose gradients vanish against the largest", () => {
    expect(faults(layer("a", 1e-6), layer("b", 1e-4), layer("c", 0.5))).toEqual(["a vanishing", "b vanishing"]);
  });
  it("says of them whether activations before the last layer stand at their flat ends", () => {
    const marks = (...layers: LayerSignals[]) => judgeSignals({ layers }).map(({ flattened }) => flattened ?? false);
    const flat = { saturated: 0.9 };
    expect(marks(layer("a", 1e-6, flat), layer("c", 0.5))).toEqual([true]);
    expect(marks(layer("a", 1e-6), layer("c", 0.5))).toEqual([false]);
    expect(marks(layer("a", 1e-6), layer("c", 0.5, flat))).toEqual([false, false]);
  });
  it("does not say so of a layer of which some weights learn", () => {
    const parameters = [
      { name: "a/query", size: 0.1, gradientSize: 1e-6 },
      { name: "a/value", size: 0.1, gradientSize: 0.01 },
    ];
    expect(faults(layer("a", null, { parameters }), layer("c", 0.5))).toEqual([]);
  });
  it("does not say that gradients vanish where all are 0", () => expect(faults(layer("a", 0), layer("b", 0))).toEqual([]));
  it("names layers whose gradients are far larger than their weights", () => {
    expect(faults(layer("a", 50), layer("b", 20))).toEqual(["a exploding", "b exploding"]);
  });
  it("looks at the recurrent kernel too, and holds it against its own size", () => {
    const cell = (kernel: number, recurrent: number, bias: number) =>
      layer("a", null, {
        parameters: [
          { name: "a/kernel", size: 0.1, gradientSize: kernel },
          { name: "a/recurrent_kernel", size: 0.2, gradientSize: recurrent },
          // Starts at 0: against that every gradient is large.
          { name: "a/bias", size: 0, gradientSize: bias },
        ],
      });
    expect(judgeSignals({ layers: [cell(0.5, 50, 1), layer("b", 1)] })).toEqual([
      { nodeId: "a", fault: "exploding", value: 50, against: 0.2 },
    ]);
    expect(judgeSignals({ layers: [cell(50, 60, 1), layer("b", 1)] })).toEqual([
      { nodeId: "a", fault: "exploding", value: 50, against: 0.1 },
    ]);
    expect(faults(cell(0.5, 0.5, 1), layer("b", 1))).toEqual([]);
  });
  it("names dead and saturated layers", () => {
    expect(faults(layer("a", 0.1, { dead: 0.7 }), layer("b", 0.1, { saturated: 0.9 }))).toEqual(["a dead", "b saturated"]);
  });
});
