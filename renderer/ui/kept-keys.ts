/**
 * Keys that are not the app's to give away: those that browsers or the system keep for themselves whatever a page says, and those without
 * which nobody could get about. A person who tries to bind one is told which of these it is.
 */
import { isMac } from "./keys.ts";

export type KeptBy = "tabs" | "reload" | "tools" | "address" | "moving" | "system";

const KEPT: Readonly<Record<Exclude<KeptBy, "moving">, readonly string[]>> = {
  tabs: ["Mod+T", "Mod+W", "Mod+N", "Mod+Shift+T", "Mod+Shift+W", "Mod+Shift+N", "Mod+Shift+P", "Mod+Tab", "Mod+Shift+Tab", "Mod+PageUp"],
  reload: ["F5", "Mod+F5", "Shift+F5", "Mod+R", "Mod+Shift+R"],
  tools: ["F11", "F12", "Mod+Shift+I", "Mod+Shift+J", "Mod+Alt+I", "Mod+Alt+J", "F7"],
  address: ["Mod+L", "F6"],
  system: ["Alt+F4", "Mod+F4", "Mod+Q", "Mod+Shift+Q", "Alt+Tab", "Alt+Shift+Tab", "Alt+Space", "Mod+Alt+Delete", "PrintScreen"],
};
const KEPT_ON_MAC: readonly string[] = ["Mod+H", "Mod+M", "Mod+Alt+H", "Mod+Space", "Mod+Shift+3", "Mod+Shift+4", "Mod+Shift+5"];
const MORE_TABS: readonly string[] = ["Mod+PageDown", "Mod+Shift+PageUp", "Mod+Shift+PageDown"];
/** With Shift or without anything held: focus, buttons, lists and text need them. */
const MOVING = new Set([
  ...["Tab", "Enter", "Space", "Escape", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"],
  ...["Home", "End", "PageUp", "PageDown", "ContextMenu"],
]);

/** Who keeps the keys; null when they are free to be bound. */
export function keptBy(combination: string, mac: boolean = isMac): KeptBy | null {
  if (MOVING.has(combination.replace(/^Shift\+/, "")) || combination === "Shift+F10") return "moving";
  if (mac && KEPT_ON_MAC.includes(combination)) return "system";
  if (MORE_TABS.includes(combination)) return "tabs";
  const found = Object.entries(KEPT).find(([, list]) => list.includes(combination));
  return found === undefined ? null : (found[0] as KeptBy);
}
