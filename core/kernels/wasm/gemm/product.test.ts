import { describe, expect, it } from "vitest";
import { ConstantPool } from "../constants.ts";
import { integer } from "../emit/expression.ts";
import { ModuleBuilder } from "../emit/module.ts";
import { product } from "./product.ts";
import { LEFT_PANEL_BYTES, type ProductShape, RIGHT_PANEL_BYTES } from "./shape.ts";

const PAGES = 400;
const SCRATCH = 65536;
const OPERANDS = SCRATCH + RIGHT_PANEL_BYTES + LEFT_PANEL_BYTES;
const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
const floats = new Float32Array(memory.buffer);
const pool = new ConstantPool(memory.buffer, 1024, 1000);

/** Numbers between −1 and 1 from a counter: the same in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2147483648 - 1;
  };
}

interface Case {
  readonly shape: ProductShape;
  readonly fused: boolean;
}

/** Runs the product between guards and compares every element with a float64 sum; guards must be untouched. */
function check({ shape, fused }: Case): void {
  const { rows, columns, depth } = shape;
  const next = pseudoRandom(rows * 7919 + columns * 104729 + depth);
  const GUARD = 16;
  let cursor = OPERANDS / 4 + 3; // off any alignment but that of a float
  const place = (size: number): number => {
    const at = cursor + GUARD;
    floats.fill(777, cursor, at);
    for (let i = 0; i < size; i++) floats[at + i] = next();
    cursor = at + size;
    floats.fill(777, cursor, cursor + GUARD);
    return at;
  };
  const left = place(rows * depth);
  const right = place(columns * depth);
  const bias = place(columns);
  const output = place(rows * columns);
  const before = floats.slice(left - GUARD, cursor + GUARD);

  const module = new ModuleBuilder({ pages: PAGES, shared: false }, { fused, constantAddress: (bits) => pool.addressOf(bits) });
  const index = product(module, shape);
  module.export(
    "run",
    module.function("run", 0, (f) => f.call(index, [left, right, output, bias].map((at) => integer(at * 4)).concat(integer(SCRATCH)))),
  );
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } });
  (instance.exports["run"] as () => void)();

  const at = (i: number): number => before[i - left + GUARD] ?? Number.NaN;
  let worst = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = shape.start === "bias" ? at(bias + j) : shape.start === "accumulate" ? at(output + i * columns + j) : 0;
      for (let k = 0; k < depth; k++)
        sum +=
          at(left + i * shape.leftRowStride + k * shape.leftDepthStride) *
          at(right + (shape.rightTransposed ? j * depth + k : k * columns + j));
      if (shape.finish === "relu") sum = Math.max(0, sum);
      worst = Math.max(worst, Math.abs(sum - (floats[output + i * columns + j] ?? Number.NaN)));
    }
  // Sums of `depth` products below 1 in float32, added in order.
  expect(worst, JSON.stringify(shape)).toBeLessThan(4e-7 * (depth + 2));
  for (let i = left - GUARD; i < cursor + GUARD; i++)
    if (i < output || i >= output + rows * columns)
      if (!Object.is(floats[i], at(i))) throw new Error(`wrote outside the output at ${i - output}: ${JSON.stringify(shape)}`);
}

function shapeOf(
  rows: number,
  columns: number,
  depth: number,
  kind: "plain" | "left_transposed" | "right_transposed",
  rest: Partial<ProductShape> = {},
): ProductShape {
  return {
    rows,
    columns,
    depth,
    leftRowStride: kind === "left_transposed" ? 1 : depth,
    leftDepthStride: kind === "left_transposed" ? rows : 1,
    rightTransposed: kind === "right_transposed",
    rightStride: kind === "right_transposed" ? depth : columns,
    outputStride: columns,
    start: "zero",
    finish: "none",
    ...rest,
  };
}

const KINDS = ["plain", "left_transposed", "right_transposed"] as const;

describe("matrix product", () => {
  it.each(KINDS)("is right for every size from 1 to 13 and the sizes around a tile (%s)", (kind) => {
    for (let rows = 1; rows <= 13; rows++)
      for (let columns = 1; columns <= 13; columns++)
        for (const depth of [1, 2, 3, 4, 5, 7, 8, 9, 17])
          check({ shape: shapeOf(rows, columns, depth, kind), fused: (rows + columns) % 2 === 0 });
  });

  it.each(KINDS)("is right for sizes that are cut into blocks (%s)", (kind) => {
    for (const [rows, columns, depth] of [
      [100, 33, 300],
      [7, 1030, 520],
      [130, 1100, 260],
      [197, 64, 64],
      [64, 10, 784],
      [1, 70, 513],
      [2, 50, 40],
      [3, 50, 40],
      [300, 2, 30],
      [97, 1, 301],
    ] as const)
      check({ shape: shapeOf(rows, columns, depth, kind), fused: true });
  });

  it.each(["zero", "bias", "accumulate"] as const)("starts with %s and finishes with every finish", (start) => {
    for (const finish of ["none", "relu"] as const)
      for (const [rows, columns, depth] of [
        [1, 2, 3],
        [5, 9, 6],
        [13, 17, 600],
        [100, 40, 300],
        [8, 1, 33],
      ] as const) {
        for (const kind of KINDS) check({ shape: shapeOf(rows, columns, depth, kind, { start, finish }), fused: true });
      }
  });

  it("gives the same bits however the rows are shared out", () => {
    const whole = shapeOf(23, 19, 310, "plain");
    const run = (shape: ProductShape, first: number): Float32Array => {
      const module = new ModuleBuilder({ pages: PAGES, shared: false }, { fused: true, constantAddress: (bits) => pool.addressOf(bits) });
      const index = product(module, shape);
      const at = OPERANDS;
      const output = at + 400_000;
      const args = [at + first * 310 * 4, at + 100_000, output + first * 19 * 4, 0, SCRATCH].map((address) => integer(address));
      module.export(
        "run",
        module.function("run", 0, (f) => f.call(index, args)),
      );
      (new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } }).exports["run"] as () => void)();
      return floats.slice(output / 4, output / 4 + 23 * 19);
    };
    const next = pseudoRandom(5);
    for (let i = 0; i < 60_000; i++) floats[OPERANDS / 4 + i] = next();
    const together = run(whole, 0);
    run({ ...whole, rows: 7 }, 0);
    const apart = run({ ...whole, rows: 16 }, 7);
    expect(apart).toEqual(together);
  });

  it.each([
    { columns: 24, depth: 8192, better: 4 },
    // Eight lanes alone, without blocks, are 6 times better.
    { columns: 1, depth: 65_536, better: 30 },
  ])(
    "adds long sums in blocks, so that they lose less than one sum term by term would ($columns columns)",
    ({ columns, depth, better }) => {
      for (const rows of [1, 2, 3, 7]) {
        const next = pseudoRandom(rows);
        const [left, right, output] = [OPERANDS / 4, OPERANDS / 4 + rows * depth, OPERANDS / 4 + (rows + columns) * depth];
        for (let i = left; i < output; i++) floats[i] = 1 + next();
        const module = new ModuleBuilder(
          { pages: PAGES, shared: false },
          { fused: false, constantAddress: (bits) => pool.addressOf(bits) },
        );
        const index = product(module, shapeOf(rows, columns, depth, "plain"));
        const args = [left * 4, right * 4, output * 4, 0, SCRATCH].map((address) => integer(address));
        module.export(
          "run",
          module.function("run", 0, (f) => f.call(index, args)),
        );
        (new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } }).exports["run"] as () => void)();
        let [ours, plain] = [0, 0];
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) {
            let [exact, single] = [0, 0];
            for (let k = 0; k < depth; k++) {
              const term = (floats[left + i * depth + k] as number) * (floats[right + k * columns + j] as number);
              exact += term;
              single = Math.fround(single + Math.fround(term));
            }
            ours += ((floats[output + i * columns + j] as number) - exact) ** 2;
            plain += (single - exact) ** 2;
          }
        expect(Math.sqrt(ours)).toBeLessThan(Math.sqrt(plain) / better);
      }
    },
  );
});
