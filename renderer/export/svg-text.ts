/** Text in pictures that are written as SVG. */

/** What XML 1.0 has no place for, not even as a reference: one such character makes the whole picture unreadable. */
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export const escaped = (text: string): string =>
  text.replaceAll(NOT_IN_XML, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Bold letters of 13 are as wide as plain ones of this size, in the widest of the fonts. */
export const BOLD_SIZE = 15.5;

/** About how wide a text is at a size of letters: Chinese ones are as wide as high. */
export const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, character) => sum + characterWidth(character, size), 0);

/** Cut off where it would be wider. */
export function fitted(text: string, size: number, most: number): string {
  if (textWidth(text, size) <= most) return text;
  let kept = "";
  let width = textWidth("…", size);
  for (const character of text) {
    width += characterWidth(character, size);
    if (width > most) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

export const characterWidth = (character: string, size: number): number => ((character.codePointAt(0) ?? 0) >= 0x2e80 ? size : size * 0.56);
