import { describe, expect, test } from "vitest";
import { data, design, ends } from "../../test/graph/designs.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument } from "./document.ts";

const layers = {
  in: ["input", { shape: [4] }],
  fc: ["dense", { units: 3, activation: "relu" }],
  skip: ["dense", { units: 3 }],
  sum: ["add"],
  out: ["output"],
} as const;
const start = (): DesignDocument => design("in > fc > sum > out, in > skip > sum", layers);

/** Applies, takes back, and expects the first bytes again; gives what came in between. */
function there(before: DesignDocument, command: Command): DesignDocument {
  const bytes = JSON.stringify(before);
  const { design: after, inverse } = applyCommand(before, command);
  expect(JSON.stringify(before)).toBe(bytes);
  // The inverse is data: it works after a journey through JSON.
  const back = applyCommand(after, JSON.parse(JSON.stringify(inverse)) as Command);
  expect(JSON.stringify(back.design)).toBe(bytes);
  expect(JSON.stringify(applyCommand(back.design, back.inverse).design)).toBe(JSON.stringify(after));
  return after;
}

describe("commands", () => {
  test("removing a node takes its edges along and comes back in its place", () => {
    const after = there(start(), { type: "remove", node_ids: ["fc"], edge_ids: [] });
    expect(after.graph.nodes.map((node) => node.id)).toEqual(["in", "skip", "sum", "out"]);
    expect(after.graph.edges.map((edge) => edge.id)).toEqual(["e3", "e4", "e5"]);
  });

  test("of several that shared a removed layer's weights the first holds them, with what was said of them, and undo gives the same bytes", () => {
    const vectors = { hash: "a".repeat(64), name: "glove.txt", width: 50, words: 7 };
    const shared = design("", {
      b: ["embedding", {}, { shared_with: "a" }],
      a: ["embedding", {}, { frozen: true, vectors }],
      c: ["embedding", {}, { shared_with: "a", frozen: false }],
    });
    const [b, c] = there(shared, { type: "remove", node_ids: ["a"], edge_ids: [] }).graph.nodes;
    expect(b).toMatchObject({ shared_with: null, frozen: true, vectors });
    expect(c).toMatchObject({ shared_with: "b", frozen: false });
    const all = there(shared, { type: "remove", node_ids: ["b", "a"], edge_ids: [] }).graph.nodes[0];
    expect(all).toMatchObject({ id: "c", shared_with: null, frozen: true, vectors });
  });

  test("removing the owner of shared weights frees those who shared, and undo binds them again", () => {
    const shared = design("", { a: ["dense"], b: ["dense", {}, { shared_with: "a" }] });
    expect(there(shared, { type: "remove", node_ids: ["a"], edge_ids: [] }).graph.nodes[0]?.shared_with).toBeNull();
  });

  test("removing a node takes it out of its group, and an empty group goes", () => {
    const before = start();
    const grouped = {
      ...before,
      graph: {
        ...before.graph,
        groups: [
          { id: "g", name: "G", node_ids: ["fc", "skip"], collapsed: false },
          { id: "h", name: "H", node_ids: ["sum"], collapsed: true },
        ],
      },
    };
    const after = there(grouped, { type: "remove", node_ids: ["fc", "sum"], edge_ids: [] });
    expect(after.graph.groups).toEqual([{ id: "g", name: "G", node_ids: ["skip"], collapsed: false }]);
  });

  test("freezing writes a field that thawing takes away again, and another tool's fields stay behind it", () => {
    const [first, ...rest] = start().graph.nodes;
    if (first === undefined) throw new Error("no node");
    const before = { ...start(), graph: { ...start().graph, nodes: [{ ...first, note: "another tool's" }, ...rest] } };
    const frozen = there(before, { type: "set_frozen", frozen: { in: true, fc: true } });
    expect(frozen.graph.nodes.map((node) => node.frozen)).toEqual([true, true, undefined, undefined, undefined]);
    expect(Object.keys(frozen.graph.nodes[0] ?? {}).slice(-3)).toEqual(["bypassed", "frozen", "note"]);
    const thawed = there(frozen, { type: "set_frozen", frozen: { in: null, fc: false } });
    expect(JSON.stringify(thawed.graph.nodes[0])).toBe(JSON.stringify(before.graph.nodes[0]));
    expect(thawed.graph.nodes[1]?.frozen).toBe(false);
    expect(() => applyCommand(before, { type: "set_frozen", frozen: { ghost: true } })).toThrowError(
      expect.objectContaining({ code: "design.unknown_node" }),
    );
  });

  test("word vectors stand where reading a document puts them, and are taken away without a trace", () => {
    const vectors = { hash: "a".repeat(64), name: "glove.txt", width: 50, words: 7 };
    const frozen = there(start(), { type: "set_frozen", frozen: { in: true } });
    const named = there(frozen, { type: "set_vectors", id: "in", vectors });
    expect(Object.keys(named.graph.nodes[0] ?? {}).slice(-2)).toEqual(["frozen", "vectors"]);
    const other = there(start(), { type: "set_vectors", id: "fc", vectors });
    expect(Object.keys(other.graph.nodes.find(({ id }) => id === "fc") ?? {}).slice(-2)).toEqual(["bypassed", "vectors"]);
    expect(JSON.stringify(there(named, { type: "set_vectors", id: "in", vectors: null }))).toBe(JSON.stringify(frozen));
    expect(() => applyCommand(frozen, { type: "set_vectors", id: "ghost", vectors })).toThrowError(
      expect.objectContaining({ code: "design.unknown_node" }),
    );
  });

  test("an edge put at an index stands there", () => {
    const edge = { id: "new", ...ends(layers, "in", "sum") };
    expect(there(start(), { type: "connect", edge, index: 1 }).graph.edges[1]).toEqual(edge);
  });

  test("options are merged, null is kept as a value, and unset goes back to the default", () => {
    const after = there(start(), { type: "set_config", id: "fc", config: { l2: 0.1, units: null }, unset: ["activation"] });
    expect(after.graph.nodes[1]?.config).toEqual({ units: null, l2: 0.1 });
    expect(there(start(), { type: "set_config", id: "fc", config: { units: undefined } }).graph.nodes[1]?.config).toEqual({
      activation: "relu",
    });
    expect(there(start(), { type: "set_config", id: "fc", config: { units: 9 }, replace: true }).graph.nodes[1]?.config).toEqual({
      units: 9,
    });
  });

  test("every other command comes back to the byte", () => {
    const after = there(start(), {
      type: "batch",
      commands: [
        { type: "move", positions: { fc: { x: 1.5, y: -2 }, out: { x: 0, y: 0 } } },
        { type: "rename", id: "fc", name: "hidden" },
        { type: "set_bypassed", ids: ["fc", "skip"], bypassed: true },
        { type: "set_shared", owners: { skip: "fc" } },
        { type: "set_groups", groups: [{ id: "g", name: "G", node_ids: ["fc"], collapsed: false }] },
        { type: "set_training", patch: { epochs: 3 } },
        { type: "set_data", data: data(2, null) },
        { type: "set_notes", notes: "n" },
        { type: "set_name", name: "m" },
      ],
    });
    expect(after).toMatchObject({ train: { epochs: 3 }, notes: "n", name: "m", data: { feature_count: 2 } });
    expect(after.graph.nodes[1]).toMatchObject({ name: "hidden", bypassed: true, position: { x: 1.5, y: -2 } });
    expect(there(start(), { type: "replace", design: design("", {}) }).graph.nodes).toEqual([]);
  });

  test("what did not change is shared with the design before", () => {
    const before = start();
    const after = applyCommand(before, { type: "move", positions: { fc: { x: 9, y: 9 } } }).design;
    expect(after.graph.edges).toBe(before.graph.edges);
    expect(after.graph.nodes[0]).toBe(before.graph.nodes[0]);
    expect(after.graph.nodes[1]?.config).toBe(before.graph.nodes[1]?.config);
  });

  test("fields this version does not know stay through commands", () => {
    const odd = design("", { a: ["dense", {}, { tint: "red" } as object] });
    expect(there(odd, { type: "rename", id: "a", name: "b" }).graph.nodes[0]).toHaveProperty("tint", "red");
  });

  const refused: [string, Command, string][] = [
    ["a second node of one id", { type: "add_nodes", nodes: [start().graph.nodes[0] as never], edges: [] }, "design.duplicate_id"],
    [
      "a second node of one name",
      { type: "add_nodes", nodes: [{ ...(start().graph.nodes[0] as never as object), id: "z" } as never], edges: [] },
      "design.name_taken",
    ],
    [
      "an edge from nowhere",
      { type: "connect", edge: { id: "z", ...ends(layers, "in", "sum"), source: "nobody" } },
      "design.edge_end_missing",
    ],
    [
      "an edge into a port that is not there",
      { type: "connect", edge: { id: "z", ...ends(layers, "in", "out"), target_port: "side" } },
      "design.edge_unknown_port",
    ],
    ["an edge to oneself", { type: "connect", edge: { id: "z", ...ends(layers, "fc", "fc") } }, "design.connect_to_itself"],
    ["the same edge twice", { type: "connect", edge: { id: "z", ...ends(layers, "in", "fc") } }, "design.already_connected"],
    ["to remove what is not there", { type: "remove", node_ids: ["nobody"], edge_ids: [] }, "design.unknown_node"],
    ["to remove an edge that is not there", { type: "remove", node_ids: [], edge_ids: ["e99"] }, "design.unknown_edge"],
    ["to move what is not there", { type: "move", positions: { nobody: { x: 0, y: 0 } } }, "design.unknown_node"],
    ["a position that is not finite", { type: "move", positions: { fc: { x: Number.NaN, y: 0 } } }, "design.bad_position"],
    ["a name that is taken", { type: "rename", id: "fc", name: "out" }, "design.name_taken"],
    ["an empty name", { type: "rename", id: "fc", name: "  " }, "design.name_empty"],
    ["a name too long", { type: "rename", id: "fc", name: "x".repeat(129) }, "design.name_too_long"],
    [
      "a name of a group that a file could not hold",
      { type: "set_groups", groups: [{ id: "g", name: "x".repeat(129), node_ids: ["fc"], collapsed: false }] },
      "design.name_too_long",
    ],
    [
      "a layer in no place",
      {
        type: "add_nodes",
        nodes: [{ ...(start().graph.nodes[0] as never as object), id: "z", name: "z", position: { x: Infinity, y: 0 } } as never],
        edges: [],
      },
      "design.bad_position",
    ],
    [
      "a frame that a file could not hold",
      {
        type: "set_annotations",
        annotations: [{ id: "f", kind: "frame", text: "", colour: "blue", position: { x: 0, y: 0 }, width: 1_000_001, height: 9 }],
      },
      "design.note_too_large",
    ],
    ["weights shared with oneself", { type: "set_shared", owners: { fc: "fc" } }, "design.shared_owner_missing"],
    [
      "a group with a node that is not there",
      { type: "set_groups", groups: [{ id: "g", name: "G", node_ids: ["nobody"], collapsed: false }] },
      "design.group_unknown_node",
    ],
    ["places that do not fit", { type: "connect", edge: { id: "z", ...ends(layers, "in", "out") }, index: 99 }, "design.bad_index"],
  ];
  test.each(refused)("refuses %s", (_, command, code) => {
    expect(() => applyCommand(start(), command)).toThrowError(expect.objectContaining({ code }));
  });

  test("a batch that fails half way has done nothing", () => {
    const before = start();
    const bytes = JSON.stringify(before);
    expect(() =>
      applyCommand(before, {
        type: "batch",
        commands: [
          { type: "set_name", name: "new" },
          { type: "rename", id: "nobody", name: "x" },
        ],
      }),
    ).toThrowError(expect.objectContaining({ code: "design.unknown_node" }));
    expect(JSON.stringify(before)).toBe(bytes);
  });
});
