/**
 * Down-sampling of one curve while it is read, without holding it: the first point, the last, and the smallest and the
 * largest of equal stretches between, so that no peak is lost. Points whose value was not finite are left out of a
 * stretch unless it has no others.
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
  readonly #total: number;
  readonly #whole: boolean;
  readonly #stretches: number;
  #index = 0;
  #stretch = 0;
  #smallest: Point | null = null;
  #largest: Point | null = null;

  /**
   * @param total     points that will be added
   * @param maxPoints points wanted at most, 2 or more
   */
  constructor(name: string, total: number, maxPoints: number) {
    this.#curve = { name, x: [], epoch: [], seconds: [], y: [] };
    this.#total = total;
    this.#whole = total <= maxPoints;
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
      this.#emit(point);
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
    this.#emit(earlier);
    if (later.index !== earlier.index) this.#emit(later);
  }

  #emit({ step, epoch, seconds, value }: Point): void {
    this.#curve.x.push(step);
    this.#curve.epoch.push(epoch);
    this.#curve.seconds.push(seconds);
    this.#curve.y.push(value);
  }
}
