/** One picture of a data set, drawn on a canvas. */
import { useEffect, useRef } from "react";
import { useText } from "../ui/texts.ts";
import { usePicture } from "./picture-store.ts";

interface PictureCanvasProps {
  dataset: string;
  /** Number of the picture, as its cell holds it. */
  picture: number;
  label: string;
  /** Longest side on the screen, in pixels. */
  side: number;
}

export function PictureCanvas({ dataset, picture, label, side }: PictureCanvasProps) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pixels = usePicture(dataset, picture);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (pixels === undefined || pixels === null || context === null || context === undefined) return;
    context.putImageData(new ImageData(pixels.rgba, pixels.width, pixels.height), 0, 0);
  }, [pixels]);
  if (pixels === null)
    return (
      <span className="picture-none faint" style={{ width: side, height: side }} title={t("data.picture_unreadable")}>
        ×
      </span>
    );
  const { width, height } = pixels ?? { width: 1, height: 1 };
  const scale = side / Math.max(width, height);
  return (
    <canvas
      ref={canvas}
      className="picture"
      role="img"
      aria-label={label}
      aria-busy={pixels === undefined}
      width={width}
      height={height}
      style={{ width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }}
    />
  );
}
