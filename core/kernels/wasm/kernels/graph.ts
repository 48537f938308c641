/**
 * Products with a sparse adjacency, edge by edge in their order. Samples are shared among the threads where there are enough of them,
 * otherwise columns of features: every number is summed by one thread, so that the bits are those of one.
 */
import { attribute } from "../../../ir/op.ts";
import { type GraphSizes, graphSizes } from "../../../ir/ops/graph.ts";
import {
  add,
  andNot,
  constant,
  div,
  equal,
  type Float,
  fAdd,
  fEqual,
  float,
  floatOfInteger,
  fMul,
  type Integer,
  iAdd,
  iAnd,
  iEqual,
  iLess,
  iMul,
  integer,
  integerOfFloat,
  type Local,
  less,
  load,
  loadFloat,
  loadSplat,
  mul,
  multiplyAdd,
  or,
  splat,
  sqrt,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { forRow, forWideRow } from "./rows.ts";
import { LINE, type Operand, operandAt, type Range, shareOf, type Target, type WasmKernel } from "./target.ts";

type Pointer = Local<"i32">;

/** The node that `pointer` points at, as an integer, and whether it is one: whole, and (as an unsigned number) below `nodes`. */
function nodeAt(f: FunctionBuilder, pointer: Integer, offset: number, nodes: number): { node: Pointer; isNode: Integer } {
  const node = f.keep(integerOfFloat(loadFloat(pointer, offset)));
  return { node, isNode: iAnd(iLess(node, integer(nodes)), fEqual(floatOfInteger(node), loadFloat(pointer, offset))) };
}

/** Visits the edges of one sample, padding left out, and leaves `edge` behind the last. */
function forEdges(
  f: FunctionBuilder,
  { E, N }: Pick<GraphSizes, "E" | "N">,
  edge: Pointer,
  body: (source: Pointer, target: Pointer, weight: Float) => void,
  broken: () => void,
): void {
  f.repeat(E, () => {
    f.when(iEqual(fEqual(loadFloat(edge, 8), float(0)), integer(0)), () => {
      const source = nodeAt(f, edge, 0, N);
      const target = nodeAt(f, edge, 4, N);
      f.when(iAnd(source.isNode, target.isNode), () => body(source.node, target.node, loadFloat(edge, 8)), broken);
    });
    f.advance(edge, 12);
  });
}

const elementOf = (base: Integer, index: Integer, bytes: number): Integer => iAdd(base, iMul(index, integer(bytes)));

export const graphNormalization: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [edges, scales] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const N = attribute<number>(attributes, "nodes");
    const [B = 1, E = 0] = edges.shape;
    const { start, length } = shareOf(B, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`graph_normalization ${length} ${E} ${N}`, 2, (f) => {
      const [edge, degrees] = f.parameters as [Pointer, Pointer];
      const [pointer, place] = [f.local("i32"), f.local("i32")];
      f.repeat(length, () => {
        f.set(pointer, degrees);
        forRow(f, N, [pointer], (lanes) => f.storeLanes(pointer, 0, f.keep(constant(1)), lanes));
        forEdges(
          f,
          { E, N },
          edge,
          (_, to, weight) => {
            f.set(place, elementOf(degrees, to, 4));
            f.storeFloat(place, 0, fAdd(loadFloat(place), weight));
          },
          () => {},
        );
        forRow(f, N, [degrees], (lanes) => {
          const degree = f.keep(load(degrees));
          const isolated = or(less(degree, zero), equal(degree, zero));
          f.storeLanes(degrees, 0, f.keep(andNot(div(constant(1), sqrt(degree)), isolated)), lanes);
        });
        f.advance(degrees, (N % 4) * 4);
      });
    });
    target.call(index, [edges.address + start * E * 12, scales.address + start * N * 4]);
  },
};

/** Samples and columns of this thread. */
function sharesOf({ B, F }: GraphSizes, target: Target, summedOverSamples: boolean): { samples: Range; columns: Range } {
  if (B >= 2 * target.share.count && !summedOverSamples) return { samples: shareOf(B, 1, target.share), columns: { start: 0, length: F } };
  return { samples: { start: 0, length: B }, columns: shareOf(F, LINE, target.share) };
}

interface Product {
  readonly edges: Operand;
  readonly from: Operand;
  readonly to: Operand;
  readonly scales: Operand | undefined;
  /** From targets to sources. */
  readonly transposed: boolean;
}

function lowerProduct(target: Target, sizes: GraphSizes, { edges, from, to, scales, transposed }: Product): void {
  const { E, N, F } = sizes;
  const [fromShared, toShared] = [from.shape.length === 2, to.shape.length === 2];
  const { samples, columns } = sharesOf(sizes, target, toShared);
  if (samples.length === 0 || columns.length === 0) return;
  const [row, matrix] = [F * 4, N * F * 4];
  const key = JSON.stringify([sizes, samples.length, columns.length, fromShared, toShared, scales === undefined, transposed]);
  const index = target.module.function(`graph_product ${key}`, 4, (f) => {
    const [edge, x, y, scale] = f.parameters as [Pointer, Pointer, Pointer, Pointer];
    const [read, written, lineIn, lineOut] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
    const scaleOf = (node: Integer): Integer => elementOf(scale, node, 4);
    /** Own features times the scale's square, or 0, added to what is there or in its place. */
    const begin = (adds: boolean): void => {
      f.set(lineIn, x);
      f.set(lineOut, y);
      const own = f.keep(scale);
      f.repeat(N, () => {
        const factor = scales === undefined ? undefined : f.keep(mul(loadSplat(own), loadSplat(own)));
        f.set(read, lineIn);
        f.set(written, lineOut);
        if (factor !== undefined || !adds)
          forWideRow(f, columns.length, [read, written], (at, lanes) => {
            const before = adds ? load(written, at) : zero;
            f.storeLanes(written, at, f.keep(factor === undefined ? before : multiplyAdd(factor, load(read, at), before)), lanes);
          });
        f.advance(lineIn, row);
        f.advance(lineOut, row);
        f.advance(own, 4);
      });
    };
    const addEdge = (source: Pointer, end: Pointer, weight: Float): void => {
      const scaled = scales === undefined ? weight : fMul(fMul(weight, loadFloat(scaleOf(source))), loadFloat(scaleOf(end)));
      const factor = f.keep(splat(scaled));
      f.set(read, elementOf(x, transposed ? end : source, row));
      f.set(written, elementOf(y, transposed ? source : end, row));
      forWideRow(f, columns.length, [read, written], (at, lanes) =>
        f.storeLanes(written, at, f.keep(multiplyAdd(factor, load(read, at), load(written, at))), lanes),
      );
    };
    const breakFirst = (): void => {
      f.set(written, y);
      forRow(f, columns.length, [written], (lanes) => f.storeLanes(written, 0, f.keep(add(load(written), constant(Number.NaN))), lanes));
    };
    const sample = (adds: boolean): void => {
      begin(adds);
      forEdges(f, sizes, edge, addEdge, breakFirst);
      if (!fromShared) f.advance(x, matrix);
      if (!toShared) f.advance(y, matrix);
      f.advance(scale, N * 4);
    };
    if (toShared) {
      sample(false);
      f.repeat(samples.length - 1, () => sample(true));
    } else f.repeat(samples.length, () => sample(false));
  });
  const offset = (operand: Operand): number => (operand.shape.length === 2 ? 0 : samples.start * matrix) + columns.start * 4;
  target.call(index, [
    edges.address + samples.start * E * 12,
    from.address + offset(from),
    to.address + offset(to),
    scales === undefined ? 0 : scales.address + samples.start * N * 4,
  ]);
}

export const graphProduct: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [edges, from, to] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    lowerProduct(target, graphSizes(edges.shape, from.shape), { edges, from, to, scales: inputs[2], transposed: false });
  },
};

export const graphProductGradient: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [edges, from, to] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    lowerProduct(target, graphSizes(edges.shape, from.shape), { edges, from, to, scales: inputs[2], transposed: true });
  },
};
