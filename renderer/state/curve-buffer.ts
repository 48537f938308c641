/**
 * Curves of one run while they grow: a fixed number of points a curve, in typed arrays. A full curve is thinned by
 * keeping the smallest and the largest of every four neighbours, so that the whole course and every spike stay.
 */
import type { Curve, CurvePoint } from "../../core/protocol/methods.ts";

const CAPACITY = 8192;

export interface CurveView {
  readonly name: string;
  readonly length: number;
  /** Step (1 is the first), epoch, seconds and value; NaN where it was not finite. Only the first `length` count. */
  readonly step: Float64Array;
  readonly epoch: Float64Array;
  readonly seconds: Float64Array;
  readonly value: Float64Array;
}

class GrowingCurve implements CurveView {
  readonly name: string;
  readonly step = new Float64Array(CAPACITY);
  readonly epoch = new Float64Array(CAPACITY);
  readonly seconds = new Float64Array(CAPACITY);
  readonly value = new Float64Array(CAPACITY);
  length = 0;

  constructor(name: string) {
    this.name = name;
  }

  push(step: number, epoch: number, seconds: number, value: number | null): void {
    if (this.length === CAPACITY) this.thin();
    this.step[this.length] = step;
    this.epoch[this.length] = epoch;
    this.seconds[this.length] = seconds;
    this.value[this.length] = value ?? Number.NaN;
    this.length += 1;
  }

  private thin(): void {
    let kept = 0;
    for (let start = 0; start < this.length; start += 4) {
      const [low, high] = this.extremes(start, Math.min(start + 4, this.length));
      for (const index of low === high ? [low] : [Math.min(low, high), Math.max(low, high)]) {
        for (const column of [this.step, this.epoch, this.seconds, this.value]) column[kept] = column[index] ?? Number.NaN;
        kept += 1;
      }
    }
    this.length = kept;
  }

  private extremes(start: number, end: number): readonly [low: number, high: number] {
    let low = start;
    let high = start;
    for (let index = start; index < end; index += 1) {
      const value = this.value[index] ?? Number.NaN;
      // A point that was not finite is what the person must see: it is kept whatever its neighbours are.
      if (Number.isNaN(value)) return [index, index];
      if (value < (this.value[low] ?? 0)) low = index;
      if (value > (this.value[high] ?? 0)) high = index;
    }
    return [low, high];
  }
}

export class CurveBuffer {
  private readonly curves = new Map<string, GrowingCurve>();
  /** Number of the last message taken in; null before the first. */
  private lastSequence: number | null = null;

  views(): readonly CurveView[] {
    return [...this.curves.values()];
  }

  view(name: string): CurveView | undefined {
    return this.curves.get(name);
  }

  /** Replaces everything by curves read from the store; points that arrived while they were read are put after them. */
  load(curves: readonly Curve[]): void {
    const before = [...this.curves.values()];
    this.curves.clear();
    for (const curve of curves) {
      const growing = this.curve(curve.name);
      for (let index = 0; index < curve.x.length; index += 1)
        growing.push(curve.x[index] ?? 0, curve.epoch[index] ?? 0, curve.seconds[index] ?? 0, curve.y[index] ?? null);
    }
    for (const old of before)
      for (let index = 0; index < old.length; index += 1)
        this.pushIfNewer(old.name, old.step[index] ?? 0, old.epoch[index] ?? 0, old.seconds[index] ?? 0, old.value[index] ?? null);
  }

  /** @returns false when messages were missed: the curves should be read again */
  append(sequence: number, points: readonly CurvePoint[]): boolean {
    const expected = this.lastSequence === null ? sequence : this.lastSequence + 1;
    this.lastSequence = sequence;
    for (const point of points) this.pushIfNewer(point.name, point.step, point.epoch, point.seconds, point.value);
    return sequence === expected;
  }

  /** Points that the store already delivered come again in the first messages after a load. */
  private pushIfNewer(name: string, step: number, epoch: number, seconds: number, value: number | null): void {
    const curve = this.curve(name);
    const last = curve.length === 0 ? -1 : (curve.step[curve.length - 1] ?? -1);
    if (step > last) curve.push(step, epoch, seconds, value);
  }

  private curve(name: string): GrowingCurve {
    const existing = this.curves.get(name);
    if (existing !== undefined) return existing;
    const created = new GrowingCurve(name);
    this.curves.set(name, created);
    return created;
  }
}
