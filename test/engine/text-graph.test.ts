/** A network over one graph of the size that documents and words make: it must be planned within bounds, whatever its adjacency. */
import { expect, it } from "vitest";
import type { GraphDocument } from "../../core/graph/document.ts";
import { planPrograms } from "../../core/ir/plan.ts";
import { buildProgram } from "../../core/spec/build.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { graphOf, node } from "./design.ts";

const NODES = 15_000;
const EDGES = 3_000_000;
const UNITS = 200;
const CLASSES = 8;

it("takes the edges, the weights with their gradients and slots, and little more", () => {
  const plain = graphOf(
    [
      node("g", "input"),
      node("m", "input"),
      node("a", "graph_convolution", { units: UNITS, activation: "relu", node_count: NODES }),
      node("drop", "dropout", { rate: 0.5 }),
      node("b", "graph_convolution", { units: CLASSES, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ],
    [
      ["a", "drop"],
      ["drop", "b"],
      ["b", "y"],
    ],
  );
  const wire = (source: string, target: string, port: string) => ({
    id: `${source} ${target}`,
    source,
    source_port: "output",
    target,
    target_port: port,
  });
  const graph: GraphDocument = {
    ...plain,
    edges: [...plain.edges, wire("g", "a", "graph"), wire("g", "b", "graph"), wire("m", "y", "mask")],
  };
  const spec = makeModelSpec(graph, { inputs: { g: [EDGES, 3], m: [NODES] }, outputs: { y: { classes: CLASSES, shape: [NODES] } } });
  const options = { training: readTraining({ optimizer: { type: "adam" } }), encodings: { y: "class_index" as const } };
  const programs = (["train", "evaluate"] as const).map((mode) => buildProgram(spec, { batch: 1, mode, ...options }).program);
  const { elementCount } = planPrograms(programs);
  // Parameters, gradients and two slots; activations and their gradients are a few matrices [nodes, units].
  const rows = NODES * UNITS;
  expect(elementCount).toBeGreaterThan(3 * EDGES + 4 * rows);
  expect(elementCount).toBeLessThan(3 * EDGES + 8 * rows);
});
