/** A connection of either design: added ones are thick, removed ones dashed, both with their sign in the middle. */
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, getSmoothStepPath, Position } from "@xyflow/react";
import { memo } from "react";
import { NODE, type OverlayFlowEdge } from "./overlay-model.ts";
import { SIGNS } from "./overlay-words.ts";

/** An edge that leaves out a column would lie behind the layers between: it goes over them. */
const OVER = { from: NODE.width, lift: 84, reach: 44, height: 0.75 } as const;
/** Where the drawing runs down, one that leaves out a row goes by at the right. */
const BESIDE = { from: 100, lift: 1.2 * NODE.width, reach: 40 } as const;

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

function pathOf(props: EdgeProps<OverlayFlowEdge>): [string, number, number] {
  const { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition } = props;
  const ends = { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition };
  const down = sourcePosition === Position.Bottom;
  const [ahead, aside] = down ? [targetY - sourceY, targetX - sourceX] : [targetX - sourceX, targetY - sourceY];
  if (ahead < 12) {
    const [path, x, y] = getSmoothStepPath({ ...ends, borderRadius: 24, offset: 22 });
    return [path, x, y];
  }
  if (!down && ahead > OVER.from && Math.abs(aside) < OVER.lift) {
    const top = Math.min(sourceY, targetY) - OVER.lift;
    const path = `M${sourceX},${sourceY} C${sourceX + OVER.reach},${top} ${targetX - OVER.reach},${top} ${targetX},${targetY}`;
    const middle = (sourceY + targetY) / 2;
    return [path, (sourceX + targetX) / 2, middle + (top - middle) * OVER.height];
  }
  if (down && ahead > BESIDE.from && Math.abs(aside) < BESIDE.lift) {
    const right = Math.max(sourceX, targetX) + BESIDE.lift;
    const path = `M${sourceX},${sourceY} C${right},${sourceY + BESIDE.reach} ${right},${targetY - BESIDE.reach} ${targetX},${targetY}`;
    const middle = (sourceX + targetX) / 2;
    return [path, middle + (right - middle) * OVER.height, (sourceY + targetY) / 2];
  }
  const [path, x, y] = getBezierPath(ends);
  return [path, x, y];
}
