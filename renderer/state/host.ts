/**
 * The one host of this window: main.tsx connects and gives it here; stores and screens call `host()`. Which transport
 * lies underneath is renderer/host's business.
 */
import type { HostClient } from "../../core/protocol/host.ts";

let client: HostClient | null = null;

export function provideHost(connected: HostClient): void {
  client = connected;
}

export function host(): HostClient {
  if (client === null) throw new Error("The host is used before main.tsx has connected it.");
  return client;
}
