/**
 * Rows cut by the values of one column: a slice for each value, or for each range of quantiles of a column of numbers, one for those
 * that are missing and one for values that are too rare or too many to stand alone.
 */

export type SliceKey =
  | { readonly kind: "value"; readonly value: string | number }
  /** Above `from` up to and with `to`; the first also holds `from`. */
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "missing" }
  /** So many values together. */
  | { readonly kind: "others"; readonly values: number };

/** What the rows have in common in two columns. */
export interface CrossedKey {
  readonly kind: "both";
  readonly first: SliceKey;
  readonly second: SliceKey;
}

export interface Slice<K = SliceKey> {
  readonly key: K;
  /** Places of its rows, in order. */
  readonly places: readonly number[];
}

/** More are not read; what is left over is one slice. */
export const MOST_SLICES = 40;
/** Numbers of no more values than this are sliced by value, as words are. */
const FEW_VALUES = 10;

/** Words, one a row; null is missing. */
export function cutByWords(values: readonly (string | null)[]): Slice[] {
  return byValue(values);
}

/** @param values NaN is missing */
export function cutByNumbers(values: ArrayLike<number>, bins: number): Slice[] {
  const all = Array.from(values);
  const known = all.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const distinct = new Set(known);
  if (distinct.size <= Math.min(FEW_VALUES, bins * 2)) return byValue(all.map((value) => (Number.isNaN(value) ? null : value)));
  const edges = quantileEdges(known, bins);
  const places = edges.slice(1).map((): number[] => []);
  const missing: number[] = [];
  all.forEach((value, place) => (Number.isNaN(value) ? missing : (places[binOf(edges, value)] as number[])).push(place));
  const ranges = places.map(
    (own, bin): Slice => ({
      key: { kind: "range", from: edges[bin] as number, to: edges[bin + 1] as number },
      places: own,
    }),
  );
  return [...ranges.filter(({ places: own }) => own.length > 0), ...missingOnes(missing)];
}

/** Edges of `bins` parts with as many rows each (pandas.qcut with duplicates="drop"). @param sorted without NaN, at least one */
export function quantileEdges(sorted: readonly number[], bins: number): number[] {
  const at = (share: number): number => {
    const position = share * (sorted.length - 1);
    const below = Math.floor(position);
    const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
    return low + (position - below) * (high - low);
  };
  const edges = Array.from({ length: bins + 1 }, (_, k) => at(k / bins));
  return edges.filter((edge, k) => k === 0 || edge > (edges[k - 1] as number));
}

/** The bin whose upper edge is the first not below the value. */
export function binOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle + 1] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function byValue(values: readonly (string | number | null)[]): Slice[] {
  const found = new Map<string | number, number[]>();
  const missing: number[] = [];
  values.forEach((value, place) => {
    if (value === null) missing.push(place);
    else {
      const own = found.get(value);
      if (own === undefined) found.set(value, [place]);
      else own.push(place);
    }
  });
  const ordered = [...found].sort(([, a], [, b]) => b.length - a.length || (a[0] as number) - (b[0] as number));
  const shown = ordered.length <= MOST_SLICES ? ordered : ordered.slice(0, MOST_SLICES - 1);
  const rest = ordered.slice(shown.length);
  const others: Slice[] =
    rest.length === 0
      ? []
      : [{ key: { kind: "others", values: rest.length }, places: rest.flatMap(([, places]) => places).sort((a, b) => a - b) }];
  return [...shown.map(([value, places]): Slice => ({ key: { kind: "value", value }, places })), ...others, ...missingOnes(missing)];
}

const missingOnes = (places: readonly number[]): Slice[] => (places.length === 0 ? [] : [{ key: { kind: "missing" }, places }]);

/** Rows that are in a slice of one column and in one of another: those that there are, the largest alone where they are too many. */
export function crossSlices(first: readonly Slice[], second: readonly Slice[]): Slice<CrossedKey | SliceKey>[] {
  const own = new Map(second.flatMap(({ places }, k) => places.map((place) => [place, k] as const)));
  const crossed = first.flatMap((slice) => {
    const parts = second.map((): number[] => []);
    for (const place of slice.places) parts[own.get(place) ?? -1]?.push(place);
    return second.flatMap(({ key }, k): Slice<CrossedKey>[] => {
      const places = parts[k] ?? [];
      return places.length === 0 ? [] : [{ key: { kind: "both", first: slice.key, second: key }, places }];
    });
  });
  if (crossed.length <= MOST_SLICES) return crossed;
  const ordered = crossed.toSorted((a, b) => b.places.length - a.places.length || (a.places[0] as number) - (b.places[0] as number));
  const rest = ordered.slice(MOST_SLICES - 1);
  const places = rest.flatMap((slice) => slice.places).sort((a, b) => a - b);
  return [...ordered.slice(0, MOST_SLICES - 1), { key: { kind: "others", values: rest.length }, places }];
}
