/**
 * Kernels that work number by number over whole vectors: loads one vector of every stream, computes, stores; the last
 * one to three numbers are stored lane by lane, so that nothing behind a tensor is touched.
 */
import { type Integer, type Local, load, type Vector } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { LINE, shareOf, type Target } from "./target.ts";

/** Vectors in one pass of the loop. */
export const UNROLL = 4;

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
  /** New values, one a writing stream, from the old ones, one a reading stream; `u` counts the vectors of a pass, up to UNROLL. */
  readonly body: (f: FunctionBuilder, values: readonly Local<"v128">[], prepared: readonly Local<"v128">[], u: number) => readonly Vector[];
  /** What every pass of UNROLL vectors ends with. */
  readonly afterPass?: (f: FunctionBuilder, prepared: readonly Local<"v128">[]) => void;
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
    const reading = kernel.streams.flatMap((stream, i) => (stream.reads === false ? [] : [addresses[i]])).filter((a) => a !== undefined);
    const writing = kernel.streams.flatMap((stream, i) => (stream.writes ? [addresses[i]] : [])).filter((a) => a !== undefined);
    // All loads and results before the first store: a stream may be read and written, and V8 joins neighbours that nothing stands between.
    const vectors = (lanes: readonly number[]): void => {
      const values = lanes.map((_, u) => reading.map((address) => f.keep(load(address, u * 16))));
      const results = values.map((loaded, u) => kernel.body(f, loaded, prepared, u).map((result) => f.keep(result)));
      writing.forEach((address, i) => {
        results.forEach((ofVector, u) => {
          const result = ofVector[i];
          if (result === undefined) throw new Error(`${kernel.key}: fewer results than streams to write`);
          f.storeLanes(address, u * 16, result, lanes[u] ?? 0);
        });
      });
    };
    const all = Math.floor(length / 4);
    f.repeat(Math.floor(all / UNROLL), () => {
      vectors(new Array<number>(UNROLL).fill(4));
      kernel.afterPass?.(f, prepared);
      for (const address of addresses) f.advance(address, UNROLL * 16);
    });
    const rest = [...new Array<number>(all % UNROLL).fill(4), ...(length % 4 > 0 ? [length % 4] : [])];
    if (rest.length > 0) vectors(rest);
  });
  target.call(index, [...kernel.streams.map((stream) => stream.address + start * 4), ...scalars, start]);
}
