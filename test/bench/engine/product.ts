/**
 * Speed of the generated matrix product on one thread, GFLOP/s by shape: `node test/bench/engine/product.ts [--rounds 5]
 * [--reproducible]`. Rounds visit the shapes in turn, so that a disturbed second does not fall on one shape alone.
 */
import { parseArgs } from "node:util";
import { ConstantPool } from "../../../core/kernels/wasm/constants.ts";
import { integer } from "../../../core/kernels/wasm/emit/expression.ts";
import { ModuleBuilder } from "../../../core/kernels/wasm/emit/module.ts";
import { product } from "../../../core/kernels/wasm/gemm/product.ts";
import { chooseBlocking, type ProductShape } from "../../../core/kernels/wasm/gemm/shape.ts";
import { wide } from "./wide.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    reproducible: { type: "boolean", default: false },
    pack: { type: "string" },
    only: { type: "string" },
  },
});
const ROUND_MS = 60;

type Kind = "forward" | "input_gradient" | "weight_gradient";
/** Layer of `inputs` → `outputs` at a batch: the three products of its training step. */
function productOf(kind: Kind, batch: number, inputs: number, outputs: number): ProductShape {
  const common = { start: "zero", finish: "none", leftDepthStride: 1, rightTransposed: false } as const;
  if (kind === "forward")
    return { ...common, rows: batch, columns: outputs, depth: inputs, leftRowStride: inputs, rightStride: outputs, outputStride: outputs };
  if (kind === "input_gradient")
    return {
      ...common,
      rows: batch,
      columns: inputs,
      depth: outputs,
      leftRowStride: outputs,
      rightTransposed: true,
      rightStride: outputs,
      outputStride: inputs,
    };
  return {
    ...common,
    rows: inputs,
    columns: outputs,
    depth: batch,
    leftRowStride: 1,
    leftDepthStride: inputs,
    rightStride: outputs,
    outputStride: outputs,
  };
}

const LAYERS: [batch: number, inputs: number, outputs: number][] = [
  [64, 784, 128],
  [64, 128, 64],
  [64, 64, 10],
  [512, 63, 256],
  [512, 256, 256],
  [512, 256, 1],
  [256, 1024, 2048],
  [256, 2048, 2048],
  [256, 2048, 1000],
  [10, 8, 8],
  [1, 256, 256],
];

function prepare(shape: ProductShape): { run: () => void; operations: number } {
  const base = 4 * 1024 * 1024;
  const left = base;
  const right = left + (shape.rows * shape.depth + 16) * 4;
  const output = right + (shape.columns * shape.depth + 16) * 4;
  const pages = Math.ceil((output + shape.rows * shape.columns * 4) / 65536) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  new Float32Array(memory.buffer).fill(0.01, left / 4);
  const pool = new ConstantPool(memory.buffer, 1024, 100);
  const module = new ModuleBuilder(
    { pages, shared: false },
    { fused: !values.reproducible, wide: wide !== undefined, constantAddress: (bits) => pool.addressOf(bits) },
  );
  let blocking = chooseBlocking(shape, wide !== undefined);
  if (values.pack !== undefined) {
    const [packLeft, packRight] = [
      values.pack.includes("l") && shape.leftDepthStride !== 1,
      values.pack.includes("r") || shape.rightTransposed,
    ];
    blocking = {
      ...blocking,
      packLeft,
      packRight,
      rowBlock: packLeft || packRight ? 96 : shape.rows,
      columnBlock: packRight ? 1024 : shape.columns,
      depthBlock: packLeft || packRight ? Math.min(256, shape.depth) : shape.depth,
    };
  }
  const index = product(module, shape, blocking);
  module.export(
    "run",
    module.function("run", 0, (f) => f.call(index, [left, right, output, 0, 131072].map(integer))),
  );
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } });
  return { run: instance.exports["run"] as () => void, operations: 2 * shape.rows * shape.columns * shape.depth };
}

const cases = LAYERS.flatMap(([batch, inputs, outputs]) =>
  (["forward", "input_gradient", "weight_gradient"] as const).map((kind) => {
    const shape = productOf(kind, batch, inputs, outputs);
    return {
      name: `${batch} × ${inputs} → ${outputs} ${kind}`,
      ...prepare(shape),
      blocking: chooseBlocking(shape, wide !== undefined),
      rates: [] as number[],
    };
  }),
).filter((c) => values.only === undefined || c.name.includes(values.only));
for (let round = 0; round < Number(values.rounds); round++)
  for (const c of cases) {
    let runs = 0;
    const start = performance.now();
    do {
      for (let i = 0; i < Math.max(1, 2e6 / c.operations); i++, runs++) c.run();
    } while (performance.now() - start < ROUND_MS);
    c.rates.push((runs * c.operations) / (performance.now() - start) / 1e6);
  }
for (const c of cases) {
  const sorted = c.rates.toSorted((a, b) => a - b);
  const show = (rate: number | undefined): string => (rate ?? Number.NaN).toFixed(1);
  const { tile, packLeft, packRight } = c.blocking;
  console.log(
    `${c.name.padEnd(40)} ${show(sorted[sorted.length >> 1]).padStart(6)} GFLOP/s  (${show(sorted[0])} to ${show(sorted.at(-1))})  tile ${tile.rows}×${tile.columns}${packLeft ? ", left packed" : ""}${packRight ? ", right packed" : ""}`,
  );
}
