/**
 * Room for a group that opens, and the gap that one leaves when it collapses: what stands behind it in its row goes right or left, what
 * stands below goes down or up, so that nothing lies over anything and the order stays what the eye knows. Pure: boxes in, places out.
 */
export interface Unit {
  /** A layer, or the layers of a group, that move as one. */
  readonly ids: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Box = Omit<Unit, "ids">;
export interface Shift {
  readonly dx: number;
  readonly dy: number;
}

/** Between layers that make room, in units of the canvas. */
export const GAP = { x: 64, y: 60 } as const;
/** Boxes that touch do not overlap. */
const TOUCH = 1;

const right = (box: Box): number => box.x + box.width;
const bottom = (box: Box): number => box.y + box.height;
const sharesRow = (a: Box, b: Box): boolean => a.y < bottom(b) - TOUCH && b.y < bottom(a) - TOUCH;
const sharesColumn = (a: Box, b: Box): boolean => a.x < right(b) - TOUCH && b.x < right(a) - TOUCH;
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** The same where the drawing runs down: what stands behind it in its column goes down or up, what stands beside goes right or left. */
export function roomForDown(act: "open" | "close", closed: Box, opened: Box, others: readonly Unit[]): ReadonlyMap<string, Shift> {
  const shifts = roomFor(
    act,
    turned(closed),
    turned(opened),
    others.map((unit) => ({ ids: unit.ids, ...turned(unit) })),
  );
  return new Map([...shifts].map(([id, { dx, dy }]) => [id, { dx: dy, dy: dx }]));
}

const turned = ({ x, y, width, height }: Box): Box => ({ x: y, y: x, width: height, height: width });

/**
 * @param closed the group as one box, at the top left corner of its layers
 * @param opened the frame around its layers
 * @param others everything else that is drawn
 * @returns by how much each layer moves that does
 */
export function roomFor(act: "open" | "close", closed: Box, opened: Box, others: readonly Unit[]): ReadonlyMap<string, Shift> {
  const from = act === "open" ? closed : opened;
  const behind = others.filter((unit) => unit.x >= right(from) - TOUCH && sharesRow(unit, closed));
  const below = others.filter((unit) => unit.y >= bottom(from) - TOUCH && !behind.includes(unit));
  const rest = others.filter((unit) => !behind.includes(unit) && !below.includes(unit));
  const shifts = new Map<string, Shift>();
  const dx = act === "open" ? pushed(behind, opened) : -drawnIn(behind, closed, opened, rest);
  const dy = act === "open" ? pushedDown(below, opened) : -drawnUp(below, closed, opened, [...rest, ...behind]);
  for (const [units, shift] of [
    [behind, { dx, dy: 0 }],
    [below, { dx: 0, dy }],
  ] as const)
    if (shift.dx !== 0 || shift.dy !== 0) for (const { ids } of units) for (const id of ids) shifts.set(id, shift);
  return shifts;
}

function pushed(behind: readonly Unit[], opened: Box): number {
  return behind.length === 0 ? 0 : Math.max(0, Math.round(right(opened) + GAP.x - least(behind.map(({ x }) => x))));
}

/** Only where something below lies under the frame: then all of it, so that rows stay rows. */
function pushedDown(below: readonly Unit[], opened: Box): number {
  const under = below.filter((unit) => sharesColumn(unit, opened));
  return under.length === 0 ? 0 : Math.max(0, Math.round(bottom(opened) + GAP.y - least(under.map(({ y }) => y))));
}

function drawnIn(behind: readonly Unit[], closed: Box, opened: Box, rest: readonly Unit[]): number {
  if (behind.length === 0) return 0;
  const first = least(behind.map(({ x }) => x));
  // What stays where it is between the group and what follows keeps its place free.
  const between = rest.filter((unit) => right(unit) <= first && behind.some((one) => sharesRow(one, unit)));
  const edge = Math.max(right(closed), most(between.map(right)));
  return Math.max(0, Math.min(opened.width - closed.width, Math.round(first - edge - GAP.x)));
}

function drawnUp(below: readonly Unit[], closed: Box, opened: Box, above: readonly Unit[]): number {
  if (below.length === 0) return 0;
  const first = least(below.map(({ y }) => y));
  const edge = Math.max(bottom(closed), most(above.filter((unit) => bottom(unit) <= first + TOUCH || unit.y < first).map(bottom)));
  return Math.max(0, Math.min(opened.height - closed.height, Math.round(first - edge - GAP.y)));
}
