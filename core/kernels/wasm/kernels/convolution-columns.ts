/**
 * The windows of a convolution as rows of a matrix (im2col), a piece at a time in scratch memory, and the way back, which adds
 * (col2im). A row holds one output pixel's window: kernel rows, kernel columns, then the channels of one group.
 */
import type { ConvolutionSizes } from "../../../ir/ops/convolution.ts";
import { add, type Integer, iAdd, iLess, iMul, integer, type Local, load, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { COLUMNS_BYTES } from "../gemm/shape.ts";
import { forRow } from "./rows.ts";

/** Numbers in a row: the depth of the matrix product. */
export const rowLength = ({ KH, KW, C, groups }: ConvolutionSizes): number => (KH * KW * C) / groups;

/** Output lines [.., + lines), pixels [from, to) of each. */
export interface Piece {
  readonly lines: number;
  readonly from: number;
  readonly to: number;
}

/** How the outputs of one sample are cut so that the rows of a piece fit into scratch memory: whole lines, or parts of one. */
export function piecesOf(sizes: ConvolutionSizes): { readonly lines: number; readonly spans: readonly (readonly [number, number])[] } {
  const fitting = Math.floor(COLUMNS_BYTES / (rowLength(sizes) * 4));
  if (fitting >= sizes.OW) return { lines: Math.min(sizes.OH, Math.floor(fitting / sizes.OW)), spans: [[0, sizes.OW]] };
  const count = Math.ceil(sizes.OW / fitting);
  const spans = Array.from(
    { length: count },
    (_, i) => [Math.floor((sizes.OW * i) / count), Math.floor((sizes.OW * (i + 1)) / count)] as const,
  );
  return { lines: 1, spans };
}

/** Whether a single row fits. */
export const fitsScratch = (sizes: ConvolutionSizes): boolean => rowLength(sizes) * 4 <= COLUMNS_BYTES;

type Move = (image: Local<"i32">, imageOffset: number, columns: Local<"i32">, columnsOffset: number, floats: number) => void;

/** Runs shorter than this are written out, longer ones are loops. */
const UNROLLED_FLOATS = 64;

/** Function (image, first line, columns): writes the rows of a piece. */
export function imageToColumns(module: ModuleBuilder, sizes: ConvolutionSizes, piece: Piece): number {
  return module.function(`imageToColumns ${JSON.stringify([sizes, piece])}`, 3, (f) => {
    // Whole vectors: what is written too far is overwritten by the next run, or lies in the scratch's slack.
    const copy: Move = (image, imageOffset, columns, columnsOffset, floats) => {
      if (floats <= UNROLLED_FLOATS) {
        for (let i = 0; i < floats; i += 4) f.store(columns, columnsOffset + i * 4, load(image, imageOffset + i * 4));
        return;
      }
      const [from, to] = [f.keep(iAdd(image, integer(imageOffset))), f.keep(iAdd(columns, integer(columnsOffset)))];
      forRow(f, floats, [from, to], () => f.store(to, 0, load(from)));
    };
    const clear = (columns: Local<"i32">, offset: number, floats: number): void => {
      const to = f.keep(iAdd(columns, integer(offset)));
      forRow(f, floats, [to], () => f.store(to, 0, zero));
    };
    walk(f, sizes, piece, copy, clear);
  });
}

/** Function (image, first line, columns): adds the rows of a piece to the pixels they came from. */
export function addColumnsToImage(module: ModuleBuilder, sizes: ConvolutionSizes, piece: Piece): number {
  return module.function(`addColumnsToImage ${JSON.stringify([sizes, piece])}`, 3, (f) => {
    const addTo: Move = (image, imageOffset, columns, columnsOffset, floats) => {
      const sum = (to: Local<"i32">, toOffset: number, from: Local<"i32">, fromOffset: number, lanes: number): void =>
        f.storeLanes(to, toOffset, f.keep(add(load(to, toOffset), load(from, fromOffset))), lanes);
      if (floats <= UNROLLED_FLOATS) {
        for (let i = 0; i < floats; i += 4) sum(image, imageOffset + i * 4, columns, columnsOffset + i * 4, Math.min(4, floats - i));
        return;
      }
      const [to, from] = [f.keep(iAdd(image, integer(imageOffset))), f.keep(iAdd(columns, integer(columnsOffset)))];
      forRow(f, floats, [to, from], (lanes) => sum(to, 0, from, 0, lanes));
    };
    walk(f, sizes, piece, addTo, () => {});
  });
}

/** Visits the windows of a piece row by row; `missing` stands in for what lies in the padding. */
function walk(
  f: FunctionBuilder,
  sizes: ConvolutionSizes,
  { lines, from, to }: Piece,
  move: Move,
  missing: (columns: Local<"i32">, offset: number, floats: number) => void,
): void {
  const { H, W, C, KH, KW, OH, OW, groups, strides, dilation, top, left } = sizes;
  const channels = C / groups;
  const [image, line, columns] = [f.parameter(0), f.parameter(1), f.parameter(2)];
  const runBytes = KW * channels * 4;
  const padded = top > 0 || (OH - 1) * strides[0] + (KH - 1) * dilation[0] - top >= H;
  // Pixels whose whole window lies within the line.
  const inner = Math.min(to, Math.max(from, Math.ceil(left / strides[1])));
  const innerEnd = Math.min(to, OW, Math.max(inner, Math.floor((W - 1 + left - (KW - 1) * dilation[1]) / strides[1]) + 1));
  const joined = dilation[1] === 1 && groups === 1;
  const rows = Array.from({ length: KH }, () => f.local("i32"));
  const pixelRows = Array.from({ length: KH }, () => f.local("i32"));
  const valid = Array.from({ length: KH }, () => f.local("i32"));

  const window = (kernelRow: (row: Local<"i32">, kh: number) => void): void => {
    rows.forEach((_, kh) => {
      const [pixelRow, isValid] = [pixelRows[kh], valid[kh]];
      if (pixelRow === undefined || isValid === undefined) throw new Error("a kernel row has a pointer");
      if (padded)
        f.when(
          isValid,
          () => kernelRow(pixelRow, kh),
          () => missing(columns, kh * runBytes, KW * channels),
        );
      else kernelRow(pixelRow, kh);
    });
    f.advance(columns, KH * runBytes);
    for (const pixelRow of pixelRows) f.advance(pixelRow, strides[1] * C * 4);
  };
  const whole = (row: Local<"i32">, kh: number): void => {
    if (joined) move(row, 0, columns, kh * runBytes, KW * channels);
    else for (let kw = 0; kw < KW; kw++) move(row, kw * dilation[1] * C * 4, columns, kh * runBytes + kw * channels * 4, channels);
  };
  const atEdge =
    (pixel: Integer) =>
    (row: Local<"i32">, kh: number): void => {
      for (let kw = 0; kw < KW; kw++) {
        const column = iAdd(iMul(pixel, integer(strides[1])), integer(kw * dilation[1] - left));
        const offset = kh * runBytes + kw * channels * 4;
        f.when(
          iLess(column, integer(W)),
          () => {
            // An offset of an instruction cannot be negative: the pointer is moved instead.
            const at = f.keep(iAdd(row, integer(kw * dilation[1] * C * 4)));
            move(at, 0, columns, offset, channels);
          },
          () => missing(columns, offset, channels),
        );
      }
    };
  f.repeat(lines, () => {
    for (let kh = 0; kh < KH; kh++) {
      const [row, pixelRow, isValid] = [rows[kh], pixelRows[kh], valid[kh]];
      if (row === undefined || pixelRow === undefined || isValid === undefined) continue;
      f.set(row, iAdd(iMul(line, integer(strides[0])), integer(kh * dilation[0] - top)));
      f.set(isValid, iLess(row, integer(H)));
      f.set(pixelRow, iAdd(image, iMul(iAdd(iMul(row, integer(W)), integer(from * strides[1] - left)), integer(C * 4))));
    }
    f.count(from, inner, 1, (pixel) => window(atEdge(pixel)));
    f.repeat(innerEnd - inner, () => window(whole));
    f.count(innerEnd, to, 1, (pixel) => window(atEdge(pixel)));
    f.advance(line, 1);
  });
}
