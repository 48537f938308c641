/**
 * Attention and its gradient: for every head of every sample the matrix products of gemm/ with the rows of attention-rows.ts
 * between them. Queries are taken in blocks whose scores stay in the second-level cache. Heads are shared among the threads; a head's
 * sums are one thread's, in an order that the shapes fix.
 */
import { mix32 } from "../../../ir/dropout-bits.ts";
import { attribute } from "../../../ir/op.ts";
import { type AttentionSizes, attentionSizes } from "../../../ir/ops/attention.ts";
import type { Attributes } from "../../../ir/tensor.ts";
import { type Integer, iAdd, iEqual, iMul, integer, type Local } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { product } from "../gemm/product.ts";
import { COLUMNS_AT, COLUMNS_BYTES, chooseBlocking, type ProductShape } from "../gemm/shape.ts";
import { softmaxGradientRows, softmaxRows } from "./attention-rows.ts";
import { mixInteger } from "./elementwise.ts";
import { operandAt, type PlacedInstruction, shareOf, type Target, type WasmKernel } from "./target.ts";

type P = Local<"i32">;

interface Plan extends AttentionSizes {
  readonly scale: number;
  readonly causal: boolean;
  readonly masked: boolean;
  readonly rate: number;
  /** What the words of the dropout depend on besides the step. */
  readonly streamKey: number;
}

function planOf({ inputs, attributes }: PlacedInstruction, masked: boolean): Plan {
  const [q, k, v] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2)];
  return {
    ...attentionSizes(q.shape, k.shape, v.shape, attributes),
    scale: attribute<number>(attributes, "scale"),
    causal: attribute<boolean>(attributes, "causal"),
    masked,
    rate: attribute<number>(attributes, "rate"),
    streamKey: streamKeyOf(attributes),
  };
}

const streamKeyOf = (attributes: Attributes): number =>
  attribute<number>(attributes, "rate") === 0
    ? 0
    : mix32(mix32(attribute<number>(attributes, "seed")) + attribute<number>(attributes, "stream"));

/** Rows of scores that fit scratch memory `matrices` times. */
const rowsThatFit = ({ Tq, Tk }: AttentionSizes, matrices: number): number => Math.min(Tq, Math.floor(COLUMNS_BYTES / (Tk * 4 * matrices)));

const supports = ({ inputs, attributes }: PlacedInstruction): boolean => {
  const [q, k, v] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2)];
  return rowsThatFit(attentionSizes(q.shape, k.shape, v.shape, attributes), 2) > 0 && attribute<number>(attributes, "scale") > 0;
};

/** Columns of a packed block: they fit the panels, and are a multiple of every tile's width. */
const PACKED_COLUMNS = 768;

/** A product of a head's matrices. A transposed operand of depth 1 is packed too: its columns do not lie side by side. */
function headProduct(module: ModuleBuilder, shape: Omit<ProductShape, "finish">): number {
  const full: ProductShape = { ...shape, finish: "none" };
  const blocking = chooseBlocking(full, module.options.wide);
  if (!full.rightTransposed || blocking.packRight) return product(module, full, blocking);
  return product(module, full, { ...blocking, columnBlock: PACKED_COLUMNS, packRight: true });
}

/** Blocks of queries: `body` gets their number, the first one's place, and whether it is the first block. */
function forQueries(
  f: FunctionBuilder,
  { Tq }: AttentionSizes,
  size: number,
  body: (rows: number, at: Integer, first: boolean) => void,
): void {
  body(Math.min(size, Tq), integer(0), true);
  const full = Math.floor(Tq / size);
  f.count(size, full * size, size, (at) => body(size, at, false));
  if (full > 0 && Tq % size > 0) body(Tq % size, integer(full * size), false);
}

/** One operand of a head: how far to go from a head to the next, and from the last one of a sample to the next sample's first. */
interface Stride {
  readonly head: number;
  readonly sample: number;
}

/**
 * Calls `head` for this thread's heads with its pointers, all moved from head to head, and the number of the head.
 * @param names what the code depends on
 */
function forHeads(target: Target, plan: Plan, names: string, operands: readonly { address: number; stride: Stride }[], head: number): void {
  const { B, H } = plan;
  const { start, length } = shareOf(B * H, 1, target.share);
  if (length === 0) return;
  const strides = operands.map(({ stride }) => stride);
  const count = operands.length;
  const index = target.module.function(`${names} ${start % H} ${length} ${JSON.stringify(strides)}`, count + 3, (f) => {
    const pointers = f.parameters.slice(0, count);
    const [scratch, number, step] = f.parameters.slice(count) as [P, P, P];
    const key = plan.rate === 0 ? integer(0) : mixInteger(f, iAdd(integer(plan.streamKey), step));
    const place = f.keep(integer(start % H));
    f.repeat(length, () => {
      f.call(head, [...pointers, scratch, iAdd(key, iMul(number, integer(plan.Tq * plan.Tk)))]);
      pointers.forEach((pointer, i) => f.advance(pointer, strides[i]?.head ?? 0));
      f.advance(number, 1);
      f.advance(place, 1);
      f.when(iEqual(place, integer(H)), () => {
        f.set(place, integer(0));
        pointers.forEach((pointer, i) => f.advance(pointer, (strides[i]?.sample ?? 0) - H * (strides[i]?.head ?? 0)));
      });
    });
  });
  const [sample, first] = [Math.floor(start / H), start % H];
  const addresses = operands.map(({ address, stride }) => address + sample * stride.sample + first * stride.head);
  target.call(index, [...addresses, target.scratch, start, "step"]);
}

/** Strides, bytes, of [B, T, H·width], of the weights and of the mask. */
const alongSteps = ({ H }: Plan, T: number, width: number): Stride => ({ head: width * 4, sample: T * H * width * 4 });
const weightStride = ({ H, Tq, Tk }: Plan): Stride => ({ head: Tq * Tk * 4, sample: H * Tq * Tk * 4 });
const maskStride = ({ Tk }: Plan): Stride => ({ head: 0, sample: Tk * 4 });

/** Function (q, k, v, mask, context, weights, scratch, counter) for one head. */
function forwardHead(module: ModuleBuilder, plan: Plan): number {
  const { H, Tk, D, Dv, scale, causal, masked, rate } = plan;
  return module.function(`attentionHead ${JSON.stringify(plan)}`, 8, (f) => {
    const [q, k, v, mask, context, weights, scratch, counter] = f.parameters as [P, P, P, P, P, P, P, P];
    const dropped = f.keep(iAdd(scratch, integer(COLUMNS_AT)));
    forQueries(f, plan, rowsThatFit(plan, 1), (rows, at) => {
      const own = f.keep(iAdd(weights, iMul(at, integer(Tk * 4))));
      const scores = headProduct(module, {
        rows,
        columns: Tk,
        depth: D,
        leftRowStride: H * D,
        leftDepthStride: 1,
        rightTransposed: true,
        rightStride: H * D,
        outputStride: Tk,
        start: "zero",
      });
      f.call(scores, [iAdd(q, iMul(at, integer(H * D * 4))), k, own, own, scratch]);
      const softmax = softmaxRows(module, { rows, keys: Tk, scale, causal, masked, rate });
      f.call(softmax, [own, own, mask, dropped, iAdd(counter, iMul(at, integer(Tk))), at]);
      const mixed = headProduct(module, {
        rows,
        columns: Dv,
        depth: Tk,
        leftRowStride: Tk,
        leftDepthStride: 1,
        rightTransposed: false,
        rightStride: H * Dv,
        outputStride: H * Dv,
        start: "zero",
      });
      const to = iAdd(context, iMul(at, integer(H * Dv * 4)));
      f.call(mixed, [rate > 0 ? dropped : own, v, to, to, scratch]);
    });
  });
}

export const attention: WasmKernel = {
  supports,
  lower: (target, instruction) => {
    const { inputs, outputs } = instruction;
    const mask = inputs[3];
    const plan = planOf(instruction, mask !== undefined);
    const { Tq, Tk, D, Dv } = plan;
    const operands = [
      { address: operandAt(inputs, 0).address, stride: alongSteps(plan, Tq, D) },
      { address: operandAt(inputs, 1).address, stride: alongSteps(plan, Tk, D) },
      { address: operandAt(inputs, 2).address, stride: alongSteps(plan, Tk, Dv) },
      { address: mask?.address ?? 0, stride: maskStride(plan) },
      { address: operandAt(outputs, 0).address, stride: alongSteps(plan, Tq, Dv) },
      { address: operandAt(outputs, 1).address, stride: weightStride(plan) },
    ];
    forHeads(target, plan, `attention ${JSON.stringify(plan)}`, operands, forwardHead(target.module, plan));
  },
};

/** Function (q, k, v, weights, dcontext, dq, dk, dv, scratch, counter) for one head. */
function backwardHead(module: ModuleBuilder, plan: Plan): number {
  const { H, Tk, D, Dv, scale, rate } = plan;
  const size = rowsThatFit(plan, 2);
  return module.function(`attentionGradientHead ${JSON.stringify(plan)}`, 10, (f) => {
    const [q, k, v, weights, dcontext, dq, dk, dv, scratch, counter] = f.parameters as [P, P, P, P, P, P, P, P, P, P];
    const gradients = f.keep(iAdd(scratch, integer(COLUMNS_AT)));
    const dropped = f.keep(iAdd(gradients, integer(size * Tk * 4)));
    /** Sums over queries go on from block to block. */
    const overQueries = (rows: number, width: number, first: boolean): number =>
      headProduct(module, {
        rows: Tk,
        columns: width,
        depth: rows,
        leftRowStride: 1,
        leftDepthStride: Tk,
        rightTransposed: false,
        rightStride: H * width,
        outputStride: H * width,
        start: first ? "zero" : "accumulate",
      });
    forQueries(f, plan, size, (rows, at, first) => {
      const own = f.keep(iAdd(weights, iMul(at, integer(Tk * 4))));
      const dy = f.keep(iAdd(dcontext, iMul(at, integer(H * Dv * 4))));
      const ofWeights = headProduct(module, {
        rows,
        columns: Tk,
        depth: Dv,
        leftRowStride: H * Dv,
        leftDepthStride: 1,
        rightTransposed: true,
        rightStride: H * Dv,
        outputStride: Tk,
        start: "zero",
      });
      f.call(ofWeights, [dy, v, gradients, gradients, scratch]);
      const softmax = softmaxGradientRows(module, { rows, keys: Tk, scale, rate });
      f.call(softmax, [gradients, own, dropped, iAdd(counter, iMul(at, integer(Tk)))]);
      f.call(overQueries(rows, Dv, first), [rate > 0 ? dropped : own, dy, dv, dv, scratch]);
      f.call(overQueries(rows, D, first), [gradients, iAdd(q, iMul(at, integer(H * D * 4))), dk, dk, scratch]);
      const ofQueries = headProduct(module, {
        rows,
        columns: D,
        depth: Tk,
        leftRowStride: Tk,
        leftDepthStride: 1,
        rightTransposed: false,
        rightStride: H * D,
        outputStride: H * D,
        start: "zero",
      });
      const to = iAdd(dq, iMul(at, integer(H * D * 4)));
      f.call(ofQueries, [gradients, k, to, to, scratch]);
    });
  });
}

export const attentionGradient: WasmKernel = {
  supports,
  lower: (target, instruction) => {
    const { inputs, outputs } = instruction;
    const plan = planOf(instruction, false);
    const { Tq, Tk, D, Dv } = plan;
    const [queries, keys, values] = [alongSteps(plan, Tq, D), alongSteps(plan, Tk, D), alongSteps(plan, Tk, Dv)];
    const operands = [
      { address: operandAt(inputs, 0).address, stride: queries },
      { address: operandAt(inputs, 1).address, stride: keys },
      { address: operandAt(inputs, 2).address, stride: values },
      { address: operandAt(inputs, 3).address, stride: weightStride(plan) },
      { address: operandAt(inputs, 4).address, stride: alongSteps(plan, Tq, Dv) },
      { address: operandAt(outputs, 0).address, stride: queries },
      { address: operandAt(outputs, 1).address, stride: keys },
      { address: operandAt(outputs, 2).address, stride: values },
    ];
    forHeads(target, plan, `attentionGradient ${JSON.stringify(plan)}`, operands, backwardHead(target.module, plan));
  },
};

/** Softmax under a mask of scores that something else computed. Samples are shared among the threads. */
export const maskedSoftmax: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [scores, mask, y] = [operandAt(inputs, 0), inputs[1], operandAt(outputs, 0)];
    const [B = 0, rows = 0, keys = 0] = scores.shape;
    const { start, length } = shareOf(B, 1, target.share);
    if (length === 0) return;
    const causal = attribute<boolean>(attributes, "causal");
    const shape = { rows, keys, scale: 1, causal, masked: mask !== undefined, rate: 0 };
    const index = target.module.function(`maskedSoftmax ${length} ${JSON.stringify(shape)}`, 3, (f) => {
      const [from, to, masks] = f.parameters as [P, P, P];
      const one = softmaxRows(target.module, shape);
      f.repeat(length, () => {
        f.call(one, [from, to, masks, to, integer(0), integer(0)]);
        for (const pointer of [from, to]) f.advance(pointer, rows * keys * 4);
        f.advance(masks, keys * 4);
      });
    });
    const first = start * rows * keys * 4;
    target.call(index, [scores.address + first, y.address + first, mask === undefined ? 0 : mask.address + start * keys * 4]);
  },
};
