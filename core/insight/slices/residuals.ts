/**
 * Residuals of predicted numbers (what is, less what was predicted): how they lie, as a histogram, and how they hang on something else,
 * as points of some rows and bands of all.
 */
import { binOf, quantileEdges } from "./cut.ts";

export interface ResidualSummary {
  readonly rows: number;
  readonly mean: number;
  /** Of the sample (n − 1); null for one row. */
  readonly deviation: number | null;
  /** Below these lie 5, 25, 50, 75 and 95 % of the rows. */
  readonly quantiles: readonly number[];
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly rows: number }[];
}

export interface ResidualBand {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly mean: number;
  readonly deviation: number | null;
}

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];
const MOST_BARS = 40;
const FEWEST_BARS = 8;

/** @param residuals finite numbers, at least one */
export function summariseResiduals(residuals: readonly number[]): ResidualSummary {
  const sorted = [...residuals].sort((a, b) => a - b);
  const { mean, deviation } = spreadOf(sorted);
  return {
    rows: sorted.length,
    mean,
    deviation,
    quantiles: QUANTILES.map((share) => quantile(sorted, share)),
    histogram: histogramOf(sorted),
  };
}

/** Bands of x with as many rows each. Rows without an x are left out. */
export function residualBands(x: readonly number[], residuals: readonly number[], bands: number): ResidualBand[] {
  const sorted = x.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const edges = quantileEdges(sorted, bands);
  if (edges.length < 2) edges.push(edges[0] as number);
  const own = edges.slice(1).map((): number[] => []);
  x.forEach((value, place) => {
    if (!Number.isNaN(value)) own[binOf(edges, value)]?.push(residuals[place] as number);
  });
  return own.flatMap((values, k) =>
    values.length === 0 ? [] : [{ from: edges[k] as number, to: edges[k + 1] as number, rows: values.length, ...spreadOf(values) }],
  );
}

/** At most so many places of `count`, evenly spread. */
export function spreadPlaces(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, place) => place);
  return Array.from({ length: most }, (_, k) => Math.floor(((k + 0.5) * count) / most));
}

function spreadOf(values: readonly number[]): { mean: number; deviation: number | null } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1)) };
}

function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  return low + (position - below) * ((sorted[Math.min(below + 1, sorted.length - 1)] as number) - low);
}

/** As wide as Freedman and Diaconis (1981) say, within what can be looked at. */
function histogramOf(sorted: readonly number[]): ResidualSummary["histogram"] {
  const [least, most] = [sorted[0] as number, sorted.at(-1) as number];
  if (least === most) return [{ from: least, to: most, rows: sorted.length }];
  const width = (2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25))) / Math.cbrt(sorted.length);
  const wanted = width > 0 ? Math.ceil((most - least) / width) : FEWEST_BARS;
  const bars = Math.min(MOST_BARS, Math.max(FEWEST_BARS, wanted));
  const counts = new Array<number>(bars).fill(0);
  for (const value of sorted) {
    const bar = Math.min(bars - 1, Math.floor(((value - least) / (most - least)) * bars));
    counts[bar] = (counts[bar] as number) + 1;
  }
  const edge = (k: number): number => (k === bars ? most : least + ((most - least) * k) / bars);
  return counts.map((rows, k) => ({ from: edge(k), to: edge(k + 1), rows }));
}
