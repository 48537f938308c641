import { describe, expect, it } from "vitest";
import { chain, graphOf, node } from "../../test/engine/design.ts";
import { AppError } from "../errors.ts";
import type { GraphDocument } from "../graph/document.ts";
import { hashOf } from "./hash.ts";
import { type DataFacts, layersOfRole, makeModelSpec } from "./model.ts";

const facts: DataFacts = { inputs: { x: [4], a: [4], b: [4] }, outputs: { y: {} } };
const dense = (id: string, units: number, more = {}) => node(id, "dense", { units }, more);

const problemOf = (graph: GraphDocument, known: DataFacts = facts): { code: string; nodeId?: string | undefined; params: object } => {
  try {
    makeModelSpec(graph, known);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.toData();
    throw thrown;
  }
  throw new Error("the graph was taken");
};

describe("makeModelSpec", () => {
  it("writes out every option, puts layers in order and knows their shapes", () => {
    const spec = makeModelSpec(chain(node("x", "input"), dense("d", 3), node("y", "output")), facts);
    expect(spec.layers.map(({ id, inputs, shape }) => ({ id, inputs, shape }))).toEqual([
      { id: "x", inputs: [], shape: [4] },
      { id: "d", inputs: ["x"], shape: [3] },
      { id: "y", inputs: ["d"], shape: [3] },
    ]);
    expect(spec.layers[1]?.config).toMatchObject({
      units: 3,
      activation: "linear",
      use_bias: true,
      kernel_initializer: "glorot_uniform",
      l2: 0,
    });
    expect(layersOfRole(spec, "input").map(({ id }) => id)).toEqual(["x"]);
    expect(layersOfRole(spec, "output").map(({ id }) => id)).toEqual(["y"]);
  });

  it("keeps the order of the edges that enter a layer which joins", () => {
    const nodes = [node("x", "input", { shape: [4] }), dense("p", 2), dense("q", 3), node("c", "concatenate"), node("y", "output")];
    const joined = (order: [string, string][]) =>
      makeModelSpec(graphOf(nodes, [["x", "p"], ["x", "q"], ...order, ["c", "y"]]), facts).layers.find(({ id }) => id === "c");
    expect(
      joined([
        ["p", "c"],
        ["q", "c"],
      ])?.inputs,
    ).toEqual(["p", "q"]);
    expect(
      joined([
        ["q", "c"],
        ["p", "c"],
      ])?.inputs,
    ).toEqual(["q", "p"]);
  });

  it("lets one layer enter another twice", () => {
    const graph = graphOf(
      [node("x", "input"), node("twice", "add"), node("y", "output")],
      [
        ["x", "twice"],
        ["x", "twice"],
        ["twice", "y"],
      ],
    );
    expect(makeModelSpec(graph, facts).layers.find(({ id }) => id === "twice")?.inputs).toEqual(["x", "x"]);
  });

  it("leaves out layers that no output depends on", () => {
    const graph = graphOf(
      [node("x", "input"), dense("used", 3), dense("dangling", 5), node("y", "output")],
      [
        ["x", "used"],
        ["x", "dangling"],
        ["used", "y"],
      ],
    );
    expect(makeModelSpec(graph, facts).layers.map(({ id }) => id)).toEqual(
      ["used", "x", "y"].sort((a, b) => ["x", "used", "y"].indexOf(a) - ["x", "used", "y"].indexOf(b)),
    );
  });
});

describe("bypassed layers", () => {
  it("are skipped: what follows takes what they took", () => {
    const graph = chain(
      node("x", "input"),
      dense("d", 3, { bypassed: true }),
      node("r", "dropout", {}, { bypassed: true }),
      node("y", "output"),
    );
    expect(makeModelSpec(graph, facts).layers).toMatchObject([{ id: "x" }, { id: "y", inputs: ["x"], shape: [4] }]);
  });

  it("give the first of several inputs", () => {
    const graph = graphOf(
      [node("a", "input"), node("b", "input"), node("s", "add", {}, { bypassed: true }), node("y", "output")],
      [
        ["b", "s"],
        ["a", "s"],
        ["s", "y"],
      ],
    );
    expect(makeModelSpec(graph, facts).layers).toMatchObject([{ id: "b" }, { id: "y", inputs: ["b"] }]);
  });

  it("may not be all there is before an output", () => {
    const graph = chain(node("x", "input", {}, { bypassed: true }), dense("d", 3), node("y", "output"));
    expect(problemOf(graph)).toMatchObject({ code: "design.not_connected", nodeId: "x" });
  });

  it("give the same spec as a design without them", () => {
    const without = chain(node("x", "input"), dense("d", 3), node("y", "output"));
    const bypassed = chain(node("x", "input"), node("r", "dropout", {}, { bypassed: true }), dense("d", 3), node("y", "output"));
    expect(hashOf(makeModelSpec(bypassed, facts))).toBe(hashOf(makeModelSpec(without, facts)));
  });
});

describe("a design that cannot be trained", () => {
  it("with a cycle names the layers on it", () => {
    const graph = graphOf(
      [node("x", "input"), node("s", "add"), dense("d", 4), node("y", "output")],
      [
        ["x", "s"],
        ["d", "s"],
        ["s", "d"],
        ["d", "y"],
      ],
    );
    const problem = problemOf(graph);
    expect(problem).toMatchObject({ code: "design.cycle" });
    expect((problem.params as { nodes: string }).nodes.split(", ")).toEqual(expect.arrayContaining(["s", "d"]));
    expect(["s", "d"]).toContain(problem.nodeId);
  });

  it("with a layer that enters itself is a cycle too", () => {
    expect(
      problemOf(
        graphOf(
          [node("x", "input"), node("s", "add"), node("y", "output")],
          [
            ["x", "s"],
            ["s", "s"],
            ["s", "y"],
          ],
        ),
      ),
    ).toMatchObject({ code: "design.cycle", nodeId: "s" });
  });

  it("without an input, without an output, with nothing at all", () => {
    expect(problemOf(graphOf([], []))).toMatchObject({ code: "design.no_input" });
    expect(problemOf(chain(node("x", "input")))).toMatchObject({ code: "design.no_output" });
    expect(problemOf(chain(node("d", "dense"), node("y", "output")))).toMatchObject({ code: "design.not_connected", nodeId: "d" });
  });

  it("with a layer that nothing enters", () => {
    const graph = graphOf([node("x", "input"), dense("alone", 2), node("y", "output")], [["x", "y"]]);
    expect(problemOf(graph)).toEqual({ code: "design.not_connected", nodeId: "alone", params: { name: "alone", ports: "input" } });
  });

  it("with an edge from or to nowhere", () => {
    for (const edge of [
      ["ghost", "y"],
      ["x", "ghost"],
    ] as const)
      expect(problemOf(graphOf([node("x", "input"), node("y", "output")], [["x", "y"], edge])).code).toBe("design.dangling_edge");
  });

  it("with a layer of a type that this version does not know", () => {
    for (const type of ["conv_9d", "__proto__"])
      expect(problemOf(chain(node("x", "input"), node("u", type), node("y", "output")))).toMatchObject({
        code: "design.unknown_layer",
        nodeId: "u",
      });
  });

  it("with an option out of range, naming the node", () => {
    expect(problemOf(chain(node("x", "input"), dense("d", 0), node("y", "output")))).toMatchObject({
      code: "config.wrong_value",
      nodeId: "d",
      params: { field: "units", received: "0" },
    });
  });

  it("with shapes that cannot meet, naming the node", () => {
    const graph = graphOf(
      [node("a", "input"), dense("d", 3), node("s", "add"), node("y", "output")],
      [
        ["a", "d"],
        ["a", "s"],
        ["d", "s"],
        ["s", "y"],
      ],
    );
    expect(problemOf(graph)).toEqual({ code: "design.shapes_differ", nodeId: "s", params: { expected: "[4]", received: "[3]" } });
  });

  it("with two edges into a layer that takes one", () => {
    const graph = graphOf(
      [node("a", "input"), node("b", "input"), dense("d", 3), node("y", "output")],
      [
        ["a", "d"],
        ["b", "d"],
        ["d", "y"],
      ],
    );
    expect(problemOf(graph)).toMatchObject({ code: "design.port_taken", nodeId: "d", params: { node: "d" } });
  });

  it("with an input of unknown shape", () => {
    expect(problemOf(chain(node("z", "input"), node("y", "output")), { inputs: {}, outputs: {} })).toMatchObject({
      code: "design.input_shape_unknown",
      nodeId: "z",
    });
  });
});

describe("shared layers", () => {
  const sharing = (second: ReturnType<typeof node>) =>
    graphOf(
      [node("a", "input"), node("b", "input"), dense("first", 3), second, node("s", "add"), node("y", "output")],
      [
        ["a", "first"],
        ["b", second.id],
        ["first", "s"],
        [second.id, "s"],
        ["s", "y"],
      ],
    );

  it("name the layer whose weights they use", () => {
    const spec = makeModelSpec(sharing(dense("second", 3, { shared_with: "first" })), facts);
    expect(spec.layers.find(({ id }) => id === "second")?.shared_with).toBe("first");
  });

  it("keep what an owner stands behind that gives nothing on, wherever it stands in the order", () => {
    for (const [owner, sharer] of [
      ["m", "n"],
      ["n", "m"],
    ] as const) {
      const nodes = [
        node("a", "input"),
        node("b", "input"),
        dense(owner, 3),
        dense(sharer, 3, { shared_with: owner }),
        node("y", "output"),
      ];
      const spec = makeModelSpec(
        graphOf(nodes, [
          ["a", owner],
          ["b", sharer],
          [sharer, "y"],
        ]),
        facts,
      );
      expect(spec.layers.map(({ id }) => id).toSorted()).toEqual(["a", "b", "m", "n", "y"]);
    }
  });

  it("need an owner that is there, of the same type, with weights of its own", () => {
    expect(problemOf(sharing(dense("second", 3, { shared_with: "ghost" })))).toMatchObject({
      code: "design.shared_owner_missing",
      nodeId: "second",
    });
    expect(problemOf(sharing(node("second", "dense", { units: 3 }, { shared_with: "a" })))).toMatchObject({
      code: "design.shared_owner_missing",
      nodeId: "second",
    });
    expect(problemOf(sharing(dense("second", 3, { shared_with: "second" })))).toMatchObject({
      code: "design.shared_owner_missing",
      nodeId: "second",
    });
  });

  it("need the owner's options", () => {
    expect(problemOf(sharing(node("second", "dense", { units: 3, use_bias: false }, { shared_with: "first" })))).toMatchObject({
      code: "design.shared_config_differs",
      nodeId: "second",
    });
  });

  it("need weights of the owner's shapes", () => {
    const more: DataFacts = { ...facts, inputs: { a: [4], b: [5] } };
    expect(problemOf(sharing(dense("second", 3, { shared_with: "first" })), more)).toMatchObject({
      code: "design.shared_shapes_differ",
      nodeId: "second",
    });
  });
});

describe("the hash of a spec", () => {
  const nodes = [node("x", "input"), dense("p", 2), dense("q", 2), node("s", "add"), node("y", "output")];
  const edges = [
    ["x", "p"],
    ["x", "q"],
    ["p", "s"],
    ["q", "s"],
    ["s", "y"],
  ] as const;
  const hash = hashOf(makeModelSpec(graphOf(nodes, edges), facts));

  it("does not depend on where nodes stand on the canvas, nor on groups", () => {
    const moved = nodes.map((one, i) => ({ ...one, position: { x: 100 * i, y: -7 } }));
    const graph = { ...graphOf(moved, edges), groups: [{ id: "g", name: "group", node_ids: ["p"], collapsed: true }] };
    expect(hashOf(makeModelSpec(graph, facts))).toBe(hash);
  });

  it("does not depend on the order of the nodes in the document", () => {
    for (const order of [
      [4, 3, 2, 1, 0],
      [0, 2, 1, 3, 4],
      [2, 0, 4, 1, 3],
    ])
      expect(
        hashOf(
          makeModelSpec(
            graphOf(
              order.map((i) => nodes[i] as (typeof nodes)[number]),
              edges,
            ),
            facts,
          ),
        ),
      ).toBe(hash);
  });

  it("does not depend on whether a default is written out", () => {
    const written = nodes.map((one) => (one.id === "p" ? node("p", "dense", { units: 2, activation: "linear", use_bias: true }) : one));
    expect(hashOf(makeModelSpec(graphOf(written, edges), facts))).toBe(hash);
  });

  it("does not depend on edges that enter different layers changing places", () => {
    expect(hashOf(makeModelSpec(graphOf(nodes, [edges[4], edges[2], edges[1], edges[3], edges[0]]), facts))).toBe(hash);
  });

  it("changes with an option, a name, a shape and the order of inputs", () => {
    const changed = [
      makeModelSpec(
        graphOf(
          nodes.map((one) => (one.id === "p" ? node("p", "dense", { units: 2, activation: "tanh" }) : one)),
          edges,
        ),
        facts,
      ),
      makeModelSpec(
        graphOf(
          nodes.map((one) => (one.id === "p" ? { ...one, name: "other" } : one)),
          edges,
        ),
        facts,
      ),
      makeModelSpec(graphOf(nodes, edges), { ...facts, inputs: { x: [7] } }),
      makeModelSpec(graphOf(nodes, [edges[0], edges[1], edges[3], edges[2], edges[4]]), facts),
    ].map(hashOf);
    expect(new Set([hash, ...changed]).size).toBe(5);
  });
});
