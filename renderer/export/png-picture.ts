/** A picture that is written as SVG, drawn as PNG: sharp where there is room, smaller where a browser can draw no more. */
import { AppError } from "../../core/errors.ts";

/** How many pixels of the PNG one of the canvas becomes: sharp on paper. */
const SCALE = 2;
/** Smaller, and no letter could be read however near one looks. */
const SMALLEST_SCALE = 0.1;
/** What browsers draw: the longest side, and all pixels together. */
const LONGEST_SIDE = 32_000;
const MOST_PIXELS = 120_000_000;

export interface PngSize {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** @throws AppError export.picture_too_large */
export function pngSize(width: number, height: number): PngSize {
  const scale = Math.min(SCALE, LONGEST_SIDE / width, LONGEST_SIDE / height, Math.sqrt(MOST_PIXELS / (width * height)));
  if (!(scale >= SMALLEST_SCALE)) throw tooLarge(width, height);
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)), scale };
}

function tooLarge(width: number, height: number): AppError {
  return new AppError("export.picture_too_large", { width: Math.round(width), height: Math.round(height) });
}

/**
 * @param svg with its size in its first tag
 * @throws AppError export.picture_too_large
 */
export async function pngOf(svg: string): Promise<{ readonly png: Blob; readonly scale: number }> {
  const [, wide = 0, high = 0] = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg)?.map(Number) ?? [];
  const { width, height, scale } = pngSize(wide, high);
  // In the size that it gets: an image of its own size would have to be drawn whole before.
  const sized = svg.replace(`width="${wide}" height="${high}"`, `width="${width}" height="${height}"`);
  const address = URL.createObjectURL(new Blob([sized], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    // A browser with less room than others.
    if (png === null) throw tooLarge(wide, high);
    return { png, scale: scale / SCALE };
  } finally {
    URL.revokeObjectURL(address);
  }
}
