/**
 * Keys that a person bound in place of those an act has from the start. Pure: changes in, changes out. What holds always: no two acts
 * have the same keys, and resetting everything gives the table of shortcuts.ts.
 */
import { fixedReason, type ShortcutName, shortcutNames, shortcuts } from "./shortcuts.ts";

/** The keys of the acts that differ from the table; an empty list is an act without keys. */
export type Overrides = Readonly<Partial<Record<ShortcutName, readonly string[]>>>;
export type Bindings = Readonly<Record<ShortcutName, readonly string[]>>;

/** Where a person puts keys: in place of the act's keys number `slot`, or behind them. */
export interface Slot {
  readonly act: ShortcutName;
  readonly slot: number;
}

/** What each act is bound to. Keys that a person gave to one act are taken from those that have them from the start. */
export function bindingsOf(overrides: Overrides): Bindings {
  const given = new Set(Object.values(overrides).flat());
  const entries = shortcutNames.map((name) => {
    const own = overrides[name];
    return [
      name,
      own ?? (fixedReason(name) === undefined ? shortcuts[name].keys.filter((keys) => !given.has(keys)) : shortcuts[name].keys),
    ];
  });
  return Object.fromEntries(entries) as Bindings;
}

/** The act that has the keys; undefined when they are free. */
export function holderOf(bindings: Bindings, keys: string): ShortcutName | undefined {
  return shortcutNames.find((name) => bindings[name].includes(keys));
}

/**
 * Gives keys to an act. An act that had them takes the ones that are given up for them, or goes without when none are: that is the swap.
 * @throws Error when the act, or the one that has the keys, cannot be bound anew: ask `fixedReason` before
 */
export function bind(overrides: Overrides, { act, slot }: Slot, keys: string): Overrides {
  const bindings = bindingsOf(overrides);
  const holder = holderOf(bindings, keys);
  for (const name of [act, holder])
    if (name !== undefined && fixedReason(name) !== undefined) throw new Error(`The keys of ${name} cannot be bound anew.`);
  const before = bindings[act];
  const givenUp = before[slot];
  const own = unique(givenUp === undefined ? [...before, keys] : before.map((old, index) => (index === slot ? keys : old)));
  const next: Partial<Record<ShortcutName, readonly string[]>> = { ...overrides, [act]: own };
  if (holder !== undefined && holder !== act)
    next[holder] = unique(bindings[holder].flatMap((old) => (old !== keys ? [old] : givenUp === undefined ? [] : [givenUp])));
  return tidied(next);
}

/** Takes keys from an act. */
export function unbind(overrides: Overrides, { act, slot }: Slot): Overrides {
  return tidied({ ...overrides, [act]: bindingsOf(overrides)[act].filter((_, index) => index !== slot) });
}

/** Puts an act back to the keys of the table, and with it the acts that a person gave one of these to. @returns also which acts went back */
export function resetAct(
  overrides: Overrides,
  act: ShortcutName,
): { readonly overrides: Overrides; readonly reset: readonly ShortcutName[] } {
  const reset: ShortcutName[] = [];
  const waiting: ShortcutName[] = [act];
  const next: Partial<Record<ShortcutName, readonly string[]>> = { ...overrides };
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    delete next[name];
    reset.push(name);
    const wanted = new Set<string>(shortcuts[name].keys);
    waiting.push(...shortcutNames.filter((other) => !waiting.includes(other) && next[other]?.some((keys) => wanted.has(keys)) === true));
  }
  return { overrides: tidied(next), reset };
}

/** Whether the act has other keys than those of the table. */
export function isChanged(bindings: Bindings, act: ShortcutName): boolean {
  return !sameKeys(bindings[act], shortcuts[act].keys);
}

/** What was saved, without what this version cannot use: acts it does not know, keys that are no text, keys given twice. */
export function readOverrides(saved: unknown): Overrides {
  if (saved === null || typeof saved !== "object" || Array.isArray(saved)) return {};
  const found: Partial<Record<ShortcutName, readonly string[]>> = {};
  const taken = new Set<string>(shortcutNames.flatMap((name) => (fixedReason(name) === undefined ? [] : shortcuts[name].keys)));
  for (const name of shortcutNames) {
    const keys: unknown = Reflect.get(saved, name);
    if (!Array.isArray(keys) || fixedReason(name) !== undefined) continue;
    const own = unique(keys.filter((each): each is string => typeof each === "string" && each !== "")).filter((each) => !taken.has(each));
    if (own.length === 0 && keys.length > 0) continue;
    for (const each of own) taken.add(each);
    found[name] = own;
  }
  return tidied(found);
}

/** Without the acts that have the keys of the table anyway. */
function tidied(overrides: Overrides): Overrides {
  const changed = bindingsOf(overrides);
  const entries = Object.entries(overrides).filter(([name]) => isChanged(changed, name as ShortcutName));
  return Object.fromEntries(entries);
}

function unique(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)];
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((keys, index) => keys === b[index]);
}
