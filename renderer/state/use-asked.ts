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

/**
 * @param key what is asked, compared as it is; null asks nothing
 * @param ask may end early by the signal, which comes when nobody waits any more
 * @param of  what the answer is of: while the next one of the same is awaited the last one stays, so that nothing flickers
 */
export function useAsked<T>(key: string | object | null, ask: (signal: AbortSignal) => Promise<T | null>, of?: string): Asked<T> {
  const [round, setRound] = useState(0);
  const [found, setFound] = useState<Found<T> | null>(null);
  const waiting = useRef<(() => void) | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the question, asked once a round
  useEffect(() => {
    if (key === null) return undefined;
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
  }, [key, round]);
  const answered = found !== null && found.key === key && found.round === round;
  const kept = found !== null && key !== null && of !== undefined && found.of === of ? found.value : null;
  return {
    value: answered ? found.value : kept,
    error: answered ? found.error : null,
    progress: null,
    pending: key !== null && !answered,
    cancelled: answered && found.cancelled,
    cancel: () => waiting.current?.(),
    restart: () => setRound((before) => before + 1),
  };
}
