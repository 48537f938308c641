/**
 * Pieces of the walk through time: functions over the rows of a block of samples at one step, and the product of such a block with
 * weights that were packed once for the whole sequence. The block is small enough to stay in the cache from step to step.
 */
import { at } from "../../../ir/op.ts";
import { type Integer, iAdd, integer, type Local, load, loadSplat, type Vector } from "../emit/expression.ts";
import { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { microKernel } from "../gemm/micro-kernel.ts";
import { packRight, panelRowBytes } from "../gemm/packing.ts";
import { COLUMNS_AT, COLUMNS_BYTES, RIGHT_PANEL_BYTES } from "../gemm/shape.ts";

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

/** Four neighbouring numbers of a row, and those at offsets from them (the other gates). */
export interface RowVector {
  /** Of a scalar stream: its one number in all lanes. */
  load(offset?: number): Vector;
  store(value: Vector, offset?: number): void;
}
export type RowVectors<S extends Streams> = {
  readonly [K in keyof S]: S[K] extends Stream ? RowVector : RowVector | undefined;
};

export interface RowBlock {
  readonly module: ModuleBuilder;
  readonly rows: number;
  readonly columns: number;
}

/** Vectors that are computed side by side; V8 joins neighbours into wider ones where it can. */
const ABREAST = 2;

/**
 * Emits a call of a function that runs `body` over all columns of all rows, four at a time. Everything is read before anything is
 * stored: a body reads no number that it writes.
 * @param key names the arithmetic, with everything that `body` depends on besides the streams that are there
 */
export function callOnRows<S extends Streams>(
  f: FunctionBuilder,
  { module, rows, columns }: RowBlock,
  key: string,
  streams: S,
  body: (g: FunctionBuilder, at: RowVectors<S>) => void,
): void {
  const present = Object.entries(streams).flatMap(([name, stream]) => (stream === undefined ? [] : [{ name, stream }]));
  const layout = present.map(({ name, stream }) => `${name}:${stream.rowBytes}`).join();
  const index = module.function(`${key} of ${rows} × ${columns} (${layout})`, present.length, (g) => {
    const pointers = present.map(({ stream }, i) => (stream.scalar === true ? g.parameter(i) : g.local("i32")));
    const make = (h: FunctionBuilder, vectorOf: (i: number) => RowVector): void =>
      body(h, Object.fromEntries(present.map(({ name }, i) => [name, vectorOf(i)])) as RowVectors<S>);
    const wanted = module.options.wide === true ? loadsOf(module, present, make) : [];
    const vectors = (lanes: readonly number[]): void => {
      const stores: PendingStore[] = [];
      const early = lanes.map((_, abreast) => wanted.map(({ i, offset }) => g.keep(load(at(pointers, i), offset + 16 * abreast))));
      lanes.forEach((count, abreast) => {
        const loaded = (i: number, offset: number): Vector | undefined =>
          early[abreast]?.[wanted.findIndex((one) => one.i === i && one.offset === offset)];
        make(g, (i) => {
          const { stream } = at(present, i);
          const pointer = at(pointers, i);
          if (stream.scalar === true) return { load: () => loadSplat(pointer), store: neverStored };
          return {
            load: (offset = 0) => loaded(i, offset) ?? load(pointer, offset + 16 * abreast),
            store: (value, offset = 0) => void stores.push({ pointer, offset: offset + 16 * abreast, value: g.keep(value), lanes: count }),
          };
        });
      });
      flush(g, stores);
    };
    g.repeat(rows, () => {
      present.forEach(({ stream }, i) => {
        if (stream.scalar !== true) g.set(at(pointers, i), g.parameter(i));
      });
      g.repeat(Math.floor(columns / (4 * ABREAST)), () => {
        vectors(new Array<number>(ABREAST).fill(4));
        present.forEach(({ stream }, i) => {
          if (stream.scalar !== true) g.advance(at(pointers, i), 16 * ABREAST);
        });
      });
      const rest = columns % (4 * ABREAST);
      if (rest > 0) vectors(Array.from({ length: Math.ceil(rest / 4) }, (_, v) => Math.min(4, rest - 4 * v)));
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

interface PendingStore {
  readonly pointer: Local<"i32">;
  readonly offset: number;
  readonly value: Local<"v128">;
  readonly lanes: number;
}

function neverStored(): never {
  throw new Error("a mask is not written");
}

/**
 * What a body reads, found by writing it into a function that is thrown away. V8 joins the vectors of a loop only where no load
 * through a pointer stands between them: for wide vectors, all of these come first.
 */
function loadsOf(
  module: ModuleBuilder,
  present: readonly { readonly stream: Stream }[],
  make: (h: FunctionBuilder, vectorOf: (i: number) => RowVector) => void,
): { i: number; offset: number }[] {
  const found = new Map<string, { i: number; offset: number }>();
  const draft = new FunctionBuilder(present.length, module.options);
  make(draft, (i) => ({
    load: (offset = 0) => {
      if (at(present, i).stream.scalar !== true) found.set(`${i} ${offset}`, { i, offset });
      return load(draft.parameter(i), offset);
    },
    store: (value) => void draft.keep(value),
  }));
  return [...found.values()];
}

/** Neighbours one after the other, which is how V8 finds them. */
function flush(g: FunctionBuilder, stores: PendingStore[]): void {
  stores.sort((a, b) => a.pointer.index - b.pointer.index || a.offset - b.offset);
  for (const { pointer, offset, value, lanes } of stores) g.storeLanes(pointer, offset, value, lanes);
}

/** Columns of a tile: 6 × 8 as in gemm/shape.ts, twice as many for wide vectors. */
const tileColumns = (module: ModuleBuilder, columns: number): number => (module.options.wide === true && columns > 8 ? 16 : 8);
const TILE_ROWS = 6;

/** Rows as tiles: a last one of one or two rows leaves multipliers idle, so that it is made of the tile before it. */
function tilesOf(rows: number): { tile: number; times: number }[] {
  const rest = rows % TILE_ROWS;
  const isSmall = rest > 0 && rest <= 2 && rows > TILE_ROWS;
  const full = Math.floor(rows / TILE_ROWS) - (isSmall ? 1 : 0);
  const half = (TILE_ROWS + rest) / 2;
  const last = isSmall ? [Math.ceil(half), Math.floor(half)] : [rest];
  return [{ tile: TILE_ROWS, times: full }, ...last.filter((tile) => tile > 0).map((tile) => ({ tile, times: 1 }))];
}

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

const panelBytes = ({ depth, columns }: { depth: number; columns: number }, tile: number): number =>
  depth * (Math.floor(columns / tile) * tile * 4 + panelRowBytes(columns % tile));

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
    const tile = tileColumns(this.module, shape.columns);
    const bytes = panelBytes(shape, tile);
    if (this.used + bytes > RIGHT_PANEL_BYTES) return { ...shape, at, packed: false };
    const panels = this.f.keep(iAdd(this.scratch, integer(this.used)));
    this.used += bytes;
    const pack = packRight(this.module, { ...shape, tileColumns: tile, strideBytes: shape.rowBytes });
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
  const wide = tileColumns(module, columns);
  const key = JSON.stringify([rows, columns, depth, packed, rowBytes, left.rowBytes, output.rowBytes, start]);
  const index = module.function(`recurrent product ${key}`, 3, (g) => {
    const [lefts, right, outputs] = [g.parameter(0), g.parameter(1), g.parameter(2)];
    const [a, c] = [g.local("i32"), g.local("i32")];
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
      for (const { tile, times } of tilesOf(rows))
        g.repeat(times, () => {
          g.call(kernel(tile), [a, right, c, integer(0)]);
          g.advance(a, tile * left.rowBytes);
          g.advance(c, tile * output.rowBytes);
        });
    };
    g.repeat(Math.floor(columns / wide), () => {
      panel(wide);
      g.advance(right, packed ? depth * wide * 4 : wide * 4);
      g.advance(outputs, wide * 4);
    });
    if (columns % wide > 0) panel(columns % wide);
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
