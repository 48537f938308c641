/**
 * What a person collects: blocks, keys, layers marked and used. A window writes each of them whole, so it takes over what another one
 * changed at once: its own next change would undo that otherwise.
 */
import { host } from "./host.ts";
import { readKeys } from "./keys.ts";
import { readShelf } from "./layer-shelf.ts";
import { readOwnBlocksOf } from "./own-blocks.ts";
import { isBeingRemembered, PAUSE_IN_A_BURST_MS } from "./session.ts";
import { report } from "./toasts.ts";

const KEYS: readonly string[] = ["own_blocks", "keys", "favourite_layers", "recent_layers"];

export function readShared(settings: Readonly<Record<string, unknown>>): void {
  readShelf(settings);
  readKeys(settings);
  readOwnBlocksOf(settings);
}

export function listenToSettings(): void {
  host().on("app.setting_changed", ({ key }) => {
    if (KEYS.includes(key)) catchUpSettings();
  });
}

let waiting: ReturnType<typeof setTimeout> | undefined;

/** Reads them again, also after the connection was lost; while one is being written here, a moment later. */
export function catchUpSettings(): void {
  clearTimeout(waiting);
  waiting = undefined;
  if (KEYS.some(isBeingRemembered)) waiting = setTimeout(catchUpSettings, PAUSE_IN_A_BURST_MS);
  else void read().catch(report);
}

async function read(): Promise<void> {
  const settings = await host().call("app.settings", {});
  // Changed here while the host was asked: the answer is older.
  if (KEYS.some(isBeingRemembered)) catchUpSettings();
  else readShared(settings);
}
