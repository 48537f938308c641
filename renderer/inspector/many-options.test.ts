import { expect, test } from "vitest";
import { applyCommand } from "../../core/graph/commands.ts";
import { act, startHistory, undo } from "../../core/graph/history.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { design } from "../../test/graph/designs.ts";
import { commonValues, optionOfMany } from "./many-options.ts";

const start = design("in > a > b > c", {
  in: ["input", { shape: [4] }],
  a: ["dense", { units: 8, activation: "relu" }],
  b: ["dense", { units: 16, activation: "relu" }],
  c: ["dense", { activation: "relu" }],
});
const chosen = start.graph.nodes.filter(({ type }) => type === "dense");
const schema = layerDefinition("dense")?.schema ?? {};
const options = (of: typeof start) => of.graph.nodes.slice(1).map(({ config }) => config);

test("what is equal is shown, what differs is named; a default counts as the value it is", () => {
  const { values, mixed } = commonValues(chosen, schema);
  expect([...mixed]).toEqual(["units"]);
  expect(values["activation"]).toBe("relu");
  const withDefault = chosen.map((node) => ({ ...node, config: node.id === "c" ? {} : { units: schema["units"]?.default } }));
  expect(commonValues(withDefault, schema).mixed.size).toBe(0);
});

test("one value goes into all of them and nothing else changes; the default is taken out again; one undo brings every value back", () => {
  const set = applyCommand(start, optionOfMany(start.graph.nodes, chosen, schema, "units", 5));
  expect(options(set.design)).toEqual([
    { units: 5, activation: "relu" },
    { units: 5, activation: "relu" },
    { activation: "relu", units: 5 },
  ]);
  expect(JSON.stringify(applyCommand(set.design, set.inverse).design)).toBe(JSON.stringify(start));
  const plain = applyCommand(start, optionOfMany(start.graph.nodes, chosen, schema, "activation", schema["activation"]?.default));
  expect(options(plain.design)).toEqual([{ units: 8 }, { units: 16 }, {}]);
});

test("what is typed in one burst is one entry that stays as small as one change", () => {
  let state = startHistory(start);
  for (const units of [1, 12, 128]) state = act(state, optionOfMany(start.graph.nodes, chosen, schema, "units", units), { merge: "units" });
  expect(state.past).toHaveLength(1);
  const [entry] = state.past;
  expect(entry?.command.type === "batch" && entry.command.commands.length).toBe(3);
  expect(JSON.stringify(undo(state).design)).toBe(JSON.stringify(start));
});

test("an option of thousands of layers is set in one pass", () => {
  const [first] = chosen;
  if (first === undefined) throw new Error("there is a layer");
  const nodes = Array.from({ length: 10_000 }, (_, index) => ({ ...first, id: `n${index}`, name: `n${index}` }));
  const large = { ...start, graph: { ...start.graph, nodes, edges: [] } };
  const before = performance.now();
  for (const node of nodes.slice(0, 200)) applyCommand(large, optionOfMany([node], [node], schema, "units", 3));
  const between = performance.now();
  const set = applyCommand(large, optionOfMany(nodes, nodes, schema, "units", 3));
  // One by one it would be ten thousand copies of ten thousand layers, fifty times these two hundred.
  expect(performance.now() - between).toBeLessThan(10 * (between - before));
  expect(set.design.graph.nodes.every(({ config }) => config["units"] === 3)).toBe(true);
  expect(applyCommand(set.design, set.inverse).design.graph.nodes[9999]?.config).toEqual(first.config);
});

test("layers outside the choice that share its weights follow", () => {
  const shared = design("in > a > b > c", {
    in: ["input", { shape: [4] }],
    a: ["dense", { units: 8 }],
    b: ["dense", { units: 8 }, { shared_with: "a" }],
    c: ["dense", { units: 8 }],
  });
  const { nodes } = shared.graph;
  const only = nodes.filter(({ id }) => id === "b" || id === "c");
  expect(options(applyCommand(shared, optionOfMany(nodes, only, schema, "units", 5)).design)).toEqual([
    { units: 5 },
    { units: 5 },
    { units: 5 },
  ]);
});
