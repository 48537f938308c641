import { describe, expect, test } from "vitest";
import { data, design, ids } from "../../test/graph/designs.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { layerDefinition } from "../layers/registry.ts";
import { applyCommand } from "./commands.ts";
import { canConnect, connectCommand } from "./connect.ts";
import { createNode, insertOnEdge } from "./create.ts";
import type { DesignDocument } from "./document.ts";
import { propagate } from "./propagate.ts";
import { reaches } from "./topology.ts";
import { Wiring } from "./wiring.ts";

function refusal(one: DesignDocument, from: string, to: string, options: Parameters<typeof canConnect>[4] = {}) {
  const port = (id: string, side: "inputs" | "outputs") =>
    layerDefinition(one.graph.nodes.find((node) => node.id === id)?.type ?? "")?.ports[side][0]?.name ?? "port";
  return canConnect(
    one,
    propagate(one, options.lookup === undefined ? {} : { lookup: options.lookup }),
    { node: from, port: port(from, "outputs") },
    { node: to, port: port(to, "inputs") },
    options,
  );
}

const layers = {
  in: ["input", { shape: [4] }],
  a: ["dense", { units: 3 }],
  b: ["dense", { units: 5 }],
  sum: ["add"],
  out: ["output"],
} as const;

describe("connecting", () => {
  test("lets an edge be drawn that fits", () => {
    expect(refusal(design("in > a", layers), "a", "sum")).toBeNull();
    expect(refusal(design("in > a > sum", layers), "in", "b")).toBeNull();
  });

  test("refuses a layer to itself, a cycle and the same edge twice", () => {
    expect(refusal(design("", layers), "a", "a")?.code).toBe("design.connect_to_itself");
    expect(refusal(design("a > b > sum", layers), "sum", "a")).toEqual({
      code: "design.connect_cycle",
      params: { from: "sum", to: "a" },
      nodeId: "a",
    });
    expect(refusal(design("in > a", layers), "in", "a")?.code).toBe("design.already_connected");
  });

  test("refuses a port that is taken, unless the old edge may go", () => {
    const taken = design("in > a, b > out", layers);
    expect(refusal(taken, "a", "out")?.code).toBe("design.port_taken");
    expect(refusal(taken, "a", "out", { replace: true })).toBeNull();
    const command = connectCommand(taken, propagate(taken), { node: "a", port: "output" }, { node: "out", port: "input" }, "new");
    expect(applyCommand(taken, command).design.graph.edges.map((edge) => [edge.id, edge.source])).toEqual([
      ["e1", "in"],
      ["new", "a"],
    ]);
  });

  test("asks a large design once for all of its layers, and says what it says of each alone", () => {
    const names = Array.from({ length: 60 }, (_, index) => `l${index}`);
    const row = design(`in > ${names.join(" > ")}, l3 > sum, l9 > sum, l40 > out`, {
      ...layers,
      ...Object.fromEntries(names.map((name) => [name, ["dense", { units: 3 }] as const])),
    });
    const found = propagate(row);
    let reads = 0;
    const graph = {
      ...row.graph,
      get edges() {
        reads += 1;
        return row.graph.edges;
      },
    };
    const wiring = new Wiring(graph);
    const targets = row.graph.nodes
      .filter(({ type }) => type !== "input")
      .map(({ id, type }) => ({ node: id, port: type === "add" ? "inputs" : "input" }));
    const sources = row.graph.nodes.filter(({ type }) => type !== "output").map(({ id }) => ({ node: id, port: "output" }));
    for (const from of sources.filter((_, index) => index % 7 === 0))
      for (const to of targets)
        expect(canConnect({ graph }, found, from, to, { replace: true, wiring })).toEqual(
          canConnect(row, found, from, to, { replace: true }),
        );
    const to = { node: "l30", port: "input" };
    for (const from of sources) expect(canConnect({ graph }, found, from, to, { wiring })).toEqual(canConnect(row, found, from, to));
    for (const { id } of row.graph.nodes) expect(wiring.reaches(id, "sum")).toBe(reaches(row.graph, id, "sum"));
    expect(reads).toBeLessThanOrEqual(2);
  });

  test("judges the shape that would come, not the one that goes", () => {
    const one = design("in > r", {
      in: ["input", { shape: [4] }],
      five: ["input", { shape: [5] }],
      six: ["input", { shape: [6] }],
      r: ["reshape", { target_shape: [2, -1] }],
    });
    expect(refusal(one, "five", "r", { replace: true })?.code).toBe("design.reshape_size");
    expect(refusal(one, "six", "r", { replace: true })).toBeNull();
  });

  test("refuses shapes that cannot meet, in the words of the layer", () => {
    expect(refusal(design("in > a > sum, in > b", layers), "b", "sum")).toEqual({
      code: "design.shapes_differ",
      params: { expected: "[3]", received: "[5]" },
      nodeId: "sum",
    });
  });

  test("does not refuse the first edge of a layer that merges", () => {
    expect(refusal(design("in > a", layers), "a", "sum")).toBeNull();
  });

  test("refuses the first edge of a layer that cannot take the shape at all", () => {
    const image = design("in", { in: ["input", { shape: [4] }], join: ["concatenate", { axis: 2 }] });
    expect(refusal(image, "in", "join")?.code).toBe("design.axis_out_of_range");
  });

  test("leaves a class count that does not fit to the check with its fix", () => {
    const classes = design(
      "in > a",
      { in: ["input"], a: ["dense", { units: 3 }], out: ["output", { loss: "categorical_crossentropy" }] },
      { data: data(2, 9) },
    );
    expect(refusal(classes, "a", "out")).toBeNull();
  });

  test("refuses ports of different kinds, and nodes and ports that are not there", () => {
    const masks = (type: string): LayerDefinition | undefined => {
      const definition = layerDefinition(type);
      return type !== "input" || definition === undefined
        ? definition
        : { ...definition, ports: { inputs: [], outputs: [{ name: "output", kind: "mask" }] } };
    };
    const one = design("", layers);
    expect(refusal(one, "in", "a", { lookup: masks })?.code).toBe("design.kinds_differ");
    expect(refusal(one, "nobody", "a")?.code).toBe("design.unknown_node");
    expect(refusal(one, "out", "a")?.code).toBe("design.unknown_port");
    expect(
      canConnect(design("", { odd: ["hologram"], a: ["dense"] }), propagate(one), { node: "odd", port: "x" }, { node: "a", port: "input" })
        ?.code,
    ).toBe("design.unknown_layer");
  });
});

describe("creating", () => {
  test("a new node has a free id and the next free name", () => {
    const one = design("", { dense_1: ["dense"], x1: ["dense"] });
    expect(createNode("dense", { x: 1, y: 2 }, one, ids())).toEqual({
      id: "x2",
      type: "dense",
      name: "dense_2",
      config: {},
      position: { x: 1, y: 2 },
      shared_with: null,
      bypassed: false,
    });
    expect(() => createNode("hologram", { x: 0, y: 0 }, one, ids())).toThrowError(
      expect.objectContaining({ code: "design.unknown_layer" }),
    );
  });

  test("a source of ids that repeats itself is a fault, not an endless loop", () => {
    expect(() => createNode("dense", { x: 0, y: 0 }, design("", { same: ["dense"] }), () => "same")).toThrow("repeats itself");
  });

  test("a node put on an edge leads it through, and the order of inputs stays", () => {
    const one = design("in > sum, a > sum, b > sum", layers);
    const node = createNode("dropout", { x: 5, y: 5 }, one, ids());
    const after = applyCommand(one, insertOnEdge(one, "e2", node, ids("n"))).design;
    expect(after.graph.edges.filter((edge) => edge.target === "sum").map((edge) => edge.source)).toEqual(["in", node.id, "b"]);
    expect(after.graph.edges.filter((edge) => edge.target === node.id).map((edge) => edge.source)).toEqual(["a"]);
    expect(applyCommand(after, applyCommand(one, insertOnEdge(one, "e2", node, ids("n"))).inverse).design).toEqual(one);
  });

  test("a node put on several edges of one output is fed once and feeds what they fed, each in its place", () => {
    const one = design("in > sum, a > sum, b > sum, a > c", { ...layers, c: ["dense"] });
    const node = createNode("dropout", { x: 5, y: 5 }, one, ids());
    const { design: after, inverse } = applyCommand(one, insertOnEdge(one, ["e2", "e4"], node, ids("n")));
    expect(after.graph.edges.map(({ source, target }) => `${source} > ${target}`)).toEqual([
      "in > sum",
      `${node.id} > sum`,
      "b > sum",
      `${node.id} > c`,
      `a > ${node.id}`,
    ]);
    expect(applyCommand(after, inverse).design).toEqual(one);
  });

  test("a node without a way through cannot be put on an edge", () => {
    const one = design("in > a", layers);
    expect(() => insertOnEdge(one, "e1", createNode("output", { x: 0, y: 0 }, one, ids()), ids())).toThrowError(
      expect.objectContaining({ code: "design.cannot_insert" }),
    );
    expect(() => insertOnEdge(one, "e9", createNode("dropout", { x: 0, y: 0 }, one, ids()), ids())).toThrowError(
      expect.objectContaining({ code: "design.unknown_edge" }),
    );
  });
});
