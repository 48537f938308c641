import { describe, expect, test } from "vitest";
import { smooth } from "../training/smoothing.ts";
import { CurveBuffer } from "./curve-buffer.ts";

const point = (step: number, value: number | null) => ({ name: "loss", step, epoch: 1, seconds: step, value });

describe("curve buffer", () => {
  test("says when messages were missed", () => {
    const buffer = new CurveBuffer();
    expect(buffer.append(7, [point(1, 1)])).toBe(true);
    expect(buffer.append(8, [point(2, 1)])).toBe(true);
    expect(buffer.append(10, [point(4, 1)])).toBe(false);
  });

  test("takes a point once, even when the store and an event both bring it", () => {
    const buffer = new CurveBuffer();
    buffer.append(1, [point(3, 0.3), point(4, 0.4)]);
    buffer.load([{ name: "loss", x: [1, 2, 3], epoch: [1, 1, 1], seconds: [1, 2, 3], y: [0.1, 0.2, 0.3], points: 3 }]);
    buffer.append(2, [point(4, 0.4), point(5, 0.5)]);
    const view = buffer.view("loss");
    expect([...(view?.step.slice(0, view.length) ?? [])]).toEqual([1, 2, 3, 4, 5]);
  });

  test("takes no more memory than its points need", () => {
    const buffer = new CurveBuffer();
    for (let step = 1; step <= 90; step += 1) buffer.append(step, [point(step, step)]);
    const early = buffer.view("loss");
    expect(early?.value.byteLength).toBeLessThanOrEqual(2 * 8 * 90);
    for (let step = 91; step <= 3_000; step += 1) buffer.append(step, [point(step, step)]);
    const late = buffer.view("loss");
    for (const column of [late?.step, late?.epoch, late?.seconds, late?.value]) expect(column?.length).toBe(4096);
    expect([...(late?.value.slice(0, late.length) ?? [])]).toEqual(Array.from({ length: 3_000 }, (_, at) => at + 1));
  });

  test("says whether the library has points that it does not hold", () => {
    const kept = { name: "loss", x: [1, 3], epoch: [1, 1], seconds: [1, 3], y: [1, 1] };
    const thinned = (points: number, appended: number): boolean | undefined => {
      const buffer = new CurveBuffer();
      buffer.load([{ ...kept, points }]);
      for (let step = 4; step < 4 + appended; step += 1) buffer.append(step, [point(step, 1)]);
      return buffer.view("loss")?.thinned;
    };
    expect([thinned(2, 0), thinned(3, 0), thinned(2, 8_000), thinned(2, 9_000)]).toEqual([false, true, false, true]);
    const buffer = new CurveBuffer();
    for (let step = 1; step <= 9_000; step += 1) buffer.append(step, [point(step, 1)]);
    buffer.load([]);
    expect(buffer.view("loss")?.thinned).toBe(true);
  });

  test("keeps the whole course, every spike and every missing value when it is full", () => {
    const buffer = new CurveBuffer();
    for (let step = 1; step <= 20_000; step += 1)
      buffer.append(step, [point(step, step === 5_001 ? 99 : step === 9_002 ? null : step % 2)]);
    const view = buffer.view("loss");
    const steps = [...(view?.step.slice(0, view.length) ?? [])];
    const values = [...(view?.value.slice(0, view.length) ?? [])];
    expect(view?.length).toBeLessThanOrEqual(8192);
    expect(steps[0]).toBeLessThanOrEqual(16);
    expect(steps.at(-1)).toBe(20_000);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(Math.max(...values.filter((value) => !Number.isNaN(value)))).toBe(99);
    expect(values.some(Number.isNaN)).toBe(true);
  });

  test("keeps the beginning as well as the end of a million points: no stretch of it is drawn with fewer than its share", () => {
    const buffer = new CurveBuffer();
    const COUNT = 1_000_000;
    for (let step = 1; step <= COUNT; step += 1) buffer.append(step, [point(step, Math.sin(step / 9_000))]);
    const view = buffer.view("loss");
    const steps = [...(view?.step.slice(0, view.length) ?? [])];
    expect(steps[0]).toBe(1);
    expect(steps.at(-1)).toBe(COUNT);
    for (let part = 0; part < 10; part += 1) {
      const own = steps.filter((step) => step > (part * COUNT) / 10 && step <= ((part + 1) * COUNT) / 10).length;
      expect(own).toBeGreaterThan(view === undefined ? 0 : view.length / 20);
    }
  });

  test("reaches the newest point after each, and shows a spike at once", () => {
    const buffer = new CurveBuffer();
    for (let step = 1; step <= 40_000; step += 1) {
      buffer.append(step, [point(step, step === 33_333 ? 50 : 1)]);
      const view = buffer.view("loss");
      expect(view?.step[view.length - 1]).toBe(step);
      if (step === 33_333) expect(view?.value[view.length - 1]).toBe(50);
    }
    const view = buffer.view("loss");
    expect(Math.max(...(view?.value.slice(0, view.length) ?? []))).toBe(50);
  });
});

describe("what is smoothed of a long curve", () => {
  /** Far up now and then: the extremes of a stretch lie above and below its mean, and their middle is not it. */
  const spiky = (step: number): number => (step % 50 === 0 ? 10 : 1);
  const mean = (10 + 49) / 50;
  const weighed = (buffer: CurveBuffer): number => {
    const view = buffer.view("loss");
    let [sum, count] = [0, 0];
    for (let at = 0; at < (view?.length ?? 0); at += 1) {
      sum += (view?.mean?.[at] ?? Number.NaN) * (view?.count?.[at] ?? Number.NaN);
      count += view?.count?.[at] ?? Number.NaN;
    }
    expect(count).toBeGreaterThan(99_900);
    return sum / count;
  };

  test("are the means of the points that came, weighed by how many they are", () => {
    const buffer = new CurveBuffer();
    for (let step = 1; step <= 100_000; step += 1)
      buffer.append(step, [{ name: "loss", step, epoch: 1, seconds: step, value: spiky(step) }]);
    expect(weighed(buffer)).toBeCloseTo(mean, 3);
    const view = buffer.view("loss");
    const line = smooth(view?.mean ?? new Float64Array(0), view?.length ?? 0, 0.99, view?.count);
    expect(line[(view?.length ?? 0) - 1]).toBeCloseTo(mean, 1);
  });

  test("are those that the library says of a thinned curve, and of what comes behind it", () => {
    const buffer = new CurveBuffer();
    const places = Array.from({ length: 2_000 }, (_, place) => place);
    buffer.load([
      {
        name: "loss",
        points: 50_000,
        x: places.map((place) => 25 * place + 1),
        epoch: places.map(() => 1),
        seconds: places,
        y: places.map((place) => (place % 2 === 0 ? 1 : 10)),
        mean: places.map(() => mean),
        count: places.map(() => 25),
      },
    ]);
    for (let step = 50_001; step <= 100_000; step += 1)
      buffer.append(step, [{ name: "loss", step, epoch: 1, seconds: step, value: spiky(step) }]);
    expect(weighed(buffer)).toBeCloseTo(mean, 3);
  });
});
