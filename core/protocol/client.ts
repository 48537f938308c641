/**
 * The client's side of the contract: typed calls and events over one channel. What arrives is validated before anyone sees
 * it; when the host dies every pending call fails; a listener that throws disturbs nobody else. Reconnecting is not
 * done here but by the entry (renderer/host).
 */
import { AppError } from "../errors.ts";
import type { Channel } from "./channel.ts";
import { decode, encode, firstProblem, type HostEnvelope, hostEnvelopeSchema } from "./envelope.ts";
import type { HostClient } from "./host.ts";
import { type EventName, type EventPayload, events, type MethodInput, type MethodName, type MethodOutput, methods } from "./methods.ts";
import { listIn } from "./pieces.ts";

export interface ClientOptions {
  /** Told of what a listener threw and of messages that break the contract. */
  readonly onFault: (fault: unknown, where: string) => void;
  /** Does something in a task of its own: between the pieces of a long answer whoever uses the window comes first. At once without it. */
  readonly later?: (act: () => void) => void;
}

interface PendingCall {
  readonly method: MethodName;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: AppError) => void;
  /** Lists of the answer of which pieces have come. */
  readonly lists: Map<string, unknown[]>;
}

type Listener = (payload: unknown) => void;

export class ProtocolClient implements HostClient {
  private readonly channel: Channel;
  private readonly options: ClientOptions;
  private readonly pending = new Map<number, PendingCall>();
  private readonly listeners = new Map<EventName, Set<Listener>>();
  private readonly closedListeners = new Set<(reason: string) => void>();
  /** Messages that wait until the piece before them has been dealt with and the window has had its turn. */
  private readonly waiting: string[] = [];
  private resting = false;
  private lastId = 0;
  private closedReason: string | null = null;

  constructor(channel: Channel, options: ClientOptions) {
    this.channel = channel;
    this.options = options;
    channel.onMessage((message) => this.receive(message));
    channel.onClosed((reason) => this.end(reason));
  }

  /** @throws AppError of the host; protocol.host_gone when it dies first; protocol.bad_output when it answers nonsense */
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    return new Promise((resolve, reject) => {
      if (this.closedReason !== null) throw hostGone(this.closedReason);
      const id = this.lastId + 1;
      const message = encode({ kind: "call", id, method, input });
      this.lastId = id;
      this.pending.set(id, { method, resolve: (output) => resolve(output as MethodOutput<M>), reject, lists: new Map() });
      this.channel.send(message);
    });
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    const set = this.listeners.get(event) ?? new Set<Listener>();
    this.listeners.set(event, set);
    // Wrapped, so that the same function may listen twice and each subscription ends alone.
    const own: Listener = (payload) => listener(payload as EventPayload<E>);
    set.add(own);
    return () => set.delete(own);
  }

  onClosed(listener: (reason: string) => void): () => void {
    if (this.closedReason !== null) {
      listener(this.closedReason);
      return () => {};
    }
    const own = (reason: string): void => listener(reason);
    this.closedListeners.add(own);
    return () => this.closedListeners.delete(own);
  }

  close(): void {
    this.channel.close("closed");
  }

  private receive(message: string): void {
    if (this.resting) this.waiting.push(message);
    else this.handle(message);
  }

  private rest(later: (act: () => void) => void): void {
    this.resting = true;
    later(() => {
      this.resting = false;
      while (!this.resting) {
        const message = this.waiting.shift();
        if (message === undefined) return;
        this.handle(message);
      }
    });
  }

  private handle(message: string): void {
    if (this.closedReason !== null) return;
    let envelope: HostEnvelope;
    try {
      envelope = decode(hostEnvelopeSchema, message);
    } catch (thrown) {
      // A host that cannot be understood cannot be waited for: pending calls would hang for ever.
      this.options.onFault(thrown, "envelope");
      this.channel.close("bad message from the host");
      return;
    }
    if (envelope.kind === "event") this.receiveEvent(envelope.event, envelope.payload);
    else if (envelope.kind === "piece") this.receivePiece(envelope.id, envelope.field, envelope.items);
    else if (envelope.kind === "result") this.receiveResult(envelope.id, envelope.output);
    else this.receiveFailure(envelope.id, AppError.fromData(withoutUndefined(envelope.error)));
  }

  private receivePiece(id: number, field: string, items: readonly unknown[]): void {
    const call = this.pending.get(id);
    const list = call === undefined ? null : listIn(methods[call.method].output, field);
    const parsed = list?.safeParse(items);
    if (call === undefined || parsed === undefined || !parsed.success) {
      const problem = parsed?.error === undefined ? { path: field, problem: "no list of a pending call" } : firstProblem(parsed.error);
      this.pending.delete(id);
      call?.reject(new AppError("protocol.bad_output", { method: call.method, ...problem }));
      if (call === undefined) this.options.onFault(new AppError("protocol.bad_envelope", problem), "envelope");
    } else {
      const before = call.lists.get(field);
      if (before === undefined) call.lists.set(field, parsed.data);
      else for (const item of parsed.data) before.push(item);
    }
    if (this.options.later !== undefined) this.rest(this.options.later);
  }

  private receiveResult(id: number, output: unknown): void {
    const call = this.take(id);
    if (call === null) return;
    const parsed = methods[call.method].output.safeParse(output);
    if (parsed.success && call.lists.size > 0) {
      const whole = { ...parsed.data, ...Object.fromEntries(call.lists) };
      (this.options.later ?? atOnce)(() => call.resolve(whole));
    } else if (parsed.success) call.resolve(parsed.data);
    else call.reject(new AppError("protocol.bad_output", { method: call.method, ...firstProblem(parsed.error) }));
  }

  private receiveFailure(id: number | null, error: AppError): void {
    if (id === null) {
      this.options.onFault(error, "envelope");
      this.channel.close(error.code);
      return;
    }
    this.take(id)?.reject(error);
  }

  private take(id: number): PendingCall | null {
    const call = this.pending.get(id);
    if (call === undefined) {
      this.options.onFault(new AppError("protocol.bad_envelope", { path: "id", problem: `no call ${id} is pending` }), "envelope");
      return null;
    }
    this.pending.delete(id);
    return call;
  }

  private receiveEvent(name: string, payload: unknown): void {
    if (!isEvent(name)) {
      this.options.onFault(new AppError("protocol.unknown_event", { event: name }), name);
    } else {
      const parsed = events[name].safeParse(payload);
      if (!parsed.success) this.options.onFault(new AppError("protocol.bad_event", { event: name, ...firstProblem(parsed.error) }), name);
      else this.tell(this.listeners.get(name) ?? [], parsed.data, name);
    }
    this.channel.send(encode({ kind: "seen", events: 1 }));
  }

  private end(reason: string): void {
    if (this.closedReason !== null) return;
    // What came before the end counts.
    for (const message of this.waiting.splice(0)) this.handle(message);
    this.closedReason = reason;
    for (const call of this.pending.values()) call.reject(hostGone(reason));
    this.pending.clear();
    this.tell(this.closedListeners, reason, "closed");
    this.closedListeners.clear();
  }

  private tell<P>(listeners: Iterable<(payload: P) => void>, payload: P, where: string): void {
    for (const listener of [...listeners]) {
      try {
        listener(payload);
      } catch (thrown) {
        this.options.onFault(thrown, where);
      }
    }
  }
}

function atOnce(act: () => void): void {
  act();
}

function isEvent(name: string): name is EventName {
  return Object.hasOwn(events, name);
}

function hostGone(reason: string): AppError {
  return new AppError("protocol.host_gone", { reason });
}

/** zod writes an absent optional as `undefined` in the type; ErrorData leaves it out. */
function withoutUndefined(error: { code: string; params: Record<string, string | number>; nodeId?: string | undefined }) {
  return error.nodeId === undefined
    ? { code: error.code, params: error.params }
    : { code: error.code, params: error.params, nodeId: error.nodeId };
}
