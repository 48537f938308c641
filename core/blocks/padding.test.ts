/** Padding goes through a block: what a mask leaves out changes nothing of the steps that count, in any layer of it. */
import { expect, it } from "vitest";
import { backends } from "../../test/engine/backends.ts";
import { design, ids } from "../../test/graph/designs.ts";
import { Random } from "../data/random.ts";
import { applyCommand } from "../graph/commands.ts";
import { at } from "../ir/op.ts";
import { makeModelSpec } from "../spec/model.ts";
import { readTraining } from "../spec/training.ts";
import { Network } from "../train/network.ts";
import { insertBlock } from "./insert.ts";
import { blocks } from "./registry.ts";

const WIDTH = 4;
const REAL = 4;

/** Predictions of a sequence of REAL steps that is padded with zeros to `steps`. */
function predictions(steps: number, layers: "masking" | "activation"): readonly number[] {
  const plain = design("x > masked > out", { x: ["input", { shape: [steps, WIDTH] }], masked: [layers], out: ["output", { loss: "mse" }] });
  const options = { width: WIDTH, num_heads: 2, feed_forward: 6, depth: 2 };
  const { command } = insertBlock(plain, at(blocks, 0), options, { position: { x: 0, y: 0 }, language: "en", edgeId: "e2" }, ids());
  const { graph } = applyCommand(plain, command).design;
  const shape = [steps, WIDTH];
  const spec = makeModelSpec(graph, { inputs: { x: shape }, outputs: { out: { columns: steps * WIDTH } } });
  const training = readTraining({ batch_size: 1 });
  const network = new Network({ spec, training, encodings: { out: "value" }, backend: at(backends, 1), trainingRows: 1 });
  network.initialise(3);
  const random = new Random(8);
  const values = new Float32Array(steps * WIDTH);
  for (let i = 0; i < REAL * WIDTH; i++) values[i] = 1 + random.float();
  const part = {
    rowCount: 1,
    rowIds: Uint32Array.of(0),
    inputs: { x: { values, shape } },
    targets: { out: { values: new Float32Array(steps * WIDTH), shape } },
  };
  return Array.from(Object.values(network.evaluate(part).predictions)[0] ?? []).slice(0, REAL * WIDTH);
}

it("gives the steps that count what they get without padding", () => {
  const whole = predictions(REAL, "masking");
  expect(Math.max(...whole.map(Math.abs))).toBeGreaterThan(0.1);
  predictions(REAL + 3, "masking").forEach((value, i) => expect(value).toBeCloseTo(at(whole, i), 5));
});

it("lets padding take part where nothing says that it is padding", () => {
  const [whole, padded] = [predictions(REAL, "activation"), predictions(REAL + 3, "activation")];
  expect(Math.max(...whole.map((value, i) => Math.abs(value - at(padded, i))))).toBeGreaterThan(1e-3);
});
