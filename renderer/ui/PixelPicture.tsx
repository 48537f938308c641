/** Pixels as a picture, each as large as it comes out, without smoothing. */
import { useEffect, useRef } from "react";
import "./pixel-picture.css";

export interface Pixels {
  readonly height: number;
  readonly width: number;
  /** RGBA, as a canvas takes them. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

interface PixelPictureProps {
  /** Undefined while they are fetched. */
  readonly pixels: Pixels | undefined;
  /** Without one it is part of a picture that has one. */
  readonly label?: string;
  /** Longest side on the screen, in pixels; without it the style sheet says how large it is. */
  readonly side?: number;
}

const NOTHING = { width: 1, height: 1 };

export function PixelPicture({ pixels, label, side }: PixelPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (pixels !== undefined) canvas.current?.getContext("2d")?.putImageData(new ImageData(pixels.rgba, pixels.width, pixels.height), 0, 0);
  }, [pixels]);
  const { width, height } = pixels ?? NOTHING;
  const scale = (side ?? 0) / Math.max(width, height);
  const shown = (length: number): number => Math.max(1, Math.round(length * scale));
  return (
    <canvas
      ref={canvas}
      className="picture"
      {...(label === undefined ? {} : { role: "img", "aria-label": label })}
      aria-busy={pixels === undefined}
      width={width}
      height={height}
      {...(side === undefined ? {} : { style: { width: shown(width), height: shown(height) } })}
    />
  );
}
