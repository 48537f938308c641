import { describe, expect, test, vi } from "vitest";

vi.stubGlobal("navigator", { platform: "Linux x86_64" });
const { ariaKeys, combinationOf, formatKeys, isChord, matchesKeys } = await import("./keys.ts");

const press = (key: string, held: { ctrl?: boolean; meta?: boolean; shift?: boolean; alt?: boolean; code?: string } = {}) => ({
  key,
  code: held.code ?? "",
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  shiftKey: held.shift ?? false,
  altKey: held.alt ?? false,
});

describe("key combinations", () => {
  test("Mod is Ctrl here and Cmd on macOS, never both", () => {
    expect(matchesKeys(press("z", { ctrl: true }), "Mod+Z", false)).toBe(true);
    expect(matchesKeys(press("z", { meta: true }), "Mod+Z", false)).toBe(false);
    expect(matchesKeys(press("z", { meta: true }), "Mod+Z", true)).toBe(true);
  });

  test("Shift makes another combination", () => {
    expect(matchesKeys(press("Z", { ctrl: true, shift: true }), "Mod+Z", false)).toBe(false);
    expect(matchesKeys(press("Z", { ctrl: true, shift: true }), "Mod+Shift+Z", false)).toBe(true);
  });

  test("a plain letter does not match while Ctrl or Alt is held", () => {
    expect(matchesKeys(press("c"), "C", false)).toBe(true);
    expect(matchesKeys(press("c", { ctrl: true }), "C", false)).toBe(false);
    expect(matchesKeys(press("c", { alt: true, code: "KeyC" }), "C", false)).toBe(false);
  });

  test("Alt with a letter goes by the key's place, as macOS types another character", () => {
    expect(matchesKeys(press("ç", { alt: true, code: "KeyC" }), "Alt+C", true)).toBe(true);
  });

  test("characters that need Shift on some layouts match with and without it", () => {
    expect(matchesKeys(press("?", { shift: true }), "?", false)).toBe(true);
    expect(matchesKeys(press("+", { shift: true }), "+", false)).toBe(true);
    expect(matchesKeys(press("+"), "+", false)).toBe(true);
  });

  test("are printed as each system prints them", () => {
    expect(formatKeys("Mod+Shift+Z", false)).toBe("Ctrl+Shift+Z");
    expect(formatKeys("Mod+Shift+Z", true)).toBe("⌘⇧Z");
  });
});

describe("pressed keys as they are kept", () => {
  test.each([
    [press("z", { ctrl: true }), "Mod+Z"],
    [press("Z", { ctrl: true, shift: true }), "Mod+Shift+Z"],
    [press("?", { shift: true }), "?"],
    [press("+", { ctrl: true, shift: true }), "Mod++"],
    [press(" ", { alt: true }), "Alt+Space"],
    [press("F2"), "F2"],
    [press("ArrowUp", { alt: true }), "Alt+ArrowUp"],
    [press("1", { alt: true, code: "Digit1" }), "Alt+1"],
    [press("я", { ctrl: true }), "Mod+Я"],
  ])("%o is kept as %s, and matches what it is kept as", (event, kept) => {
    expect(combinationOf(event, false)).toBe(kept);
    expect(matchesKeys(event, kept, false)).toBe(true);
  });

  test("Cmd is Mod on macOS, where Alt with a letter goes by the key's place", () => {
    expect(combinationOf(press("ç", { meta: true, alt: true, code: "KeyC" }), true)).toBe("Mod+Alt+C");
  });

  test("keys that are only held, or have no name, are none yet", () => {
    for (const key of ["Shift", "Control", "Alt", "Meta", "Dead", "Process"]) expect(combinationOf(press(key), false)).toBeNull();
    expect(combinationOf(press("k", { meta: true }), false)).toBeNull();
  });

  test("are printed and told to assistive technology with the plus as a key", () => {
    expect(formatKeys("Mod++", false)).toBe("Ctrl++");
    expect(ariaKeys("Mod+Shift+Z", false)).toBe("Control+Shift+Z");
    expect(ariaKeys("Mod++", true)).toBe("Meta+Plus");
  });

  test("work in a text field only when they type nothing", () => {
    expect(["Mod+K", "F1", "Shift+F3"].every(isChord)).toBe(true);
    expect(["K", "?", "Alt+K", "Shift+A"].some(isChord)).toBe(false);
  });
});
