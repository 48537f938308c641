/** The way of a connection, on the canvas and in pictures of it. */
import { getBezierPath, getSmoothStepPath, Position } from "@xyflow/react";

export interface EdgeEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly sourcePosition: Position;
  readonly targetX: number;
  readonly targetY: number;
  readonly targetPosition: Position;
}

/** One that runs backwards goes around in rounded steps. @returns the path as SVG has it, and where its label stands */
export function edgePath(ends: EdgeEnds): readonly [path: string, labelX: number, labelY: number] {
  const { sourceX, sourceY, sourcePosition, targetX, targetY } = ends;
  const backwards = sourcePosition === Position.Bottom ? targetY < sourceY + 12 : targetX < sourceX + 12;
  const [path, x, y] = backwards ? getSmoothStepPath({ ...ends, borderRadius: 28, offset: 26 }) : getBezierPath(ends);
  return [path, x, y];
}
