/**
 * What a host is, seen from this side of any transport: a method takes its validated input and answers; events go out
 * through `emit`. The services in main/host implement `HostHandlers`; transports only carry.
 */
import type { EventName, EventPayload, MethodInput, MethodName, MethodOutput } from "./methods.ts";

/** The window that calls, the same object for all its calls; left out where the host is used without a transport. */
export interface Caller {
  /** Called once when the window is closed, loaded again, or has died. */
  onClosed(listener: () => void): void;
}

export type HostHandlers = { readonly [M in MethodName]: (input: MethodInput<M>, caller?: Caller) => Promise<MethodOutput<M>> };

export type EmitEvent = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

/** The typed client that the renderer and the tests use. */
export interface HostClient {
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  /** @returns a function that ends the subscription */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Called with the reason when the host is gone; pending calls have then failed. */
  onClosed(listener: (reason: string) => void): () => void;
  close(): void;
}
