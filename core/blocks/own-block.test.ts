import { describe, expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import { applyCommand } from "../graph/commands.ts";
import type { DesignDocument } from "../graph/document.ts";
import { propagate } from "../graph/propagate.ts";
import { layerDefinition } from "../layers/registry.ts";
import { defaultsOf } from "../schema/validate.ts";
import { insertPiece } from "./insert.ts";
import { canRepeat, drawOwnBlock, exposedAgain, type OwnBlock, ownBlockOf, ownSchema, ownWords, readOwnBlocks } from "./own-block.ts";

const lookup = layerDefinition;
const residual = design("in > a > b > sum, in > sum > out", {
  in: ["input", { shape: [8] }],
  a: ["dense", { units: 8, activation: "relu" }],
  b: ["dropout"],
  sum: ["add"],
  out: ["output"],
});
const LAYERS_OF_TWO = {
  in: ["input", { shape: [8] }],
  a: ["dense", { units: 8 }],
  b: ["dropout"],
  sum: ["add"],
  out: ["output"],
} as const;
const EXPOSED = [
  { node: "a", field: "units" },
  { node: "b", field: "rate" },
];
const block = ownBlockOf(residual, ["sum", "a", "b"], { id: "own", name: "Residual", exposed: EXPOSED }, lookup);
const bare = design("in > out", { in: ["input", { shape: [8] }], out: ["output"] });

function inserted(options: Readonly<Record<string, unknown>>): { after: DesignDocument; back: DesignDocument; added: readonly string[] } {
  const piece = drawOwnBlock(block, { ...defaultsOf(ownSchema(block, lookup)), ...options }, lookup);
  const { command, nodeIds } = insertPiece(bare, piece, { position: { x: 0, y: 0 }, edgeId: bare.graph.edges[0]?.id ?? "" }, ids("new"));
  const { design: after, inverse } = applyCommand(bare, command);
  return { after, back: applyCommand(after, inverse).design, added: nodeIds };
}
const wires = ({ graph }: DesignDocument): string[] => {
  const name = (id: string): string => graph.nodes.find((node) => node.id === id)?.name ?? id;
  return graph.edges.map(({ source, target }) => `${name(source)} > ${name(target)}`).sort();
};

describe("a block that a person made", () => {
  test("of layers that share weights keeps them shared, also without their owner, and asks for their options once", () => {
    const three = design("in > a > b > c > out", {
      in: ["input", { shape: [8] }],
      a: ["dense", { units: 8 }, { frozen: true }],
      b: ["dense", { units: 8 }, { shared_with: "a" }],
      c: ["dense", { units: 8 }, { shared_with: "a" }],
      out: ["output"],
    });
    const exposed = ["b", "c"].map((node) => ({ node, field: "units" }));
    const two = ownBlockOf(three, ["b", "c"], { id: "own", name: "Twice", exposed }, lookup);
    expect(two.nodes).toMatchObject([{ shared_with: null, frozen: true }, { shared_with: "b" }]);
    expect(Object.keys(ownSchema(two, lookup))).toEqual(["0_units", "repeat"]);
    const drawn = drawOwnBlock(two, { "0_units": 5, repeat: 1 }, lookup);
    expect(drawn.nodes.map(({ config }) => config)).toEqual([{ units: 5 }, { units: 5 }]);
  });

  test("has as entries what fed it from outside, once for each source, and as exits what it gave outside", () => {
    expect(block.nodes.map(({ id }) => id)).toEqual(["a", "b", "sum"]);
    expect(block.entries).toEqual([
      [
        { node: "a", port: "input" },
        { node: "sum", port: "inputs" },
      ],
    ]);
    expect(block.exits).toEqual([{ node: "sum", port: "output" }]);
    expect(canRepeat(block)).toBe(true);
    const both = design("in > a > b > out, a > sum > out", { ...LAYERS_OF_TWO });
    const giving = ownBlockOf(both, ["a", "b"], { id: "two", name: "Two outputs", exposed: [] }, lookup);
    expect([giving.entries.length, giving.exits.length, canRepeat(giving)]).toEqual([1, 2, false]);
    expect(Object.keys(ownSchema(giving, lookup))).toEqual([]);
    expect(() => ownBlockOf(residual, [], { id: "x", name: "x", exposed: [] }, lookup)).toThrow("design.nothing_selected");
  });

  test("that is saved again asks for what it asked for, of the same layers or of those that stand in their places", () => {
    expect(exposedAgain(block, residual, ["b", "sum", "a"])).toEqual(EXPOSED);
    const { after, added } = inserted({});
    expect(exposedAgain(block, after, added)).toEqual([
      { node: added[0], field: "units" },
      { node: added[1], field: "rate" },
    ]);
    // One layer less: what stands in its place is of another type and is not asked for.
    expect(exposedAgain(block, after, added.slice(1))).toEqual([]);
  });

  test("asks for the options exposed, at their saved values, in the words of the layers", () => {
    const schema = ownSchema(block, lookup);
    expect(Object.keys(schema)).toEqual(["0_units", "1_rate", "repeat"]);
    expect(schema["0_units"]?.default).toBe(8);
    const words = ownWords(block, "en", lookup, { label: "Repeat", help: "" });
    expect(words["0_units"]?.label).toBe("a: Units");
    expect(() => drawOwnBlock(block, { "1_rate": 7 }, lookup)).toThrow("config.wrong_value");
  });

  test("goes into a connection with its options set, in a group, and one undo takes it out to the byte", () => {
    const { after, back, added } = inserted({ "1_rate": 0.25 });
    expect(wires(after)).toEqual(["a > b", "b > sum", "in > a", "in > sum", "sum > out"]);
    expect(after.graph.nodes.find(({ name }) => name === "b")?.config).toMatchObject({ rate: 0.25 });
    expect(after.graph.groups.map(({ name, node_ids }) => [name, node_ids.length])).toEqual([["Residual", 3]]);
    expect(added).toHaveLength(3);
    expect(JSON.stringify(back)).toBe(JSON.stringify(bare));
  });

  test("stands three times in a row, each copy fed by the one before, and every shape is known", () => {
    const { after } = inserted({ repeat: 3 });
    expect(after.graph.nodes).toHaveLength(2 + 9);
    expect(after.graph.groups.map(({ name }) => name)).toEqual(["Residual 1", "Residual 2", "Residual 3"]);
    const sums = after.graph.nodes.filter(({ type }) => type === "add").map(({ id }) => id);
    const dense = after.graph.nodes.filter(({ type }) => type === "dense").map(({ id }) => id);
    const fed = after.graph.edges.filter(
      ({ source, target }) => sums.includes(source) && (sums.includes(target) || dense.includes(target)),
    );
    expect(fed).toHaveLength(4);
    const { nodes } = propagate(after);
    expect([...nodes.values()].filter(({ outputs }) => outputs === null)).toEqual([]);
  });

  test("is read back as it was kept, and left out where it is not whole", () => {
    const kept: unknown = JSON.parse(JSON.stringify([block]));
    expect(readOwnBlocks(kept)).toEqual([block]);
    const broken: readonly Partial<Record<keyof OwnBlock, unknown>>[] = [
      { ...block, nodes: [] },
      { ...block, name: 3 },
      { ...block, edges: [{ id: "e", source: "nobody", source_port: "output", target: "a", target_port: "input" }] },
    ];
    expect(readOwnBlocks([...broken, null, "text"])).toEqual([]);
    expect(readOwnBlocks({})).toEqual([]);
  });
});

test("a block of layers in a loop is whole, and can be read again", () => {
  const loop = design("in > a > b > a, b > out", { in: ["input"], a: ["add"], b: ["dense"], out: ["output"] });
  const saved = ownBlockOf(loop, ["a", "b"], { id: "own", name: "Loop", exposed: [] }, lookup);
  expect(saved.nodes.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(readOwnBlocks(JSON.parse(JSON.stringify([saved])))).toEqual([saved]);
});

test("into a connection goes a block by the way that leads through it; one without such a way is refused", () => {
  const lone = design("in > out, side > top", { in: ["input"], out: ["output"], side: ["dense"], top: ["output"], other: ["dense"] });
  const put = (nodes: readonly string[], options: Record<string, unknown> = {}) => {
    const piece = drawOwnBlock(ownBlockOf(lone, nodes, { id: "own", name: "Mine", exposed: [] }, lookup), options, lookup);
    return applyCommand(lone, insertPiece(lone, piece, { position: { x: 0, y: 0 }, edgeId: "e1" }, ids("n")).command).design.graph;
  };
  // An output layer takes the first entry, but nothing comes out of it.
  const { nodes, edges } = put(["top", "other"]);
  const [before] = edges.filter(({ source }) => source === "in");
  const [behind] = edges.filter(({ target }) => target === "out");
  expect(before?.target).toBe(behind?.source);
  expect(nodes.find(({ id }) => id === before?.target)?.type).toBe("dense");
  expect(() => put(["in"])).toThrow(expect.objectContaining({ code: "design.cannot_insert", params: { name: "Mine" } }));
});
