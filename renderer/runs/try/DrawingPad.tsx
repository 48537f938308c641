/** A small pad of grey pixels to draw on, with the mouse or with arrow keys and Space; white on black, as scanned digits are. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useText } from "../../ui/texts.ts";

interface DrawingPadProps {
  readonly height: number;
  readonly width: number;
  /** Ink of each pixel from 0 to 1, row by row. */
  readonly ink: Float32Array;
  readonly onChange: (ink: Float32Array) => void;
}

const SIDE = 200;
/** Radius of the pen, as a share of the width. */
const PEN = 0.055;
const STEPS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function DrawingPad({ height, width, ink, onChange }: DrawingPadProps) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [place, setPlace] = useState({ x: Math.floor(width / 2), y: Math.floor(height / 2) });
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const image = context.createImageData(width, height);
    ink.forEach((share, i) => image.data.set([255 * share, 255 * share, 255 * share, 255], i * 4));
    context.putImageData(image, 0, 0);
  }, [ink, width, height]);
  const dab = (x: number, y: number): void => onChange(withDab(ink, width, x, y));
  const draw = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    dab(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height);
  };
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined && event.key !== " ") return;
    event.preventDefault();
    if (step === undefined) {
      dab(place.x + 0.5, place.y + 0.5);
      return;
    }
    const within = (value: number, end: number): number => Math.min(end - 1, Math.max(0, value));
    setPlace({ x: within(place.x + step[0], width), y: within(place.y + step[1], height) });
  };
  return (
    <div className="drawing">
      <div className="drawing-pad" style={{ width: SIDE, height: Math.round((SIDE * height) / width) }}>
        <canvas
          ref={canvas}
          width={width}
          height={height}
          tabIndex={0}
          role="img"
          aria-label={`${t("try.draw")}. ${t("try.draw_help")}`}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            draw(event);
          }}
          onPointerMove={draw}
          onKeyDown={press}
        />
        <span
          className="drawing-pen"
          style={{ left: `${((place.x + 0.5) / width) * 100}%`, top: `${((place.y + 0.5) / height) * 100}%` }}
        />
      </div>
      <p className="muted">{t("try.draw_help")}</p>
      <Button small onClick={() => onChange(new Float32Array(height * width))}>
        {t("try.clear")}
      </Button>
    </div>
  );
}

/** A round dab whose edge is soft, as a pen's after it was shrunk to these few pixels. */
function withDab(ink: Float32Array, width: number, x: number, y: number): Float32Array {
  const radius = Math.max(0.7, PEN * width);
  return ink.map((share, i) => {
    const distance = Math.hypot((i % width) + 0.5 - x, Math.floor(i / width) + 0.5 - y);
    return Math.max(share, Math.min(1, Math.max(0, radius + 0.5 - distance)));
  });
}
