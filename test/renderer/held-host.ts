/** A host that answers when the test says so: what was asked of it, oldest first. */
import type { HostClient } from "../../core/protocol/host.ts";

export interface HeldCall {
  readonly method: string;
  readonly input: unknown;
  readonly answer: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

interface HeldHost {
  readonly client: HostClient;
  readonly calls: HeldCall[];
  /** What a method was asked for the last time, once it was. */
  readonly last: (method: string) => HeldCall;
  readonly asked: (method: string) => number;
  readonly tell: (event: string, payload: unknown) => void;
}

/** @param known answers at once */
export function heldHost(known: Readonly<Record<string, unknown>> = {}): HeldHost {
  const calls: HeldCall[] = [];
  const listeners = new Map<string, (payload: unknown) => void>();
  const call = (method: string, input: unknown): Promise<unknown> => {
    return new Promise((answer, fail) => {
      calls.push({ method, input, answer, fail });
      if (method in known) answer(known[method]);
    });
  };
  const on = (event: string, listener: (payload: unknown) => void): (() => void) => {
    listeners.set(event, listener);
    return () => listeners.delete(event);
  };
  return {
    client: { call, on } as unknown as HostClient,
    calls,
    last: (method) => {
      const found = calls.findLast((one) => one.method === method);
      if (found === undefined) throw new Error(`${method} was not asked`);
      return found;
    },
    asked: (method) => calls.filter((one) => one.method === method).length,
    tell: (event, payload) => listeners.get(event)?.(payload),
  };
}
