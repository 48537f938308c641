/** The mark of a run: a small shape in its colour, before its name everywhere. */
import { MARK_SHAPES } from "../../resources/mark-shapes.ts";
import { lookOf, type RunLook, useRunPlaces } from "./run-colours.ts";

/** Inside an svg, around the origin. */
export function MarkPath({ look, x, y, size = 8 }: { look: RunLook; x: number; y: number; size?: number }) {
  return <path d={MARK_SHAPES[look.shape]} fill={look.colour} transform={`translate(${x} ${y}) scale(${size / 10})`} />;
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
