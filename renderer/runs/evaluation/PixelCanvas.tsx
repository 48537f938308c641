/** A row whose columns are the pixels of a picture, drawn as that picture, the brightest pixel of the row white. */
import { useEffect, useRef } from "react";
import type { PictureShape } from "../../../core/graph/pixel-run.ts";

interface PixelCanvasProps {
  /** As they stand in the file, by row, column and channel; null where there is none. */
  readonly cells: readonly (string | null)[];
  readonly shape: PictureShape;
  readonly label: string;
  /** Longest side on the screen, in pixels. */
  readonly side: number;
}

export function PixelCanvas({ cells, shape: [height, width, channels], label, side }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = cells.join(" ");
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const values = text.split(" ").map((cell) => Math.max(0, Number(cell) || 0));
    const most = values.reduce((a, b) => Math.max(a, b), 0) || 1;
    const picture = new ImageData(width, height);
    for (let pixel = 0; pixel < width * height; pixel += 1) {
      for (let colour = 0; colour < 3; colour += 1)
        picture.data[pixel * 4 + colour] = (255 * (values[pixel * channels + (channels === 1 ? 0 : colour)] ?? 0)) / most;
      picture.data[pixel * 4 + 3] = 255;
    }
    context.putImageData(picture, 0, 0);
  }, [text, width, height, channels]);
  const scale = side / Math.max(width, height);
  return (
    <canvas
      ref={canvas}
      className="picture"
      role="img"
      aria-label={label}
      width={width}
      height={height}
      style={{ width: Math.round(width * scale), height: Math.round(height * scale), imageRendering: "pixelated" }}
    />
  );
}
