/**
 * Packing: copies a block of an operand into panels, one tile wide, in the order in which the micro-kernel reads them.
 * It pays for large blocks (rows of a power of two apart fight for the same cache lines) and turns a transposed right
 * operand into a plain one.
 */
import { type Integer, iAdd, integer, type Local, load, loadFloat, shuffle } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";

export interface RightPanels {
  readonly depth: number;
  readonly columns: number;
  readonly tileColumns: number;
  /** Bytes from one row of the operand, as it lies in memory, to the next. */
  readonly strideBytes: number;
}

/** Bytes from one step of depth to the next in a panel of `columns` columns. */
export const panelRowBytes = (columns: number): number => Math.ceil(columns / 4) * 16;

/** Function (source, panels): right of [depth, columns] into panels. Full panels come first, the narrow one last. */
export function packRight(module: ModuleBuilder, panels: RightPanels): number {
  return module.function(`packRight ${JSON.stringify(panels)}`, 2, (f) => {
    const { depth, columns, tileColumns } = panels;
    const full = Math.floor(columns / tileColumns);
    const rest = columns % tileColumns;
    const panelBytes = tileColumns * 4 * depth;
    const restRowBytes = panelRowBytes(rest);
    const [source, row] = [f.local("i32"), f.local("i32")];
    const target = f.local("i32");
    const restTarget = f.keep(iAdd(f.parameter(1), integer(full * panelBytes)));
    f.set(source, f.parameter(0));
    f.set(row, f.parameter(1));
    f.repeat(depth, () => {
      const from = f.keep(source);
      f.set(target, row);
      f.repeat(full, () => {
        for (let v = 0; v < tileColumns / 4; v++) f.store(target, v * 16, load(from, v * 16));
        f.advance(from, tileColumns * 4);
        f.advance(target, panelBytes);
      });
      for (let v = 0; v < restRowBytes / 16; v++) f.store(restTarget, v * 16, load(from, v * 16));
      f.advance(restTarget, restRowBytes);
      f.advance(source, panels.strideBytes);
      f.advance(row, tileColumns * 4);
    });
  });
}

/** Function (source, panels): like {@link packRight} from an operand that lies as [columns, depth]. */
export function packRightTransposed(module: ModuleBuilder, panels: RightPanels): number {
  return module.function(`packRightTransposed ${JSON.stringify(panels)}`, 2, (f) => {
    const { depth, columns, tileColumns, strideBytes } = panels;
    const full = Math.floor(columns / tileColumns);
    const rest = columns % tileColumns;
    const [source, target] = [f.parameter(0), f.parameter(1)];
    f.repeat(full, () => {
      transposePanel(f, source, target, panels, tileColumns);
      f.advance(source, tileColumns * strideBytes);
      f.advance(target, tileColumns * 4 * depth);
    });
    if (rest > 0) transposePanel(f, source, target, panels, rest);
  });
}

/** Columns beyond the last are filled with copies of it: they are computed and never stored. */
function transposePanel(f: FunctionBuilder, source: Integer, target: Integer, panels: RightPanels, columns: number): void {
  const { depth, strideBytes } = panels;
  const rowBytes = panelRowBytes(columns);
  for (let first = 0; first < columns; first += 4) {
    const offsets = [0, 1, 2, 3].map((lane) => Math.min(first + lane, columns - 1) * strideBytes);
    const from = f.keep(source);
    const to = f.keep(iAdd(target, integer(first * 4)));
    f.repeat(Math.floor(depth / 4), () => {
      const rows = offsets.map((offset) => f.keep(load(from, offset)));
      transpose4(f, rows).forEach((vector, k) => {
        f.store(to, k * rowBytes, vector);
      });
      f.advance(from, 16);
      f.advance(to, 4 * rowBytes);
    });
    for (let k = 0; k < depth % 4; k++)
      offsets.forEach((offset, lane) => {
        f.storeFloat(to, k * rowBytes + lane * 4, loadFloat(from, offset + k * 4));
      });
  }
}

/** Four vectors as the columns of a 4 × 4 block; its rows come back. */
function transpose4(f: FunctionBuilder, columns: readonly Local<"v128">[]): Local<"v128">[] {
  const [a, b, c, d] = columns;
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("a 4 × 4 block has four columns");
  const lowAB = f.keep(shuffle(a, b, [0, 4, 1, 5]));
  const highAB = f.keep(shuffle(a, b, [2, 6, 3, 7]));
  const lowCD = f.keep(shuffle(c, d, [0, 4, 1, 5]));
  const highCD = f.keep(shuffle(c, d, [2, 6, 3, 7]));
  return [
    f.keep(shuffle(lowAB, lowCD, [0, 1, 4, 5])),
    f.keep(shuffle(lowAB, lowCD, [2, 3, 6, 7])),
    f.keep(shuffle(highAB, highCD, [0, 1, 4, 5])),
    f.keep(shuffle(highAB, highCD, [2, 3, 6, 7])),
  ];
}

export interface LeftPanels {
  readonly rows: number;
  readonly depth: number;
  readonly tileRows: number;
  /** Bytes from one step of depth to the next; rows lie side by side. */
  readonly depthBytes: number;
}

/** Bytes from one left panel to the next: room for the three floats that copying whole vectors writes too many. */
export const leftPanelBytes = (tileRows: number, depth: number): number => tileRows * 4 * depth + 16;

/** Function (source, panels): left that lies as [depth, rows] into panels of tileRows, row by row of the source. */
export function packLeft(module: ModuleBuilder, panels: LeftPanels): number {
  return module.function(`packLeft ${JSON.stringify(panels)}`, 2, (f) => {
    const { rows, depth, tileRows, depthBytes } = panels;
    const [source, row] = [f.parameter(0), f.parameter(1)];
    const [from, target] = [f.local("i32"), f.local("i32")];
    const copy = (count: number): void => {
      for (let v = 0; v < Math.ceil(count / 4); v++) f.store(target, v * 16, load(from, v * 16));
    };
    f.repeat(depth, () => {
      f.set(from, source);
      f.set(target, row);
      f.repeat(Math.floor(rows / tileRows), () => {
        copy(tileRows);
        f.advance(from, tileRows * 4);
        f.advance(target, leftPanelBytes(tileRows, depth));
      });
      if (rows % tileRows > 0) copy(rows % tileRows);
      f.advance(source, depthBytes);
      f.advance(row, tileRows * 4);
    });
  });
}
