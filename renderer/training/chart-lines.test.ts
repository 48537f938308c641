import { describe, expect, test } from "vitest";
import { CLOCK_CURVE } from "../../core/protocol/run-clock.ts";
import { CurveBuffer } from "../state/curve-buffer.ts";
import { panned, zoomed } from "./axes.ts";
import type { ChartRun } from "./chart-axis.ts";
import { chartModel, nearestIndex, nearestPoint } from "./chart-lines.ts";
import { MOST_POINTS } from "./downsample.ts";

const settings = { xAxis: "step", smoothing: 0, log: false, ignoreOutliers: false, course: false, values: false } as const;

function run(id: string, curves: Readonly<Record<string, readonly (number | null)[]>>, withBatches = true): ChartRun {
  const buffer = new CurveBuffer();
  let sequence = 0;
  for (const [name, values] of Object.entries(curves))
    values.forEach((value, index) => {
      sequence += 1;
      buffer.append(sequence, [{ name, step: (index + 1) * 10, epoch: index + 1, seconds: index / 2, value }]);
    });
  return { id, name: id, stepsPerEpoch: 10, startedAt: 1_000_000, withBatches, curve: (name) => buffer.view(name) };
}

describe("lines of a chart", () => {
  test("are training and validation of the metric, for every run", () => {
    const { lines } = chartModel("loss", [run("a", { loss: [2, 1], val_loss: [3, 2] }), run("b", { loss: [1] })], settings, 500);
    expect(lines.map(({ key }) => key)).toEqual(["a training", "a validation", "b training"]);
  });

  test("the last batches are drawn for the run looked at only, validation between the epochs for every run", () => {
    for (const metric of ["loss", "accuracy"]) {
      const curves = { [`batch_${metric}`]: [3, 2], [`batch_val_${metric}`]: [3, 2], [metric]: [2] };
      const { lines } = chartModel(metric, [run("a", curves), run("b", curves, false)], settings, 500);
      expect(lines.filter(({ part }) => part === "batch").map(({ runId }) => runId)).toEqual(["a"]);
      expect(lines.filter(({ part }) => part === "check").map(({ runId }) => runId)).toEqual(["a", "b"]);
    }
  });

  test("a value that is not a number is a gap", () => {
    const [line] = chartModel("loss", [run("a", { loss: [1, null, 2] })], settings, 500).lines;
    expect(line?.points.map(({ y }) => y)).toEqual([1, null, 2]);
  });

  test("zero and negative values are gaps on a logarithmic axis", () => {
    const [line] = chartModel("loss", [run("a", { loss: [1, 0, -1] })], { ...settings, log: true }, 500).lines;
    expect(line?.points.map(({ y }) => y)).toEqual([1, null, null]);
  });

  test("the x axis counts steps, epochs or seconds", () => {
    const last = (xAxis: "step" | "epoch" | "time"): number =>
      chartModel("loss", [run("a", { loss: [1, 2, 3] })], { ...settings, xAxis }, 500).x[1];
    expect([last("step"), last("epoch"), last("time")]).toEqual([30, 3, 1]);
  });

  test("the clock goes on through pauses, the time spent training does not; without marks it begins with the run", () => {
    const buffer = new CurveBuffer();
    const point = (name: string, step: number, seconds: number, value: number) => ({ name, step, epoch: 1, seconds, value });
    // An hour's pause between the second and the third point.
    buffer.append(1, [point("loss", 1, 1, 3), point(CLOCK_CURVE, 1, 1, 5_000), point("loss", 2, 2, 2)]);
    buffer.append(2, [point("loss", 3, 3, 1), point(CLOCK_CURVE, 3, 3, 8_602)]);
    const paused: ChartRun = { ...run("a", {}), curve: (name) => buffer.view(name) };
    const times = (runs: readonly ChartRun[], xAxis: "time" | "clock"): number[] =>
      chartModel("loss", runs, { ...settings, xAxis }, 500).lines[0]?.points.map(({ x }) => x) ?? [];
    expect(times([paused], "time")).toEqual([1, 2, 3]);
    expect(times([paused], "clock")).toEqual([5_000, 5_001, 8_602]);
    expect(times([run("b", { loss: [3, 2, 1] })], "clock")).toEqual([1_000_000, 1_000_000.5, 1_000_001]);
    const { x } = chartModel("loss", [paused], { ...settings, xAxis: "clock" }, 500);
    expect(x[0]).toBeGreaterThan(4_000);
    expect(x[1]).toBeGreaterThanOrEqual(8_602);
  });

  test("the point nearest to a place is found among all of them", () => {
    const x = Float64Array.from({ length: 1000 }, (_, index) => index * 10);
    for (const [at, index] of [
      [-5, 0],
      [0, 0],
      [14, 1],
      [16, 2],
      [9990, 999],
      [1e6, 999],
    ] as const)
      expect(nearestIndex(x, 1000, at)).toBe(index);
    expect(nearestIndex(x, 0, 5)).toBe(0);
  });

  test("never draw more than 500 points, smoothed or not", () => {
    const values = Array.from({ length: 4000 }, (_, index) => ((index * 37) % 101) / 101);
    for (const smoothing of [0, 0.9]) {
      const [line] = chartModel("loss", [run("a", { loss: values })], { ...settings, smoothing }, 10_000).lines;
      expect(line?.points.length).toBeLessThanOrEqual(MOST_POINTS);
      expect(line?.raw.length).toBeLessThanOrEqual(smoothing === 0 ? 0 : MOST_POINTS);
    }
  });

  test("keep the raw line behind a smoothed one", () => {
    const [line] = chartModel("loss", [run("a", { loss: [4, 8, 2] })], { ...settings, smoothing: 0.5 }, 500).lines;
    expect(line?.raw.map(({ y }) => y)).toEqual([4, 8, 2]);
    expect(line?.points.map(({ y }) => y)).not.toEqual([4, 8, 2]);
  });

  test("the cursor finds the nearest point that has a value", () => {
    const points = [
      { x: 1, y: 10 },
      { x: 5, y: null },
      { x: 8, y: 30 },
    ];
    expect(nearestPoint(points, 2)?.y).toBe(10);
    expect(nearestPoint(points, 5)?.y).toBe(30);
    expect(nearestPoint(points, 99)?.y).toBe(30);
    expect(nearestPoint([], 1)).toBeNull();
  });
});

describe("a million points", () => {
  const POINTS = 1_000_000;
  const buffer = new CurveBuffer();
  const block = 1000;
  for (let start = 0; start < POINTS; start += block)
    buffer.append(
      start / block,
      Array.from({ length: block }, (_, place) => {
        const step = start + place + 1;
        return {
          name: "loss",
          step,
          epoch: 1,
          seconds: step / 1000,
          value: step === 654_321 ? 99 : Math.sin(step / 50_000) + (step % 7) / 100,
        };
      }),
    );
  const long: ChartRun = { id: "a", name: "a", stepsPerEpoch: 1000, startedAt: 0, withBatches: true, curve: (name) => buffer.view(name) };

  test("are at most 500 in the drawing, from the first to the last, and the one spike among them is there", () => {
    const [line] = chartModel("loss", [long], settings, 5000).lines;
    expect(line?.points.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(line?.points[0]?.x).toBe(1);
    expect(line?.points.at(-1)?.x).toBe(POINTS);
    expect(line?.points.find(({ y }) => y === 99)?.x).toBe(654_321);
  });

  test("cost no more to draw than ten thousand: what an update goes over is bounded", () => {
    expect(buffer.view("loss")?.length).toBeLessThanOrEqual(8192);
  });

  test("of a zoom all are spent on its stretch, with one more at either side, and the values are those of the stretch", () => {
    const zoom = [600_000, 700_000] as const;
    const model = chartModel("loss", [long], settings, 5000, zoom);
    const xs = model.lines[0]?.points.map(({ x }) => x) ?? [];
    const whole = chartModel("loss", [long], settings, 5000);
    expect(model.x).toEqual(zoom);
    expect(model.whole).toEqual(whole.x);
    expect(xs.filter((x) => x < zoom[0])).toHaveLength(1);
    expect(xs.filter((x) => x > zoom[1])).toHaveLength(1);
    expect(xs.length).toBeGreaterThan(5 * (whole.lines[0]?.points.filter(({ x }) => x >= zoom[0] && x <= zoom[1]).length ?? 0));
    expect(model.y[1]).toBeGreaterThan(99);
    expect(chartModel("loss", [long], settings, 5000, [100_000, 200_000]).y[1]).toBeLessThan(2);
  });
});

describe("zooming", () => {
  test("comes nearer around a place that stays where it is, and goes back to the whole", () => {
    expect(zoomed([0, 100], [0, 100], 20, 0.5)).toEqual([10, 60]);
    expect(zoomed([10, 60], [0, 100], 20, 2)).toBeNull();
    expect(zoomed([50, 100], [0, 100], 100, 2)).toBeNull();
    expect(zoomed([40, 50], [0, 100], 45, 2)).toEqual([35, 55]);
  });
  test("moves along no further than the whole goes", () => {
    expect(panned([10, 20], [0, 100], 5)).toEqual([15, 25]);
    expect(panned([10, 20], [0, 100], -50)).toEqual([0, 10]);
    expect(panned([80, 95], [0, 100], 50)).toEqual([85, 100]);
  });
});
