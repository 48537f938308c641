/** Points of two columns on a canvas: thousands of them, in the colours of the theme. A class is a colour, a number a shade. */
import { useEffect, useRef } from "react";
import { useSession } from "../state/session.ts";

const SERIES = 8;
const EDGE = 6;
const SHADES = 7;

interface PointPlotProps {
  x: readonly (number | null)[];
  y: readonly (number | null)[];
  /** Places of classes, or numbers where there are no classes. */
  labels: readonly (number | null)[];
  classCount: number;
  label: string;
  className: string;
}

export function PointPlot({ x, y, labels, classCount, label, className }: PointPlotProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const theme = useSession((state) => state.theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew when the theme changes
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const draw = (): void => drawPoints(canvas, x, y, coloursOf(canvas, labels, classCount));
    const observer = new ResizeObserver(draw);
    observer.observe(canvas);
    draw();
    return () => observer.disconnect();
  }, [x, y, labels, classCount, theme]);
  return <canvas ref={ref} className={className} role="img" aria-label={label} title={label} />;
}

function coloursOf(canvas: HTMLCanvasElement, labels: readonly (number | null)[], classCount: number): (place: number) => string {
  const style = getComputedStyle(canvas);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const series = Array.from({ length: SERIES }, (_, place) => token(`--series-${place + 1}`));
  const none = token("--ink3");
  if (classCount > 0)
    return (place) => {
      const label = labels[place] ?? -1;
      return label < 0 ? none : (series[label % SERIES] ?? none);
    };
  const bounds = shadeBounds(labels);
  if (bounds.length === 0) return () => series[0] ?? none;
  const [low, high] = [token("--negative"), token("--positive")];
  const shades = Array.from(
    { length: SHADES },
    (_, place) => `color-mix(in oklab, ${low} ${100 - (100 * place) / (SHADES - 1)}%, ${high})`,
  );
  return (place) => {
    const value = labels[place];
    return value === null || value === undefined ? none : (shades[bounds.filter((bound) => value >= bound).length] ?? none);
  };
}

/** Where the shades of numbers change: as many points have each of them. */
function shadeBounds(labels: readonly (number | null)[]): number[] {
  const numbers = Float64Array.from(labels.filter((value) => value !== null)).sort();
  if (numbers.length === 0) return [];
  return Array.from({ length: SHADES - 1 }, (_, place) => numbers[Math.floor(((place + 1) * numbers.length) / SHADES)] as number);
}

function drawPoints(
  canvas: HTMLCanvasElement,
  x: readonly (number | null)[],
  y: readonly (number | null)[],
  colour: (place: number) => string,
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio;
  const context = canvas.getContext("2d");
  if (context === null || width === 0 || height === 0) return;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.scale(ratio, ratio);
  const [toX, toY] = [scale(x, width), scale(y, height)];
  const radius = x.length > 1500 ? 1.4 : Math.min(width, height) < 130 ? 1.5 : 2.2;
  context.globalAlpha = x.length > 1500 ? 0.55 : 0.7;
  x.forEach((value, place) => {
    const other = y[place];
    if (value === null || other === null || other === undefined) return;
    context.fillStyle = colour(place);
    context.beginPath();
    context.arc(toX(value), height - toY(other), radius, 0, 2 * Math.PI);
    context.fill();
  });
}

function scale(values: readonly (number | null)[], size: number): (value: number) => number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values)
    if (value !== null) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  const range = high > low ? high - low : 1;
  return (value) => EDGE + ((value - low) / range) * (size - 2 * EDGE);
}
