/** Faults of the engine: gradients, kernels, the plan, optimizers, the loop and checkpoints. */
import type { Fault } from "./fault.ts";

const GRADIENTS = ["test/engine/gradients.test.ts"];
const GOLDEN_LAYERS = ["test/golden/engine/layers.test.ts"];
const GOLDEN_NETWORKS = ["test/golden/engine/networks.test.ts"];
const DETERMINISM = ["test/engine/determinism.test.ts"];
const CONFORMANCE = ["test/kernels/conformance.test.ts"];

export const engineFaults: readonly Fault[] = [
  {
    name: "sigmoid's gradient has the wrong sign",
    file: "core/activations/sigmoid/implementation.ts",
    find: "y * (1 - y)",
    replace: "y * (y - 1)",
    tests: GRADIENTS,
  },
  {
    name: "a bias gets no gradient",
    file: "core/ir/ops/linear.ts",
    find: 'builder.one("bias_gradient", [dy])',
    replace: "null",
    tests: GRADIENTS,
  },
  {
    name: "half the gradient of an L2 penalty",
    file: "core/kernels/reference/loss.ts",
    find: "2 * l2 * get(w, i)",
    replace: "l2 * get(w, i)",
    tests: GRADIENTS,
  },
  {
    name: "batch normalization forgets that the mean depends on x",
    file: "core/kernels/reference/normalization.ts",
    find: "(get(dy, m * C + c) - sum / M - (normalized * product) / M)",
    replace: "(get(dy, m * C + c) - (normalized * product) / M)",
    tests: GRADIENTS,
  },
  {
    name: "of a tensor used twice one gradient is lost",
    file: "core/ir/autodiff.ts",
    find: 'before === undefined ? gradient : builder.one("add", [before, gradient])',
    replace: "gradient",
    tests: ["core/ir/autodiff.test.ts"],
  },
  {
    name: "Adam without bias correction",
    file: "core/optimizers/adam/implementation.ts",
    find: 'learningRate / (1 - integerPower(c["beta_1"] as number, step + 1))',
    replace: "learningRate",
    tests: GOLDEN_NETWORKS,
  },
  {
    name: "the moving variance is the biased one",
    file: "core/kernels/reference/normalization.ts",
    find: "(M > 1 ? squares / (M - 1) : variance)",
    replace: "variance",
    tests: GOLDEN_LAYERS,
  },
  {
    name: "the moving variance is the biased one in WebAssembly",
    file: "core/kernels/wasm/kernels/batch-normalization.ts",
    find: "constant(1 / Math.max(1, rows - 1))",
    replace: "constant(1 / rows)",
    tests: GOLDEN_LAYERS,
  },
  {
    name: "dropout does not scale what it keeps",
    file: "core/kernels/reference/elementwise.ts",
    find: "Math.fround(1 / (1 - rate))",
    replace: "1",
    tests: ["test/engine/dropout.test.ts"],
  },
  {
    name: "dropout drops while predicting",
    file: "core/layers/dropout/index.ts",
    find: "training && config.rate > 0",
    replace: "config.rate > 0",
    tests: DETERMINISM,
  },
  {
    name: "cross-entropy is not computed from logits",
    file: "core/ir/passes/fuse-probability-loss.ts",
    find: 'instruction.op === "categorical_cross_entropy" && producer.op === "softmax"',
    replace: 'instruction.op === "categorical_cross_entropy" && producer.op === "softmax_gradient"',
    tests: ["test/golden/engine/losses.test.ts"],
  },
  {
    name: "the planner lays tensors over living ones",
    file: "core/ir/plan.ts",
    find: "at(live, i).end < start",
    replace: "at(live, i).end <= start + 1",
    tests: ["core/ir/plan.test.ts"],
  },
  {
    name: "WebAssembly leaves out the numbers after the last whole vector",
    file: "core/kernels/wasm/kernels/map.ts",
    find: "if (length % 4 > 0) vector(rest * 16, length % 4);",
    replace: "",
    tests: CONFORMANCE,
  },
  {
    name: "WebAssembly writes whole vectors behind the end",
    file: "core/kernels/wasm/kernels/map.ts",
    find: "vector(rest * 16, length % 4)",
    replace: "vector(rest * 16, 4)",
    tests: CONFORMANCE,
  },
  {
    name: "a joined relu is left out on the last columns",
    file: "core/kernels/wasm/gemm/micro-kernel.ts",
    find: "if (none !== undefined)",
    replace: "if (none !== undefined && kernel.columns - v * 4 >= 4)",
    tests: ["core/kernels/wasm/executable.test.ts", "core/kernels/wasm/gemm/product.test.ts"],
  },
  {
    name: "early stopping never puts the best weights back",
    file: "core/train/loop.ts",
    find: "if (last) settleWeights(network, state);",
    replace: "",
    tests: ["core/train/loop.test.ts"],
  },
  {
    name: "early stopping ignores min_delta",
    file: "core/train/early-stopping.ts",
    find: "value < state.best - options.min_delta",
    replace: "value < state.best",
    tests: ["core/train/early-stopping.test.ts"],
  },
  {
    name: "a resumed run forgets the optimizer's moments",
    file: "core/train/checkpoint.ts",
    find: 'network.block("slot").set(next(sizes.slot));',
    replace: "next(sizes.slot);",
    tests: DETERMINISM,
  },
  {
    name: "shuffling ignores the seed",
    file: "core/train/network.ts",
    find: "new Random(seed, SHUFFLE_STREAM + epoch)",
    replace: "new Random(0, SHUFFLE_STREAM + epoch)",
    tests: ["core/train/loop.test.ts"],
  },
  {
    name: "every epoch has the same order of rows",
    file: "core/train/network.ts",
    find: "SHUFFLE_STREAM + epoch)",
    replace: "SHUFFLE_STREAM)",
    tests: ["core/train/loop.test.ts"],
  },
  {
    name: "a loss that is NaN does not stop the run",
    file: "core/train/network.ts",
    find: "if (!Number.isFinite(loss)) throw this.diagnose(compiled, data, step);",
    replace: "",
    tests: ["test/engine/not-finite.test.ts"],
  },
  {
    name: "balanced classes weigh the wrong way round",
    file: "core/train/class-weights.ts",
    find: "data.rowCount / (counts.size * (counts.get(classOf(row)) ?? 1))",
    replace: "(counts.size * (counts.get(classOf(row)) ?? 1)) / data.rowCount",
    tests: ["core/train/class-weights.test.ts"],
  },
];
