/** Pooling and its gradient: window by window, four channels at a time; samples are shared among the threads. */
import { attribute } from "../../../ir/op.ts";
import { type PoolingSizes, poolingSizes } from "../../../ir/ops/pooling.ts";
import {
  add,
  and,
  andNot,
  constant,
  div,
  equal,
  floatsOfIntegers,
  type Integer,
  iAdd,
  iLess,
  iMul,
  integer,
  type Local,
  load,
  max,
  or,
  splatInteger,
  type Vector,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { forRow } from "./rows.ts";
import { operandAt, shareOf, type WasmKernel } from "./target.ts";

type Pointer = Local<"i32">;

/** The part of a window that lies within an axis of `length`, as first entry and number of entries, both known at run time. */
function within(
  f: FunctionBuilder,
  index: Integer,
  { stride, before, size, length }: { stride: number; before: number; size: number; length: number },
) {
  const first = f.keep(iAdd(iMul(index, integer(stride)), integer(-before)));
  const end = f.keep(iAdd(first, integer(size)));
  // As unsigned numbers, negative ones are larger than any length.
  f.when(iLess(integer(length), end), () => f.set(end, integer(length)));
  f.when(iLess(integer(length), first), () => f.set(first, integer(0)));
  return { first, count: f.keep(iAdd(end, iMul(first, integer(-1)))) };
}

interface Window {
  /** Address of the first number of the window, of the channels at hand. */
  readonly forEach: (body: (address: Pointer) => void) => void;
  /** The number of pixels, in all lanes. */
  readonly count: () => Vector;
}

/**
 * Visits every output pixel of the samples, four channels at a time.
 * @param pixelPointers move on by the channels of each output pixel
 */
function forWindows(
  f: FunctionBuilder,
  samples: number,
  s: PoolingSizes,
  image: Pointer,
  pixelPointers: readonly Pointer[],
  body: (window: Window, lanes: number) => void,
): void {
  const { H, W, C, OH, OW, size, strides, top, left } = s;
  const clipped = top > 0 || left > 0 || (OH - 1) * strides[0] + size[0] > H || (OW - 1) * strides[1] + size[1] > W;
  const unrolled = !clipped && size[0] * size[1] <= 16;
  const [channel, row, at] = [f.local("i32"), f.local("i32"), f.local("i32")];
  f.repeat(samples, () => {
    f.count(0, OH, 1, (oh) => {
      const down = within(f, oh, { stride: strides[0], before: top, size: size[0], length: H });
      f.count(0, OW, 1, (ow) => {
        const across = within(f, ow, { stride: strides[1], before: left, size: size[1], length: W });
        f.set(channel, iAdd(image, iMul(iAdd(iMul(down.first, integer(W)), across.first), integer(C * 4))));
        const forEach: Window["forEach"] = (visit) => {
          if (unrolled) {
            for (let h = 0; h < size[0]; h++)
              for (let w = 0; w < size[1]; w++) {
                f.set(at, iAdd(channel, integer((h * W + w) * C * 4)));
                visit(at);
              }
            return;
          }
          f.set(row, channel);
          const rowsLeft = f.keep(down.count);
          f.loopWhile(() => {
            f.set(at, row);
            const left = f.keep(across.count);
            f.loopWhile(() => {
              visit(at);
              f.advance(at, C * 4);
              f.advance(left, -1);
              return left;
            });
            f.advance(row, W * C * 4);
            f.advance(rowsLeft, -1);
            return rowsLeft;
          });
        };
        const count = (): Vector => floatsOfIntegers(splatInteger(iMul(down.count, across.count)));
        forRow(f, C, [channel, ...pixelPointers], (lanes) => body({ forEach, count }, lanes));
        for (const pointer of pixelPointers) f.advance(pointer, (C % 4) * 4);
      });
    });
    f.advance(image, H * W * C * 4);
  });
}

export const pool2d: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, y] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const sizes = poolingSizes(x.shape, attributes);
    const isMaximum = attribute<string>(attributes, "function") === "maximum";
    const { start, length } = shareOf(sizes.N, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`pool2d ${isMaximum} ${length} ${JSON.stringify(sizes)}`, 2, (f) => {
      const [image, output] = [f.parameter(0), f.parameter(1)];
      const result = f.local("v128");
      forWindows(f, length, sizes, image, [output], (window, lanes) => {
        f.set(result, isMaximum ? constant(Number.NEGATIVE_INFINITY) : zero);
        window.forEach((at) => f.set(result, isMaximum ? max(result, load(at)) : add(result, load(at))));
        if (!isMaximum) f.set(result, div(result, window.count()));
        f.storeLanes(output, 0, result, lanes);
      });
    });
    target.call(index, [x.address + ((start * x.size) / sizes.N) * 4, y.address + ((start * y.size) / sizes.N) * 4]);
  },
};

export const pool2dGradient: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, y, dy, dx] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2), operandAt(outputs, 0)];
    const sizes = poolingSizes(x.shape, attributes);
    const isMaximum = attribute<string>(attributes, "function") === "maximum";
    const { start, length } = shareOf(sizes.N, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`pool2d gradient ${isMaximum} ${length} ${JSON.stringify(sizes)}`, 4, (f) => {
      const [image, output, upstream, gradient] = f.parameters as [Pointer, Pointer, Pointer, Pointer];
      const clearing = f.keep(gradient);
      forRow(f, (length * x.size) / sizes.N, [clearing], (lanes) => f.storeLanes(clearing, 0, f.keep(zero), lanes));
      // Where a number of x lies, its gradient lies this much further.
      const apart = f.keep(iAdd(gradient, iMul(image, integer(-1))));
      const [largest, share, found, hit, to] = [f.local("v128"), f.local("v128"), f.local("v128"), f.local("v128"), f.local("i32")];
      forWindows(f, length, sizes, image, [output, upstream], (window, lanes) => {
        f.set(share, isMaximum ? load(upstream) : div(load(upstream), window.count()));
        if (isMaximum) {
          f.set(largest, load(output));
          f.set(found, zero);
        }
        window.forEach((at) => {
          f.set(to, iAdd(at, apart));
          if (isMaximum) {
            f.set(hit, andNot(equal(load(at), largest), found));
            f.set(found, or(found, hit));
          }
          f.storeLanes(to, 0, f.keep(add(load(to), isMaximum ? and(share, hit) : share)), lanes);
        });
      });
    });
    const offset = ((start * x.size) / sizes.N) * 4;
    const pixels = ((start * y.size) / sizes.N) * 4;
    target.call(index, [x.address + offset, y.address + pixels, dy.address + pixels, dx.address + offset]);
  },
};
