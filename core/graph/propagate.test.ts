import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { AppError } from "../errors.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { layerDefinition } from "../layers/registry.ts";
import { applyCommand } from "./commands.ts";
import { propagate } from "./propagate.ts";
import { PropagationCache } from "./propagation-cache.ts";

const codes = (result: ReturnType<typeof propagate>, id: string): string[] =>
  (result.nodes.get(id)?.problems ?? []).map((problem) => problem.error.code);

describe("propagate", () => {
  test("gives shapes, parameters, multiply-adds and activations of every node and edge", () => {
    const result = propagate(
      design("in > a > b > out", {
        in: ["input", { shape: [4] }],
        a: ["dense", { units: 8, activation: "relu" }],
        b: ["dense", { units: 3, use_bias: false }],
        out: ["output"],
      }),
    );
    expect(result.ok).toBe(true);
    expect(result.order).toEqual(["in", "a", "b", "out"]);
    expect(result.nodes.get("a")).toMatchObject({
      inputs: [[4]],
      outputs: [[8]],
      parameters: 4 * 8 + 8,
      multiplyAdds: 4 * 8,
      activationElements: 8 + 8,
    });
    expect(result.nodes.get("b")).toMatchObject({
      inputs: [[8]],
      outputs: [[3]],
      parameters: 8 * 3,
      multiplyAdds: 8 * 3,
      activationElements: 3,
    });
    expect(result.nodes.get("out")?.outputs).toEqual([]);
    expect([...result.edges.values()].map((edge) => edge.shape)).toEqual([[4], [8], [3]]);
    expect(result.totals).toEqual({ parameters: 64, frozenParameters: 0, multiplyAdds: 56, activationElements: 4 + 16 + 3 });
  });

  test("counts weights that are not trained: those of frozen layers, and vectors that the layer itself keeps", () => {
    const layers = {
      in: ["input", { shape: [4] }],
      words: ["embedding", { input_dim: 10, output_dim: 2, trainable: false }],
      flat: ["flatten"],
      a: ["dense", { units: 5 }, { frozen: true }],
      b: ["dense", { units: 5 }],
      again: ["dense", { units: 5 }, { shared_with: "a", frozen: true }],
      out: ["output"],
    } as const;
    const result = propagate(design("in > words > flat > a > b > out", layers));
    expect(["words", "a", "b", "again"].map((id) => result.nodes.get(id)?.frozenParameters)).toEqual([20, 45, 0, 0]);
    expect(result.totals).toMatchObject({ parameters: 20 + 45 + 30, frozenParameters: 65 });
  });

  test("says while drawing that an initializer wants a matrix", () => {
    const result = propagate(
      design("in > a > out", {
        in: ["input", { shape: [4] }],
        a: ["dense", { units: 3, bias_initializer: "orthogonal" }],
        out: ["output"],
      }),
    );
    expect(codes(result, "a")).toEqual(["design.initializer_needs_matrix"]);
    expect(result.nodes.get("a")?.problems[0]?.error.params).toMatchObject({ name: "a", parameter: "bias", shape: "[3]" });
    expect(result.ok).toBe(false);
  });

  test("takes the width of an input from the data", () => {
    const layers = { in: ["input"], out: ["output"] } as const;
    expect(propagate(design("in > out", layers, { data: data(7, null) })).nodes.get("in")?.outputs).toEqual([[7]]);
    const unprepared = data(3, null, ["y"], { feature_count: null });
    expect(propagate(design("in > out", layers, { data: unprepared })).nodes.get("in")?.outputs).toEqual([[3]]);
    const chosen = { in: ["input", { columns: ["b", "c"] }], out: ["output"] } as const;
    expect(propagate(design("in > out", chosen, { data: data(7, null) })).nodes.get("in")?.outputs).toEqual([[2]]);
  });

  test("does not guess the width of categories before the data are prepared", () => {
    const categories = data(2, null, ["y"], { feature_count: null });
    const columns = categories.columns.map((column) => (column.name === "a" ? { ...column, type: "categorical" as const } : column));
    const result = propagate(
      design("in > fc > out", { in: ["input"], fc: ["dense"], out: ["output"] }, { data: { ...categories, columns } }),
    );
    expect(codes(result, "in")).toEqual(["design.input_shape_unknown"]);
    expect(codes(result, "fc")).toEqual([]);
    expect(result.nodes.get("fc")?.outputs).toBeNull();
    expect(result.ok).toBe(false);
  });

  test("says on the output that the classes do not fit", () => {
    const layers = {
      in: ["input"],
      fc: ["dense", { units: 4, activation: "softmax" }],
      out: ["output", { loss: "categorical_crossentropy" }],
    } as const;
    const result = propagate(design("in > fc > out", layers, { data: data(2, 3) }));
    expect(result.nodes.get("out")?.problems).toEqual([
      { error: { code: "design.class_count_mismatch", params: { classes: 3, units: 4 }, nodeId: "out" }, severity: "error", nodeId: "out" },
    ]);
  });

  test("does not hold the classes of the target against an output with columns of its own", () => {
    const layers = {
      in: ["input"],
      fc: ["dense", { units: 1, activation: "sigmoid" }],
      out: ["output", { loss: "binary_crossentropy", target: ["other"] }],
    } as const;
    expect(propagate(design("in > fc > out", layers, { data: data(2, 3) })).ok).toBe(true);
  });

  test("puts a mistake on the node where it is made and on none behind it", () => {
    const result = propagate(
      design("in > a > sum > out, in > b > sum", {
        in: ["input", { shape: [4] }],
        a: ["dense", { units: 2 }],
        b: ["dense", { units: 3 }],
        sum: ["add"],
        out: ["output"],
      }),
    );
    expect(result.nodes.get("sum")?.problems[0]?.error).toEqual({
      code: "design.shapes_differ",
      params: { expected: "[2]", received: "[3]" },
      nodeId: "sum",
    });
    expect(codes(result, "out")).toEqual([]);
    expect(result.edges.get("e3")?.shape).toBeNull();
  });

  test("names the option that is not valid, even where no shape arrives", () => {
    const result = propagate(design("", { fc: ["dense", { units: 0 }] }));
    expect(result.nodes.get("fc")?.problems.map((problem) => problem.error.code)).toEqual(["design.not_connected", "config.wrong_value"]);
    expect(result.nodes.get("fc")?.problems[1]?.error.params).toMatchObject({ where: "Dense 'fc'", field: "units", received: "0" });
  });

  test("says which nodes form a cycle, and leaves those behind it alone", () => {
    const result = propagate(
      design("in > a > sum > b > a2 > out, b > sum", {
        in: ["input", { shape: [4] }],
        a: ["dense"],
        sum: ["add"],
        b: ["dense"],
        a2: ["dense"],
        out: ["output"],
      }),
    );
    expect(codes(result, "sum")).toEqual(["design.cycle"]);
    expect(codes(result, "b")).toEqual(["design.cycle"]);
    expect(codes(result, "a2")).toEqual([]);
    expect(result.problems.map((problem) => problem.error)).toEqual([{ code: "design.cycle", params: { nodes: "sum, b" } }]);
    expect(result.order).toEqual(["in", "a"]);
  });

  test("says that the design is empty, or what it lacks", () => {
    const lacks = (layers: Parameters<typeof design>[1]) => propagate(design("", layers)).problems.map((problem) => problem.error.code);
    expect(lacks({})).toEqual(["design.empty"]);
    expect(lacks({ fc: ["dense"] })).toEqual(["design.no_input", "design.no_output"]);
    expect(lacks({ in: ["input", {}, { bypassed: true }], out: ["output"] })).toEqual(["design.no_input"]);
  });

  test("keeps a layer of unknown type and says so", () => {
    const result = propagate(design("in > odd > out", { in: ["input", { shape: [4] }], odd: ["hologram", { depth: 9 }], out: ["output"] }));
    expect(codes(result, "odd")).toEqual(["design.unknown_layer"]);
    expect(codes(result, "out")).toEqual([]);
  });

  test("leads the first input through a bypassed layer", () => {
    const result = propagate(
      design("in > a > b > out", {
        in: ["input", { shape: [4] }],
        a: ["dense", { units: 9 }, { bypassed: true }],
        b: ["dense", { units: 2 }],
        out: ["output"],
      }),
    );
    expect(result.nodes.get("a")).toMatchObject({ outputs: [[4]], parameters: 0, multiplyAdds: 0, problems: [] });
    expect(result.nodes.get("b")?.parameters).toBe(4 * 2 + 2);
  });

  test("counts shared weights once and wants the same options and shapes", () => {
    const twin = (config: object, shape: number[] = [4]) =>
      propagate(
        design("in > a > out, in2 > b > out2", {
          in: ["input", { shape: [4] }],
          in2: ["input", { shape }],
          a: ["dense", { units: 3 }],
          b: ["dense", { ...config }, { shared_with: "a" }],
          out: ["output"],
          out2: ["output"],
        }),
      );
    const same = twin({ units: 3, activation: "linear" });
    expect(same.ok).toBe(true);
    expect(same.totals.parameters).toBe(15);
    const options = twin({ units: 5 });
    expect(codes(options, "b")).toEqual(["design.shared_config_differs"]);
    expect(options.nodes.get("b")?.problems[0]?.fix?.commands).toEqual([
      { type: "set_config", id: "b", config: { units: 3 }, replace: true },
    ]);
    expect(twin({ units: 3 }, [6]).nodes.get("b")?.problems[0]?.error).toMatchObject({
      code: "design.shared_shapes_differ",
      params: { expected: "[4, 3] [3]", received: "[6, 3] [3]" },
    });
  });

  test("says on the edge that a port is taken, unknown, of another kind or without a node", () => {
    const twice = design("a > out, b > out", { a: ["input", { shape: [2] }], b: ["input", { shape: [2] }], out: ["output"] });
    const taken = propagate(twice);
    expect(taken.edges.get("e1")?.problems).toEqual([]);
    expect(taken.edges.get("e2")?.problems[0]?.error).toEqual({ code: "design.port_taken", params: { node: "out", port: "input" } });
    expect(taken.ok).toBe(false);
    // One click takes the connection out, and the rest holds.
    const fix = taken.edges.get("e2")?.problems[0]?.fix;
    const mended = (fix?.commands ?? []).reduce((now, command) => applyCommand(now, command).design, twice);
    expect([fix?.code, mended.graph.edges.map(({ id }) => id)]).toEqual(["fix.disconnect", ["e1"]]);
    const base = design("a > out", { a: ["input", { shape: [2] }], out: ["output"] });
    const withEdge = (change: object) =>
      propagate({ ...base, graph: { ...base.graph, edges: base.graph.edges.map((edge) => ({ ...edge, ...change })) } })
        .edges.get("e1")
        ?.problems.map((problem) => problem.error.code);
    expect(withEdge({ target_port: "side" })).toEqual(["design.edge_unknown_port"]);
    expect(withEdge({ source: "nobody" })).toEqual(["design.edge_end_missing"]);
    const masks = (type: string): LayerDefinition | undefined => {
      const definition = layerDefinition(type);
      return type !== "input" || definition === undefined
        ? definition
        : { ...definition, ports: { inputs: [], outputs: [{ name: "output", kind: "mask" }] } };
    };
    expect(propagate(base, { lookup: masks }).edges.get("e1")?.problems[0]?.error).toEqual({
      code: "design.kinds_differ",
      params: { expected: "float", received: "mask" },
    });
  });

  test("gives inputs to a layer in the order of its ports, then of the edges", () => {
    const concatenate = layerDefinition("concatenate") as LayerDefinition;
    const seen: number[][][] = [];
    const lookup = (type: string): LayerDefinition | undefined =>
      type === "two"
        ? {
            ...concatenate,
            type,
            ports: {
              inputs: [
                { name: "first", kind: "float" },
                { name: "rest", kind: "float", multiple: true },
              ],
              outputs: concatenate.ports.outputs,
            },
            outputShapes: ({ inputs }) => {
              seen.push(inputs.map((shape) => [...shape]));
              return [[1]];
            },
          }
        : layerDefinition(type);
    const base = design("a > t, b > t, c > t", {
      a: ["input", { shape: [1] }],
      b: ["input", { shape: [2] }],
      c: ["input", { shape: [3] }],
      t: ["two"],
    });
    const edges = base.graph.edges.map((edge, index) => ({ ...edge, target_port: ["rest", "first", "rest"][index] ?? "" }));
    propagate({ ...base, graph: { ...base.graph, edges } }, { lookup });
    expect(seen[0]).toEqual([[2], [1], [3]]);
  });

  test("computes again only what changed when the cache is kept", () => {
    let asked = 0;
    const lookup = (type: string): LayerDefinition | undefined => {
      const definition = counted.get(type) ?? layerDefinition(type);
      if (definition !== undefined && !counted.has(type))
        counted.set(type, {
          ...definition,
          outputShapes: (context) => {
            asked += 1;
            return definition.outputShapes(context);
          },
        });
      return counted.get(type);
    };
    const counted = new Map<string, LayerDefinition>();
    const cache = new PropagationCache();
    const chain = (last: number) =>
      design("in > a > b > c > out", {
        in: ["input", { shape: [4] }],
        a: ["dense"],
        b: ["dense"],
        c: ["dense", { units: last }],
        out: ["output"],
      });
    const first = propagate(chain(5), { cache, lookup });
    const before = asked;
    expect(before).toBeGreaterThan(3);
    expect(propagate(chain(5), { cache, lookup })).toEqual(first);
    expect(asked).toBe(before);
    propagate(chain(6), { cache, lookup });
    expect(asked - before).toBe(2);
  });

  test("what was computed for some data is not taken for others", () => {
    const cache = new PropagationCache();
    const width = (count: number) =>
      propagate(design("in", { in: ["input"] }, { data: data(count, null) }), { cache }).nodes.get("in")?.outputs;
    expect([width(3), width(5)]).toEqual([[[3]], [[5]]]);
  });

  test("a layer that only shows the same values in another shape costs nothing", () => {
    const result = propagate(design("in > flat", { in: ["input", { shape: [2, 3] }], flat: ["flatten"] }));
    expect(result.nodes.get("flat")).toMatchObject({ outputs: [[6]], multiplyAdds: 0, activationElements: 0 });
  });

  test("the cache forgets what was not used for longest", () => {
    const cache = new PropagationCache(2);
    const shape = (size: number) => propagate(design("in", { in: ["input", { shape: [size] }] }), { cache });
    for (const size of [1, 2, 1, 3]) shape(size);
    expect(cache.size).toBe(2);
    const definition = layerDefinition("input") as LayerDefinition;
    const known = [1, 2, 3].map((size) => cache.get(cache.key(definition, { shape: [size] }, { inputs: [] }, {})) !== undefined);
    expect(known).toEqual([true, false, true]);
  });

  test("an error that names the node is not taken from another node's entry", () => {
    const result = propagate(
      design("in > a, in > b", { in: ["input", { shape: [4] }], a: ["dense", { units: 0 }], b: ["dense", { units: 0 }] }),
    );
    expect(result.nodes.get("b")?.problems[0]?.error.params["where"]).toBe("Dense 'b'");
  });

  test("a fault of a layer is shown on its node and not lost", () => {
    const broken = (type: string): LayerDefinition | undefined => {
      const definition = layerDefinition(type);
      return type === "dense" && definition !== undefined
        ? {
            ...definition,
            build: () => {
              throw new Error("boom");
            },
          }
        : definition;
    };
    const result = propagate(design("in > fc", { in: ["input", { shape: [4] }], fc: ["dense"] }), { lookup: broken });
    expect(result.nodes.get("fc")?.problems[0]?.error).toEqual({ code: "internal.fault", params: { message: "boom" }, nodeId: "fc" });
    expect(result.nodes.get("fc")?.problems[0]?.error).not.toBeInstanceOf(AppError);
  });
});
