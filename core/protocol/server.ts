/**
 * The host's side of the contract: serves one client over one channel. It trusts nothing that comes in, checks what goes
 * out, and turns every exception into a failure that the client can read. Which handlers there are is methods.ts; what they
 * do is main/host.
 */
import { AppError, type ErrorData, errorData } from "../errors.ts";
import type { Channel } from "./channel.ts";
import { type ClientEnvelope, carriable, clientEnvelopeSchema, decode, encode, firstProblem, type HostEnvelope } from "./envelope.ts";
import { EventQueue } from "./event-queue.ts";
import type { Caller, EmitEvent, HostHandlers } from "./host.ts";
import { events, type MethodName, methods } from "./methods.ts";
import { inPieces } from "./pieces.ts";

/** Calls of one client that may be under way at the same time. */
export const MAX_CALLS_AT_ONCE = 128;

export interface ServeOptions {
  /** Told of every fault of ours (not of errors that people caused), so that the entry can log it with its stack. */
  readonly onFault: (fault: unknown, where: string) => void;
}

export interface ServedClient {
  readonly emit: EmitEvent;
  close(reason: string): void;
}

type Call = Extract<ClientEnvelope, { kind: "call" }>;

/** Serves `channel` until it closes. Handlers that are under way then run to their end; their answers go nowhere. */
export function serve(handlers: HostHandlers, channel: Channel, options: ServeOptions): ServedClient {
  const underWay = new Set<number>();
  let closed = false;

  const caller: Caller = { onClosed: (listener) => channel.onClosed(() => listener()) };
  const send = (envelope: HostEnvelope): void => {
    if (!closed) channel.send(encode(envelope));
  };
  const sendResult = ({ id, method }: Call, output: unknown): void => {
    if (closed) return;
    const result = { kind: "result", id, output } as const;
    const text = encode(result);
    const pieces = inPieces(result, methods[method as MethodName].output, text.length);
    for (const piece of pieces) channel.send(piece === result ? text : encode(piece));
  };
  const fail = (id: number | null, error: ErrorData): void => send({ kind: "failure", id, error: carriable(error) });
  const queue = new EventQueue((event, payload) => send({ kind: "event", event, payload }));

  const answer = async (call: Call): Promise<void> => {
    if (underWay.has(call.id)) {
      fail(null, errorData(new AppError("protocol.bad_envelope", { path: "id", problem: `call ${call.id} is still under way` })));
      return;
    }
    if (underWay.size >= MAX_CALLS_AT_ONCE) {
      fail(call.id, errorData(new AppError("protocol.too_many_calls", { limit: MAX_CALLS_AT_ONCE })));
      return;
    }
    underWay.add(call.id);
    try {
      sendResult(call, await perform(handlers, call, caller));
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code === "protocol.bad_output") options.onFault(thrown, call.method);
      fail(call.id, errorData(thrown));
    } finally {
      underWay.delete(call.id);
    }
  };

  channel.onClosed(() => {
    closed = true;
  });
  channel.onMessage((message) => {
    try {
      const envelope = decode(clientEnvelopeSchema, message);
      if (envelope.kind === "seen") queue.acknowledge(envelope.events);
      else void answer(envelope);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) options.onFault(thrown, "envelope");
      fail(null, errorData(thrown));
    }
  });

  return {
    emit(event, payload) {
      if (closed) return;
      const parsed = events[event].safeParse(payload);
      // The sender of an event is often a training loop: a bad payload is reported, it must not stop the run.
      if (!parsed.success) options.onFault(new AppError("protocol.bad_event", { event, ...firstProblem(parsed.error) }), event);
      else queue.push(event, parsed.data as typeof payload);
    },
    close(reason) {
      channel.close(reason);
    },
  };
}

async function perform(handlers: HostHandlers, call: Call, caller: Caller): Promise<unknown> {
  const { method } = call;
  if (!isMethod(method)) throw new AppError("protocol.unknown_method", { method });
  const input = methods[method].input.safeParse(call.input);
  if (!input.success) throw new AppError("protocol.bad_input", { method, ...firstProblem(input.error) });
  // The table ties a method's handler to its input; TypeScript cannot follow that through a method known only at run time.
  const handler = handlers[method] as (input: unknown, caller: Caller) => Promise<unknown>;
  const output = methods[method].output.safeParse(await handler(input.data, caller));
  if (!output.success) throw new AppError("protocol.bad_output", { method, ...firstProblem(output.error) });
  return output.data;
}

/** Own keys only: "constructor" and "__proto__" are no methods. */
function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}
