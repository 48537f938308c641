/** What is fetched when it is first shown: it says when it takes long, and when it failed it can be asked for once more. */
import { useEffect, useState } from "react";

/** What takes longer than this says so. */
const SLOW_MS = 300;

export interface Fetched<T> {
  /** Null until it is there. */
  readonly value: T | null;
  readonly state: "waits" | "slow" | "failed" | "there";
  readonly again: () => void;
}

/**
 * @param load of a stable identity as long as the same is asked for; null is a failure
 * @param known what is there without asking
 */
export function useFetched<T>(load: () => Promise<T | null>, known: T | null = null): Fetched<T> {
  const [found, setFound] = useState<{ readonly value: T | null; readonly state: Fetched<T>["state"] }>(() =>
    known === null ? { value: null, state: "waits" } : { value: known, state: "there" },
  );
  const [attempt, setAttempt] = useState(0);
  const there = found.state === "there";
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is the same once more
  useEffect(() => {
    if (there) return;
    let gone = false;
    setFound({ value: null, state: "waits" });
    const timer = setTimeout(() => setFound({ value: null, state: "slow" }), SLOW_MS);
    const end = (value: T | null): void => {
      clearTimeout(timer);
      if (!gone) setFound({ value, state: value === null ? "failed" : "there" });
    };
    void load().then(end, () => end(null));
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [load, attempt]);
  return { ...found, again: () => setAttempt((count) => count + 1) };
}
