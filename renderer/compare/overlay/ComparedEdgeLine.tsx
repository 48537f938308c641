/** A connection of either design: added ones are thick, removed ones dashed, both with their sign in the middle. */
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, getSmoothStepPath } from "@xyflow/react";
import { memo } from "react";
import { NODE, type OverlayFlowEdge } from "./overlay-model.ts";
import { SIGNS } from "./overlay-words.ts";

/** An edge that leaves out a column would lie behind the layers between: it goes over them. */
const OVER = { from: NODE.width, lift: 84, reach: 44, height: 0.75 } as const;

export const ComparedEdgeLine = memo(function ComparedEdgeLine(props: EdgeProps<OverlayFlowEdge>) {
  const { id, data } = props;
  const state = data?.state ?? "same";
  const [path, x, y] = pathOf(props);
  const classes = `overlay-edge is-${state}${data?.current === true ? " current" : ""}`;
  return (
    <>
      <BaseEdge id={id} path={path} className={classes} />
      {state !== "same" && (
        <EdgeLabelRenderer>
          <span
            className={`overlay-edge-sign is-${state}`}
            aria-hidden="true"
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            {SIGNS[state]}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

function pathOf({
  sourceX,
  sourceY,
  sourcePosition,
  targetX,
  targetY,
  targetPosition,
}: EdgeProps<OverlayFlowEdge>): [string, number, number] {
  const ends = { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition };
  if (targetX < sourceX + 12) {
    const [path, x, y] = getSmoothStepPath({ ...ends, borderRadius: 24, offset: 22 });
    return [path, x, y];
  }
  if (targetX - sourceX > OVER.from && Math.abs(targetY - sourceY) < OVER.lift) {
    const top = Math.min(sourceY, targetY) - OVER.lift;
    const path = `M${sourceX},${sourceY} C${sourceX + OVER.reach},${top} ${targetX - OVER.reach},${top} ${targetX},${targetY}`;
    const middle = (sourceY + targetY) / 2;
    return [path, (sourceX + targetX) / 2, middle + (top - middle) * OVER.height];
  }
  const [path, x, y] = getBezierPath(ends);
  return [path, x, y];
}
