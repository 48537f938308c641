/** Events of the host: services emit, entries listen. A listener that throws does not keep the others from hearing. */
import type { EventName, EventPayload } from "../../core/protocol/methods.ts";
import type { HostEventListener } from "./host-interface.ts";

export class HostEvents {
  private readonly listeners = new Set<HostEventListener>();
  private readonly onFault: (error: unknown) => void;

  /** @param onFault told of what a listener throws */
  constructor(onFault: (error: unknown) => void) {
    this.onFault = onFault;
  }

  listen(listener: HostEventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit<E extends EventName>(event: E, payload: EventPayload<E>): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(event, payload);
      } catch (error) {
        this.onFault(error);
      }
    }
  }
}
