/**
 * Convolution of every channel on its own, and its gradients: four channels abreast, window by window, without a matrix in between.
 * Samples are shared among the threads; for the gradient of the kernel, channels are.
 */
import type { ConvolutionSizes } from "../../../ir/ops/convolution.ts";
import { add, type Integer, iAdd, iLess, iMul, integer, type Local, load, multiplyAdd, pseudoMax, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { forRow } from "./rows.ts";
import { LINE, type Operand, shareOf, type Target } from "./target.ts";

type P = Local<"i32">;

/** The taps of a window are written out, one after the other. */
const MOST_TAPS = 49;

/** One filter a channel. */
export const isDepthwise = ({ groups, C, O, KH, KW }: ConvolutionSizes): boolean =>
  groups > 1 && groups === C && O === C && KH * KW <= MOST_TAPS;

interface Tap {
  readonly kh: number;
  readonly kw: number;
  /** Bytes to its weights, from the first of the kernel. */
  readonly weights: number;
}

const tapsOf = ({ KH, KW, C }: ConvolutionSizes): Tap[] =>
  Array.from({ length: KH * KW }, (_, i) => ({ kh: Math.floor(i / KW), kw: i % KW, weights: i * C * 4 }));

/** Outputs along an axis whose windows have this tap inside the input: [from, to). */
function reach(tap: number, dilation: number, before: number, stride: number, length: number, outputs: number): readonly [number, number] {
  const shift = before - tap * dilation;
  return [Math.max(0, Math.ceil(shift / stride)), Math.min(outputs, Math.floor((length - 1 + shift) / stride) + 1)];
}

/** y = x * kernel + bias of this thread's samples. */
export function lowerDepthwise(
  target: Target,
  sizes: ConvolutionSizes,
  operands: { readonly x: Operand; readonly w: Operand; readonly b: Operand | undefined; readonly y: Operand },
  finish: "none" | "relu",
): void {
  const { N, H, W, C, KH, KW, OH, OW, strides, dilation, top, left } = sizes;
  const { x, w, b, y } = operands;
  const { start, length } = shareOf(N, 1, target.share);
  if (length === 0) return;
  const [spanDown, spanAcross] = [(KH - 1) * dilation[0], (KW - 1) * dilation[1]];
  const isPadded = top > 0 || left > 0 || (OH - 1) * strides[0] + spanDown >= H || (OW - 1) * strides[1] + spanAcross >= W;
  const index = target.module.function(`depthwise ${length} ${finish} ${b === undefined} ${JSON.stringify(sizes)}`, 4, (f) => {
    const [image, kernel, output, bias] = f.parameters as [P, P, P, P];
    const [line, pixel, at, to] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
    const addressOf = (down: Integer, across: Integer): Integer => iAdd(image, iMul(iAdd(iMul(down, integer(W)), across), integer(C * 4)));
    const whole = (): void => {
      const [weights, offsets] = [f.keep(kernel), f.keep(bias)];
      f.set(at, addressOf(line, pixel));
      f.set(to, output);
      forRow(f, C, [at, weights, offsets, to], (lanes) => {
        const sum = f.keep(b === undefined ? zero : load(offsets));
        for (const tap of tapsOf(sizes))
          f.set(sum, multiplyAdd(load(at, (tap.kh * dilation[0] * W + tap.kw * dilation[1]) * C * 4), load(weights, tap.weights), sum));
        if (finish === "relu") f.set(sum, pseudoMax(sum, zero));
        f.storeLanes(to, 0, sum, lanes);
      });
    };
    const clipped = (): void => {
      const offsets = f.keep(bias);
      f.set(to, output);
      forRow(f, C, [offsets, to], (lanes) => f.storeLanes(to, 0, f.keep(b === undefined ? zero : load(offsets)), lanes));
      const [y0, x0] = [f.local("i32"), f.local("i32")];
      for (const tap of tapsOf(sizes)) {
        f.set(y0, iAdd(line, integer(tap.kh * dilation[0])));
        f.set(x0, iAdd(pixel, integer(tap.kw * dilation[1])));
        // As unsigned numbers, negative ones are larger than any length.
        f.when(iLess(y0, integer(H)), () =>
          f.when(iLess(x0, integer(W)), () => {
            const weights = f.keep(iAdd(kernel, integer(tap.weights)));
            f.set(at, addressOf(y0, x0));
            f.set(to, output);
            forRow(f, C, [at, weights, to], (lanes) => f.storeLanes(to, 0, f.keep(multiplyAdd(load(at), load(weights), load(to))), lanes));
          }),
        );
      }
      if (finish === "none") return;
      f.set(to, output);
      forRow(f, C, [to], (lanes) => f.storeLanes(to, 0, f.keep(pseudoMax(load(to), zero)), lanes));
    };
    f.repeat(length, () => {
      f.count(0, OH, 1, (oh) =>
        f.count(0, OW, 1, (ow) => {
          f.set(line, iAdd(iMul(oh, integer(strides[0])), integer(-top)));
          f.set(pixel, iAdd(iMul(ow, integer(strides[1])), integer(-left)));
          if (!isPadded) whole();
          else if (spanDown >= H || spanAcross >= W) clipped();
          else f.when(iLess(line, integer(H - spanDown)), () => f.when(iLess(pixel, integer(W - spanAcross)), whole, clipped), clipped);
          f.advance(output, C * 4);
        }),
      );
      f.advance(image, H * W * C * 4);
    });
  });
  target.call(index, [x.address + start * H * W * C * 4, w.address, y.address + start * OH * OW * C * 4, b?.address ?? 0]);
}

/** The outputs that a tap reaches, line by line: `body` sees where the pixel of the input and that of the output lie, and moves neither. */
function forReached(
  f: FunctionBuilder,
  sizes: ConvolutionSizes,
  { kh, kw }: Tap,
  image: Integer,
  gradient: Integer,
  body: (inImage: P, inGradient: P) => void,
): void {
  const { H, W, C, OH, OW, strides, dilation, top, left } = sizes;
  const [fromLine, toLine] = reach(kh, dilation[0], top, strides[0], H, OH);
  const [fromPixel, toPixel] = reach(kw, dilation[1], left, strides[1], W, OW);
  if (fromLine >= toLine || fromPixel >= toPixel) return;
  const [inImage, inGradient] = [f.local("i32"), f.local("i32")];
  f.count(fromLine, toLine, 1, (oh) => {
    const down = iAdd(iMul(oh, integer(strides[0])), integer(kh * dilation[0] - top));
    const across = fromPixel * strides[1] + kw * dilation[1] - left;
    f.set(inImage, iAdd(image, iMul(iAdd(iMul(down, integer(W)), integer(across)), integer(C * 4))));
    f.set(inGradient, iAdd(gradient, iMul(iAdd(iMul(oh, integer(OW)), integer(fromPixel)), integer(C * 4))));
    f.repeat(toPixel - fromPixel, () => {
      body(inImage, inGradient);
      f.advance(inImage, strides[1] * C * 4);
      f.advance(inGradient, C * 4);
    });
  });
}

export function lowerDepthwiseInputGradient(
  target: Target,
  sizes: ConvolutionSizes,
  { dy, w, dx }: { readonly dy: Operand; readonly w: Operand; readonly dx: Operand },
): void {
  const { N, H, W, C, OH, OW } = sizes;
  const { start, length } = shareOf(N, 1, target.share);
  if (length === 0) return;
  const index = target.module.function(`depthwise input gradient ${length} ${JSON.stringify(sizes)}`, 3, (f) => {
    const [gradient, kernel, image] = f.parameters as [P, P, P];
    const [from, to, weights] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const clearing = f.keep(image);
    forRow(f, length * H * W * C, [clearing], (lanes) => f.storeLanes(clearing, 0, f.keep(zero), lanes));
    f.repeat(length, () => {
      for (const tap of tapsOf(sizes))
        forReached(f, sizes, tap, image, gradient, (inImage, inGradient) => {
          f.set(from, inGradient);
          f.set(to, inImage);
          f.set(weights, iAdd(kernel, integer(tap.weights)));
          forRow(f, C, [from, weights, to], (lanes) =>
            f.storeLanes(to, 0, f.keep(multiplyAdd(load(from), load(weights), load(to))), lanes),
          );
        });
      f.advance(image, H * W * C * 4);
      f.advance(gradient, OH * OW * C * 4);
    });
  });
  target.call(index, [dy.address + start * OH * OW * C * 4, w.address, dx.address + start * H * W * C * 4]);
}

/** Channels that are summed in registers at once, in vectors. */
const VECTORS = 4;

export function lowerDepthwiseWeightGradient(
  target: Target,
  sizes: ConvolutionSizes,
  { x, dy, dw }: { readonly x: Operand; readonly dy: Operand; readonly dw: Operand },
): void {
  const { N, H, W, C, OH, OW } = sizes;
  const { start, length } = shareOf(C, C >= 2 * LINE ? LINE : 4, target.share);
  if (length === 0) return;
  const index = target.module.function(`depthwise weight gradient ${length} ${JSON.stringify(sizes)}`, 3, (f) => {
    const [image, gradient, kernel] = f.parameters as [P, P, P];
    const [images, gradients] = [f.local("i32"), f.local("i32")];
    for (let channel = 0; channel < length; channel += VECTORS * 4) {
      const width = Math.min(VECTORS * 4, length - channel);
      const count = Math.ceil(width / 4);
      const [sums, totals] = [f.vectors(count), f.vectors(count)];
      for (const tap of tapsOf(sizes)) {
        for (const total of totals) f.set(total, zero);
        f.set(images, iAdd(image, integer(channel * 4)));
        f.set(gradients, iAdd(gradient, integer(channel * 4)));
        // Sample by sample: the rounding error grows with the samples, and not with all their pixels.
        f.repeat(N, () => {
          for (const sum of sums) f.set(sum, zero);
          forReached(f, sizes, tap, images, gradients, (inImage, inGradient) =>
            sums.forEach((sum, v) => f.set(sum, multiplyAdd(load(inImage, v * 16), load(inGradient, v * 16), sum))),
          );
          totals.forEach((total, v) => f.set(total, add(total, sums[v] as Local<"v128">)));
          f.advance(images, H * W * C * 4);
          f.advance(gradients, OH * OW * C * 4);
        });
        totals.forEach((total, v) => f.storeLanes(kernel, tap.weights + (channel + v * 4) * 4, total, Math.min(4, width - v * 4)));
      }
    }
  });
  target.call(index, [x.address + start * 4, dy.address + start * 4, dw.address + start * 4]);
}
