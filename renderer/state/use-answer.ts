/** Asks the host for something of a run and keeps the answer while the component is shown. */
import { useEffect, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { MethodInput, MethodName, MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "./host.ts";

export interface Answer<T> {
  readonly value: T | null;
  readonly error: unknown;
  /** Code of the error, for those that are no failure but a "not here". */
  readonly code: string | null;
}

/**
 * @param input null asks nothing yet
 * @param again another number asks again: what was answered before is not so any more
 * @param of    what the answer is of (a run's id): while the next one of the same is awaited the last one stays, so that nothing flickers
 */
export function useAnswer<M extends MethodName>(method: M, input: MethodInput<M> | null, of?: string, again = 0): Answer<MethodOutput<M>> {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly of?: string | undefined } & Answer<MethodOutput<M>>>({
    key: "",
    value: null,
    error: null,
    code: null,
  });
  const key = input === null ? "" : `${method} ${again} ${JSON.stringify(input)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is method and input
  useEffect(() => {
    if (input === null) return undefined;
    let wanted = true;
    host()
      .call(method, input)
      .then((value) => wanted && setAnswer({ key, of, value, error: null, code: null }))
      .catch((error: unknown) => wanted && setAnswer({ key, of, value: null, error, code: errorData(error).code }));
    return () => {
      wanted = false;
    };
  }, [key]);
  return answer.key === key || (of !== undefined && answer.of === of && input !== null) ? answer : { value: null, error: null, code: null };
}
