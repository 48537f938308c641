/**
 * Connects this page to its host: over the preload's bridge in Electron, over WebSocket in a browser. The rest of the renderer
 * knows only the client that comes back.
 */
import { ProtocolClient } from "../../core/protocol/client.ts";
import { bridgeChannel, findBridge } from "./bridge.ts";
import { openSession, openSocket } from "./loopback-session.ts";
import { type HostConnection, ReconnectingClient } from "./reconnecting-client.ts";

/** @throws AppError protocol.wrong_token, protocol.host_gone */
export async function connectHost(): Promise<HostConnection> {
  const bridge = findBridge();
  if (bridge !== null) return steady(new ProtocolClient(bridgeChannel(bridge), { onFault, later }));
  const reopen = async () => openSocket(await openSession());
  return new ReconnectingClient(await reopen(), { onFault, later, reopen, wait });
}

/** Within one program nothing breaks and comes back: when the main process is gone, so is the window. */
function steady(client: ProtocolClient): HostConnection {
  return Object.assign(client, { onInterrupted: () => () => {}, onReconnected: () => () => {} });
}

/** To the page's error handlers and the console, as any uncaught error, without disturbing the caller. */
function onFault(fault: unknown): void {
  reportError(fault);
}

/** A task of its own, after what the person using the window does. */
function later(act: () => void): void {
  setTimeout(act);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
