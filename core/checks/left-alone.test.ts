/** What a check has nothing to say of, near what it has; and fixes that do not bring the next mistake. */
import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { allProblems, codes, config, mended, mendedEachWay, only } from "../../test/graph/problems.ts";
import type { DataDocument, DesignDocument, NodeDocument } from "../graph/document.ts";
import { fixesOf } from "../graph/problem.ts";

type Layers = Parameters<typeof design>[1];
const IN = ["input", { shape: [4] }] as const;

/** With connections that name their port: `from > to.port`. */
function wired(wires: string, layers: Layers, ports: Readonly<Record<string, string>>): DesignDocument {
  const one = design(wires, layers);
  const edges = one.graph.edges.map((edge) => ({ ...edge, target_port: ports[edge.id] ?? edge.target_port }));
  return { ...one, graph: { ...one.graph, edges } };
}

describe("rows held out of a series", () => {
  const window = { columns: ["a"], length: 3, horizon: 1, order_by: null };
  const split = { method: "none", validation_fraction: 0.2, seed: null } as const;
  const series = (train: DesignDocument["train"]): DesignDocument =>
    design(
      "in > m > out",
      { in: ["input"], m: ["dense", { units: 1 }], out: ["output"] },
      { data: data(1, null, ["y"], { window, split }), train },
    );

  test("are the last in time, whichever check asks for them", () => {
    expect(mended(series({}), "design.no_validation").data?.split.method).toBe("time");
    const [, held] = mendedEachWay(series({ early_stopping: { enabled: true } }), "design.early_stopping_without_validation");
    expect(held?.data?.split.method).toBe("time");
    expect(codes(held as DesignDocument)).not.toContain("design.window_needs_time_split");
  });
});

describe("a dense layer on two axes", () => {
  const graph = (layers: Layers, wires: string): DesignDocument =>
    wired(
      wires,
      {
        in: ["input", { shape: [5, 3] }],
        g: ["input", { shape: [8, 3] }],
        conv: ["graph_convolution", { units: 2 }],
        out: ["output"],
        ...layers,
      },
      { e1: "graph" },
    );

  test("is meant for each node of a graph, before and behind a layer of nodes", () => {
    const dense = ["dense", { units: 3, activation: "relu" }] as const;
    expect(codes(graph({ a: dense }, "g > conv, in > a > conv > out"))).not.toContain("design.dense_on_grid");
    expect(codes(graph({ a: dense }, "g > conv, in > conv > a > out"))).not.toContain("design.dense_on_grid");
  });

  test("is meant for each place where a layer behind needs the axes, whichever way leads there", () => {
    const picture = (behind: Layers[string], more: Partial<NodeDocument> = {}): DesignDocument =>
      design("in > a > f > b > out", {
        in: ["input", { shape: [8, 8, 1] }],
        a: ["dense", { units: 3, activation: "relu" }],
        f: ["dropout", {}, more],
        b: behind,
        out: ["output"],
      });
    const CODE = "design.dense_on_grid";
    for (const more of [{}, { bypassed: true }]) expect(codes(picture(["conv_2d"], more))).not.toContain(CODE);
    expect(codes(picture(["slice", { axis: 2, start: 1, size: 2 }]))).not.toContain(CODE);
    expect(fixesOf(only(picture(["flatten"]), CODE)).map(({ code }) => code)).toEqual(["fix.insert_before", "fix.insert_before"]);
  });

  test("shares weights with layers that get grids: only the mean leaves them fitting", () => {
    const shared = design("in > a > out, in > b > other", {
      in: ["input", { shape: [8, 8, 2] }],
      a: ["dense", { units: 3, activation: "relu" }],
      b: ["dense", { units: 3, activation: "relu" }, { shared_with: "a" }],
      out: ["output"],
      other: ["output"],
    });
    const found = allProblems(shared).filter(({ error }) => error.code === "design.dense_on_grid");
    expect(found.map((one) => fixesOf(one).map(({ params }) => params["layer_type"]))).toEqual([
      ["global_average_pooling_2d"],
      ["global_average_pooling_2d"],
    ]);
  });

  test("is doubted where two were only joined before it", () => {
    const joined = design("one > both, two > both, both > a > out", {
      one: ["input", { shape: [5, 3] }],
      two: ["input", { shape: [5, 3] }],
      both: ["concatenate"],
      a: ["dense", { units: 3, activation: "relu" }],
      out: ["output"],
    });
    expect(codes(joined)).toContain("design.dense_on_grid");
  });
});

test("a bias before a normalization has an effect where either is frozen", () => {
  const row = (first: object, second: object, more: Layers = {}): DesignDocument =>
    design("in > a > n > f > last > out", {
      in: IN,
      ...more,
      a: ["dense", {}, first],
      n: ["batch_normalization", {}, second],
      f: ["activation", { activation: "relu" }],
      last: ["dense", { units: 1 }],
      out: ["output"],
    });
  const CODE = "design.bias_before_normalization";
  expect(codes(row({}, {}))).toContain(CODE);
  expect(codes(row({}, { frozen: true }))).not.toContain(CODE);
  expect(codes(row({ frozen: true }, {}))).not.toContain(CODE);
  const lent = row({}, { shared_with: "owner" }, { owner: ["batch_normalization", {}, { frozen: true }] });
  expect(codes(lent)).not.toContain(CODE);
});

test("attention is doubted by how much there is to choose among, and not by how much asks", () => {
  const asked = (query: number, keys: number): readonly string[] =>
    codes(
      wired(
        "q > at, k > at, at > out",
        { q: ["input", { shape: [query, 3] }], k: ["input", { shape: [keys, 3] }], at: ["attention"], out: ["output"] },
        { e2: "value" },
      ),
    );
  expect(asked(1, 6)).not.toContain("design.sequence_of_one");
  expect(asked(6, 1)).toContain("design.sequence_of_one");
});

describe("squared error over one of several targets", () => {
  const two = (activation: string): DesignDocument =>
    design(
      "in > a > out, in > b > kind",
      {
        in: ["input"],
        a: ["dense", { units: 1, activation }],
        b: ["dense", { units: 3, activation: "softmax" }],
        out: ["output", { target: ["size"] }],
        kind: ["output", { target: ["kind"], loss: "categorical_crossentropy" }],
      },
      {
        data: {
          ...data(4, 3, ["size", "kind"]),
          columns: data(4, 3, ["size", "kind"]).columns.map((one) => (one.name === "kind" ? { ...one, type: "categorical" } : one)),
        },
      },
    );

  test("is over numbers where that one has none of the classes that were counted", () => {
    const found = only(two("sigmoid"), "design.output_is_limited");
    expect([found.nodeId, found.fix?.code]).toEqual(["out", "fix.set_activation"]);
    expect(codes(two("softmax"))).not.toContain("design.squared_error_of_probabilities");
  });
});

test("places for attention are enough for all steps", () => {
  const one = design("in > e > at > mean > out", {
    in: ["input", { shape: [600] }],
    e: ["embedding", { input_dim: 50, output_dim: 4 }],
    at: ["attention"],
    mean: ["global_average_pooling_1d"],
    out: ["output"],
  });
  const edges = [...one.graph.edges, { id: "value", source: "e", source_port: "output", target: "at", target_port: "value" }];
  const after = mended({ ...one, graph: { ...one.graph, edges } }, "design.attention_without_places");
  expect(after.graph.nodes.at(-1)).toMatchObject({ type: "positional_encoding", config: { max_length: 600 } });
  expect(codes(after)).not.toContain("design.sequence_too_long");
});

test("a penalty of a layer that is skipped is none", () => {
  const punished = (bypassed: boolean): DesignDocument =>
    design(
      "in > a > b > out",
      { in: IN, a: ["dense", { l2: 0.1, activation: "relu" }, { bypassed }], b: ["dense", { units: 1 }], out: ["output"] },
      { train: { optimizer: { type: "adamw" } } },
    );
  expect(codes(punished(false))).toContain("design.penalty_and_decay");
  expect(codes(punished(true))).not.toContain("design.penalty_and_decay");
});

test("an input of the target alone is not made one of all features", () => {
  const told = (columns: readonly string[], more: Partial<DataDocument> = {}): DesignDocument =>
    design(
      "in > a > out",
      { in: ["input", { columns }], a: ["dense", { units: 1 }], out: ["output"] },
      { data: data(3, null, ["y"], more) },
    );
  const CODE = "design.target_among_inputs";
  expect(config(mended(told(["a", "y"]), CODE), "in")).toEqual({ columns: ["a"] });
  expect(fixesOf(only(told(["y"]), CODE))).toEqual([]);
});

describe("one number", () => {
  const single = (loss: string, activation: string, more: Partial<DesignDocument> = {}): DesignDocument =>
    design("in > a > out", { in: IN, a: ["dense", { units: 1, activation }], out: ["output", { loss }] }, more);

  test("before a loss over several probabilities becomes a sigmoid with its loss", () => {
    const after = mended(single("categorical_crossentropy", "relu"), "design.loss_wants_probabilities");
    expect([config(after, "a"), config(after, "out")]).toEqual([{ units: 1, activation: "sigmoid" }, { loss: "binary_crossentropy" }]);
    expect(codes(after)).toEqual([]);
  });

  test("of a softmax is not told of the squared error as well, and its units are not changed where a layer behind would not take them", () => {
    expect(codes(single("mse", "softmax"))).not.toContain("design.squared_error_of_probabilities");
    const shaped = design("in > a > r > out", {
      in: IN,
      a: ["dense", { units: 1, activation: "softmax" }],
      r: ["reshape", { target_shape: [1, 1] }],
      out: ["output", { loss: "binary_crossentropy" }],
    });
    expect(fixesOf(only(shaped, "design.softmax_of_one")).map(({ code }) => code)).toEqual(["fix.set_activation"]);
  });
});

test("a softmax of another number of classes than there are keeps its loss", () => {
  const wrong = design(
    "in > a > out",
    { in: ["input"], a: ["dense", { units: 3, activation: "softmax" }], out: ["output", { loss: "mse" }] },
    { data: data(4, 4) },
  );
  expect(fixesOf(only(wrong, "design.squared_error_of_probabilities"))).toEqual([]);
});

test("a linear layer that a shared one behind needs for the width of its weights is not skipped", () => {
  const wide = (units: number): DesignDocument =>
    design("in > a > b > c > out, other > d > last", {
      in: ["input", { shape: [8] }],
      other: ["input", { shape: [units] }],
      a: ["dense", { units }],
      b: ["dense", { units: 2, activation: "relu" }],
      d: ["dense", { units: 2, activation: "relu" }, { shared_with: "b" }],
      c: ["dense", { units: 1 }],
      out: ["output"],
      last: ["output"],
    });
  const CODE = "design.linear_after_linear";
  expect(fixesOf(only(wide(3), CODE)).map(({ code }) => code)).toEqual(["fix.set_activation"]);
  expect(fixesOf(only(wide(8), CODE)).map(({ code }) => code)).toEqual(["fix.set_activation", "fix.bypass"]);
});

test("an input that an output compares with is no dead end", () => {
  const compared = (target: string): readonly string[] =>
    codes(design("in > a > out", { in: IN, want: IN, a: ["dense", { units: 4 }], out: ["output", { target_input: target }] }));
  expect(compared("want")).toEqual([]);
  expect(compared("in")).toEqual(["design.dead_end"]);
});

test("attention of what is no sequence is not told of places", () => {
  const flat = design("in > e > f > at", {
    in: ["input", { shape: [6] }],
    e: ["embedding", { input_dim: 9, output_dim: 4 }],
    f: ["flatten"],
    at: ["attention"],
  });
  expect(codes(flat)).not.toContain("design.attention_without_places");
});
