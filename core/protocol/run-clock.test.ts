import { describe, expect, test } from "vitest";
import { ClockMarker, clockTimes } from "./run-clock.ts";

describe("the clock of a run", () => {
  test("is marked where it begins, and where a pause or slow steps have moved it, not with every point", () => {
    const marker = new ClockMarker();
    const start = 1_700_000_000_000;
    const at = (seconds: number, now: number) =>
      marker.mark({ step: seconds * 10, epoch: 1, seconds }, now).map(({ seconds: own, value }) => [own, value]);
    expect(at(0.1, start)).toEqual([[0.1, start / 1000]]);
    // A message a tenth of a second, a little late each.
    for (let message = 1; message <= 40; message += 1)
      expect(at(0.1 + message / 10, start + message * 100 + (message % 3) * 20)).toEqual([]);
    expect(at(4.2, start + 3_604_100)).toEqual([[4.2, start / 1000 + 3604.1]]);
    expect(at(4.3, start + 3_604_200)).toEqual([]);
  });

  test("tells the time of points between marks", () => {
    const times = clockTimes(Float64Array.of(0, 1, 5, 6), 4, { seconds: [1, 5], value: [100, 200], length: 2 });
    expect([...times]).toEqual([99, 100, 200, 201]);
  });
});
