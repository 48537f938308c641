/**
 * Training steps of networks.ts in TensorFlow.js on its WebAssembly backend: a line `NAME SECONDS THREADS` on stdin is answered by the
 * median milliseconds of a step, or by `cannot: why`. Argument: the folder in which its packages are installed.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const folder = process.argv[2] ?? "";
const installed = createRequire(join(folder, "package.json"));
const tf = installed("@tensorflow/tfjs");
const { layers: L, input: inputOf, model: modelOf } = tf;
const wasm = installed("@tensorflow/tfjs-backend-wasm");
wasm.setWasmPaths(join(folder, "node_modules/@tensorflow/tfjs-backend-wasm/dist/"));
tf.enableProdMode();
// It falls back to its slow backend in silence when wasm fails.
if (!(await tf.setBackend("wasm")) || tf.getBackend() !== "wasm") throw new Error("TensorFlow.js did not start its wasm backend");

let state = 12345;
const uniform = () => {
  state = (state * 1103515245 + 12345) & 0x7fffffff;
  return state / 0x7fffffff;
};
const normal = () => Math.sqrt(-2 * Math.log(uniform() + 1e-9)) * Math.cos(2 * Math.PI * uniform());
const times = (count, make) => Array.from({ length: count }, make);

const classes = (shape, batch, count, batches = 20) =>
  times(batches, () => {
    const x = Float32Array.from({ length: batch * shape.reduce((a, b) => a * b, 1) }, normal);
    const y = new Float32Array(batch * count);
    for (let i = 0; i < batch; i++) y[i * count + Math.floor(uniform() * count)] = 1;
    return [tf.tensor(x, [batch, ...shape]), tf.tensor(y, [batch, count])];
  });
const binary = () =>
  times(20, () => [
    tf.randomNormal([512, 63]),
    tf.tensor(
      Float32Array.from({ length: 512 }, () => Math.round(uniform())),
      [512, 1],
    ),
  ]);
const waves = (steps, features, batch) =>
  times(20, () => {
    const x = new Float32Array(batch * steps * features);
    const y = new Float32Array(batch);
    for (let i = 0; i < batch; i++) {
      const phase = uniform() * 6.28;
      for (let t = 0; t < steps; t++)
        for (let f = 0; f < features; f++) x[(i * steps + t) * features + f] = Math.sin(phase + t * 0.2 * (1 + f * 0.1));
      y[i] = Math.sin(phase + steps * 0.2);
    }
    return [tf.tensor(x, [batch, steps, features]), tf.tensor(y, [batch, 1])];
  });
const tokens = () =>
  times(20, () => {
    const x = Int32Array.from({ length: 64 * 64 }, () => Math.floor(uniform() * 10_000));
    const y = new Float32Array(128);
    for (let i = 0; i < 64; i++) y[i * 2 + Math.floor(uniform() * 2)] = 1;
    return [tf.tensor(x, [64, 64], "int32"), tf.tensor(y, [64, 2])];
  });
const signs = () =>
  times(20, () => {
    const x = Float32Array.from({ length: 20 }, normal);
    return [
      tf.tensor(x, [10, 2]),
      tf.tensor(
        Float32Array.from({ length: 10 }, (_, i) => Math.sign(x[2 * i] * x[2 * i + 1])),
        [10, 1],
      ),
    ];
  });

const dense = (units, activation) => L.dense({ units, activation });
const trained = (input, output) => {
  const model = modelOf({ inputs: input, outputs: output });
  return { run: (x) => model.apply(x, { training: true }), variables: model.trainableWeights.map((weight) => weight.val) };
};
const chain = (shape, list) => {
  const input = inputOf({ shape });
  return trained(
    input,
    list.reduce((h, layer) => layer.apply(h), input),
  );
};
const tabular = (rate) => {
  const drop = () => (rate === 0 ? [] : [L.dropout({ rate })]);
  const block = () => [dense(256, "relu"), L.batchNormalization(), ...drop()];
  return chain([63], [L.batchNormalization(), ...block(), ...block(), dense(1)]);
};
function textConvolution(rate) {
  const input = inputOf({ shape: [64], dtype: "int32" });
  const words = L.embedding({ inputDim: 10_000, outputDim: 128 }).apply(input);
  const most = [3, 4, 5].map((kernelSize) =>
    L.globalMaxPooling1d({}).apply(L.conv1d({ filters: 100, kernelSize, activation: "relu" }).apply(words)),
  );
  const all = L.concatenate().apply(most);
  return trained(input, dense(2).apply(rate === 0 ? all : L.dropout({ rate }).apply(all)));
}
/** Attention by hand: the library has no such layer. */
function encoder(rate) {
  const variables = [];
  const variable = (shape, deviation) => {
    const start = deviation === 0 ? tf.zeros(shape) : deviation === 1 ? tf.ones(shape) : tf.randomNormal(shape, 0, deviation, "float32", 1);
    const made = tf.variable(start);
    variables.push(made);
    return made;
  };
  const drop = (x) => (rate === 0 ? x : tf.dropout(x, rate));
  const blocks = times(2, () => ({
    qkv: variable([64, 192], 0.08),
    qkvBias: variable([192], 0),
    out: variable([64, 64], 0.1),
    outBias: variable([64], 0),
    gain1: variable([64], 1),
    shift1: variable([64], 0),
    wide: variable([64, 256], 0.1),
    wideBias: variable([256], 0),
    narrow: variable([256, 64], 0.06),
    narrowBias: variable([64], 0),
    gain2: variable([64], 1),
    shift2: variable([64], 0),
  }));
  const last = variable([64, 10], 0.1);
  const lastBias = variable([10], 0);
  const normalized = (x, gain, shift) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return x.sub(mean).div(variance.add(1e-5).sqrt()).mul(gain).add(shift);
  };
  const run = (x) => {
    let h = x.reshape([-1, 64]);
    for (const b of blocks) {
      const [q, k, v] = tf.unstack(h.matMul(b.qkv).add(b.qkvBias).reshape([32, 64, 3, 4, 16]).transpose([2, 0, 3, 1, 4]), 0);
      const weights = tf.softmax(tf.matMul(q, k, false, true).mul(0.25));
      const attended = tf.matMul(drop(weights), v).transpose([0, 2, 1, 3]).reshape([-1, 64]).matMul(b.out).add(b.outBias);
      h = normalized(h.add(drop(attended)), b.gain1, b.shift1);
      const fed = drop(h.matMul(b.wide).add(b.wideBias).relu()).matMul(b.narrow).add(b.narrowBias);
      h = normalized(h.add(drop(fed)), b.gain2, b.shift2);
    }
    return h.reshape([32, 64, 64]).mean(1).matMul(last).add(lastBias);
  };
  return { run, variables };
}

const softmaxLoss = (y, p) => tf.losses.softmaxCrossEntropy(y, p);
const sigmoidLoss = (y, p) => tf.losses.sigmoidCrossEntropy(y, p);
const squares = (y, p) => tf.losses.meanSquaredError(y, p);
const convolution = () => [
  L.conv2d({ filters: 16, kernelSize: 3, activation: "relu" }),
  L.maxPooling2d({ poolSize: 2 }),
  L.conv2d({ filters: 32, kernelSize: 3, activation: "relu" }),
  L.maxPooling2d({ poolSize: 2 }),
  L.flatten(),
  dense(128, "relu"),
  dense(10),
];
const NETWORKS = {
  W1: () => [chain([784], [dense(128, "relu"), dense(64, "relu"), dense(10)]), classes([784], 64, 10), softmaxLoss],
  W2: () => [tabular(0.3), binary(), sigmoidLoss],
  W2d0: () => [tabular(0), binary(), sigmoidLoss],
  W3: () => [chain([28, 28, 1], convolution()), classes([28, 28, 1], 64, 10), softmaxLoss],
  W4: () => [chain([50, 1], [L.lstm({ units: 50 }), dense(1)]), waves(50, 1, 32), squares],
  W4b: () => [chain([100, 8], [L.gru({ units: 64, resetAfter: false }), dense(1)]), waves(100, 8, 64), squares],
  W5: () => [textConvolution(0.5), tokens(), softmaxLoss],
  W5d0: () => [textConvolution(0), tokens(), softmaxLoss],
  W6: () => [encoder(0.1), classes([64, 64], 32, 10), softmaxLoss],
  W6d0: () => [encoder(0), classes([64, 64], 32, 10), softmaxLoss],
  W7: () => [chain([2], [dense(8, "tanh"), dense(8, "tanh"), dense(1, "tanh")]), signs(), squares, tf.train.sgd(0.03)],
  W8: () => [chain([1024], [dense(2048, "relu"), dense(2048, "relu"), dense(1000)]), classes([1024], 256, 1000, 2), softmaxLoss],
};

const made = new Map();
const failed = new Map();
function stepperOf(name) {
  const [{ run, variables }, data, lossOf, optimizer = tf.train.adam(1e-3)] = NETWORKS[name]();
  const step = (i) => {
    const [x, y] = data[i % data.length];
    const loss = optimizer.minimize(() => lossOf(y, run(x)), true, variables);
    const [value] = loss.dataSync();
    loss.dispose();
    return value;
  };
  for (let i = 0; i < 2; i++) step(i);
  return step;
}

console.log(tf.version.tfjs);
for await (const line of createInterface({ input: process.stdin })) {
  const [name, seconds] = line.split(" ");
  try {
    if (failed.has(name)) throw failed.get(name);
    if (!made.has(name)) made.set(name, stepperOf(name));
    const step = made.get(name);
    const taken = [];
    const start = performance.now();
    while (performance.now() - start < Number(seconds) * 1000 || taken.length < 2) {
      const before = performance.now();
      step(taken.length);
      taken.push(performance.now() - before);
    }
    console.log(taken.sort((a, b) => a - b)[taken.length >> 1]);
  } catch (error) {
    failed.set(name, error);
    console.log(`cannot: ${error.message.split("\n")[0]}`);
  }
}
