/**
 * Gradients of a convolution whose outputs' gradient is nearly all zeros, as behind a maximum over time: window by window of what is not
 * zero, instead of a product over everything. Which way is taken is decided at every call by counting, over all samples, so that
 * threads agree; every sum has its order from the shapes alone.
 */
import type { ConvolutionSizes } from "../../../ir/ops/convolution.ts";
import {
  addIntegers,
  and,
  anyBit,
  equal,
  float,
  floatsOfIntegers,
  fNotEqual,
  type Integer,
  iAdd,
  iLess,
  iMul,
  integer,
  integerOfFloat,
  type Local,
  load,
  loadFloat,
  loadSplat,
  multiplyAdd,
  neg,
  notEqual,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { COLUMNS_AT, COLUMNS_BYTES } from "../gemm/shape.ts";
import { rowLength } from "./convolution-columns.ts";
import { firstLanes, forRow, forWideRow, sumOfLanes } from "./rows.ts";
import type { Range } from "./target.ts";

type Pointer = Local<"i32">;

/** A number of dy costs this many times what it costs in a matrix product. */
const COST = 16;
const MOST_TAPS = 32;

/** Whether a layer is of a shape that gains when its gradient is sparse: counting costs a pass over dy. */
export const mayBeSparse = ({ groups, KH, KW, C, O, OH, OW, ...sizes }: ConvolutionSizes): boolean =>
  groups === 1 &&
  KH * KW <= MOST_TAPS &&
  C >= 4 &&
  O >= 8 &&
  OH * OW >= COST &&
  rowLength({ groups, KH, KW, C, O, OH, OW, ...sizes }) >= 64;

/** Channels whose windows fit scratch memory at once. */
const channelsAtOnce = (sizes: ConvolutionSizes): number => Math.max(1, Math.floor(COLUMNS_BYTES / (rowLength(sizes) * 4)));

/** Not zero if dy has at most a sixteenth of numbers that are not 0 (NaN is none). */
function isSparse(f: FunctionBuilder, gradient: Pointer, size: number): Integer {
  const [pointer, zeros] = [f.keep(gradient), f.keep(zero)];
  forRow(f, size, [pointer], (lanes) => {
    const hit = equal(load(pointer), zero);
    f.set(zeros, addIntegers(zeros, lanes === 4 ? hit : and(hit, firstLanes(lanes))));
  });
  // Every hit counts −1.
  const count = f.keep(neg(floatsOfIntegers(zeros)));
  return iLess(integer(Math.floor(size * (1 - 1 / COST))), integerOfFloat(sumOfLanes(count)));
}

/**
 * Function (gradient, image, windows, line, pixel): for a number of dy and the window that it saw, whose first line and pixel may lie
 * in the padding: adds the window of the image to `windows`, or `windows` to the window of the image.
 */
function moveWindow(module: ModuleBuilder, sizes: ConvolutionSizes, to: "windows" | "image"): number {
  const { H, W, C, KH, KW, dilation, OH, OW, strides, top, left } = sizes;
  const isPadded =
    top > 0 || left > 0 || (OH - 1) * strides[0] + (KH - 1) * dilation[0] >= H || (OW - 1) * strides[1] + (KW - 1) * dilation[1] >= W;
  // Pixels side by side are one run.
  const joined = !isPadded && dilation[1] === 1 ? KW : 1;
  return module.function(`moveWindow ${to} ${JSON.stringify(sizes)}`, 5, (f) => {
    const [gradient, image, windows, line, pixel] = f.parameters as [Pointer, Pointer, Pointer, Pointer, Pointer];
    const factor = f.keep(loadSplat(gradient));
    const [there, own, y, x] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
    for (let kh = 0; kh < KH; kh++)
      for (let kw = 0; kw < KW; kw += joined) {
        f.set(y, iAdd(line, integer(kh * dilation[0])));
        f.set(x, iAdd(pixel, integer(kw * dilation[1])));
        const move = (): void => {
          f.set(there, iAdd(image, iMul(iAdd(iMul(y, integer(W)), x), integer(C * 4))));
          f.set(own, iAdd(windows, integer((kh * KW + kw) * C * 4)));
          const [from, into] = to === "windows" ? [there, own] : [own, there];
          forWideRow(f, joined * C, [from, into], (at, lanes) =>
            f.storeLanes(into, at, f.keep(multiplyAdd(factor, load(from, at), load(into, at))), lanes),
          );
        };
        // As unsigned numbers, negative ones are larger than any length.
        if (isPadded) f.when(iLess(y, integer(H)), () => f.when(iLess(x, integer(W)), move));
        else move();
      }
  });
}

/** Calls `body` for every number of dy that is not zero, of `channels`, in all pixels of all samples; moves `image` and `gradient` on. */
function forNonZero(
  f: FunctionBuilder,
  sizes: ConvolutionSizes,
  samples: number,
  channels: Range,
  { image, gradient }: { readonly image: Pointer; readonly gradient: Pointer },
  body: (number: Pointer, channel: Integer, line: Integer, pixel: Integer) => void,
): void {
  const { H, W, C, O, OH, OW, strides, top, left } = sizes;
  const [number, channel] = [f.local("i32"), f.local("i32")];
  f.repeat(samples, () => {
    f.count(0, OH, 1, (oh) =>
      f.count(0, OW, 1, (ow) => {
        const line = iAdd(iMul(oh, integer(strides[0])), integer(-top));
        const pixel = iAdd(iMul(ow, integer(strides[1])), integer(-left));
        const visit = (): void => {
          f.when(fNotEqual(loadFloat(number), float(0)), () => body(number, channel, line, pixel));
          f.advance(number, 4);
          f.advance(channel, 1);
        };
        f.set(number, iAdd(gradient, integer(channels.start * 4)));
        f.set(channel, integer(0));
        f.repeat(Math.floor(channels.length / 4), () =>
          f.when(
            anyBit(notEqual(load(number), zero)),
            () => f.repeat(4, visit),
            () => {
              f.advance(number, 16);
              f.advance(channel, 4);
            },
          ),
        );
        f.repeat(channels.length % 4, visit);
        f.advance(gradient, O * 4);
      }),
    );
    f.advance(image, H * W * C * 4);
  });
}

function channelBlocks(sizes: ConvolutionSizes, channels: Range): Range[] {
  const most = channelsAtOnce(sizes);
  const count = Math.ceil(channels.length / most);
  return Array.from({ length: count }, (_, i) => ({
    start: channels.start + i * most,
    length: Math.min(most, channels.length - i * most),
  }));
}

/** Calls `copy` with addresses of the weights of a block's channels: in the kernel, `O` apart, and in scratch, side by side. */
function forWeights(
  f: FunctionBuilder,
  { O, ...rest }: ConvolutionSizes,
  block: Range,
  kernel: Integer,
  windows: Integer,
  copy: (inKernel: Pointer, inWindows: Pointer) => void,
): void {
  const place = f.keep(windows);
  const column = f.keep(kernel);
  const inKernel = f.local("i32");
  f.repeat(block.length, () => {
    f.set(inKernel, column);
    f.repeat(rowLength({ O, ...rest }), () => {
      copy(inKernel, place);
      f.advance(inKernel, O * 4);
      f.advance(place, 4);
    });
    f.advance(column, 4);
  });
}

interface Ways {
  /** Index of a function (image, gradient, kernel, scratch) that multiplies everything. */
  readonly dense: number;
  /** The same with what is not zero. */
  readonly sparse: number;
}

/** Function (all of dy, image, gradient, kernel, scratch). @param size numbers of dy, of all samples */
export function eitherWay(module: ModuleBuilder, size: number, { dense, sparse }: Ways): number {
  return module.function(`eitherWay ${size} ${dense} ${sparse}`, 5, (f) => {
    const [all, ...rest] = f.parameters as [Pointer, Pointer, Pointer, Pointer, Pointer];
    f.when(
      isSparse(f, all, size),
      () => f.call(sparse, rest),
      () => f.call(dense, rest),
    );
  });
}

/** Function (image, gradient, kernel, scratch): the gradient of the image, of `samples` samples. */
export function sparseInputGradient(module: ModuleBuilder, sizes: ConvolutionSizes, samples: number): number {
  const { H, W, C, O } = sizes;
  const width = rowLength(sizes) * 4;
  return module.function(`sparse input gradient ${samples} ${JSON.stringify(sizes)}`, 4, (f) => {
    const [image, gradient, kernel, scratch] = f.parameters as [Pointer, Pointer, Pointer, Pointer];
    const move = moveWindow(module, sizes, "image");
    const windows = f.keep(iAdd(scratch, integer(COLUMNS_AT)));
    const clearing = f.keep(image);
    forRow(f, samples * H * W * C, [clearing], (lanes) => f.storeLanes(clearing, 0, f.keep(zero), lanes));
    const [images, gradients] = [f.local("i32"), f.local("i32")];
    for (const block of channelBlocks(sizes, { start: 0, length: O })) {
      forWeights(f, sizes, block, iAdd(kernel, integer(block.start * 4)), windows, (from, to) => f.storeFloat(to, 0, loadFloat(from)));
      f.set(images, image);
      f.set(gradients, gradient);
      forNonZero(f, sizes, samples, block, { image: images, gradient: gradients }, (number, channel, line, pixel) =>
        f.call(move, [number, images, iAdd(windows, iMul(channel, integer(width))), line, pixel]),
      );
    }
  });
}

/** Function (image, gradient, kernel, scratch): the gradient of the kernel, of `channels`. */
export function sparseWeightGradient(module: ModuleBuilder, sizes: ConvolutionSizes, channels: Range): number {
  const width = rowLength(sizes) * 4;
  return module.function(`sparse weight gradient ${JSON.stringify([sizes, channels])}`, 4, (f) => {
    const [image, gradient, kernel, scratch] = f.parameters as [Pointer, Pointer, Pointer, Pointer];
    const move = moveWindow(module, sizes, "windows");
    const windows = f.keep(iAdd(scratch, integer(COLUMNS_AT)));
    const [images, gradients, clearing] = [f.local("i32"), f.local("i32"), f.local("i32")];
    for (const block of channelBlocks(sizes, channels)) {
      f.set(clearing, windows);
      forRow(f, (block.length * width) / 4, [clearing], (lanes) => f.storeLanes(clearing, 0, f.keep(zero), lanes));
      f.set(images, image);
      f.set(gradients, gradient);
      forNonZero(f, sizes, sizes.N, block, { image: images, gradient: gradients }, (number, channel, line, pixel) =>
        f.call(move, [number, images, iAdd(windows, iMul(channel, integer(width))), line, pixel]),
      );
      forWeights(f, sizes, block, iAdd(kernel, integer(block.start * 4)), windows, (to, from) => f.storeFloat(to, 0, loadFloat(from)));
    }
  });
}
