/**
 * Fuzzy search: the letters of the query in order, not necessarily together. Beginnings of words and runs of letters
 * count more, so that "bn" finds Batch Normalization before anything else. Says which letters matched, to be highlighted.
 */
export interface Match {
  readonly score: number;
  /** Indices of the letters of the text that matched. */
  readonly positions: readonly number[];
}

const START_OF_WORD = 8;
const NEXT_TO_LAST = 5;
const FOUND = 1;

/** @returns null when the text does not hold all letters of the query; spaces of the query are ignored */
export function fuzzyMatch(query: string, text: string): Match | null {
  const wanted = [...query.toLowerCase()].filter((letter) => letter !== " ");
  if (wanted.length === 0) return { score: 0, positions: [] };
  let best: Match | null = null;
  const lower = text.toLowerCase();
  // From every place where the first letter stands: a later start can make a better match.
  for (let start = lower.indexOf(wanted[0] ?? ""); start !== -1; start = lower.indexOf(wanted[0] ?? "", start + 1)) {
    const match = matchFrom(wanted, text, lower, start);
    if (match !== null && (best === null || match.score > best.score)) best = match;
  }
  return best;
}

export interface NamedMatch {
  readonly score: number;
  /** Letters of the label that matched. */
  readonly positions: readonly number[];
  /** Where the label does not hold the query: letters of the other names that matched, to be shown beside it. */
  readonly alsoPositions: readonly number[];
}

/** @param also other names by which it is found, a little worse than by its label */
export function matchNamed(query: string, label: string, also = ""): NamedMatch | null {
  const own = fuzzyMatch(query, label);
  const other = fuzzyMatch(query, also);
  if (own === null && other === null) return null;
  const score = Math.max(own?.score ?? Number.NEGATIVE_INFINITY, (other?.score ?? Number.NEGATIVE_INFINITY) - 1);
  return { score, positions: own?.positions ?? [], alsoPositions: own === null ? (other?.positions ?? []) : [] };
}

function matchFrom(wanted: readonly string[], text: string, lower: string, start: number): Match | null {
  const positions: number[] = [];
  let score = -text.length * 0.01 - start * 0.05;
  let from = start;
  for (const letter of wanted) {
    const last = positions.at(-1);
    let at = lower.indexOf(letter, from);
    if (at === -1) return null;
    if (last !== undefined && at !== last + 1) {
      const word = nextWordStart(text, lower, letter, from);
      if (word !== -1) at = word;
    }
    score += FOUND + (isWordStart(text, at) ? START_OF_WORD : 0) + (last !== undefined && at === last + 1 ? NEXT_TO_LAST : 0);
    positions.push(at);
    from = at + 1;
  }
  return { score, positions };
}

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text[at - 1] ?? "";
  return /[\s_\-/(]/.test(before) || (/[a-z]/.test(before) && /[A-Z0-9]/.test(text[at] ?? ""));
}

function nextWordStart(text: string, lower: string, letter: string, from: number): number {
  for (let at = lower.indexOf(letter, from); at !== -1; at = lower.indexOf(letter, at + 1)) if (isWordStart(text, at)) return at;
  return -1;
}
