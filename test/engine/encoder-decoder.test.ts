/** Encoder and decoder: what a decoder knows comes through the states that are wired to it, of one direction or of both. */
import { expect, it } from "vitest";
import { Random } from "../../core/data/random.ts";
import type { GraphDocument, NodeDocument } from "../../core/graph/document.ts";
import { propagate } from "../../core/graph/propagate.ts";
import { at } from "../../core/ir/op.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { graphOf, node, partOf } from "./design.ts";

const T = 5;
const UNITS = 24;
const ROWS = 256;
const STEPS = 800;
const FACTS = { inputs: { x: [T, 1], start: [T, 1] }, outputs: { y: { columns: 1 } } };

/** Source and its port, target and its port. */
type Wire = readonly [string, string, string, string];

const EITHER_END: readonly Wire[] = [
  ["x", "output", "encoder", "input"],
  ["start", "output", "decoder", "input"],
  ["decoder", "output", "p", "input"],
  ["p", "output", "y", "input"],
];

function design(encoder: readonly NodeDocument[], wires: readonly Wire[]): GraphDocument {
  const nodes = [
    node("x", "input", { shape: [T, 1] }),
    node("start", "input", { shape: [T, 1] }),
    ...encoder,
    node("decoder", "lstm", { units: UNITS, return_sequences: true }),
    node("p", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  ];
  const edges = [...EITHER_END, ...wires].map(([source, source_port, target, target_port], i) => ({
    id: `e${i}`,
    source,
    source_port,
    target,
    target_port,
  }));
  return { ...graphOf(nodes, []), edges };
}

/** Forwards and backwards side by side, for the state and for the cell state. */
const bothWays = (cell: string): GraphDocument =>
  design(
    [node("encoder", "bidirectional", { cell, units: UNITS / 2 }), node("states", "concatenate"), node("cell_states", "concatenate")],
    [
      ["encoder", "forward_state", "states", "inputs"],
      ["encoder", "backward_state", "states", "inputs"],
      ["encoder", "forward_cell_state", "cell_states", "inputs"],
      ["encoder", "backward_cell_state", "cell_states", "inputs"],
      ["states", "output", "decoder", "initial_state"],
      ["cell_states", "output", "decoder", "initial_cell_state"],
    ],
  );

const designs = {
  "an lstm": design(
    [node("encoder", "lstm", { units: UNITS })],
    [
      ["encoder", "state", "decoder", "initial_state"],
      ["encoder", "cell_state", "decoder", "initial_cell_state"],
    ],
  ),
  "an lstm in both directions": bothWays("lstm"),
};

it.each(Object.entries(designs))(
  "%s hands its states to a decoder, and learns through them to send a sequence back reversed",
  (_, graph) => {
    const random = new Random(4);
    const values = Float32Array.from({ length: ROWS * T }, () => random.normal());
    const reversed = Float32Array.from(values, (_value, i) => at([...values], i - (i % T) + (T - 1 - (i % T))));
    const training = readTraining({ optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 32 });
    const network = new Network({
      spec: makeModelSpec(graph, FACTS),
      training,
      encodings: { y: "value" },
      backend: createWasmBackend({ arithmetic: "reproducible", threads: 1 }),
      trainingRows: ROWS,
    });
    network.initialise(3);
    const data = partOf(
      ROWS,
      { x: { shape: [T, 1], values }, start: { shape: [T, 1], values: new Float32Array(ROWS * T) } },
      { y: { shape: [T, 1], values: reversed } },
    );
    const first = network.evaluate(data).loss;
    // The decoder is fed zeros: all that it knows has come through the states.
    expect(first).toBeGreaterThan(0.8);
    for (let step = 0, epoch = 0; step < STEPS; epoch++) {
      const order = network.shuffledOrder(ROWS, epoch);
      for (let from = 0; from < ROWS && step < STEPS; from += 32) network.trainStep(data, order, from, step++, 0.01, null);
    }
    expect(network.evaluate(data).loss).toBeLessThan(0.1 * first);
  },
);

it("a cell state that the chosen cell does not have is refused at its connection, in the canvas and in the engine", () => {
  const graph = bothWays("gru");
  const { edges, ok } = propagate({ graph, data: null });
  const [problem] = edges.get("e6")?.problems ?? [];
  expect(ok).toBe(false);
  expect(problem).toMatchObject({
    edgeId: "e6",
    error: {
      code: "design.edge_unknown_port",
      params: { node: "encoder", port: "forward_cell_state", known: "output, forward_state, backward_state" },
    },
  });
  expect(() => makeModelSpec(graph, FACTS)).toThrow(
    expect.objectContaining({
      code: "design.unknown_port",
      nodeId: "encoder",
      params: expect.objectContaining({ port: "forward_cell_state" }),
    }),
  );
});
