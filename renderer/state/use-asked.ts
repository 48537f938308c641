/** A question that somebody waits for: asked when it changes; the waiting can be ended, and the question put again. */
import { useEffect, useRef, useState } from "react";

export interface Asked<T> {
  readonly value: T | null;
  readonly error: unknown;
  /** Not known: it is a question of moments, until it is not. */
  readonly progress: null;
  /** The question is under way: a value that stands meanwhile is of the question before. */
  readonly pending: boolean;
  readonly cancelled: boolean;
  readonly cancel: () => void;
  readonly restart: () => void;
}

interface Found<T> extends Pick<Asked<T>, "value" | "error" | "cancelled"> {
  readonly key: unknown;
  readonly round: number;
  readonly of: string | undefined;
}

interface More<T> {
  /** What the answer is of: while the next one of the same is awaited the last one stays, so that nothing flickers. */
  readonly of?: string | undefined;
  /** The answer, where it is there without asking. */
  readonly known?: T | null;
}

/**
 * @param key what is asked, compared as it is; null asks nothing
 * @param ask may end early by the signal, which comes when nobody waits any more
 */
export function useAsked<T>(
  key: string | object | null,
  ask: (signal: AbortSignal) => Promise<T>,
  { of, known = null }: More<T> = {},
): Asked<T> {
  const [round, setRound] = useState(0);
  const [found, setFound] = useState<Found<T> | null>(null);
  const waiting = useRef<(() => void) | null>(null);
  const asks = key !== null && known === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the question, asked once a round
  useEffect(() => {
    if (!asks) return undefined;
    const leaving = new AbortController();
    const end = (with_: Pick<Asked<T>, "value" | "error" | "cancelled">): void => {
      if (leaving.signal.aborted) return;
      leaving.abort();
      setFound({ key, round, of, ...with_ });
    };
    waiting.current = () => end({ value: null, error: null, cancelled: true });
    ask(leaving.signal).then(
      (value) => end({ value, error: null, cancelled: false }),
      (error: unknown) => end({ value: null, error, cancelled: false }),
    );
    return () => leaving.abort();
  }, [key, round, asks]);
  const answered = asks && found !== null && found.key === key && found.round === round;
  const kept = found !== null && key !== null && of !== undefined && found.of === of ? found.value : null;
  return {
    value: known ?? (answered ? found.value : kept),
    error: answered ? found.error : null,
    progress: null,
    pending: asks && !answered,
    cancelled: answered && found.cancelled,
    cancel: () => waiting.current?.(),
    restart: () => setRound((before) => before + 1),
  };
}
