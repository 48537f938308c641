/** The keys as they are bound now: the table of shell/shortcuts.ts with what the person changed, kept across projects and starts. */
import { create } from "zustand";
import { type Bindings, bindingsOf, type Overrides, readOverrides } from "../shell/bindings.ts";
import type { ShortcutName } from "../shell/shortcuts.ts";
import { formatKeys, type KeyPress, matchesKeys } from "../ui/keys.ts";
import { remember } from "./session.ts";

interface KeyState {
  readonly overrides: Overrides;
  readonly bindings: Bindings;
}

export const useKeys = create<KeyState>()(() => ({ overrides: {}, bindings: bindingsOf({}) }));

/** Binds keys anew; menus, hints, sheet and handlers follow at once. */
export function setOverrides(overrides: Overrides): void {
  useKeys.setState({ overrides, bindings: bindingsOf(overrides) });
  remember("keys", overrides);
}

/** Takes over what was kept; called with all settings. */
export function readKeys({ keys }: Readonly<Record<string, unknown>>): void {
  const overrides = readOverrides(keys);
  useKeys.setState({ overrides, bindings: bindingsOf(overrides) });
}

/** The first keys of an act; undefined when it has none. */
export function useKeysOf(name: ShortcutName | undefined): string | undefined {
  return useKeys(({ bindings }) => (name === undefined ? undefined : bindings[name][0]));
}

/** As printed, "Ctrl+K"; empty when the act has none. */
export function useKeyWords(name: ShortcutName): string {
  const keys = useKeysOf(name);
  return keys === undefined ? "" : formatKeys(keys);
}

/** For code that is not a component. */
export function keyWordsNow(name: ShortcutName): string {
  const [keys] = useKeys.getState().bindings[name];
  return keys === undefined ? "" : formatKeys(keys);
}

/** The keys of the act that were pressed; undefined when it was something else. */
export function pressedKeys(event: KeyPress, name: ShortcutName): string | undefined {
  return useKeys.getState().bindings[name].find((keys) => matchesKeys(event, keys));
}

/** The first of `names` whose keys were pressed. */
export function pressed<N extends ShortcutName>(event: KeyPress, names: readonly N[]): N | undefined {
  return names.find((name) => pressedKeys(event, name) !== undefined);
}
