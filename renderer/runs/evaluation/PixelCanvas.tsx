/** A row whose columns are the pixels of a picture, drawn as that picture, the brightest pixel of the row white. */
import { useMemo } from "react";
import type { PictureShape } from "../../../core/graph/pixel-run.ts";
import { PixelPicture, type Pixels } from "../../ui/PixelPicture.tsx";

interface PixelCanvasProps {
  /** As they stand in the file, by row, column and channel; null where there is none. */
  readonly cells: readonly (string | null)[];
  readonly shape: PictureShape;
  readonly label: string;
  /** Longest side on the screen, in pixels. */
  readonly side: number;
}

export function PixelCanvas({ cells, shape, label, side }: PixelCanvasProps) {
  const text = cells.join(" ");
  const [height, width, channels] = shape;
  const pixels = useMemo(() => pixelsOf(text.split(" "), [height, width, channels]), [text, height, width, channels]);
  return <PixelPicture pixels={pixels} label={label} side={side} />;
}

function pixelsOf(cells: readonly string[], [height, width, channels]: PictureShape): Pixels {
  const values = cells.map((cell) => Math.max(0, Number(cell) || 0));
  const most = values.reduce((a, b) => Math.max(a, b), 0) || 1;
  const rgba = new Uint8ClampedArray(height * width * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let colour = 0; colour < 3; colour += 1)
      rgba[pixel * 4 + colour] = (255 * (values[pixel * channels + (channels === 1 ? 0 : colour)] ?? 0)) / most;
    rgba[pixel * 4 + 3] = 255;
  }
  return { height, width, rgba };
}
