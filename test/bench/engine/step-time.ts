/** How long a step takes: the median of as many as fit. */
import { median } from "../measurement.ts";

/** Milliseconds a step. @param seconds to go on for; three steps at least */
export function stepMs(step: () => number, seconds: number): number {
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < seconds * 1000 || times.length < 3) {
    const before = performance.now();
    step();
    times.push(performance.now() - before);
  }
  return median(times);
}
