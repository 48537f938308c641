/** Axes of a chart: how far they reach and where their marks stand. Pure; drawing is in MetricChart.tsx. */

export type Domain = readonly [low: number, high: number];

/** Share left out at each end when outliers are ignored, as TensorBoard does. */
const OUTLIER_SHARE = 0.05;
/** Room above and below the lines, as a share of their height. */
const MARGIN = 0.05;
/** The least height, as a share of the largest value: a loss that hardly moves is to look as flat as it is. */
const LEAST_HEIGHT = 0.4;

/**
 * How far the value axis reaches.
 * @param values finite numbers of all lines
 */
export function valueDomain(values: readonly number[], options: { readonly log: boolean; readonly ignoreOutliers: boolean }): Domain {
  const usable = options.log ? values.filter((value) => value > 0) : values;
  if (usable.length === 0) return options.log ? [0.1, 1] : [0, 1];
  const [low, high] = options.ignoreOutliers ? innerRange(usable) : fullRange(usable);
  if (options.log) return low === high ? [low / 2, high * 2] : [low / (high / low) ** MARGIN, high * (high / low) ** MARGIN];
  const least = Math.max(LEAST_HEIGHT * Math.max(Math.abs(low), Math.abs(high)), 1e-6);
  // Lines that hardly move stand in the middle.
  const room = Math.max((high - low) * MARGIN, (least - (high - low)) / 2);
  const bottom = low - room;
  return [low >= 0 && bottom < 0 ? 0 : bottom, high + room];
}

/** The same reach rounded outwards, so that it moves seldom while a run trains: to a twentieth of its height, as a round number. */
export function roundedDomain([low, high]: Domain): Domain {
  const [first = low, second = first + 1] = linearTicks([low, high], 20);
  const step = second - first;
  if (!(step > 0)) return [low, high];
  const at = (count: number): number => Number((count * step).toPrecision(12));
  return [at(Math.floor(low / step + 1e-9)), at(Math.ceil(high / step - 1e-9))];
}

function fullRange(values: readonly number[]): Domain {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function innerRange(values: readonly number[]): Domain {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  return [sorted[Math.floor(last * OUTLIER_SHARE)] ?? 0, sorted[Math.ceil(last * (1 - OUTLIER_SHARE))] ?? 1];
}

/** Round numbers (1, 2 or 5 times a power of ten) inside the domain, about `count` of them. */
export function linearTicks([low, high]: Domain, count: number): readonly number[] {
  const raw = (high - low) / Math.max(1, count);
  if (!(raw > 0) || !Number.isFinite(raw)) return [low];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Rounded, because 3 × 0.1 is not 0.3.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Of the value axis: one mark alone says nothing of the scale, however low the chart. */
export function valueTicks(domain: Domain, count: number): readonly number[] {
  for (let finer = count; finer <= count + 4; finer += 1) {
    const ticks = linearTicks(domain, finer);
    if (ticks.length >= 2) return ticks;
  }
  return linearTicks(domain, count);
}

/** Whole numbers only: steps and epochs. */
export function wholeTicks(domain: Domain, count: number): readonly number[] {
  return linearTicks(domain, Math.max(1, Math.min(count, Math.floor(domain[1] - domain[0])))).filter(Number.isInteger);
}

/** Powers of ten inside the domain; with 2 and 5 times them where there would be fewer than three marks. */
export function logTicks([low, high]: Domain, count: number): readonly number[] {
  for (const factors of [[1], [1, 3], [1, 2, 5]]) {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1)
      for (const factor of factors) ticks.push(Number((factor * 10 ** power).toPrecision(12)));
    const inside = ticks.filter((tick) => tick >= low && tick <= high);
    if (inside.length >= 3) return thinned(inside, count);
  }
  return linearTicks([low, high], count);
}

function thinned(ticks: readonly number[], count: number): readonly number[] {
  const every = Math.ceil(ticks.length / Math.max(1, count + 1));
  return ticks.filter((_, index) => index % every === 0);
}

/** Position of a value on an axis, 0 at its low end and 1 at its high end. */
export function place(value: number, [low, high]: Domain, log: boolean): number {
  if (!log) return (value - low) / (high - low);
  return Math.log(value / low) / Math.log(high / low);
}

/** The stretch `factor` times as wide around a place that stays where it is, within the whole; null where it would be the whole. */
export function zoomed([low, high]: Domain, [least, most]: Domain, around: number, factor: number): Domain | null {
  const from = Math.max(least, around - (around - low) * factor);
  const to = Math.min(most, around + (high - around) * factor);
  return from <= least && to >= most ? null : [from, to];
}

/** The stretch moved along by so much, within the whole. */
export function panned([low, high]: Domain, [least, most]: Domain, by: number): Domain {
  const move = Math.max(least - low, Math.min(most - high, by));
  return [low + move, high + move];
}
