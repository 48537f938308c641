/** What strokes mean, and where the lines lie inside a chart; shared by what draws the lines and what lies over them. */
import type { CurvePart } from "./metrics.ts";

/** Pixels around the lines. The axes take theirs from left and bottom. */
export const PLOT = { margin: { top: 8, right: 18, bottom: 0, left: 0 }, axisWidth: 48, axisHeight: 20 } as const;

interface LineLook {
  readonly strokeWidth: number;
  readonly strokeDasharray?: string;
  readonly strokeOpacity: number;
}

const LOOKS: Readonly<Record<CurvePart, LineLook>> = {
  validation: { strokeWidth: 1.8, strokeOpacity: 1 },
  training: { strokeWidth: 1.5, strokeDasharray: "5 3", strokeOpacity: 1 },
  check: { strokeWidth: 1, strokeOpacity: 0.7 },
  batch: { strokeWidth: 1, strokeOpacity: 0.38 },
};

export function lineLook(part: CurvePart): LineLook {
  return LOOKS[part];
}
