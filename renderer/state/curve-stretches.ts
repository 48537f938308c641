/**
 * Stretches of long curves from nearby: what the window holds of a curve is its shape, so a zoomed chart reads the points of its stretch
 * from the library. The last few of each run stay, so that going back is at once; one question is under way at a time, the newest wins.
 */
import { create } from "zustand";
import type { MethodInput, MethodOutput } from "../../core/protocol/methods.ts";
import type { CurveView } from "./curve-buffer.ts";
import { host } from "./host.ts";
import { report } from "./toasts.ts";

/** A stretch of a run's curves, in the units in which they are kept. */
export interface StretchRange {
  readonly axis: MethodInput<"runs.stretch">["axis"];
  readonly from: number;
  readonly to: number;
}

export interface WantedStretch extends StretchRange {
  readonly runId: string;
  readonly names: readonly string[];
}

interface Stretch extends StretchRange {
  readonly readAt: number;
  readonly curves: ReadonlyMap<string, CurveView>;
}

/** Points a curve: so many that half of the stretch still fills a chart, since more is read than is shown. */
const MOST_POINTS = 2000;
/** Of what is shown, read at either side too: moving along finds it there. */
const MARGIN = 0.5;
/** Stretches that stay, a run. */
const KEPT = 6;
/** Before reading: keys that repeat zoom many times a second. */
const PAUSE_MS = 120;
/** A run that trains adds to what is shown; it is read again after so long at the earliest. */
const AGAIN_MS = 3000;

const kept = new Map<string, readonly Stretch[]>();
/** Counts what was read: charts are drawn anew. */
export const useStretches = create<{ readonly version: number }>()(() => ({ version: 0 }));

/** The nearest look at a curve that reaches over all of a range; null where none was read. */
export function stretchOf(runId: string, name: string, range: StretchRange): CurveView | null {
  return coveringStretch(runId, name, range)?.view ?? null;
}

function coveringStretch(runId: string, name: string, { axis, from, to }: StretchRange) {
  let best: (Stretch & { readonly view: CurveView }) | null = null;
  for (const stretch of kept.get(runId) ?? []) {
    const view = stretch.curves.get(name);
    if (view === undefined || stretch.axis !== axis || stretch.from > from || stretch.to < to) continue;
    if (best === null || stretch.to - stretch.from < best.to - best.from) best = { ...stretch, view };
  }
  return best;
}

/**
 * Whether the library should be asked for a nearer look at a curve.
 * @param held   what the window holds of it
 * @param enough points that fill a chart
 */
export function isLacking(runId: string, held: CurveView, range: StretchRange, enough: number, now: number): boolean {
  if (!held.thinned || within(held, range) >= enough) return false;
  const found = coveringStretch(runId, held.name, range);
  if (found === null) return true;
  if (found.view.thinned && within(found.view, range) < enough) return true;
  const places = held[range.axis];
  const [newest, read] = [places[held.length - 1] ?? 0, found.view[range.axis][found.view.length - 1] ?? 0];
  return read < range.to && newest > read && now - found.readAt > AGAIN_MS;
}

function within(view: CurveView, { axis, from, to }: StretchRange): number {
  const places = view[axis];
  return firstFrom(places, view.length, to) - firstFrom(places, view.length, from);
}

/** The place of the first of `length` ascending numbers that is at least `value`; `length` where there is none. */
export function firstFrom(ascending: Float64Array, length: number, value: number): number {
  let [least, most] = [0, length];
  while (least < most) {
    const middle = (least + most) >> 1;
    if ((ascending[middle] ?? 0) < value) least = middle + 1;
    else most = middle;
  }
  return least;
}

/** What each part of the page lacks. */
const wanted = new Map<object, readonly WantedStretch[]>();
let going: { readonly key: string; readonly taskId: string } | null = null;
let reading = false;
/** What could not be read is not asked for again while it is wanted. */
const failed = new Set<string>();

const keyOf = ({ runId, axis, from, to, names }: WantedStretch): string => [runId, axis, from, to, ...names].join(" ");
const allWanted = (): readonly WantedStretch[] => [...wanted.values()].flat();

/** Says which stretches somebody's charts lack now; what was asked for before and nobody lacks any more is not waited for. */
export function wantStretches(asker: object, stretches: readonly WantedStretch[]): void {
  wanted.set(asker, stretches);
  if (stretches.length === 0) wanted.delete(asker);
  const keys = new Set(allWanted().map(keyOf));
  for (const key of failed) if (!keys.has(key)) failed.delete(key);
  if (going !== null && !keys.has(going.key)) host().call("runs.cancel_stretch", { task_id: going.taskId }).catch(report);
  if (!reading && keys.size > 0) void readWanted();
}

async function readWanted(): Promise<void> {
  reading = true;
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  for (;;) {
    const next = allWanted().find((one) => !failed.has(keyOf(one)));
    if (next === undefined) break;
    const key = keyOf(next);
    try {
      await read(next, key);
    } catch (thrown) {
      failed.add(key);
      report(thrown);
    }
    // Who lacks it still, because it grew meanwhile, says so anew.
    if (failed.has(key)) continue;
    for (const [asker, stretches] of wanted)
      wanted.set(
        asker,
        stretches.filter((one) => keyOf(one) !== key),
      );
  }
  reading = false;
}

async function read({ runId, axis, from, to, names }: WantedStretch, key: string): Promise<void> {
  const margin = (to - from) * MARGIN;
  const range: StretchRange = { axis, from: from - margin, to: to + margin };
  const taskId = crypto.randomUUID();
  going = { key, taskId };
  try {
    const { curves } = await host().call("runs.stretch", {
      task_id: taskId,
      id: runId,
      curves: [...names],
      ...range,
      max_points: MOST_POINTS,
    });
    if (curves.length > 0) keep(runId, { ...range, readAt: Date.now(), curves: new Map(curves.map((one) => [one.name, viewOf(one)])) });
  } finally {
    going = null;
  }
}

function keep(runId: string, stretch: Stretch): void {
  const others = (kept.get(runId) ?? []).filter(
    ({ axis, from, to }) => axis !== stretch.axis || from !== stretch.from || to !== stretch.to,
  );
  kept.set(runId, [stretch, ...others].slice(0, KEPT));
  useStretches.setState(({ version }) => ({ version: version + 1 }));
}

/** A run whose points were taken away, or that is gone. */
export function forgetStretches(runId: string): void {
  kept.delete(runId);
}

function viewOf({ name, x, epoch, seconds, y, points }: MethodOutput<"runs.stretch">["curves"][number]): CurveView {
  return {
    name,
    length: x.length,
    thinned: points > x.length,
    step: Float64Array.from(x),
    epoch: Float64Array.from(epoch),
    seconds: Float64Array.from(seconds),
    value: Float64Array.from(y, (value) => value ?? Number.NaN),
  };
}
