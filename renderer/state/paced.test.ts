import { expect, test, vi } from "vitest";
import { paced } from "./paced.ts";

test("the first event is followed at once, those of the pause together, and the last is never left out", () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const one = paced(act, 1000);
  for (let event = 0; event < 5; event += 1) one.act();
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(act).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  expect(act).toHaveBeenCalledTimes(2);
  one.act();
  one.act();
  expect(act).toHaveBeenCalledTimes(3);
  one.end();
  vi.advanceTimersByTime(5000);
  expect(act).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});

test("what is not over yet is not begun anew, and is done once more when it is", () => {
  vi.useFakeTimers();
  let busy = true;
  const act = vi.fn();
  const one = paced(act, 1000, () => busy);
  for (let second = 0; second < 5; second += 1) {
    one.act();
    vi.advanceTimersByTime(1000);
  }
  expect(act).toHaveBeenCalledTimes(0);
  busy = false;
  vi.advanceTimersByTime(1000);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5000);
  expect(act).toHaveBeenCalledTimes(1);
  one.end();
  vi.useRealTimers();
});
