/** Asks the host for something of a run and keeps the answer while the component is shown. */
import { errorData } from "../../core/errors.ts";
import type { MethodInput, MethodName, MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "./host.ts";
import { type Asked, useAsked } from "./use-asked.ts";

export interface Answer<T> extends Asked<T> {
  /** Code of the error, for those that are no failure but a "not here". */
  readonly code: string | null;
}

/**
 * @param input null asks nothing yet
 * @param again another number asks again: what was answered before is not so any more
 * @param of    what the answer is of (a run's id): while the next one of the same is awaited the last one stays, so that nothing flickers
 */
export function useAnswer<M extends MethodName>(method: M, input: MethodInput<M> | null, of?: string, again = 0): Answer<MethodOutput<M>> {
  const key = input === null ? null : `${method} ${again} ${JSON.stringify(input)}`;
  const asked = useAsked<MethodOutput<M>>(key, () => host().call(method, input as MethodInput<M>), { of });
  return { ...asked, code: asked.error === null ? null : errorData(asked.error).code };
}
