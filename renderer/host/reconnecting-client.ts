/**
 * A client that outlives its channel: when the connection breaks (a laptop slept, the browser froze the tab), pending calls fail,
 * subscriptions stay, and a new channel takes over. What was missed in between must be read again by whoever shows it:
 * `onReconnected` tells them.
 */
import { AppError, errorData } from "../../core/errors.ts";
import type { Channel } from "../../core/protocol/channel.ts";
import { type ClientOptions, ProtocolClient } from "../../core/protocol/client.ts";
import type { HostClient } from "../../core/protocol/host.ts";
import type { EventName, EventPayload, MethodInput, MethodName, MethodOutput } from "../../core/protocol/methods.ts";

/** Waits between attempts, milliseconds; after the last the host counts as gone. Together about 15 s. */
export const RETRY_DELAYS_MS: readonly number[] = [0, 250, 500, 1000, 2000, 3000, 4000, 4000];

export interface HostConnection extends HostClient {
  /** Called when the connection broke, with the reason, and is being tried again. */
  onInterrupted(listener: (reason: string) => void): () => void;
  /** Called when it is back: events of the time between are lost, read again what is on the screen. */
  onReconnected(listener: () => void): () => void;
}

export interface ReconnectOptions extends ClientOptions {
  /** Opens a new channel. @throws AppError protocol.host_gone to be tried again, any other error ends the attempts */
  readonly reopen: () => Promise<Channel>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export class ReconnectingClient implements HostConnection {
  private readonly options: ReconnectOptions;
  private readonly subscriptions = new Set<(client: HostClient) => () => void>();
  private readonly active = new Map<(client: HostClient) => () => void, () => void>();
  private readonly interrupted = new Set<(reason: string) => void>();
  private readonly reconnected = new Set<() => void>();
  private readonly closed = new Set<(reason: string) => void>();
  private client: HostClient;
  private closedReason: string | null = null;

  constructor(channel: Channel, options: ReconnectOptions) {
    this.options = options;
    this.client = new ProtocolClient(channel, options);
    this.watch(this.client);
  }

  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    return this.client.call(method, input);
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    const subscribe = (client: HostClient): (() => void) => client.on(event, listener);
    this.subscriptions.add(subscribe);
    this.active.set(subscribe, subscribe(this.client));
    return () => {
      this.active.get(subscribe)?.();
      this.active.delete(subscribe);
      this.subscriptions.delete(subscribe);
    };
  }

  onClosed(listener: (reason: string) => void): () => void {
    if (this.closedReason !== null) listener(this.closedReason);
    return added(this.closed, listener);
  }

  onInterrupted(listener: (reason: string) => void): () => void {
    return added(this.interrupted, listener);
  }

  onReconnected(listener: () => void): () => void {
    return added(this.reconnected, listener);
  }

  close(): void {
    this.end("closed");
    this.client.close();
  }

  private watch(client: HostClient): void {
    client.onClosed((reason) => {
      if (this.closedReason === null) this.reconnect(reason).catch((thrown: unknown) => this.options.onFault(thrown, "reconnect"));
    });
  }

  private async reconnect(reason: string): Promise<void> {
    this.tell(this.interrupted, reason);
    let last = reason;
    for (const delay of RETRY_DELAYS_MS) {
      await this.options.wait(delay);
      if (this.closedReason !== null) return;
      try {
        this.adopt(await this.options.reopen());
        return;
      } catch (thrown) {
        const { code, params } = errorData(thrown);
        if (code !== "protocol.host_gone") {
          // A new launch has a new key: trying again cannot help.
          if (!(thrown instanceof AppError)) this.options.onFault(thrown, "reconnect");
          this.end(code);
          return;
        }
        last = String(params["reason"] ?? last);
      }
    }
    this.end(last);
  }

  private adopt(channel: Channel): void {
    this.client = new ProtocolClient(channel, this.options);
    for (const subscribe of this.subscriptions) this.active.set(subscribe, subscribe(this.client));
    this.watch(this.client);
    for (const listener of [...this.reconnected]) this.guarded(listener);
  }

  private end(reason: string): void {
    if (this.closedReason !== null) return;
    this.closedReason = reason;
    this.tell(this.closed, reason);
  }

  private tell(listeners: ReadonlySet<(reason: string) => void>, reason: string): void {
    for (const listener of [...listeners]) this.guarded(() => listener(reason));
  }

  private guarded(act: () => void): void {
    try {
      act();
    } catch (thrown) {
      this.options.onFault(thrown, "connection");
    }
  }
}

function added<T>(set: Set<T>, item: T): () => void {
  set.add(item);
  return () => set.delete(item);
}
