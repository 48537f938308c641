/**
 * Where the words of a mistake stand: at their layer where they hide nothing, a little way off, led to by a line, where it is free
 * there, and else where they hide least. Pure; all in pixels of the window, from the upper left corner of the canvas.
 */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface BubbleRoom {
  /** What is seen of the canvas. */
  readonly view: { readonly width: number; readonly height: number };
  /** The layer that it speaks of. */
  readonly node: Box;
  readonly bubble: { readonly width: number; readonly height: number };
  /** The other layers within reach (`reachOf`). */
  readonly layers: readonly Box[];
  /** Buttons and the small map, under which nothing can be read. */
  readonly taken: readonly Box[];
  /** Between layer and bubble. */
  readonly gap: number;
  /** Connections leave below and come in above: it stands at the right or left. */
  readonly beside: boolean;
}

type Point = readonly [x: number, y: number];

export interface BubblePlace {
  readonly left: number;
  readonly top: number;
  /** From the layer to the bubble: two points, or three where it goes around a corner. */
  readonly line: readonly Point[];
}

/** It stays free of the edge by so much, and of the corners of its layer. */
const EDGE = 6;
/** Places that are tried on either side of the middle. */
const STEPS = 6;
/** As far from its layer as this, in widths of the bubble. */
const FARTHEST = 2;
/** Of the places farther off, in pixels. */
const STRIDE = 14;

/** What a place costs, in pixels of layers that are hidden: what cannot be read is worth nothing. */
const COSTS = { unread: 10, above: 600, right: 900, left: 1100, led: 1600, shift: 3, led_on: 8 } as const;

/** @returns the best place, also where none is good; of two that are alike the one below, then above, right, left, and led to */
export function bubblePlace(room: BubbleRoom): BubblePlace {
  const { node, view } = room;
  // Of a layer out of sight the words are out of sight too: they do not stand at the edge and speak of nothing.
  const isSeen = node.right > 0 && node.bottom > 0 && node.left < view.width && node.top < view.height;
  const places = isSeen ? candidates(room) : room.beside ? atSides(room) : overAndUnder(room);
  const first = places[0] as Candidate;
  if (!isSeen) return first;
  return places.reduce(
    (best, place) => {
      if (place.cost >= best.cost) return best;
      const cost = place.cost + hidden(place, room);
      return cost < best.cost ? { place, cost } : best;
    },
    { place: first, cost: first.cost + hidden(first, room) },
  ).place;
}

/** How far around a layer its words may stand. */
export const reachOf = ({ width, height }: BubbleRoom["bubble"]): number => (FARTHEST + 1) * width + height;

interface Candidate extends BubblePlace {
  readonly cost: number;
}

const between = (low: number, high: number, value: number): number => Math.max(low, Math.min(high, value));
const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

function hidden({ left, top }: BubblePlace, { bubble, view, layers, taken }: BubbleRoom): number {
  const box: Box = { left, top, right: left + bubble.width, bottom: top + bubble.height };
  const seen = overlap(box, { left: EDGE, top: EDGE, right: view.width - EDGE, bottom: view.height - EDGE });
  const unread = bubble.width * bubble.height - seen + taken.reduce((sum, other) => sum + overlap(box, other), 0);
  return COSTS.unread * unread + layers.reduce((sum, other) => sum + overlap(box, other), 0);
}

/** The middle first, then further and further to both sides. */
function shifts(most: number): readonly number[] {
  const steps = Array.from({ length: STEPS }, (_, step) => (most * (step + 1)) / STEPS);
  return [0, ...steps.flatMap((step) => [step, -step])];
}

function candidates(room: BubbleRoom): readonly Candidate[] {
  return room.beside ? [...atSides(room)] : [...overAndUnder(room), ...atSides(room), ...ledTo(room)];
}

/** Below and above, in the middle or moved aside as far as it still is at its layer. */
function overAndUnder({ node, bubble, gap, view }: BubbleRoom): readonly Candidate[] {
  const middle = (node.left + node.right) / 2;
  const most = bubble.width / 2 + (node.right - node.left) / 2 - 4 * EDGE;
  // Also as far as it can be seen, which is between two steps.
  const atEdges = [view.width - EDGE - bubble.width / 2 - middle, EDGE + bubble.width / 2 - middle].filter((by) => Math.abs(by) <= most);
  return [...shifts(most), ...atEdges].flatMap((shift) => {
    const left = middle + shift - bubble.width / 2;
    // Where both are: from the layer straight to the bubble.
    const x = between(Math.max(left + EDGE, node.left + EDGE), Math.min(left + bubble.width - EDGE, node.right - EDGE), middle);
    const cost = COSTS.shift * Math.abs(shift);
    const [below, above] = [node.bottom + gap, node.top - gap];
    return [
      {
        left,
        top: below,
        cost,
        line: [
          [x, node.bottom],
          [x, below],
        ] as const,
      },
      {
        left,
        top: above - bubble.height,
        cost: cost + COSTS.above,
        line: [
          [x, node.top],
          [x, above],
        ] as const,
      },
    ];
  });
}

/** At the right and left, from as low to as high as it still is at its layer; its top at the layer's is the usual. */
function atSides({ node, bubble, gap }: BubbleRoom): readonly Candidate[] {
  const [lowest, highest] = [node.bottom - 4 * EDGE, node.top + 4 * EDGE - bubble.height];
  return [node.top, node.bottom - bubble.height, ...shifts((lowest - highest) / 2).map((shift) => (lowest + highest) / 2 + shift)].flatMap(
    (top) => {
      const y = between(
        Math.max(top + EDGE, node.top + EDGE),
        Math.min(top + bubble.height - EDGE, node.bottom - EDGE),
        node.top + 5 * EDGE,
      );
      const cost = COSTS.shift * Math.abs(top - node.top);
      const [right, left] = [node.right + gap, node.left - gap];
      return [
        {
          left: right,
          top,
          cost: cost + COSTS.right,
          line: [
            [node.right, y],
            [right, y],
          ] as const,
        },
        {
          left: left - bubble.width,
          top,
          cost: cost + COSTS.left,
          line: [
            [node.left, y],
            [left, y],
          ] as const,
        },
      ];
    },
  );
}

/** Farther off at either side, led to by a line that leaves the layer below or above and turns. */
function ledTo({ node, bubble, gap }: BubbleRoom): readonly Candidate[] {
  const middle = (node.left + node.right) / 2;
  const ways = Array.from({ length: Math.floor((FARTHEST * bubble.width) / STRIDE) + 1 }, (_, step) => step * STRIDE);
  const rows = [node.bottom + gap / 2, node.top - gap / 2];
  return rows.flatMap((y, row) =>
    // How much of the bubble is above the line.
    [4 * EDGE, bubble.height / 2, bubble.height - 4 * EDGE].flatMap((above) =>
      ways.flatMap((way) => {
        const cost = COSTS.led + COSTS.led_on * way + (row === 0 ? 0 : COSTS.above);
        const from = [middle, row === 0 ? node.bottom : node.top] as const;
        const [right, left] = [node.right + gap + way, node.left - gap - way];
        return [
          { left: right, top: y - above, cost, line: [from, [middle, y], [right, y]] as const },
          { left: left - bubble.width, top: y - above, cost, line: [from, [middle, y], [left, y]] as const },
        ];
      }),
    ),
  );
}
