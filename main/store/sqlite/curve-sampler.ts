/**
 * Down-sampling of one curve while it is read, without holding it: the first point, the last, and the smallest and the
 * largest of equal stretches between, so that no peak is lost. Points whose value was not finite are left out of a
 * stretch unless it has no others. With each goes the mean of those that it stands for: smoothed, extremes are no average.
 */
import type { Curve } from "../../../core/protocol/methods.ts";

interface Point {
  readonly index: number;
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  readonly value: number | null;
}

export class CurveSampler {
  readonly #curve: Curve;
  readonly #means: { readonly mean: (number | null)[]; readonly count: number[] } | null;
  readonly #total: number;
  readonly #whole: boolean;
  readonly #stretches: number;
  #index = 0;
  #stretch = 0;
  #smallest: Point | null = null;
  #largest: Point | null = null;
  /** Of the finite values of the stretch. */
  #sum = 0;
  #count = 0;

  /**
   * @param total     points that will be added
   * @param maxPoints points wanted at most, 2 or more
   */
  constructor(name: string, total: number, maxPoints: number) {
    this.#total = total;
    this.#whole = total <= maxPoints;
    this.#means = this.#whole ? null : { mean: [], count: [] };
    this.#curve = { name, x: [], epoch: [], seconds: [], y: [], ...this.#means };
    this.#stretches = Math.floor((maxPoints - 2) / 2);
  }

  /** @param value NaN where it was not finite */
  add(step: number, epoch: number, seconds: number, value: number): void {
    const index = this.#index++;
    const isEnd = index === 0 || index === this.#total - 1;
    if (!this.#whole && !isEnd && this.#stretches === 0) return;
    const point: Point = { index, step, epoch, seconds, value: Number.isNaN(value) ? null : value };
    if (this.#whole || isEnd) {
      this.#closeStretch();
      this.#emit(point, point.value, 1);
      return;
    }
    const stretch = Math.floor(((index - 1) * this.#stretches) / (this.#total - 2));
    if (stretch !== this.#stretch) this.#closeStretch();
    this.#stretch = stretch;
    this.#weigh(point);
  }

  /** The curve, once all points were added. */
  finish(): Curve {
    this.#closeStretch();
    return this.#curve;
  }

  #weigh(point: Point): void {
    const { value } = point;
    if (value !== null) {
      this.#sum += value;
      this.#count += 1;
    }
    if (this.#smallest === null || this.#smallest.value === null || (value !== null && value < this.#smallest.value)) {
      if (value !== null || this.#smallest === null) this.#smallest = point;
    }
    if (this.#largest === null || this.#largest.value === null || (value !== null && value > this.#largest.value)) {
      if (value !== null || this.#largest === null) this.#largest = point;
    }
  }

  #closeStretch(): void {
    const [a, b] = [this.#smallest, this.#largest];
    this.#smallest = null;
    this.#largest = null;
    if (a === null || b === null) return;
    const [earlier, later] = a.index <= b.index ? [a, b] : [b, a];
    const kept = later.index === earlier.index ? [earlier] : [earlier, later];
    const mean = this.#count === 0 ? null : this.#sum / this.#count;
    for (const point of kept) this.#emit(point, mean, this.#count / kept.length);
    this.#sum = 0;
    this.#count = 0;
  }

  #emit({ step, epoch, seconds, value }: Point, mean: number | null, count: number): void {
    this.#means?.mean.push(mean);
    this.#means?.count.push(count);
    this.#curve.x.push(step);
    this.#curve.epoch.push(epoch);
    this.#curve.seconds.push(seconds);
    this.#curve.y.push(value);
  }
}
