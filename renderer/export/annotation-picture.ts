/** Notes and frames in the picture of the canvas: rectangles and lines of text, since SVG wraps nothing by itself. */
import type { AnnotationDocument } from "../../core/graph/document.ts";
import { characterWidth, escaped } from "./svg-text.ts";

/** Colours on white, as strong as on the canvas. */
const TINTS: Readonly<Record<string, string>> = {
  yellow: "#b8860b",
  blue: "#2a68d4",
  green: "#1c8a6a",
  red: "#cf3341",
  violet: "#8a4fc0",
  grey: "#667180",
};
const LINE_HEIGHT = 18;
const TEXT_SIZE = 13;

/** Office programs break lines within a paragraph by a vertical tab. */
const BREAK = /[\n\v]/g;

const widthOf = (character: string): number => characterWidth(character, TEXT_SIZE);

/** The text in lines no wider than `width` pixels: broken at spaces, within a word where it alone is wider. */
export function wrapped(text: string, width: number): readonly string[] {
  return text.split(BREAK).flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    let used = 0;
    let space = -1;
    for (const character of paragraph) {
      if (used + widthOf(character) > width && line !== "") {
        const rest = space > 0 ? line.slice(space + 1) : "";
        lines.push(space > 0 ? line.slice(0, space) : line);
        line = rest;
        used = [...rest].reduce((sum, one) => sum + widthOf(one), 0);
        space = -1;
      }
      if (character === " ") space = line.length;
      line += character;
      used += widthOf(character);
    }
    return [...lines, line];
  });
}

/** Frames, to be drawn before all else, and notes, to be drawn last. */
export function annotationPictures(
  annotations: readonly AnnotationDocument[],
  { ink, panel }: { readonly ink: string; readonly panel: string },
): { readonly behind: readonly string[]; readonly before: readonly string[] } {
  const frames = annotations.filter(({ kind }) => kind === "frame");
  const notes = annotations.filter(({ kind }) => kind !== "frame");
  return { behind: frames.map((one) => drawFrame(one, ink)), before: notes.map((one) => drawNote(one, ink, panel)) };
}

function drawFrame({ position: { x, y }, width, height, text, colour }: AnnotationDocument, ink: string): string {
  const tint = TINTS[colour] ?? TINTS["grey"];
  const [title = ""] = wrapped(text.replaceAll(BREAK, " "), width - 24);
  return (
    `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="${tint}" fill-opacity="0.07" stroke="${tint}" stroke-opacity="0.6" stroke-width="1.5"/>` +
    `<text x="${x + 12}" y="${y + 22}" font-size="15" font-weight="600" fill="${ink}">${escaped(title)}</text></g>`
  );
}

function drawNote({ position: { x, y }, width, height, text, colour }: AnnotationDocument, ink: string, panel: string): string {
  const tint = TINTS[colour] ?? TINTS["grey"];
  const room = Math.max(1, Math.floor((height - 12) / LINE_HEIGHT));
  const lines = wrapped(text, width - 20);
  const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), `${lines[room - 1] ?? ""}…`];
  const rows = shown.map((line, index) => `<tspan x="${x + 10}" y="${y + 21 + index * LINE_HEIGHT}">${escaped(line)}</tspan>`);
  return (
    `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="5" fill="${panel}"/>` +
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="5" fill="${tint}" fill-opacity="0.14" stroke="${tint}" stroke-opacity="0.6"/>` +
    `<text font-size="${TEXT_SIZE}" fill="${ink}">${rows.join("")}</text></g>`
  );
}
