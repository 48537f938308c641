// @vitest-environment node
import { describe, expect, test, vi } from "vitest";

vi.stubGlobal("navigator", { platform: "Linux x86_64" });
const { formatKeys, matchesKeys } = await import("./keys.ts");

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
