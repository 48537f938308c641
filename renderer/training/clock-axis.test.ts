import { describe, expect, test } from "vitest";
import { clockDomain, clockTicks, formatClock, formatClockMark } from "./clock-axis.ts";

const NOON = new Date(2026, 10, 21, 12, 0, 0).getTime() / 1000;

describe("an axis of clock times", () => {
  test("has marks at round times of the day, wherever one lives", () => {
    // Half past five hours ahead, as in India: midnight there is half past six in the evening here.
    const ticks = clockTicks([0, 2 * 86_400], 2, 5.5 * 3600);
    expect(ticks).toEqual([86_400 - 5.5 * 3600, 2 * 86_400 - 5.5 * 3600]);
    expect(clockTicks([7, 67], 6, 0)).toEqual([10, 20, 30, 40, 50, 60]);
    expect(clockTicks([100, 1300], 4, 0)).toEqual([300, 600, 900, 1200]);
  });

  test("holds the whole course, and moves seldom", () => {
    const domains = Array.from({ length: 1000 }, (_, second) => clockDomain(NOON + 3, NOON + 3 + second));
    domains.forEach(([low, high], second) => {
      expect(low).toBeLessThanOrEqual(NOON + 3);
      expect(high).toBeGreaterThanOrEqual(NOON + 3 + second);
      expect(high).toBeGreaterThan(low);
    });
    expect(new Set(domains.map(String)).size).toBeLessThan(100);
  });

  test("says of a time as much as its marks need", () => {
    expect(formatClock(NOON + 61)).toBe("2026-11-21 12:01:01");
    expect(formatClockMark(NOON, [NOON, NOON + 30], 3)).toBe("12:00:00");
    expect(formatClockMark(NOON, [NOON, NOON + 3600], 3)).toBe("12:00");
    expect(formatClockMark(NOON, [NOON, NOON + 2 * 86_400], 6)).toBe("11-21 12:00");
    expect(formatClockMark(NOON, [NOON, NOON + 20 * 86_400], 3)).toBe("11-21");
  });
});
