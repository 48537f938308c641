/** What is typed at a list of choices: the system finds choices by their words, this finds them by the identifiers that Keras and code have. */

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** As long as systems themselves wait for the next letter. */
const PAUSE_MS = 1000;

let typed = "";
let last = 0;

/** @returns the letters typed so far, this one included; empty for keys that are no letters. @param now in milliseconds */
export function typedUpTo(key: string, now: number): string {
  typed = key.length !== 1 || key === " " ? "" : (now - last > PAUSE_MS ? "" : typed) + key.toLowerCase();
  last = now;
  return typed;
}

/** The choice whose identifier begins with what is typed, where no choice's words do; undefined where the system finds one or nothing fits. */
export function byIdentifier<C extends Choice>(options: readonly C[], text: string): C | undefined {
  if (text === "" || options.some(({ label }) => label.toLowerCase().startsWith(text))) return undefined;
  return options.find(({ value }) => value.toLowerCase().startsWith(text));
}
