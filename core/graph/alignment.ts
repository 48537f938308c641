/** Where layers go that are put on one line or spread evenly. Pure: boxes in, positions out; those that stay are left out. */
export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export const ALIGNMENTS = ["left", "centre", "right", "top", "middle", "bottom"] as const;
export type Alignment = (typeof ALIGNMENTS)[number];
export type Direction = "across" | "down";

type Positions = Record<string, { x: number; y: number }>;

const AXES = {
  across: { at: "x", size: "width" },
  down: { at: "y", size: "height" },
} as const;
/** Which axis is changed, and how much of a box's size lies before the line. */
const LINES: Readonly<Record<Alignment, readonly [Direction, share: number]>> = {
  left: ["across", 0],
  centre: ["across", 0.5],
  right: ["across", 1],
  top: ["down", 0],
  middle: ["down", 0.5],
  bottom: ["down", 1],
};

/** On the outermost edge of them all, or on the line through the middle of the space that they take. */
export function aligned(boxes: readonly Box[], to: Alignment): Positions {
  const [direction, share] = LINES[to];
  const { at, size } = AXES[direction];
  const low = Math.min(...boxes.map((box) => box[at]));
  const high = Math.max(...boxes.map((box) => box[at] + box[size]));
  const line = low + share * (high - low);
  return moved(boxes, direction, (box) => line - share * box[size]);
}

/** Equal gaps between one and the next; the first and the last stay where they are. Two have nothing between them to spread. */
export function distributed(boxes: readonly Box[], direction: Direction): Positions {
  const { at, size } = AXES[direction];
  const ordered = [...boxes].sort((a, b) => a[at] + a[size] / 2 - (b[at] + b[size] / 2));
  const [first] = ordered;
  const last = ordered.at(-1);
  if (first === undefined || last === undefined || ordered.length < 3) return {};
  const between = ordered.slice(1, -1).reduce((sum, box) => sum + box[size], 0);
  const gap = (last[at] - (first[at] + first[size]) - between) / (ordered.length - 1);
  let next = first[at] + first[size] + gap;
  const places = new Map<string, number>();
  for (const box of ordered.slice(1, -1)) {
    places.set(box.id, next);
    next += box[size] + gap;
  }
  return moved(boxes, direction, (box) => places.get(box.id) ?? box[at]);
}

function moved(boxes: readonly Box[], direction: Direction, to: (box: Box) => number): Positions {
  const { at } = AXES[direction];
  const positions: Positions = {};
  for (const box of boxes) {
    const place = Math.round(to(box));
    if (place !== box[at]) positions[box.id] = { x: box.x, y: box.y, [at]: place };
  }
  return positions;
}
