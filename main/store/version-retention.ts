/**
 * Which of the versions that nobody named go: the older they are, the fewer are kept. Spans are fixed stretches of time,
 * so that it does not matter how often this is asked.
 */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Up to which age one version a span is kept; all of the first, none are older than the last. */
const SPANS: readonly { readonly age: number; readonly span: number }[] = [
  { age: HOUR, span: 0 },
  { age: DAY, span: 15 * MINUTE },
  { age: 14 * DAY, span: 4 * HOUR },
  { age: 90 * DAY, span: DAY },
  { age: Number.POSITIVE_INFINITY, span: 30 * DAY },
];
/** Unnamed ones kept at most; the oldest go. */
const MOST_UNNAMED = 200;

export interface Aged {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** @returns the ids that go. The newest of each span stays, and the newest of all. */
export function thinned(versions: readonly Aged[], now: number): readonly string[] {
  const newestFirst = [...versions].sort((a, b) => b.createdAt - a.createdAt);
  const seen = new Set<string>();
  let kept = 0;
  return newestFirst.flatMap(({ id, createdAt }) => {
    const { span } = SPANS.find(({ age }) => now - createdAt < age) ?? { span: DAY };
    const bucket = span === 0 ? id : `${span} ${Math.floor(createdAt / span)}`;
    if (seen.has(bucket) || kept >= MOST_UNNAMED) return [id];
    seen.add(bucket);
    kept += 1;
    return [];
  });
}
