import { describe, expect, it } from "vitest";
import { backends } from "../../test/engine/backends.ts";
import { design, ends, ids } from "../../test/graph/designs.ts";
import { allProblems } from "../../test/graph/problems.ts";
import { Random } from "../data/random.ts";
import { applyCommand } from "../graph/commands.ts";
import type { DesignDocument } from "../graph/document.ts";
import { propagate } from "../graph/propagate.ts";
import { at } from "../ir/op.ts";
import { layerDefinition } from "../layers/registry.ts";
import { makeModelSpec } from "../spec/model.ts";
import { readTraining } from "../spec/training.ts";
import { Network } from "../train/network.ts";
import { type BlockPlace, drawBlock, insertBlock } from "./insert.ts";
import { blockNamed, blocks } from "./registry.ts";

const WIDTH = 8;
const SMALL = { width: WIDTH, num_heads: 2, feed_forward: 12, depth: 2 };
const CORNER: BlockPlace = { position: { x: 500, y: 40 }, language: "en" };
const LAYERS = {
  first: ["input", { shape: [5, WIDTH] }],
  second: ["input", { shape: [3, WIDTH] }],
  mean: ["global_average_pooling_1d"],
  class: ["dense", { units: 3, activation: "softmax" }],
  out: ["output", { loss: "categorical_crossentropy" }],
} as const;

/** A block between inputs and an output; every exit beyond the first is averaged and joined to it. */
function wired(name: string, options: Readonly<Record<string, unknown>>): DesignDocument {
  const block = at(
    blocks.filter((one) => one.name === name),
    0,
  );
  const { entries, exits, nodes } = drawBlock(block, options, "en");
  const inputs = ["first", "second"].slice(0, entries.length);
  const used = Object.fromEntries(Object.entries(LAYERS).filter(([id, [type]]) => type !== "input" || inputs.includes(id)));
  const joined = exits.length > 1;
  const plain = design("class > out", joined ? { ...used, other: ["global_average_pooling_1d"], all: ["concatenate"] } : used);
  const sources = inputs.map((node) => ({ node, port: "output" }));
  const { command, nodeIds } = insertBlock(plain, block, options, { ...CORNER, sources }, ids());
  let { design: whole } = applyCommand(plain, command);
  const exitIds = exits.map((exit) =>
    at(
      nodeIds,
      nodes.findIndex((node) => node.id === exit),
    ),
  );
  const wires = joined
    ? [
        [at(exitIds, 0), "mean"],
        [at(exitIds, 1), "other"],
        ["mean", "all"],
        ["other", "all"],
        ["all", "class"],
      ]
    : [
        [at(exitIds, 0), "mean"],
        ["mean", "class"],
      ];
  const layers = Object.fromEntries(whole.graph.nodes.map((node) => [node.id, [node.type] as const]));
  wires.forEach(([source = "", target = ""], i) => {
    const edge = { id: `w${i}`, ...ends(layers, source, target) };
    whole = applyCommand(whole, { type: "connect", edge }).design;
  });
  return whole;
}

describe.each(blocks.map((block) => ({ name: block.name, block })))("block $name", ({ name, block }) => {
  it("has words in both languages for itself and every option, and says where it comes from", () => {
    for (const language of ["en", "zh"] as const) {
      const { label, summary, fields } = block.texts[language];
      for (const text of [label, summary]) expect(text.trim()).not.toBe("");
      expect(Object.keys(fields).sort()).toEqual(Object.keys(block.schema).sort());
    }
    expect(block.texts.zh.summary).toMatch(/\p{Script=Han}/u);
    expect(block.source).toMatch(/arXiv \d{4}\.\d{5}/);
    expect(block.schema[block.widthField]?.kind).toBe("int");
    expect([...block.icon].length).toBeLessThanOrEqual(3);
  });

  it("is made of layers that exist, each in one group, with names that tell the block", () => {
    const { nodes, groups } = drawBlock(block, SMALL, "en");
    for (const node of nodes) expect(layerDefinition(node.type), node.type).toBeDefined();
    expect(groups.flatMap((group) => group.node_ids).sort()).toEqual(nodes.map((node) => node.id).sort());
    for (const node of nodes) expect(node.name.startsWith(`${name}_`)).toBe(true);
    expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
    expect(new Set(nodes.map(({ position }) => `${position.x} ${position.y}`)).size).toBe(nodes.length);
  });

  it.each([{}, { dropout: 0 }, { num_heads: 3, activation: "gelu" }])("propagates without mistakes once it is wired: %o", (options) => {
    // Advice too: a block gives no warning of its own.
    expect(allProblems(wired(name, { ...SMALL, ...options }))).toEqual([]);
  });

  it("learns: the loss of a few rows falls in 40 steps", () => {
    const { graph } = wired(name, SMALL);
    const inputs = graph.nodes.filter(({ type }) => type === "input").map(({ id }) => id);
    const shapes = Object.fromEntries(inputs.map((id) => [id, id === "first" ? [5, WIDTH] : [3, WIDTH]]));
    const spec = makeModelSpec(graph, { inputs: shapes, outputs: { out: { classes: 3 } } });
    const training = readTraining({ optimizer: { type: "adam", learning_rate: 0.003 }, batch_size: 6, shuffle: false });
    const network = new Network({ spec, training, encodings: { out: "class_index" }, backend: at(backends, 1), trainingRows: 6 });
    network.initialise(3);
    const random = new Random(5);
    const numbers = (shape: readonly number[]): Float32Array =>
      Float32Array.from({ length: 6 * shape.reduce((a, b) => a * b, 1) }, () => random.normal());
    const data = {
      rowCount: 6,
      rowIds: Uint32Array.from({ length: 6 }, (_, i) => i),
      inputs: Object.fromEntries(Object.entries(shapes).map(([id, shape]) => [id, { values: numbers(shape), shape }])),
      targets: { out: { values: Float32Array.of(0, 1, 2, 0, 1, 2), shape: [1] } },
    };
    const order = network.shuffledOrder(6, 0);
    const losses = Array.from({ length: 40 }, (_, step) => network.trainStep(data, order, 0, step, 0.003, null));
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(at(losses, 39)).toBeLessThan(at(losses, 0) / 2);
  });
});

describe("inserting a block", () => {
  const encoder = at(blocks, 0);
  const before = design("first > mean > class > out", {
    first: LAYERS.first,
    mean: LAYERS.mean,
    class: LAYERS.class,
    out: LAYERS.out,
  });

  it("is one act, and undoing it brings back the design as it was", () => {
    const { command } = insertBlock(before, encoder, SMALL, { ...CORNER, edgeId: "e1" }, ids());
    const { design: after, inverse } = applyCommand(before, command);
    expect(after.graph.groups.map((group) => group.name)).toEqual(["Transformer encoder", "Transformer encoder 2"]);
    expect(applyCommand(after, inverse).design).toEqual(before);
  });

  it("goes into several edges of one output: it is fed once and feeds what they fed", () => {
    const fork = design("first > mean > class > out, first > other > out", { ...LAYERS, other: ["global_average_pooling_1d"] });
    const into = fork.graph.edges.filter(({ source }) => source === "first").map(({ id }) => id);
    const { command, nodeIds } = insertBlock(fork, encoder, SMALL, { ...CORNER, edgeId: into }, ids());
    const { edges } = applyCommand(fork, command).design.graph;
    expect(edges.filter(({ source }) => source === "first").map(({ target }) => target)).toEqual([nodeIds[0]]);
    expect(edges.filter(({ source }) => source === nodeIds.at(-1)).map(({ target }) => target)).toEqual(["mean", "other"]);
  });

  it("goes into an edge: what fed the target now comes through the block", () => {
    const { command, nodeIds } = insertBlock(before, encoder, SMALL, { ...CORNER, edgeId: "e1" }, ids());
    const { design: after } = applyCommand(before, command);
    expect(propagate(after).ok).toBe(true);
    const [first] = nodeIds;
    expect(after.graph.edges.filter((edge) => edge.source === "first").map((edge) => edge.target)).toEqual([first]);
    expect(after.graph.edges.filter((edge) => edge.target === "mean").map((edge) => edge.source)).toEqual([nodeIds.at(-1)]);
  });

  it("starts at the corner that is asked for, with names that are free the second time too", () => {
    const once = applyCommand(before, insertBlock(before, encoder, SMALL, CORNER, ids()).command).design;
    const twice = applyCommand(once, insertBlock(once, encoder, SMALL, CORNER, ids("y")).command).design;
    const added = once.graph.nodes.slice(before.graph.nodes.length);
    expect(Math.min(...added.map((node) => node.position.x))).toBe(500);
    expect(Math.min(...added.map((node) => node.position.y))).toBe(40);
    expect(new Set(twice.graph.nodes.map((node) => node.name)).size).toBe(twice.graph.nodes.length);
  });

  it("repeats its units as often as it is told", () => {
    const count = (depth: number): number =>
      drawBlock(encoder, { ...SMALL, depth }, "en").nodes.filter(({ type }) => type === "multi_head_attention").length;
    expect([1, 2, 6].map(count)).toEqual([1, 2, 6]);
  });

  it("says which option is out of range, and knows no block by another name", () => {
    expect(() => insertBlock(before, encoder, { width: 0 }, CORNER, ids())).toThrow("config.wrong_value");
    expect(blockNamed("no such block")).toBeUndefined();
  });

  it("guides by the last output of y in one cascade of MCAN, and unit by unit in the other", () => {
    const mcan = at(blocks, 5);
    const guides = (cascade: string): readonly string[] => {
      const { nodes, edges } = drawBlock(mcan, { ...SMALL, cascade }, "en");
      const named = (id: string): string => nodes.find((node) => node.id === id)?.name ?? "";
      return edges
        .filter((edge) => edge.target_port === "value" && named(edge.target).endsWith("_guided"))
        .map((edge) => named(edge.source));
    };
    expect(guides("encoder_decoder")).toEqual(["mcan_y2_feed_norm", "mcan_y2_feed_norm"]);
    expect(guides("stacking")).toEqual(["mcan_y1_feed_norm", "mcan_y2_feed_norm"]);
  });
});
