/**
 * conv2d and its gradients as matrix products over rows of windows (convolution-columns.ts). Samples are shared among the
 * threads; for the gradient of the kernel, its rows are: each sums over all pixels of all samples in order. Gradients that come nearly all
 * zeros go another way (sparse-convolution.ts).
 */
import { type ConvolutionSizes, convolutionSizes } from "../../../ir/ops/convolution.ts";
import type { Shape } from "../../../ir/tensor.ts";
import { add as addVectors, type Integer, iAdd, integer, type Local, load, loadFloat, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { product } from "../gemm/product.ts";
import { COLUMNS_AT, type ProductShape } from "../gemm/shape.ts";
import { addColumnsToImage, fitsScratch, imageToColumns, type Piece, piecesOf, rowLength } from "./convolution-columns.ts";
import { isDepthwise, lowerDepthwise, lowerDepthwiseInputGradient, lowerDepthwiseWeightGradient } from "./depthwise.ts";
import { linearInputGradient, linearWeightGradient, lowerLinear } from "./linear.ts";
import { forRow } from "./rows.ts";
import { eitherWay, mayBeSparse, sparseInputGradient, sparseWeightGradient } from "./sparse-convolution.ts";
import { LINE, type Operand, operandAt, type PlacedInstruction, shareOf, type Target, type WasmKernel } from "./target.ts";

type Pointer = Local<"i32">;
const ROW_UNIT = 6;

const withShape = (operand: Operand, shape: Shape): Operand => ({ ...operand, shape });

/** A window of one pixel: the convolution is a linear layer over the channels. */
const isPointwise = ({ KH, KW, groups, strides, H, W, OH, OW }: ConvolutionSizes): boolean =>
  KH === 1 && KW === 1 && groups === 1 && strides[0] === 1 && strides[1] === 1 && H === OH && W === OW;

const supports = (sizes: ConvolutionSizes): boolean => isPointwise(sizes) || isDepthwise(sizes) || fitsScratch(sizes);
const sizesOf = {
  forward: ({ inputs, attributes }: PlacedInstruction) =>
    convolutionSizes(operandAt(inputs, 0).shape, operandAt(inputs, 1).shape, attributes),
  input: ({ inputs, outputs, attributes }: PlacedInstruction) =>
    convolutionSizes(operandAt(outputs, 0).shape, operandAt(inputs, 1).shape, attributes),
  weight: ({ inputs, outputs, attributes }: PlacedInstruction) =>
    convolutionSizes(operandAt(inputs, 0).shape, operandAt(outputs, 0).shape, attributes),
};

/** Calls `body` for every piece of a sample, with the line at which it begins and the offset of its first pixel, in pixels. */
function forPieces(f: FunctionBuilder, sizes: ConvolutionSizes, body: (piece: Piece, line: Integer) => void): void {
  const { lines, spans } = piecesOf(sizes);
  const full = Math.floor(sizes.OH / lines);
  f.count(0, full * lines, lines, (line) => {
    for (const [from, to] of spans) body({ lines, from, to }, line);
  });
  if (sizes.OH % lines > 0) body({ lines: sizes.OH % lines, from: 0, to: sizes.OW }, integer(full * lines));
}

/** `count` numbers at a stride, side by side. */
function gather(f: FunctionBuilder, source: Integer, strideBytes: number, target: Integer, count: number): void {
  const [from, to] = [f.keep(source), f.keep(target)];
  f.repeat(count, () => {
    f.storeFloat(to, 0, loadFloat(from));
    f.advance(from, strideBytes);
    f.advance(to, 4);
  });
}

const rowsOf = ({ lines, from, to }: Piece): number => lines * (to - from);

/** y = x * kernel + bias, this thread's samples; `relu` takes the place of the activation behind it. */
export function lowerConvolution(target: Target, instruction: PlacedInstruction, y: Operand, finish: "none" | "relu"): void {
  const sizes = sizesOf.forward(instruction);
  const { inputs } = instruction;
  const [x, w, b] = [operandAt(inputs, 0), operandAt(inputs, 1), inputs[2]];
  if (isPointwise(sizes)) {
    lowerLinear(target, [x, withShape(w, [sizes.C, sizes.O]), ...(b === undefined ? [] : [b])], y, finish);
    return;
  }
  if (isDepthwise(sizes)) {
    lowerDepthwise(target, sizes, { x, w, b, y }, finish);
    return;
  }
  const { N, H, W, C, O, OH, OW, groups } = sizes;
  const { start, length } = shareOf(N, 1, target.share);
  if (length === 0) return;
  const depth = rowLength(sizes);
  const shape = (rows: number): ProductShape => ({
    rows,
    columns: O / groups,
    depth,
    leftRowStride: depth,
    leftDepthStride: 1,
    rightTransposed: false,
    rightStride: O,
    outputStride: O,
    start: b === undefined ? "zero" : "bias",
    finish,
  });
  const { module } = target;
  const index = module.function(`conv2d ${length} ${finish} ${b === undefined} ${JSON.stringify(sizes)}`, 5, (f) => {
    const [image, kernel, output, bias, scratch] = f.parameters as [Pointer, Pointer, Pointer, Pointer, Pointer];
    const columns = f.keep(iAdd(scratch, integer(COLUMNS_AT)));
    f.repeat(length, () => {
      forPieces(f, sizes, (piece, line) => {
        const multiply = product(module, shape(rowsOf(piece)));
        for (let g = 0; g < groups; g++) {
          f.call(imageToColumns(module, sizes, piece), [iAdd(image, integer((g * C * 4) / groups)), line, columns]);
          const own = integer((g * O * 4) / groups);
          f.call(multiply, [columns, iAdd(kernel, own), iAdd(output, own), iAdd(bias, own), scratch]);
        }
        f.advance(output, rowsOf(piece) * O * 4);
      });
      f.advance(image, H * W * C * 4);
    });
  });
  target.call(index, [x.address + start * H * W * C * 4, w.address, y.address + start * OH * OW * O * 4, b?.address ?? 0, target.scratch]);
}

export const conv2d: WasmKernel = {
  supports: (instruction) => supports(sizesOf.forward(instruction)),
  lower: (target, instruction) => lowerConvolution(target, instruction, operandAt(instruction.outputs, 0), "none"),
};

export const conv2dInputGradient: WasmKernel = {
  supports: (instruction) => supports(sizesOf.input(instruction)),
  lower: (target, instruction) => {
    const sizes = sizesOf.input(instruction);
    const { inputs, outputs } = instruction;
    const [dy, w, dx] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const { N, H, W, C, O, OH, OW, groups } = sizes;
    if (isPointwise(sizes)) {
      linearInputGradient.lower(target, { ...instruction, inputs: [dy, withShape(w, [C, O])] });
      return;
    }
    if (isDepthwise(sizes)) {
      lowerDepthwiseInputGradient(target, sizes, { dy, w, dx });
      return;
    }
    const { start, length } = shareOf(N, 1, target.share);
    if (length === 0) return;
    const depth = O / groups;
    const columnCount = rowLength(sizes);
    const shape = (rows: number): ProductShape => ({
      rows,
      columns: columnCount,
      depth,
      leftRowStride: O,
      leftDepthStride: 1,
      // A single column of weights is its own transpose.
      rightTransposed: depth > 1,
      rightStride: depth > 1 ? O : columnCount,
      outputStride: columnCount,
      start: "zero",
      finish: "none",
    });
    const { module } = target;
    const dense = module.function(`conv2d input gradient ${length} ${JSON.stringify(sizes)}`, 4, (f) => {
      const [image, gradient, kernel, scratch] = f.parameters as [Pointer, Pointer, Pointer, Pointer];
      const columns = f.keep(iAdd(scratch, integer(COLUMNS_AT)));
      f.repeat(length, () => {
        const clearing = f.keep(image);
        forRow(f, H * W * C, [clearing], (lanes) => f.storeLanes(clearing, 0, f.keep(zero), lanes));
        forPieces(f, sizes, (piece, line) => {
          const multiply = product(module, shape(rowsOf(piece)));
          for (let g = 0; g < groups; g++) {
            const own = integer((g * O * 4) / groups);
            const weights = f.keep(iAdd(kernel, own));
            // With one output channel a group its weights lie at a stride: a product of depth 1 leaves the panels free for a copy.
            if (depth === 1 && O > 1) gather(f, weights, O * 4, scratch, columnCount);
            f.call(multiply, [iAdd(gradient, own), depth === 1 && O > 1 ? scratch : weights, columns, columns, scratch]);
            f.call(addColumnsToImage(module, sizes, piece), [iAdd(image, integer((g * C * 4) / groups)), line, columns]);
          }
          f.advance(gradient, rowsOf(piece) * O * 4);
        });
        f.advance(image, H * W * C * 4);
      });
    });
    const own = [dx.address + start * H * W * C * 4, dy.address + start * OH * OW * O * 4, w.address, target.scratch];
    if (!mayBeSparse(sizes)) target.call(dense, own);
    else target.call(eitherWay(module, dy.size, { dense, sparse: sparseInputGradient(module, sizes, length) }), [dy.address, ...own]);
  },
};

export const conv2dWeightGradient: WasmKernel = {
  supports: (instruction) => supports(sizesOf.weight(instruction)),
  lower: (target, instruction) => {
    const sizes = sizesOf.weight(instruction);
    const { inputs, outputs } = instruction;
    const [x, dy, dw] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const { N, H, W, C, O, groups } = sizes;
    if (isPointwise(sizes)) {
      linearWeightGradient.lower(target, { ...instruction, outputs: [withShape(dw, [C, O])] });
      return;
    }
    if (isDepthwise(sizes)) {
      lowerDepthwiseWeightGradient(target, sizes, { x, dy, dw });
      return;
    }
    const rowCount = rowLength(sizes);
    const { start, length } = shareOf(rowCount, ROW_UNIT, target.share);
    const shape = (depth: number): ProductShape => ({
      rows: length,
      columns: O / groups,
      depth,
      leftRowStride: 1,
      leftDepthStride: rowCount,
      rightTransposed: false,
      rightStride: O,
      outputStride: O,
      start: "accumulate",
      finish: "none",
    });
    const { module } = target;
    const dense = module.function(`conv2d weight gradient ${start} ${length} ${JSON.stringify(sizes)}`, 4, (f) => {
      const [image, gradient, whole, scratch] = f.parameters as [Pointer, Pointer, Pointer, Pointer];
      if (length === 0) return;
      const kernel = f.keep(iAdd(whole, integer(start * O * 4)));
      const columns = f.keep(iAdd(scratch, integer(COLUMNS_AT)));
      const clearing = f.keep(kernel);
      forRow(f, length * O, [clearing], (lanes) => f.storeLanes(clearing, 0, f.keep(zero), lanes));
      f.repeat(N, () => {
        forPieces(f, sizes, (piece, line) => {
          const multiply = product(module, shape(rowsOf(piece)));
          for (let g = 0; g < groups; g++) {
            const own = integer((g * O * 4) / groups);
            f.call(imageToColumns(module, sizes, piece), [iAdd(image, integer((g * C * 4) / groups)), line, columns]);
            f.call(multiply, [iAdd(columns, integer(start * 4)), iAdd(gradient, own), iAdd(kernel, own), kernel, scratch]);
          }
          f.advance(gradient, rowsOf(piece) * O * 4);
        });
        f.advance(image, H * W * C * 4);
      });
    });
    const all = [x.address, dy.address, dw.address, target.scratch];
    if (!mayBeSparse(sizes)) {
      if (length > 0) target.call(dense, all);
      return;
    }
    const sparse = sparseWeightGradient(module, sizes, shareOf(O, O >= 2 * LINE ? LINE : 4, target.share));
    target.call(eitherWay(module, dy.size, { dense, sparse }), [dy.address, ...all]);
  },
};

export const addBias: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [x, b, y] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const { start, length } = shareOf(y.size / b.size, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`addBias ${length} ${b.size}`, 3, (f) => {
      const [from, to, bias] = [f.parameter(0), f.parameter(1), f.local("i32")];
      f.repeat(length, () => {
        f.set(bias, f.parameter(2));
        forRow(f, b.size, [from, to, bias], (lanes) => f.storeLanes(to, 0, f.keep(addVectors(load(from), load(bias))), lanes));
        f.advance(from, (b.size % 4) * 4);
        f.advance(to, (b.size % 4) * 4);
      });
    });
    target.call(index, [x.address + start * b.size * 4, y.address + start * b.size * 4, b.address]);
  },
};
