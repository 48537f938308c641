/** The preload's bridge, where there is one: its presence means that this page runs in Electron. */
import { BRIDGE_NAME, type NeuroloomBridge } from "../../core/protocol/bridge.ts";
import { type Channel, Inbox } from "../../core/protocol/channel.ts";

export function findBridge(): NeuroloomBridge<File> | null {
  const found: unknown = Reflect.get(globalThis, BRIDGE_NAME);
  // Put there by our preload before any script of the page runs; a page cannot replace it.
  return found === undefined ? null : (found as NeuroloomBridge<File>);
}

export function bridgeChannel(bridge: NeuroloomBridge<File>): Channel {
  const inbox = new Inbox();
  bridge.onMessage((message) => inbox.deliver(message));
  bridge.onClosed((reason) => inbox.end(reason));
  return {
    send(message) {
      if (!inbox.closed) bridge.send(message);
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClosed: (listener) => inbox.onClosed(listener),
    close: (reason) => inbox.end(reason),
  };
}
