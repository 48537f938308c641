/** Axes of parallel coordinates: where a value lies on its axis, 0 at the foot and 1 at the top, and what is written there. Pure. */
import type { Run, RunGroup } from "../../core/protocol/methods.ts";
import { shareOf } from "../../core/sweeps/draw.ts";
import { dimensionKey, type RangeValues, type Target } from "../../core/sweeps/plan.ts";
import { numberMarks } from "./number-marks.ts";

export interface Axis {
  readonly key: string;
  readonly name: string;
  /** Whether numbers stand by their logarithm. */
  readonly log: boolean;
  /** Null where the run has no value on this axis. */
  readonly placeOf: (run: Run) => number | null;
  /** Round numbers; of a list all values with their places. */
  readonly marks: readonly { readonly at: number; readonly text: string }[];
}

/** Share of an axis that its marks are apart. */
const LEAST_APART = 0.07;

/** Stretch of an axis that runs must lie in. */
export type Brush = readonly [low: number, high: number];

export function axesOf(
  group: RunGroup,
  runs: readonly Run[],
  figure: string,
  nameOf: (key: string) => string,
  figureName: string,
  format: (value: number) => string,
  wordOf: (target: Target, value: unknown) => string,
): readonly Axis[] {
  if (group.plan.kind !== "sweep") return [];
  const options = group.plan.dimensions.map((dimension): Axis => {
    const key = dimensionKey(dimension);
    const { values } = dimension;
    if (values.form === "range")
      return {
        key,
        name: nameOf(key),
        log: values.scale === "log",
        placeOf: (run) => (typeof run.group_options?.[key] === "number" ? shareOf(values, Number(run.group_options[key])) : null),
        marks: rangeMarks(values, format),
      };
    const places = new Map(values.values.map((value, k) => [JSON.stringify(value), (k + 0.5) / values.values.length]));
    return {
      key,
      name: nameOf(key),
      log: false,
      placeOf: (run) => places.get(JSON.stringify(run.group_options?.[key])) ?? null,
      marks: values.values.map((value) => ({ at: places.get(JSON.stringify(value)) ?? 0, text: wordOf(dimension.target, value) })),
    };
  });
  const found = runs.flatMap((run) => run.metrics[figure] ?? []);
  const {
    domain: [low, high],
    ticks,
  } = numberMarks(Math.min(...found), Math.max(...found), false);
  const at = (value: number): number => (high === low ? 0.5 : (value - low) / (high - low));
  const last: Axis = {
    key: `figure ${figure}`,
    name: figureName,
    log: false,
    placeOf: (run) => {
      const value = run.metrics[figure];
      return value == null ? null : at(value);
    },
    marks: found.length === 0 ? [] : ticks.map(({ value, text }) => ({ at: at(value), text })),
  };
  return [...options, last];
}

/** The ends that were set, and the round numbers between them that stand far enough from both. */
function rangeMarks(values: RangeValues, format: (value: number) => string): Axis["marks"] {
  // As the round numbers between them are written: 1e-4, not 1.00e-4.
  const short = (value: number): string => format(value).replace(/\.0+(?=e)/, "");
  const [foot, top] = [values.low, values.high].map((value) => ({ at: shareOf(values, value), text: short(value) }));
  if (foot === undefined || top === undefined || values.low === values.high) return foot === undefined ? [] : [foot];
  const between = numberMarks(values.low, values.high, values.scale === "log")
    .ticks.filter(({ value }) => value > values.low && value < values.high && (!values.whole || Number.isInteger(value)))
    .map(({ value, text }) => ({ at: shareOf(values, value), text }))
    .filter(({ at }) => at - foot.at >= LEAST_APART && top.at - at >= LEAST_APART);
  return [foot, ...between, top];
}

export function isKept(run: Run, axes: readonly Axis[], brushes: ReadonlyMap<string, Brush>): boolean {
  return axes.every((axis) => {
    const brush = brushes.get(axis.key);
    if (brush === undefined) return true;
    const place = axis.placeOf(run);
    return place !== null && place >= brush[0] && place <= brush[1];
  });
}

/** The brush after a key; null clears it. Arrow keys move by a twentieth, with Shift they move the upper end. */
export function brushAfterKey(brush: Brush | undefined, key: string, shift: boolean): Brush | null | undefined {
  const step = key === "ArrowUp" ? 0.05 : key === "ArrowDown" ? -0.05 : 0;
  if (key === "Escape") return null;
  if (step === 0) return undefined;
  const [low, high] = brush ?? (step > 0 ? [0, 0.5] : [0.5, 1]);
  if (brush === undefined) return [low, high];
  const within = (value: number): number => Math.min(1, Math.max(0, value));
  return shift ? [low, Math.max(low + 0.05, within(high + step))] : [within(low + step), within(high + step)];
}
