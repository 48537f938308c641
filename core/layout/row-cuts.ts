/** Where a long drawing is folded: rows of about the same length, begun anew between blocks, where few connections cross. */

/** A connection by the ranks of its ends. */
export interface RankSpan {
  readonly source: string;
  readonly target: string;
  readonly from: number;
  readonly to: number;
}

/** What goes over a fold: lines, several between the same two being one, and how many nodes they start from. */
export interface Crossing {
  readonly lines: number;
  readonly starts: number;
}

/** A fold that more lines cross, or lines from several nodes, would tear apart what belongs together. */
const USUAL: Crossing = { lines: 2, starts: 1 };
/** Where the drawing could not be read otherwise: levels that are joined again further on, one within the other. */
export const NESTED: Crossing = { lines: 5, starts: 5 };
/** A row may be longer than asked for by half before the drawing is rather not folded there. */
const LONGEST = 1.5;
/** What a second line over a fold costs, in ranks by which a row misses its length, squared. */
const LINE_COST = 4;

/** @returns what goes over a fold behind each rank but the last */
export function crossings(count: number, spans: readonly RankSpan[]): Crossing[] {
  const pairs = new Map<string, readonly [first: number, last: number]>();
  const starts = new Map<string, readonly [first: number, last: number]>();
  for (const { source, target, from, to } of spans) {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    pairs.set(`${source}\n${target}`, [first, last]);
    const [least, most] = starts.get(source) ?? [first, last];
    starts.set(source, [Math.min(least, first), Math.max(most, last)]);
  }
  const open = [openAfter(count, pairs.values()), openAfter(count, starts.values())];
  return Array.from({ length: Math.max(0, count - 1) }, (_, rank) => ({ lines: open[0]?.[rank] ?? 0, starts: open[1]?.[rank] ?? 0 }));
}

function openAfter(count: number, stretches: Iterable<readonly [first: number, last: number]>): number[] {
  const change = new Array<number>(count).fill(0);
  for (const [first, last] of stretches) {
    change[first] = (change[first] ?? 0) + 1;
    change[last] = (change[last] ?? 0) - 1;
  }
  let open = 0;
  return change.map((step) => (open += step));
}

/**
 * The ranks with which rows begin, the first being 0: of all ways to fold where one node's line or two cross, the one whose rows come
 * nearest to the length asked for, with few lines over the folds.
 * @param crossing behind each rank but the last, see {@link crossings}
 * @param length   ranks in a row
 * @param most     that may go over a fold
 * @returns null where no way keeps every row within half as much again
 */
export function rowStarts(crossing: readonly Crossing[], length: number, most: Crossing = USUAL): readonly number[] | null {
  const count = crossing.length + 1;
  const longest = Math.floor(length * LONGEST);
  // By where a row begins: the least cost of all before it, and where the row before it began.
  const best: { readonly cost: number; readonly before: number }[] = [{ cost: 0, before: 0 }];
  for (let end = 1; end <= count; end++) {
    const { lines, starts } = crossing[end - 1] ?? { lines: 0, starts: 0 };
    let least = { cost: Number.POSITIVE_INFINITY, before: 0 };
    const mayFold = lines <= most.lines && starts <= most.starts;
    for (let start = Math.max(0, end - longest); mayFold && start < end; start++) {
      const missed = (end - start - length) ** 2;
      const cost = (best[start]?.cost ?? 0) + missed + LINE_COST * Math.max(0, lines - 1);
      if (cost < least.cost) least = { cost, before: start };
    }
    best.push(least);
  }
  if (best[count]?.cost === Number.POSITIVE_INFINITY) return null;
  const starts: number[] = [];
  for (let start = best[count]?.before ?? 0; ; start = best[start]?.before ?? 0) {
    starts.unshift(start);
    if (start === 0) return starts;
  }
}
