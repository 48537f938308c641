/**
 * Kernels that work number by number over whole vectors: loads one vector of every stream, computes, stores; the last
 * one to three numbers are stored lane by lane, so that nothing behind a tensor is touched.
 */
import { type Integer, type Local, load, type Vector } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { LINE, shareOf, type Target } from "./target.ts";

/** Vectors in one pass of the loop. */
const UNROLL = 4;

export interface Stream {
  readonly address: number;
  readonly writes: boolean;
  /** Whether the old values are wanted; true when absent. */
  readonly reads?: boolean;
}

export interface MapKernel {
  /** Names the arithmetic, with everything that `body` depends on. */
  readonly key: string;
  readonly size: number;
  readonly streams: readonly Stream[];
  /** Addresses of single numbers, and "step". */
  readonly scalars?: readonly (number | "step")[];
  /** Computed once, before the loop; `first` is the index of the first element of this share. */
  readonly prepare?: (f: FunctionBuilder, scalars: readonly Integer[], first: Integer) => readonly Local<"v128">[];
  /** New values, one a writing stream, from the old ones, one a reading stream. */
  readonly body: (f: FunctionBuilder, values: readonly Local<"v128">[], prepared: readonly Local<"v128">[]) => readonly Vector[];
}

/** Runs over this thread's share of `size` elements. */
export function map(target: Target, kernel: MapKernel): void {
  const { start, length } = shareOf(kernel.size, LINE * 4, target.share);
  if (length === 0) return;
  const flags = kernel.streams.map((stream) => `${stream.reads === false ? "" : "r"}${stream.writes ? "w" : ""}`).join();
  const scalars = kernel.scalars ?? [];
  const pointers = kernel.streams.length;
  const index = target.module.function(`map ${kernel.key} ${length} ${flags}`, pointers + scalars.length + 1, (f) => {
    const addresses = kernel.streams.map((_, i) => f.parameter(i));
    const prepared =
      kernel.prepare?.(
        f,
        scalars.map((_, i) => f.parameter(pointers + i)),
        f.parameter(pointers + scalars.length),
      ) ?? [];
    const vector = (offset: number, lanes: number): void => {
      const reading = kernel.streams.flatMap((stream, i) => (stream.reads === false ? [] : [addresses[i]])).filter((a) => a !== undefined);
      const results = kernel.body(
        f,
        reading.map((address) => f.keep(load(address, offset))),
        prepared,
      );
      const writing = kernel.streams.flatMap((stream, i) => (stream.writes ? [addresses[i]] : [])).filter((a) => a !== undefined);
      // All results before the first store: a stream may be read and written.
      const kept = results.map((result) => f.keep(result));
      kept.forEach((result, i) => {
        const address = writing[i];
        if (address === undefined) throw new Error(`${kernel.key}: more results than streams to write`);
        f.storeLanes(address, offset, result, lanes);
      });
    };
    const vectors = Math.floor(length / 4);
    f.repeat(Math.floor(vectors / UNROLL), () => {
      for (let u = 0; u < UNROLL; u++) vector(u * 16, 4);
      for (const address of addresses) f.advance(address, UNROLL * 16);
    });
    const rest = vectors % UNROLL;
    for (let u = 0; u < rest; u++) vector(u * 16, 4);
    if (length % 4 > 0) vector(rest * 16, length % 4);
  });
  target.call(index, [...kernel.streams.map((stream) => stream.address + start * 4), ...scalars, start]);
}
