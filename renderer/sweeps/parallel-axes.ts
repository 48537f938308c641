/** Axes of parallel coordinates: where a value lies on its axis, 0 at the foot and 1 at the top, and what is written there. Pure. */
import type { Run, RunGroup } from "../../core/protocol/methods.ts";
import { shareOf } from "../../core/sweeps/draw.ts";
import { dimensionKey, type Target } from "../../core/sweeps/plan.ts";

export interface Axis {
  readonly key: string;
  readonly name: string;
  /** Null where the run has no value on this axis. */
  readonly placeOf: (run: Run) => number | null;
  /** What stands at the foot, and at the top; of a list all values with their places. */
  readonly marks: readonly { readonly at: number; readonly text: string }[];
}

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
        placeOf: (run) => (typeof run.group_options?.[key] === "number" ? shareOf(values, Number(run.group_options[key])) : null),
        marks: [
          { at: shareOf(values, values.low), text: format(values.low) },
          { at: shareOf(values, values.high), text: format(values.high) },
        ],
      };
    const places = new Map(values.values.map((value, k) => [JSON.stringify(value), (k + 0.5) / values.values.length]));
    return {
      key,
      name: nameOf(key),
      placeOf: (run) => places.get(JSON.stringify(run.group_options?.[key])) ?? null,
      marks: values.values.map((value) => ({ at: places.get(JSON.stringify(value)) ?? 0, text: wordOf(dimension.target, value) })),
    };
  });
  const found = runs.flatMap((run) => run.metrics[figure] ?? []);
  const [low, high] = [Math.min(...found), Math.max(...found)];
  const last: Axis = {
    key: `figure ${figure}`,
    name: figureName,
    placeOf: (run) => {
      const value = run.metrics[figure];
      return value == null ? null : high === low ? 0.5 : (value - low) / (high - low);
    },
    marks:
      found.length === 0
        ? []
        : [
            { at: 0, text: format(low) },
            { at: 1, text: format(high) },
          ],
  };
  return [...options, last];
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
