/** What is known of a question that takes a while: its own answer, or that of the question before, which stays until then. */

export interface Found<T> {
  /** The question. */
  readonly key: string;
  /** What it is of (a run's id); undefined: it stands for no other question. */
  readonly of: string | undefined;
  readonly value: T | null;
  readonly error: unknown;
  /** 0 to 1. */
  readonly progress: number;
  /** There is neither an answer nor an error yet. */
  readonly pending: boolean;
}

interface Known<T> extends Pick<Found<T>, "value" | "error" | "progress"> {
  /** The question is under way: a value that stands meanwhile is of the question before. */
  readonly pending: boolean;
}

export const NOTHING_FOUND: Found<never> = { key: "", of: undefined, value: null, error: null, progress: 0, pending: false };

/** @param key empty: nothing is asked */
export function knownOf<T>(found: Found<T>, key: string, of: string | undefined): Known<T> {
  if (found.key === key) return found;
  const asked = key !== "";
  const value = asked && of !== undefined && found.of === of ? found.value : null;
  return { value, error: null, progress: 0, pending: asked };
}

/** The question begins. */
export function begun<T>(last: Found<T>, key: string, of: string | undefined): Found<T> {
  return { key, of, value: of !== undefined && last.of === of ? last.value : null, error: null, progress: 0, pending: true };
}
