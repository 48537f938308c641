/**
 * What the clock showed while a run trained. Points carry the seconds of training, in which pauses do not count; a curve of a few marks
 * says how far the two are apart: one where it begins, and one whenever a pause, a restart or slow steps have moved them.
 */
import type { CurvePoint } from "./methods.ts";

/** The curve of the marks: `seconds` of training, and as its value the seconds since 1970. */
export const CLOCK_CURVE = "clock";

/** So far the two may drift before another mark is set, in seconds. */
const TOLERANCE = 0.5;

/** Sets the marks of one run while its points come in. */
export class ClockMarker {
  private apart: number | null = null;

  /** @param now milliseconds since 1970 @returns one mark, or none where the last one still says it */
  mark(newest: Pick<CurvePoint, "step" | "epoch" | "seconds">, now: number): CurvePoint[] {
    const { step, epoch, seconds } = newest;
    const apart = now / 1000 - seconds;
    if (this.apart !== null && Math.abs(apart - this.apart) <= TOLERANCE) return [];
    this.apart = apart;
    return [{ name: CLOCK_CURVE, step, epoch, seconds, value: now / 1000 }];
  }
}

interface ClockMarks {
  /** Of training; only the first `length` count. */
  readonly seconds: ArrayLike<number>;
  /** Since 1970, in seconds. */
  readonly value: ArrayLike<number>;
  readonly length: number;
}

/**
 * When each of some points was trained, in seconds since 1970.
 * @param seconds of training, ascending
 * @param marks at least one, in the order of time
 */
export function clockTimes(seconds: Float64Array, length: number, marks: ClockMarks): Float64Array {
  const times = new Float64Array(length);
  let mark = 0;
  for (let point = 0; point < length; point += 1) {
    const own = seconds[point] ?? 0;
    while (mark + 1 < marks.length && (marks.seconds[mark + 1] ?? 0) <= own) mark += 1;
    times[point] = (marks.value[mark] ?? 0) + own - (marks.seconds[mark] ?? 0);
  }
  return times;
}

/**
 * The other way round: how long a run had trained at a time of day, in seconds; while it rested, as long as when it began to rest.
 * @param time in seconds since 1970
 * @param marks as of clockTimes
 */
export function trainedUntil(time: number, marks: ClockMarks): number {
  let mark = 0;
  while (mark + 1 < marks.length && (marks.value[mark + 1] ?? 0) <= time) mark += 1;
  const trained = (marks.seconds[mark] ?? 0) + time - (marks.value[mark] ?? 0);
  return mark + 1 < marks.length ? Math.min(trained, marks.seconds[mark + 1] ?? trained) : trained;
}
