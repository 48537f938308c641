/**
 * Key combinations as data: "Mod+Shift+Z". Mod is Ctrl, or Cmd on macOS. Matching goes by the character typed, so that
 * other keyboard layouts work; nothing matches while the person types in a field.
 */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Characters that need Shift on some layouts: Shift is then not compared. */
const SHIFTED = new Set(["?", "+", "-", ".", ","]);

export function matchesKeys(event: KeyPress, combination: string, mac: boolean = isMac): boolean {
  const parts = combination === "+" ? ["+"] : combination.split("+");
  const key = parts.at(-1) ?? "";
  const wantMod = parts.includes("Mod");
  const mod = mac ? event.metaKey : event.ctrlKey;
  const otherMod = mac ? event.ctrlKey : event.metaKey;
  if (mod !== wantMod || otherMod) return false;
  if (event.altKey !== parts.includes("Alt")) return false;
  if (!SHIFTED.has(key) && event.shiftKey !== parts.includes("Shift")) return false;
  // Alt on macOS turns letters into other characters; the physical key is then what was meant.
  if (event.altKey && /^[A-Z]$/.test(key)) return event.code === `Key${key}`;
  if (key === "Space") return event.key === " ";
  return event.key.toLowerCase() === key.toLowerCase();
}

const SYMBOLS: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Enter: "↵",
  Delete: "Del",
  Escape: "Esc",
};
const MAC_SYMBOLS: Readonly<Record<string, string>> = { Mod: "⌘", Shift: "⇧", Alt: "⌥", Delete: "⌦", Backspace: "⌫" };

/** As it is printed: "Ctrl+Shift+Z", "⌘⇧Z". */
export function formatKeys(combination: string, mac: boolean = isMac): string {
  const parts = combination.split("+").map((part) => {
    if (mac && MAC_SYMBOLS[part] !== undefined) return MAC_SYMBOLS[part];
    if (part === "Mod") return "Ctrl";
    return SYMBOLS[part] ?? part;
  });
  return mac ? parts.join("") : parts.join("+");
}

/** True where keys belong to the text being written, to an open list or to a dialog. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=menu], [role=dialog], [role=alertdialog]") !== null) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
