/**
 * Wide vectors: V8 can join neighbouring 128-bit instructions of a function into 256-bit ones (its revectorizer, an
 * experimental flag). Core writes code that it can join and is told by the host whether it does; the probe here is what
 * a host measures and compares before it says so.
 */
import { ConstantPool } from "./constants.ts";
import { integer } from "./emit/expression.ts";
import { ModuleBuilder } from "./emit/module.ts";
import { product } from "./gemm/product.ts";
import { type ProductShape, SCRATCH_BYTES } from "./gemm/shape.ts";

/** What the backend is told when 256 bits were switched on and seen to give the same bits as 128. */
export interface WideVectors {
  /**
   * Called after every run: clears the upper halves of the registers, which generated code leaves behind and which make V8's
   * own mathematics (Math.exp, Math.log) many times slower until something clears them.
   */
  readonly settle: () => void;
}

export interface WideProbe {
  /** The three products of a dense layer, forward with bias and relu: PROBE_OPERATIONS. */
  readonly run: () => void;
  /** What the last run computed. */
  readonly result: () => Float32Array;
}

/** A layer of 100 → 88 at a batch of 168: full tiles, a last row and a last column of narrower ones, panels of both operands. */
const [BATCH, INPUTS, OUTPUTS] = [168, 100, 88];
/** Multiplications and additions of a run of the probe. */
export const PROBE_OPERATIONS = 3 * 2 * BATCH * INPUTS * OUTPUTS;

const common = { start: "zero", finish: "none", leftDepthStride: 1, rightTransposed: false, rightStride: OUTPUTS } as const;
const forward: ProductShape = {
  ...common,
  rows: BATCH,
  columns: OUTPUTS,
  depth: INPUTS,
  leftRowStride: INPUTS,
  outputStride: OUTPUTS,
  start: "bias",
  finish: "relu",
};
const inputGradient: ProductShape = {
  ...common,
  rows: BATCH,
  columns: INPUTS,
  depth: OUTPUTS,
  leftRowStride: OUTPUTS,
  rightTransposed: true,
  outputStride: INPUTS,
};
const weightGradient: ProductShape = {
  ...common,
  rows: INPUTS,
  columns: OUTPUTS,
  depth: BATCH,
  leftRowStride: 1,
  leftDepthStride: INPUTS,
  outputStride: OUTPUTS,
};

const PAGE = 65536;

/**
 * @param wide  tiles for 256-bit registers; whether V8 joins is the affair of the host's flag at this moment
 * @param fused products fused into sums, as in fast arithmetic
 */
export function makeWideProbe(wide: boolean, fused: boolean): WideProbe {
  const operandsAt = PAGE + Math.ceil(SCRATCH_BYTES / PAGE) * PAGE;
  const sizes = { x: BATCH * INPUTS, w: INPUTS * OUTPUTS, b: OUTPUTS, y: BATCH * OUTPUTS, dx: BATCH * INPUTS, dw: INPUTS * OUTPUTS };
  const at: Record<string, number> = {};
  let end = operandsAt;
  for (const [name, size] of Object.entries(sizes)) {
    at[name] = end;
    end += (size + 16) * 4;
  }
  const address = (name: keyof typeof sizes) => integer(at[name] ?? 0);
  const pages = Math.ceil(end / PAGE) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const floats = new Float32Array(memory.buffer, operandsAt, (end - operandsAt) / 4);
  // Numbers between −1 and 1 without a pattern that rounding could miss.
  let state = 1;
  for (let i = 0; i < floats.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    floats[i] = state / 2147483648;
  }
  const pool = new ConstantPool(memory.buffer, 1024, 100);
  const module = new ModuleBuilder({ pages, shared: false }, { fused, wide, constantAddress: (bits) => pool.addressOf(bits) });
  const run = module.function("run", 0, (f) => {
    const scratch = integer(PAGE);
    f.call(product(module, forward), [address("x"), address("w"), address("y"), address("b"), scratch]);
    f.call(product(module, inputGradient), [address("y"), address("w"), address("dx"), integer(0), scratch]);
    f.call(product(module, weightGradient), [address("x"), address("y"), address("dw"), integer(0), scratch]);
  });
  module.export("run", run);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } });
  const outputs = new Float32Array(memory.buffer, at["y"] ?? 0, (end - (at["y"] ?? 0)) / 4);
  return { run: exports["run"] as () => void, result: () => outputs.slice() };
}
