/**
 * Two channels joined in memory, for tests and for an entry that lives in the same thread as its host. Delivery is
 * asynchronous and in order, as on a wire; messages are text, so nothing is shared.
 */
import { type Channel, Inbox } from "./channel.ts";

export function memoryChannelPair(): readonly [Channel, Channel] {
  const inboxes = [new Inbox(), new Inbox()] as const;
  const end = (own: Inbox, other: Inbox): Channel => ({
    send(message) {
      if (!own.closed) void Promise.resolve().then(() => other.deliver(message));
    },
    onMessage: (listener) => own.onMessage(listener),
    onClosed: (listener) => own.onClosed(listener),
    close(reason) {
      own.end(reason);
      void Promise.resolve().then(() => other.end(reason));
    },
  });
  return [end(inboxes[0], inboxes[1]), end(inboxes[1], inboxes[0])];
}
