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

/** Characters other than letters and digits need Shift on some layouts: Shift is then not compared. */
function needsShiftSomewhere(key: string): boolean {
  return /^[^\p{L}\p{N}\s]$/u.test(key);
}

/** "Mod++" is the plus with Mod held. */
function partsOf(combination: string): readonly string[] {
  if (combination === "+") return ["+"];
  return combination.endsWith("++") ? [...combination.slice(0, -2).split("+"), "+"] : combination.split("+");
}

export function matchesKeys(event: KeyPress, combination: string, mac: boolean = isMac): boolean {
  const parts = partsOf(combination);
  const key = parts.at(-1) ?? "";
  const wantMod = parts.includes("Mod");
  const mod = mac ? event.metaKey : event.ctrlKey;
  const otherMod = mac ? event.ctrlKey : event.metaKey;
  if (mod !== wantMod || otherMod) return false;
  if (event.altKey !== parts.includes("Alt")) return false;
  if (!needsShiftSomewhere(key) && event.shiftKey !== parts.includes("Shift")) return false;
  // Alt on macOS turns letters into other characters; the physical key is then what was meant.
  if (event.altKey && /^[A-Z]$/.test(key)) return event.code === `Key${key}`;
  if (event.altKey && /^\d$/.test(key)) return event.code === `Digit${key}`;
  if (key === "Space") return event.key === " ";
  return event.key.toLowerCase() === key.toLowerCase();
}

const HELD = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Fn"]);

/**
 * The combination that a press stands for, as it is kept: "Mod+Shift+Z". Null while only Ctrl, Shift or Alt are held, for keys that have no
 * name, and with the other of Ctrl and Cmd, which is not told apart elsewhere.
 */
export function combinationOf(event: KeyPress, mac: boolean = isMac): string | null {
  if (HELD.has(event.key) || ["Dead", "Unidentified", "Process"].includes(event.key)) return null;
  if (mac ? event.ctrlKey : event.metaKey) return null;
  const place = event.altKey ? /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code)?.[1] : undefined;
  const key = place ?? (event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const parts = [
    (mac ? event.metaKey : event.ctrlKey) && "Mod",
    event.altKey && "Alt",
    event.shiftKey && !needsShiftSomewhere(key) && "Shift",
  ];
  return [...parts.filter((part) => part !== false), key].join("+");
}

/** Held, so that it types nothing: such keys work in a text field too. */
export function isChord(combination: string): boolean {
  return combination.startsWith("Mod+") || /^(?:(?:Alt|Shift)\+)*F\d+$/.test(combination);
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
  const parts = partsOf(combination).map((part) => {
    if (mac && MAC_SYMBOLS[part] !== undefined) return MAC_SYMBOLS[part];
    if (part === "Mod") return "Ctrl";
    return SYMBOLS[part] ?? part;
  });
  return mac ? parts.join("") : parts.join("+");
}

/** As aria-keyshortcuts has it: "Control+Shift+Z". */
export function ariaKeys(combination: string, mac: boolean = isMac): string {
  const parts = partsOf(combination).map((part) => (part === "Mod" ? (mac ? "Meta" : "Control") : part === "+" ? "Plus" : part));
  return parts.join("+");
}

/** True where keys belong to the text being written, to an open list or to a dialog. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=menu], [role=dialog], [role=alertdialog]") !== null) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
