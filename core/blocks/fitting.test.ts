import { describe, expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import { applyCommand } from "../graph/commands.ts";
import type { LooseEnd } from "../graph/fitting.ts";
import { propagate } from "../graph/propagate.ts";
import { blockFits, placeAt, trialAt } from "./fitting.ts";
import { insertBlock } from "./insert.ts";
import { blockNamed, blocks } from "./registry.ts";

const one = design("row > out, steps > n1 > other", {
  row: ["input", { shape: [8] }],
  out: ["output"],
  steps: ["input", { shape: [5, 8] }],
  // Called like a layer of a drawing.
  n1: ["global_average_pooling_1d"],
  other: ["output"],
});
const known = propagate(one);
const SMALL = { width: 8, num_heads: 2, feed_forward: 12, depth: 1 };
const end = (node: string, port: string, forwards: boolean): LooseEnd => ({ port: { node, port }, forwards });
const inserted = (name: string, joined: ReturnType<typeof placeAt>, options = SMALL) => {
  const block = blockNamed(name);
  if (block === undefined) throw new Error(`there is no block ${name}`);
  return insertBlock(one, block, options, { position: { x: 0, y: 0 }, language: "en", ...joined }, ids("new"));
};
const fitting = (from: LooseEnd, options = SMALL) =>
  blocks.map(({ name }) => name).filter((name) => blockFits(one, known, from, () => inserted(name, trialAt(from), options)));

describe("blocks at the loose end of a connection", () => {
  test("are those that can work on what comes from there: sequences of their width", () => {
    expect(fitting(end("steps", "output", true))).toEqual(blocks.map(({ name }) => name));
    expect(fitting(end("row", "output", true))).toEqual([]);
    expect(fitting(end("steps", "output", true), { ...SMALL, width: 12, num_heads: 3 })).toEqual([]);
    expect(fitting({ port: { node: "nobody", port: "output" }, forwards: true })).toEqual([]);
  });

  test("feed an input from their first exit, in the place of what fed it, and one undo takes them out to the byte", () => {
    const from = end("n1", "input", false);
    expect(fitting(from)).toEqual(blocks.map(({ name }) => name));
    const { command, nodeIds } = inserted(blocks[0]?.name ?? "", placeAt(from));
    const { design: after, inverse } = applyCommand(one, command);
    const into = after.graph.edges.filter(({ target }) => target === "n1");
    expect(into).toHaveLength(1);
    expect(nodeIds).toContain(into[0]?.source);
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(one));
  });
});
