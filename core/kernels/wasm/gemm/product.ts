/**
 * The driver of a matrix product: walks the blocks that shape.ts chose, packs what is to be packed and calls the
 * micro-kernel tile by tile. Matrix–vector products have a kernel of their own in dot.ts.
 */
import { type Integer, iAdd, iMul, integer, type Local } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { dotProducts } from "./dot.ts";
import { microKernel } from "./micro-kernel.ts";
import { leftPanelBytes, packLeft, packRight, packRightTransposed, panelRowBytes } from "./packing.ts";
import { type Blocking, chooseBlocking, type ProductShape, RIGHT_PANEL_BYTES } from "./shape.ts";

type Pointer = Local<"i32">;

/** Index of the function (left, right, output, bias, scratch); addresses that the shape has no use for may be 0. */
export function product(
  module: ModuleBuilder,
  shape: ProductShape,
  blocking: Blocking = chooseBlocking(shape, module.options.wide),
): number {
  if (shape.columns === 1 && shape.leftDepthStride === 1 && shape.outputStride === 1) return dotProducts(module, shape);
  return module.function(`product ${JSON.stringify([shape, blocking])}`, 5, (f) => {
    const [left, right, output, bias, scratch] = f.parameters as [Pointer, Pointer, Pointer, Pointer, Pointer];
    const { tile, packLeft: packsLeft, packRight: packsRight } = blocking;
    const leftPanels = f.keep(iAdd(scratch, integer(RIGHT_PANEL_BYTES)));
    forBlocks(f, shape.columns, blocking.columnBlock, (columns, column) => {
      forDepth(f, shape, blocking.depthBlock, (depth, k, start, finish) => {
        let rightBlock: Integer = iAdd(right, rightOffset(shape, column, k));
        if (packsRight) {
          const pack = shape.rightTransposed ? packRightTransposed : packRight;
          f.call(pack(module, { depth, columns, tileColumns: tile.columns, strideBytes: shape.rightStride * 4 }), [rightBlock, scratch]);
          rightBlock = scratch;
        }
        forBlocks(f, shape.rows, blocking.rowBlock, (rows, row) => {
          let leftBlock: Integer = iAdd(
            left,
            iAdd(iMul(row, integer(shape.leftRowStride * 4)), iMul(k, integer(shape.leftDepthStride * 4))),
          );
          if (packsLeft) {
            f.call(packLeft(module, { rows, depth, tileRows: tile.rows, depthBytes: shape.leftDepthStride * 4 }), [leftBlock, leftPanels]);
            leftBlock = leftPanels;
          }
          const at = iAdd(iMul(row, integer(shape.outputStride * 4)), iMul(column, integer(4)));
          const args = [leftBlock, rightBlock, iAdd(output, at), iAdd(bias, iMul(column, integer(4)))];
          f.call(block(module, { ...shape, rows, columns, depth, start, finish }, blocking), args);
        });
      });
    });
  });
}

function rightOffset(shape: ProductShape, column: Integer, k: Integer): Integer {
  const [outer, inner] = shape.rightTransposed ? [column, k] : [k, column];
  return iMul(iAdd(iMul(outer, integer(shape.rightStride)), inner), integer(4));
}

/** Full blocks in a loop, the rest behind it. */
function forBlocks(f: FunctionBuilder, total: number, size: number, body: (length: number, at: Integer) => void): void {
  const full = Math.floor(total / size);
  if (full === 1) body(size, integer(0));
  else f.count(0, full * size, size, (at) => body(size, at));
  if (total % size > 0) body(total % size, integer(full * size));
}

type DepthBody = (depth: number, k: Integer, start: ProductShape["start"], finish: ProductShape["finish"]) => void;

/** The first block of depth starts the sums, the last one finishes them, those between add to what output holds. */
function forDepth(f: FunctionBuilder, shape: ProductShape, size: number, body: DepthBody): void {
  const blocks = Math.ceil(shape.depth / size);
  if (blocks === 1) {
    body(shape.depth, integer(0), shape.start, shape.finish);
    return;
  }
  const lastStart = (blocks - 1) * size;
  body(size, integer(0), shape.start, "none");
  f.count(size, lastStart, size, (k) => body(size, k, "accumulate", "none"));
  body(shape.depth - lastStart, integer(lastStart), "accumulate", shape.finish);
}

/** Function (left, right, output, bias): all tiles of one block, a column of tiles at a time. */
function block(module: ModuleBuilder, shape: ProductShape, blocking: Blocking): number {
  return module.function(`block ${JSON.stringify([shape, blocking])}`, 4, (f) => {
    const { tile, packLeft: packsLeft, packRight: packsRight } = blocking;
    const { rows, columns, depth } = shape;
    const [leftStart, right, outputStart, bias] = f.parameters as [Pointer, Pointer, Pointer, Pointer];
    const [left, output] = [f.local("i32"), f.local("i32")];
    const outputRowBytes = shape.outputStride * 4;
    const leftTileBytes = packsLeft ? leftPanelBytes(tile.rows, depth) : tile.rows * shape.leftRowStride * 4;
    const column = (width: number): void => {
      const kernel = (tileRows: number): number =>
        microKernel(module, {
          rows: tileRows,
          columns: width,
          depth,
          unroll: tile.unroll,
          leftRowBytes: packsLeft ? 4 : shape.leftRowStride * 4,
          leftDepthBytes: packsLeft ? tile.rows * 4 : shape.leftDepthStride * 4,
          rightDepthBytes: packsRight ? panelRowBytes(width) : shape.rightStride * 4,
          outputRowBytes,
          start: shape.start,
          finish: shape.finish,
        });
      f.set(left, leftStart);
      f.set(output, outputStart);
      const args = [left, right, output, bias];
      f.repeat(Math.floor(rows / tile.rows), () => {
        f.call(kernel(tile.rows), args);
        f.advance(left, leftTileBytes);
        f.advance(output, tile.rows * outputRowBytes);
      });
      if (rows % tile.rows > 0) f.call(kernel(rows % tile.rows), args);
    };
    f.repeat(Math.floor(columns / tile.columns), () => {
      column(tile.columns);
      f.advance(right, packsRight ? tile.columns * 4 * depth : tile.columns * 4);
      f.advance(outputStart, tile.columns * 4);
      f.advance(bias, tile.columns * 4);
    });
    if (columns % tile.columns > 0) column(columns % tile.columns);
  });
}
