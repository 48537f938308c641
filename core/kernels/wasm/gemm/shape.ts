/**
 * The matrix product that everything dense comes down to: output [rows, columns] = start + left [rows, depth] · right
 * [depth, columns], then a finish. Each element's sum runs over depth in order, in blocks that depend on depth alone: up to 256 terms,
 * one after the other, then added to the blocks before. Tile, packing and the number of threads never change a bit of the result.
 */

export interface ProductShape {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** left(i, k) lies at i · leftRowStride + k · leftDepthStride, elements; one of the two is 1. */
  readonly leftRowStride: number;
  readonly leftDepthStride: number;
  /** Whether right lies in memory as [columns, depth]. */
  readonly rightTransposed: boolean;
  /** Elements from one row of right, as it lies in memory, to the next. */
  readonly rightStride: number;
  readonly outputStride: number;
  /** What the sums begin with: 0 or bias [columns]; `accumulate` adds them to what output holds. */
  readonly start: "zero" | "bias" | "accumulate";
  /** relu: max(0, sum). */
  readonly finish: "none" | "relu";
}

/** Outputs that one micro-kernel keeps in registers, and how many steps of depth its loop takes at once. */
export interface Tile {
  readonly rows: number;
  readonly columns: number;
  readonly unroll: number;
}

/** How a product is cut to fit the caches, and what is copied into panels first. */
export interface Blocking {
  readonly tile: Tile;
  readonly rowBlock: number;
  readonly columnBlock: number;
  readonly depthBlock: number;
  readonly packLeft: boolean;
  readonly packRight: boolean;
}

/** Terms that one accumulator takes: with more of them float32 loses digits (2,048 in one sum move a training by 2e-4 in 20 steps). */
export const DEPTH_BLOCK = 256;
/** Every tile's loop takes as many steps of depth, or half of them. */
const DEPTH_UNIT = 4;
const COLUMN_BLOCK = 1024;
const ROW_BLOCK = 96;

/** Bytes of scratch that any product needs, one after the other: right panels, then left panels. */
export const RIGHT_PANEL_BYTES = DEPTH_BLOCK * COLUMN_BLOCK * 4 + 1024;
export const LEFT_PANEL_BYTES = DEPTH_BLOCK * ROW_BLOCK * 4 + 1024;

/** Behind the panels: room for the windows of a convolution, as rows of a left operand, and for a vector written too far. */
export const COLUMNS_BYTES = 256 * 1024;
export const COLUMNS_AT = RIGHT_PANEL_BYTES + LEFT_PANEL_BYTES;
export const SCRATCH_BYTES = Math.ceil((COLUMNS_AT + COLUMNS_BYTES + 64) / 256) * 256;

/**
 * 6 × 8 floats are 12 accumulators of 4 lanes, which hide the latency of a multiply–add and leave registers for two
 * vectors of right and one value of left. Few rows take wider tiles, few columns taller ones. With registers of 8 lanes
 * (`wide`) the tile has twice the columns; without them it would not fit and be half as fast.
 */
function chooseTile(rows: number, columns: number, wide: boolean): Tile {
  if (columns <= 4) return { rows: Math.min(rows, 12), columns: 4, unroll: 2 };
  if (rows === 1) return { rows: 1, columns: 32, unroll: 2 };
  if (rows === 2) return { rows: 2, columns: wide ? 32 : 16, unroll: 2 };
  if (rows === 3) return { rows: 3, columns: wide ? 24 : 12, unroll: 2 };
  return { rows: Math.min(rows, 6), columns: wide && columns > 8 ? 16 : 8, unroll: 4 };
}

/** @param wide whether the code will run on registers of 8 lanes (CodeOptions.wide) */
export function chooseBlocking(shape: ProductShape, wide = false): Blocking {
  const { rows, columns, depth } = shape;
  const tile = chooseTile(rows, columns, wide);
  const large = depth * columns > 128 * 1024;
  const packRight = (shape.rightTransposed && depth > 1) || (large && rows >= 4 * tile.rows);
  const packLeft =
    shape.leftDepthStride !== 1 && shape.leftRowStride === 1 && depth >= 16 && rows >= tile.rows && columns >= 3 * tile.columns;
  const packs = packRight || packLeft;
  const blockOf = (limit: number, unit: number): number => Math.floor(limit / unit) * unit;
  return {
    tile,
    rowBlock: packs ? blockOf(ROW_BLOCK, tile.rows) : rows,
    columnBlock: packRight ? blockOf(COLUMN_BLOCK, tile.columns) : columns,
    depthBlock: balanced(depth, DEPTH_BLOCK, DEPTH_UNIT),
    packLeft,
    packRight,
  };
}

/** The block length up to `limit` that cuts `total` into pieces of nearly equal length, a multiple of `unit`. */
export function balanced(total: number, limit: number, unit: number): number {
  if (total <= limit) return total;
  const pieces = Math.ceil(total / limit);
  return Math.min(limit, Math.ceil(total / pieces / unit) * unit);
}
