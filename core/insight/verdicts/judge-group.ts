/** The verdicts on a group of runs (folds, seeds, bags): each thing once, with the members of which it is said. */
import type { Tone, Verdict } from "./verdict.ts";

export interface JudgedMember {
  readonly id: string;
  readonly verdicts: readonly Verdict[];
}

export interface GroupVerdict {
  readonly code: string;
  readonly tone: Tone;
  /** The numbers of the first of them. */
  readonly params: Verdict["params"];
  /** Members of which it is said, in their order; at least one. */
  readonly runs: readonly string[];
}

const GRAVITY: Readonly<Record<Tone, number>> = { problem: 0, advice: 1, good: 2 };

/** First what is said of most; of as many, the gravest. */
export function judgeGroup(members: readonly JudgedMember[]): GroupVerdict[] {
  const found = new Map<string, GroupVerdict>();
  for (const { id, verdicts } of members)
    for (const { code, tone, params } of verdicts) {
      const before = found.get(code);
      found.set(code, { code, tone, params, ...before, runs: [...(before?.runs ?? []), id] });
    }
  return [...found.values()].sort((a, b) => b.runs.length - a.runs.length || GRAVITY[a.tone] - GRAVITY[b.tone]);
}
