/**
 * Sums down the columns of a matrix. A block of columns is held in registers while it runs down the rows; every 128
 * rows the sums are put aside, so that the rounding error grows with the number of these pieces, not of rows.
 */
import { add, type Local, load, type Vector, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";

export const ROWS_IN_PIECE = 128;

export interface ColumnBlock {
  /** First column. */
  readonly column: number;
  /** Lanes that count in each of the block's vectors: 4, but for the last one. */
  readonly lanes: readonly number[];
}

/** Columns in blocks of up to `vectors` vectors. */
export function columnBlocks(columns: number, vectors: number): ColumnBlock[] {
  const blocks: ColumnBlock[] = [];
  for (let column = 0; column < columns; column += vectors * 4) {
    const width = Math.min(vectors * 4, columns - column);
    blocks.push({ column, lanes: Array.from({ length: Math.ceil(width / 4) }, (_, v) => Math.min(4, width - v * 4)) });
  }
  return blocks;
}

/**
 * Runs `addRow` for every row.
 * @param count  number of sums
 * @param addRow the new values of the sums after one more row; also moves the pointers on
 * @returns locals that hold the sums over all rows
 */
export function sumOverRows(
  f: FunctionBuilder,
  rows: number,
  count: number,
  addRow: (sums: readonly Local<"v128">[]) => readonly Vector[],
): Local<"v128">[] {
  const sums = f.vectors(count);
  const row = (): void => {
    addRow(sums).forEach((value, i) => {
      const sum = sums[i];
      if (sum === undefined) throw new Error("more values than sums");
      f.set(sum, value);
    });
  };
  const piece = (length: number): void => {
    for (const sum of sums) f.set(sum, zero);
    f.repeat(length, row);
  };
  if (rows <= ROWS_IN_PIECE) {
    piece(rows);
    return sums;
  }
  const totals = sums.map(() => f.keep(zero));
  const putAside = (): void => {
    totals.forEach((total, i) => {
      const sum = sums[i];
      if (sum !== undefined) f.set(total, add(total, sum));
    });
  };
  f.repeat(Math.floor(rows / ROWS_IN_PIECE), () => {
    piece(ROWS_IN_PIECE);
    putAside();
  });
  if (rows % ROWS_IN_PIECE > 0) {
    piece(rows % ROWS_IN_PIECE);
    putAside();
  }
  return totals;
}

export interface ColumnSums {
  readonly rows: number;
  readonly columns: number;
  /** Elements from one row to the next. */
  readonly rowStride: number;
  /** Whether they are added to what is there. */
  readonly adds?: true;
}

/** Function (matrix, sums). */
export function sumColumns(module: ModuleBuilder, shape: ColumnSums): number {
  return module.function(`sumColumns ${JSON.stringify(shape)}`, 2, (f) => {
    const [matrix, output] = [f.parameter(0), f.parameter(1)];
    const pointer = f.local("i32");
    inColumnBlocks(f, shape.columns, 8, [matrix, output], (lanes) => {
      f.set(pointer, matrix);
      const totals = sumOverRows(f, shape.rows, lanes.length, (sums) => {
        const terms = sums.map((sum, v) => f.keep(add(sum, load(pointer, v * 16))));
        f.advance(pointer, shape.rowStride * 4);
        return terms;
      });
      totals.forEach((total, v) => {
        if (shape.adds === true) f.set(total, add(load(output, v * 16), total));
        f.storeLanes(output, v * 16, total, lanes[v] ?? 0);
      });
    });
  });
}

/** Blocks of columns: full ones in a loop that moves the pointers on, the narrow one behind it. */
export function inColumnBlocks(
  f: FunctionBuilder,
  columns: number,
  vectors: number,
  pointers: readonly Local<"i32">[],
  body: (lanes: readonly number[]) => void,
): void {
  const blocks = columnBlocks(columns, vectors);
  const full = Math.floor(columns / (vectors * 4));
  f.repeat(full, () => {
    body(new Array<number>(vectors).fill(4));
    for (const pointer of pointers) f.advance(pointer, vectors * 16);
  });
  const last = blocks[full];
  if (last !== undefined) body(last.lanes);
}
