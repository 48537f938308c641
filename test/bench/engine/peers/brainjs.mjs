/**
 * Training of W1 and W7 in brain.js, which updates row by row and knows neither batches nor cross-entropy: a pass over one batch of rows
 * stands for a step. A line `NAME SECONDS THREADS` on stdin is answered by milliseconds or `cannot: why`. Argument: the folder of its packages.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const installed = createRequire(join(process.argv[2] ?? "", "package.json"));
const brain = installed("brain.js");

let state = 12345;
const uniform = () => {
  state = (state * 1103515245 + 12345) & 0x7fffffff;
  return state / 0x7fffffff;
};
const NETWORKS = {
  W1: { inputs: 784, hidden: [128, 64], outputs: 10, rows: 64, activation: "relu", passes: 5 },
  W7: { inputs: 2, hidden: [8, 8], outputs: 1, rows: 10, activation: "tanh", passes: 200 },
};

function passOf({ inputs, hidden, outputs, rows, activation, passes }) {
  const network = new brain.NeuralNetwork({ hiddenLayers: hidden, activation });
  const data = Array.from({ length: rows }, () => {
    const input = Float32Array.from({ length: inputs }, () => uniform() * 2 - 1);
    const output = new Float32Array(outputs);
    if (outputs === 1) output[0] = input[0] * input[1] > 0 ? 1 : 0;
    else output[Math.floor(uniform() * outputs)] = 1;
    return { input, output };
  });
  const train = (iterations) => {
    // It ends by itself when it has learnt the rows by heart: no error is small enough for that here.
    const options = { iterations, errorThresh: Number.MIN_VALUE, log: false, praxis: "adam", learningRate: 0.001, keepNetworkIntact: true };
    const taken = network.train(data, options).iterations;
    if (taken !== iterations) throw new Error(`${taken} passes were taken of ${iterations}`);
  };
  train(1);
  return () => {
    const before = performance.now();
    train(passes);
    return (performance.now() - before) / passes;
  };
}

const made = new Map();
console.log(installed("brain.js/package.json").version);
for await (const line of createInterface({ input: process.stdin })) {
  const [name, seconds] = line.split(" ");
  const network = NETWORKS[name];
  if (network === undefined) {
    console.log("cannot: it has no such layers, or no batches");
    continue;
  }
  if (!made.has(name)) made.set(name, passOf(network));
  const taken = [];
  const start = performance.now();
  while (performance.now() - start < Number(seconds) * 1000 || taken.length < 2) taken.push(made.get(name)());
  console.log(taken.sort((a, b) => a - b)[taken.length >> 1]);
}
