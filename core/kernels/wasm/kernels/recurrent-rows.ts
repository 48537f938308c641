/**
 * Pieces of the walk through time: functions over the rows of a block of samples at one step, and the product of such a block with
 * weights that were packed once for the whole sequence. The block is small enough to stay in the cache from step to step.
 */
import { type Integer, iAdd, integer, type Local } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { microKernel } from "../gemm/micro-kernel.ts";
import { packRight, panelRowBytes } from "../gemm/packing.ts";
import { COLUMNS_AT, COLUMNS_BYTES, RIGHT_PANEL_BYTES } from "../gemm/shape.ts";
import { forRow } from "./rows.ts";

/** The rows of a block at one step. */
export interface Stream {
  /** Address of the first row. */
  readonly at: Integer;
  /** From one row to the next; 0 for what all rows share. */
  readonly rowBytes: number;
  /** One number a row instead of one a column. */
  readonly scalar?: true;
}
export type Streams = Readonly<Record<string, Stream | undefined>>;
export type Pointers<S extends Streams> = { readonly [K in keyof S]: Local<"i32"> | undefined };

export interface RowBlock {
  readonly module: ModuleBuilder;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Emits a call of a function that runs `body` over all columns of all rows, four at a time.
 * @param key names the arithmetic, with everything that `body` depends on besides the streams that are there
 */
export function callOnRows<S extends Streams>(
  f: FunctionBuilder,
  { module, rows, columns }: RowBlock,
  key: string,
  streams: S,
  body: (g: FunctionBuilder, at: Pointers<S>, lanes: number) => void,
): void {
  const present = Object.entries(streams).flatMap(([name, stream]) => (stream === undefined ? [] : [{ name, stream }]));
  const layout = present.map(({ name, stream }) => `${name}:${stream.rowBytes}`).join();
  const index = module.function(`${key} of ${rows} × ${columns} (${layout})`, present.length, (g) => {
    const inRow = present.map((_, i) => (present[i]?.stream.scalar === true ? g.parameter(i) : g.local("i32")));
    const at = Object.fromEntries(present.map(({ name }, i) => [name, inRow[i]])) as Pointers<S>;
    const moving = inRow.filter((_, i) => present[i]?.stream.scalar !== true);
    g.repeat(rows, () => {
      inRow.forEach((pointer, i) => {
        if (present[i]?.stream.scalar !== true) g.set(pointer, g.parameter(i));
      });
      forRow(g, columns, moving, (lanes) => body(g, at, lanes));
      present.forEach(({ stream }, i) => {
        g.advance(g.parameter(i), stream.rowBytes);
      });
    });
  });
  f.call(
    index,
    present.map(({ stream }) => stream.at),
  );
}

/** Columns of a tile; 6 × 8 as in gemm/shape.ts, fewer rows where that leaves none over. */
const TILE_COLUMNS = 8;
const tileRows = (rows: number): number => (rows % 6 !== 0 && rows % 4 === 0 && rows < 24 ? 4 : Math.min(rows, 6));
const UNROLL = 4;

/** A right operand of many products: `depth` rows of `columns` columns of weights. */
export interface Weights {
  readonly depth: number;
  readonly columns: number;
  readonly rowBytes: number;
  /** Whether `at` is the address of panels, not of the weights as they lie. */
  readonly packed: boolean;
  readonly at: Integer;
}

const panelBytes = ({ depth, columns }: { depth: number; columns: number }): number =>
  depth * (Math.floor(columns / TILE_COLUMNS) * TILE_COLUMNS * 4 + panelRowBytes(columns % TILE_COLUMNS));

/** Packs weights one behind the other at the start of the scratch memory, as long as they fit. */
export class WeightPanels {
  private used = 0;
  private readonly f: FunctionBuilder;
  private readonly module: ModuleBuilder;
  private readonly scratch: Integer;

  constructor(f: FunctionBuilder, module: ModuleBuilder, scratch: Integer) {
    this.f = f;
    this.module = module;
    this.scratch = scratch;
  }

  add(at: Integer, shape: { depth: number; columns: number; rowBytes: number }): Weights {
    const bytes = panelBytes(shape);
    if (this.used + bytes > RIGHT_PANEL_BYTES) return { ...shape, at, packed: false };
    const panels = this.f.keep(iAdd(this.scratch, integer(this.used)));
    this.used += bytes;
    const pack = packRight(this.module, { ...shape, tileColumns: TILE_COLUMNS, strideBytes: shape.rowBytes });
    this.f.call(pack, [at, panels]);
    return { ...shape, at: panels, packed: true };
  }
}

/** Emits output [rows, columns] = (what it holds, or 0) + left [rows, depth] · weights; each sum runs along depth in order. */
export function callProduct(
  f: FunctionBuilder,
  { module, rows }: Pick<RowBlock, "module" | "rows">,
  operands: { readonly left: Stream; readonly weights: Weights; readonly output: Stream; readonly start: "zero" | "accumulate" },
): void {
  const { left, weights, output, start } = operands;
  const { depth, columns, packed, rowBytes } = weights;
  const key = JSON.stringify([rows, columns, depth, packed, rowBytes, left.rowBytes, output.rowBytes, start]);
  const index = module.function(`recurrent product ${key}`, 3, (g) => {
    const [lefts, right, outputs] = [g.parameter(0), g.parameter(1), g.parameter(2)];
    const [a, c] = [g.local("i32"), g.local("i32")];
    const tile = tileRows(rows);
    const panel = (width: number): void => {
      const kernel = (count: number): number =>
        microKernel(module, {
          rows: count,
          columns: width,
          depth,
          unroll: UNROLL,
          leftRowBytes: left.rowBytes,
          leftDepthBytes: 4,
          rightDepthBytes: packed ? panelRowBytes(width) : rowBytes,
          outputRowBytes: output.rowBytes,
          start,
          finish: "none",
        });
      g.set(a, lefts);
      g.set(c, outputs);
      g.repeat(Math.floor(rows / tile), () => {
        g.call(kernel(tile), [a, right, c, integer(0)]);
        g.advance(a, tile * left.rowBytes);
        g.advance(c, tile * output.rowBytes);
      });
      if (rows % tile > 0) g.call(kernel(rows % tile), [a, right, c, integer(0)]);
    };
    g.repeat(Math.floor(columns / TILE_COLUMNS), () => {
      panel(TILE_COLUMNS);
      g.advance(right, packed ? depth * TILE_COLUMNS * 4 : TILE_COLUMNS * 4);
      g.advance(outputs, TILE_COLUMNS * 4);
    });
    if (columns % TILE_COLUMNS > 0) panel(columns % TILE_COLUMNS);
  });
  f.call(index, [left.at, weights.at, output.at]);
}

/** Samples that are taken through the whole sequence together: their sums fit the second part of the scratch memory. */
const MOST_ROWS = 48;
export const blockRows = (columns: number): number => Math.min(MOST_ROWS, Math.floor(COLUMNS_BYTES / (columns * 4)));
export const sumsAt = (scratch: Integer): Integer => iAdd(scratch, integer(COLUMNS_AT));

/** The blocks of a thread's rows. */
export function rowBlocks(start: number, length: number, most: number): { first: number; rows: number }[] {
  const count = Math.ceil(length / most);
  const edges = Array.from({ length: count + 1 }, (_, i) => start + Math.floor((length * i) / count));
  return edges.slice(1).map((end, i) => ({ first: edges[i] ?? start, rows: end - (edges[i] ?? start) }));
}
