/** Text in pictures that are written as SVG. */

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

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
