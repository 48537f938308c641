/** Asks the host for something of a run and keeps the answer while the component is shown. */
import { useEffect, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { MethodInput, MethodName, MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";

export interface Answer<T> {
  readonly value: T | null;
  readonly error: unknown;
  /** Code of the error, for those that are no failure but a "not here". */
  readonly code: string | null;
}

/** @param input null asks nothing yet */
export function useAnswer<M extends MethodName>(method: M, input: MethodInput<M> | null): Answer<MethodOutput<M>> {
  const [answer, setAnswer] = useState<{ readonly key: string } & Answer<MethodOutput<M>>>({
    key: "",
    value: null,
    error: null,
    code: null,
  });
  const key = input === null ? "" : `${method} ${JSON.stringify(input)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is method and input
  useEffect(() => {
    if (input === null) return undefined;
    let wanted = true;
    host()
      .call(method, input)
      .then((value) => wanted && setAnswer({ key, value, error: null, code: null }))
      .catch((error: unknown) => wanted && setAnswer({ key, value: null, error, code: errorData(error).code }));
    return () => {
      wanted = false;
    };
  }, [key]);
  return answer.key === key ? answer : { value: null, error: null, code: null };
}
