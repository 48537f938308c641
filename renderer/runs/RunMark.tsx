/** The mark of a run: a small shape in its colour, before its name everywhere. */
import { lookOf, type MarkShape, type RunLook, useRunPlaces } from "./run-colours.ts";

/** On a square from −5 to 5. */
const PATHS: Readonly<Record<MarkShape, string>> = {
  circle: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
  square: "M-3.6 -3.6h7.2v7.2h-7.2z",
  triangle: "M0 -4.4L4.6 3.6H-4.6z",
  diamond: "M0 -5L4.4 0L0 5L-4.4 0z",
  cross: "M-1.5 -4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
  ring: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0zM-2 0a2 2 0 1 1 4 0a2 2 0 1 1 -4 0z",
  wedge: "M0 4.4L4.6 -3.6H-4.6z",
  star: "M0 -5L1.5 -1.5L5 0L1.5 1.5L0 5L-1.5 1.5L-5 0L-1.5 -1.5z",
};

/** Inside an svg, around the origin. */
export function MarkPath({ look, x, y, size = 8 }: { look: RunLook; x: number; y: number; size?: number }) {
  return <path d={PATHS[look.shape]} fill={look.colour} transform={`translate(${x} ${y}) scale(${size / 10})`} />;
}

export function RunMark({ runId, size = 12 }: { runId: string; size?: number }) {
  const place = useRunPlaces().get(runId);
  if (place === undefined) return null;
  return (
    <svg className="run-mark" width={size} height={size} viewBox="-6 -6 12 12" aria-hidden="true">
      <MarkPath look={lookOf(place)} x={0} y={0} size={10} />
    </svg>
  );
}
