/**
 * Curves of one run while they grow: at most a fixed number of points a curve, in typed arrays as long as it needs. A full curve is thinned by
 * keeping the smallest and the largest of every four neighbours, and takes what comes then as sparsely, so that the whole course and
 * every spike stay however long it goes on.
 */
import type { CurvePoint, MethodOutput } from "../../core/protocol/methods.ts";

const CAPACITY = 8192;
/** Points that a curve has room for at first: most have one an epoch. */
const FIRST_ROOM = 128;
/** Its smallest and largest, and the newest. */
const MOST_OF_STRETCH = 3;

const inOrder = (low: Kept | null, high: Kept | null): readonly Kept[] => {
  if (low === null || high === null || low === high) return [low ?? high].filter((one) => one !== null);
  return low.step < high.step ? [low, high] : [high, low];
};

/** As the store answers it: its shape, and how many points it has. */
type KeptCurve = MethodOutput<"runs.curves">["curves"][number];

export interface CurveView {
  readonly name: string;
  readonly length: number;
  /** Whether the library holds points of it that are not among these. */
  readonly thinned: boolean;
  /** Step (1 is the first), epoch, seconds and value; NaN where it was not finite. Only the first `length` count. */
  readonly step: Float64Array;
  readonly epoch: Float64Array;
  readonly seconds: Float64Array;
  readonly value: Float64Array;
  /** The mean of the points that each stands for, and how many they are: what is smoothed. Left out: of itself. */
  readonly mean?: Float64Array;
  readonly count?: Float64Array;
}

interface Kept {
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  /** NaN where it was not finite. */
  readonly value: number;
}

interface MeanOf {
  readonly mean: number | null;
  readonly count: number;
}

type Means = { readonly mean?: ArrayLike<number | null> | undefined; readonly count?: ArrayLike<number> | undefined };

/** Null of a point that stands for itself. */
const meanAt = ({ mean, count }: Means, index: number): MeanOf | null =>
  count === undefined ? null : { mean: mean?.[index] ?? null, count: count[index] ?? 0 };

class GrowingCurve implements CurveView {
  readonly name: string;
  step = new Float64Array(FIRST_ROOM);
  epoch = new Float64Array(FIRST_ROOM);
  seconds = new Float64Array(FIRST_ROOM);
  value = new Float64Array(FIRST_ROOM);
  mean = new Float64Array(FIRST_ROOM);
  count = new Float64Array(FIRST_ROOM);
  length = 0;
  thinned = false;
  /** Points that are settled; behind them stand those of the stretch that still grows. */
  private settled = 0;
  /** How many points come for each two that are kept; 1 while all are. Doubled whenever it is full, so that all ages stay alike. */
  private stretch = 1;
  private inStretch = 0;
  private low: Kept | null = null;
  private high: Kept | null = null;
  private missing: Kept | null = null;
  /** Of what has come of the stretch. */
  private sum = 0;
  private counted = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** @param of the mean of the points that it stands for, and how many they are */
  push(step: number, epoch: number, seconds: number, value: number | null, of: MeanOf | null = null): void {
    if (this.settled + MOST_OF_STRETCH > CAPACITY) this.thin();
    const point: Kept = { step, epoch, seconds, value: value ?? Number.NaN };
    this.inStretch += 1;
    if (Number.isNaN(point.value)) this.missing ??= point;
    else {
      if (this.low === null || point.value < this.low.value) this.low = point;
      if (this.high === null || point.value > this.high.value) this.high = point;
      const count = of?.count ?? 1;
      this.sum += count * (of?.mean ?? point.value);
      this.counted += count;
    }
    // A point that was not finite is what the person must see: it is kept whatever its neighbours are.
    const kept = this.missing === null ? inOrder(this.low, this.high) : [this.missing];
    this.length = this.settled;
    const mean = this.missing === null ? this.sum / this.counted : Number.NaN;
    for (const one of kept) this.put(one, mean, this.counted / kept.length);
    if (this.inStretch >= this.stretch) {
      this.settled = this.length;
      this.inStretch = 0;
      [this.low, this.high, this.missing] = [null, null, null];
      [this.sum, this.counted] = [0, 0];
    }
    // The line reaches as far as what has come.
    if (this.length === 0 || (this.step[this.length - 1] ?? 0) < step) this.put(point, mean, 0);
  }

  private put({ step, epoch, seconds, value }: Kept, mean: number, count: number): void {
    if (this.length === this.step.length) this.grow();
    this.step[this.length] = step;
    this.epoch[this.length] = epoch;
    this.seconds[this.length] = seconds;
    this.value[this.length] = value;
    this.mean[this.length] = mean;
    this.count[this.length] = count;
    this.length += 1;
  }

  private grow(): void {
    const roomier = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(Math.min(CAPACITY, 2 * column.length));
      grown.set(column);
      return grown;
    };
    this.step = roomier(this.step);
    this.epoch = roomier(this.epoch);
    this.seconds = roomier(this.seconds);
    this.value = roomier(this.value);
    this.mean = roomier(this.mean);
    this.count = roomier(this.count);
  }

  /** Of every four that are settled, the smallest and the largest stay; the first of all stays where the line begins. */
  private thin(): void {
    let kept = 1;
    for (let start = 1; start < this.settled; start += 4) {
      const end = Math.min(start + 4, this.settled);
      const [low, high] = this.extremes(start, end);
      const places = low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
      const { mean, count } = this.together(start, end);
      for (const index of places) {
        for (const column of [this.step, this.epoch, this.seconds, this.value]) column[kept] = column[index] ?? Number.NaN;
        this.mean[kept] = Number.isNaN(this.value[kept]) ? Number.NaN : mean;
        this.count[kept] = count / places.length;
        kept += 1;
      }
    }
    this.settled = kept;
    this.thinned = true;
    this.stretch = Math.max(4, 2 * this.stretch);
  }

  private together(start: number, end: number): { readonly mean: number; readonly count: number } {
    let [sum, count] = [0, 0];
    for (let index = start; index < end; index += 1) {
      const mean = this.mean[index] ?? Number.NaN;
      if (Number.isNaN(mean)) continue;
      sum += mean * (this.count[index] ?? 0);
      count += this.count[index] ?? 0;
    }
    return { mean: sum / count, count };
  }

  private extremes(start: number, end: number): readonly [low: number, high: number] {
    let low = start;
    let high = start;
    for (let index = start; index < end; index += 1) {
      const value = this.value[index] ?? Number.NaN;
      // As above.
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
  load(curves: readonly KeptCurve[]): void {
    const before = [...this.curves.values()];
    this.curves.clear();
    for (const curve of curves) {
      const growing = this.curve(curve.name);
      growing.thinned = curve.points > curve.x.length;
      for (let index = 0; index < curve.x.length; index += 1)
        growing.push(curve.x[index] ?? 0, curve.epoch[index] ?? 0, curve.seconds[index] ?? 0, curve.y[index] ?? null, meanAt(curve, index));
    }
    for (const old of before) {
      if (old.thinned) this.curve(old.name).thinned = true;
      for (let index = 0; index < old.length; index += 1)
        this.pushIfNewer(
          old.name,
          old.step[index] ?? 0,
          old.epoch[index] ?? 0,
          old.seconds[index] ?? 0,
          old.value[index] ?? null,
          meanAt(old, index),
        );
    }
  }

  /** @returns false when messages were missed: the curves should be read again */
  append(sequence: number, points: readonly CurvePoint[]): boolean {
    const expected = this.lastSequence === null ? sequence : this.lastSequence + 1;
    this.lastSequence = sequence;
    for (const point of points) this.pushIfNewer(point.name, point.step, point.epoch, point.seconds, point.value);
    return sequence === expected;
  }

  /** Points that the store already delivered come again in the first messages after a load. */
  private pushIfNewer(name: string, step: number, epoch: number, seconds: number, value: number | null, of: MeanOf | null = null): void {
    const curve = this.curve(name);
    const last = curve.length === 0 ? -1 : (curve.step[curve.length - 1] ?? -1);
    if (step > last) curve.push(step, epoch, seconds, value, of);
  }

  private curve(name: string): GrowingCurve {
    const existing = this.curves.get(name);
    if (existing !== undefined) return existing;
    const created = new GrowingCurve(name);
    this.curves.set(name, created);
    return created;
  }
}
