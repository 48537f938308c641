import { describe, expect, test, vi } from "vitest";

vi.stubGlobal("navigator", { platform: "Linux x86_64" });
const { keptBy } = await import("../ui/kept-keys.ts");
const { bind, bindingsOf, holderOf, isChanged, readOverrides, resetAct, unbind } = await import("./bindings.ts");
const { fixedReason, shortcutNames, shortcuts } = await import("./shortcuts.ts");

const defaults = bindingsOf({});

/** No two acts with the same keys: what must hold whatever a person does. */
function expectNoClash(bindings: ReturnType<typeof bindingsOf>): void {
  const all = Object.values(bindings).flat();
  expect(all.filter((keys, index) => all.indexOf(keys) !== index)).toEqual([]);
}

describe("the table of keys", () => {
  test("gives every act of the conventions the keys written there", () => {
    expect(defaults).toMatchObject({
      undo: ["Mod+Z"],
      redo: ["Mod+Y", "Mod+Shift+Z"],
      copy: ["Mod+C"],
      cut: ["Mod+X"],
      paste: ["Mod+V"],
      pasteLinked: ["Mod+Shift+V"],
      duplicate: ["Mod+D"],
      selectAll: ["Mod+A"],
      delete: ["Delete", "Backspace"],
      group: ["Mod+G"],
      collapse: ["Alt+C"],
      bypass: ["Mod+B"],
      add: ["Mod+K"],
      find: ["Mod+F"],
      fit: ["."],
      arrange: ["Shift+A"],
      rename: ["F2"],
      help: ["F1", "?"],
      train: ["Mod+Enter"],
      stop: ["Mod+Alt+Enter"],
      settings: ["Mod+,"],
    });
  });

  test("has no keys twice and none that a browser keeps, on macOS either", () => {
    expectNoClash(defaults);
    const free = shortcutNames.filter((name) => fixedReason(name) === undefined);
    for (const mac of [false, true])
      expect(free.flatMap((name) => shortcuts[name].keys).filter((keys) => keptBy(keys, mac) !== null)).toEqual([]);
  });

  test("keeps what is needed to close a tab, to load again and to move about", () => {
    expect(["Mod+W", "Mod+R", "F12", "Mod+L", "Tab", "Shift+ArrowDown", "Alt+F4"].map((keys) => keptBy(keys, false))).toEqual([
      "tabs",
      "reload",
      "tools",
      "address",
      "moving",
      "moving",
      "system",
    ]);
    expect([keptBy("Mod+H", true), keptBy("Mod+H", false), keptBy("Mod+J", false)]).toEqual(["system", null, null]);
  });
});

describe("binding keys anew", () => {
  test("puts free keys in place of one of an act's keys, or beside them", () => {
    const once = bind({}, { act: "redo", slot: 1 }, "Mod+J");
    expect(bindingsOf(once).redo).toEqual(["Mod+Y", "Mod+J"]);
    const twice = bind(once, { act: "redo", slot: 2 }, "F9");
    expect(bindingsOf(twice).redo).toEqual(["Mod+Y", "Mod+J", "F9"]);
  });

  test("names the act that has the keys, and swaps with it", () => {
    expect(holderOf(defaults, "Mod+D")).toBe("duplicate");
    const swapped = bindingsOf(bind({}, { act: "bypass", slot: 0 }, "Mod+D"));
    expect([swapped.bypass, swapped.duplicate]).toEqual([["Mod+D"], ["Mod+B"]]);
    expectNoClash(swapped);
  });

  test("takes the keys where nothing is given up for them", () => {
    const taken = bindingsOf(bind({}, { act: "bypass", slot: 1 }, "Mod+D"));
    expect([taken.bypass, taken.duplicate]).toEqual([["Mod+B", "Mod+D"], []]);
  });

  test("swapped back, nothing is changed any more", () => {
    const there = bind({}, { act: "bypass", slot: 0 }, "Mod+D");
    expect(bind(there, { act: "bypass", slot: 0 }, "Mod+B")).toEqual({});
  });

  test("refuses acts whose keys are the clipboard's", () => {
    expect(() => bind({}, { act: "copy", slot: 0 }, "F9")).toThrow(/copy/);
    expect(() => bind({}, { act: "bypass", slot: 0 }, "Mod+C")).toThrow(/copy/);
  });

  test("an act can go without keys", () => {
    expect(bindingsOf(unbind({}, { act: "snap", slot: 0 })).snap).toEqual([]);
  });

  test("never leaves two acts with the same keys, whatever is bound to what", () => {
    const free = shortcutNames.filter((name) => fixedReason(name) === undefined);
    const pool = [...free.flatMap((name) => shortcuts[name].keys), "F9", "Mod+J", "Q"];
    let overrides = {};
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor(seed / 65536) % below;
    };
    for (let round = 0; round < 400; round += 1) {
      const act = free[next(free.length)] ?? "undo";
      if (round % 5 === 4) overrides = resetAct(overrides, act).overrides;
      else overrides = bind(overrides, { act, slot: next(3) }, pool[next(pool.length)] ?? "F9");
      expectNoClash(bindingsOf(overrides));
      expect(readOverrides(JSON.parse(JSON.stringify(overrides)))).toEqual(overrides);
    }
    for (const act of free) overrides = resetAct(overrides, act).overrides;
    expect(overrides).toEqual({});
  });
});

describe("resetting", () => {
  test("one act takes back the acts that were given its keys", () => {
    const swapped = bind(bind({}, { act: "bypass", slot: 0 }, "Mod+D"), { act: "snap", slot: 0 }, "F9");
    const { overrides, reset } = resetAct(swapped, "duplicate");
    expect([...reset].sort()).toEqual(["bypass", "duplicate"]);
    expect(Object.keys(overrides)).toEqual(["snap"]);
    expect(isChanged(bindingsOf(overrides), "duplicate")).toBe(false);
  });

  test("what was kept is read without what this version cannot use", () => {
    const kept = { snap: ["F9"], fit: ["F9", 3, "F8"], copy: ["F4"], later_act: ["F2"], rename: "F7", undo: ["Mod+C"] };
    expect(readOverrides(kept)).toEqual({ snap: ["F9"], fit: ["F8"] });
    expect(readOverrides(["F9"])).toEqual({});
  });
});
