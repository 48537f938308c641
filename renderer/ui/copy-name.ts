/** What a copy of a project is called: of a name that leaves no room for the word "copy" the end is left out, between two characters. */
import type { Translate } from "./translators.ts";

/** As long as a project's name may be. */
const LONGEST = 200;

export function copyName(name: string, t: Translate): string {
  const room = LONGEST - t("shell.copy_name", { name: "" }).length;
  let kept = "";
  for (const character of name) {
    if (kept.length + character.length > room) break;
    kept += character;
  }
  return t("shell.copy_name", { name: kept });
}
