import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { DesignDocument } from "../../core/graph/document.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { bestPlaces, compareRuns } from "./compare-runs.ts";

const template = readDesign(readFileSync(new URL("../../resources/templates/digits.json", import.meta.url), "utf8"));

function run(change: Partial<Run> = {}): Run {
  return {
    id: "r",
    project_id: "p",
    number: 1,
    name: "#1",
    notes: "",
    tags: [],
    status: "done",
    error: null,
    created_at: 0,
    started_at: 0,
    ended_at: 0,
    seconds: 2,
    epoch: 4,
    epochs: 5,
    step: 40,
    steps_per_epoch: 10,
    seed: 0,
    spec_hash: "s",
    data_fingerprint: "f",
    engine_version: "1",
    dataset_id: null,
    dataset_name: "digits",
    parameters: 10,
    peak_bytes: 1,
    memory: null,
    backend: "wasm fast",
    threads: 1,
    best_epoch: 3,
    metrics: { loss: 1, val_loss: 2 },
    has_model: true,
    group_id: null,
    group_index: null,
    group_options: null,
    queue_place: null,
    parent_id: null,
    ...change,
  };
}

function changed(change: (design: DesignDocument) => DesignDocument): DesignDocument {
  return change(structuredClone(template));
}

/** The template with options of one layer set. */
function withConfig(name: string, config: Readonly<Record<string, unknown>>): DesignDocument {
  return changed((design) => ({
    ...design,
    graph: {
      ...design.graph,
      nodes: design.graph.nodes.map((node) => (node.name === name ? { ...node, config: { ...node.config, ...config } } : node)),
    },
  }));
}

function differing(designs: readonly DesignDocument[], runs = designs.map(() => run())): readonly string[] {
  return compareRuns(designs, runs)
    .filter((row) => row.differs)
    .map((row) => `${row.group} ${row.owner} ${row.field}`);
}

describe("comparing runs", () => {
  test("the same design twice differs in nothing", () => {
    expect(differing([template, structuredClone(template)])).toEqual([]);
  });

  test("options that do nothing are not listed", () => {
    const fields = (designs: readonly DesignDocument[], metrics: Run["metrics"] = { loss: 1 }): readonly string[] =>
      compareRuns(
        designs,
        designs.map(() => run({ metrics })),
      ).map(({ field }) => field);
    const trained = (train: Readonly<Record<string, unknown>>) =>
      changed((design) => ({ ...design, train: { ...design.train, ...train } }));
    expect(fields([template, template])).not.toContain("l2");
    expect(differing([template, withConfig("hidden_1", { l2: 0.01 })])).toEqual(["layers hidden_1 l2"]);
    const whole = trained({ optimizer: { type: "gradient_descent" }, batch_size: 8 });
    expect(fields([whole, whole])).not.toContain("batch_size");
    expect(fields([whole, template])).toContain("batch_size");
    const three = trained({ top_k: 3 });
    expect(fields([three, template])).not.toContain("top_k");
    expect(fields([three, template], { loss: 1, top_3_accuracy: 0.9 })).toContain("top_k");
  });

  test("an option written out and the same option left at its default are alike", () => {
    expect(differing([template, withConfig("hidden_1", { use_bias: true })])).toEqual([]);
  });

  test("a differing option of a layer is one row with both values", () => {
    const designs = [template, withConfig("hidden_2", { activation: "tanh" })];
    expect(differing(designs)).toEqual(["layers hidden_2 activation"]);
    const row = compareRuns(designs, [run(), run()]).find((found) => found.owner === "hidden_2" && found.field === "activation");
    expect(row?.values).toEqual(["relu", "tanh"]);
  });

  test("a layer that one design lacks is shown as not there, and its neighbour has other inputs", () => {
    const without = changed((design) => {
      const gone = design.graph.nodes.find((node) => node.name === "dropout_1");
      const edges = design.graph.edges.filter((edge) => edge.target !== gone?.id);
      const before = design.graph.edges.find((edge) => edge.target === gone?.id)?.source ?? "";
      return {
        ...design,
        graph: {
          ...design.graph,
          nodes: design.graph.nodes.filter((node) => node !== gone),
          edges: edges.map((edge) => (edge.source === gone?.id ? { ...edge, source: before } : edge)),
        },
      };
    });
    const rows = compareRuns([template, without], [run(), run()]);
    const type = rows.find((row) => row.owner === "dropout_1" && row.field === "type");
    expect(type?.values).toEqual(["dropout", undefined]);
    expect(type?.differs).toBe(true);
    expect(rows.find((row) => row.owner === "hidden_2" && row.field === "inputs")?.values).toEqual([["dropout_1"], ["hidden_1"]]);
    // And the other way round the added layer is found as well.
    expect(differing([without, template])).toContain("layers dropout_1 rate");
  });

  test("a layer only in the second design stands where it stands there", () => {
    const added = changed((design) => {
      const nodes = [...design.graph.nodes];
      const [first] = nodes;
      if (first !== undefined) nodes.splice(1, 0, { ...first, id: "extra", name: "extra" });
      return { ...design, graph: { ...design.graph, nodes } };
    });
    const owners = [
      ...new Set(
        compareRuns([template, added], [run(), run()])
          .filter((row) => row.group === "layers")
          .map((row) => row.owner),
      ),
    ];
    expect(owners.slice(0, 3)).toEqual(["pixels", "extra", "hidden_1"]);
  });

  test("training options are compared with their defaults", () => {
    const other = changed((design) => ({ ...design, train: { ...design.train, optimizer: { type: "sgd" }, batch_size: 7 } }));
    const found = differing([template, other]);
    expect(found).toContain("training  optimizer");
    expect(found).toContain("training optimizer momentum");
    expect(found).toContain("training  batch_size");
  });

  test("preparation and split are compared", () => {
    const other = changed((design) =>
      design.data === null
        ? design
        : { ...design, data: { ...design.data, steps: [], split: { ...design.data.split, validation_fraction: 0.4 } } },
    );
    const found = differing([template, other]);
    expect(found).toContain("data split validation_fraction");
    expect(found.some((name) => name.startsWith("data steps step_1"))).toBe(true);
  });

  test("moving a layer on the canvas is no difference", () => {
    const moved = changed((design) => ({
      ...design,
      graph: { ...design.graph, nodes: design.graph.nodes.map((node) => ({ ...node, position: { x: 1, y: 2 } })) },
    }));
    expect(differing([template, moved])).toEqual([]);
  });

  test("layers of a type that this version does not know are compared as they are written", () => {
    const unknown = (rate: number) =>
      changed((design) => ({
        ...design,
        graph: {
          ...design.graph,
          nodes: design.graph.nodes.map((node) =>
            node.name === "hidden_1" ? { ...node, type: "from_the_future", config: { rate } } : node,
          ),
        },
      }));
    expect(differing([unknown(1), unknown(2)])).toEqual(["layers hidden_1 rate"]);
  });

  test("the best figure is marked: the lowest loss, the highest accuracy", () => {
    const runs = [run({ metrics: { val_loss: 2, val_accuracy: 0.9 } }), run({ metrics: { val_loss: 1, val_accuracy: 0.8 } })];
    const best = Object.fromEntries(
      compareRuns([template, template], runs)
        .filter((row) => row.group === "figures")
        .map((row) => [row.field, row.best]),
    );
    expect(best).toEqual({ val_loss: [1], val_accuracy: [0] });
  });

  test("nothing is best among equals, nor beside a figure that is not a number", () => {
    expect(bestPlaces([1, 1], true)).toEqual([]);
    expect(bestPlaces([null, 1], false)).toEqual([]);
    expect(bestPlaces([2, null, 1, 1], false)).toEqual([2, 3]);
  });

  test("of a layer that a run lacks its type and what somebody chose differ, not each of its defaults", () => {
    const added = changed((design) => {
      const [, layer] = design.graph.nodes;
      if (layer === undefined) throw new Error("the template has layers");
      const copy = { ...layer, id: "copy", name: "copy", config: { units: 7, activation: "tanh" } };
      return { ...design, graph: { ...design.graph, nodes: [...design.graph.nodes, copy] } };
    });
    const rows = compareRuns([template, added], [run(), run()]).filter(({ owner }) => owner === "copy");
    expect(rows.filter(({ differs }) => differs).map(({ field }) => field)).toEqual(["type", "units", "activation", "inputs"]);
    expect(rows.length).toBeGreaterThan(5);
    // Where both have it a default tells them apart from what was chosen.
    const set = compareRuns([template, withConfig("hidden_1", { use_bias: false })], [run(), run()]);
    expect(set.find(({ owner, field }) => owner === "hidden_1" && field === "use_bias")?.differs).toBe(true);
  });

  test("a baseline has no layers and no training of its own, and does not make the options of networks differ", () => {
    const designs = [template, withConfig("hidden_1", { use_bias: false }), template];
    const rows = compareRuns(designs, [run(), run(), run({ backend: "baseline", epoch: 0, epochs: 0 })]);
    const options = rows.filter(({ group }) => group === "layers" || group === "training");
    expect(options.length).toBeGreaterThan(0);
    expect(options.every(({ values }) => values[2] === undefined)).toBe(true);
    expect(options.filter(({ differs }) => differs).map(({ owner, field }) => [owner, field])).toEqual([["hidden_1", "use_bias"]]);
    expect(rows.some(({ group, values }) => group === "data" && values[2] !== undefined)).toBe(true);
  });

  test("of losses that measure different things none is the best", () => {
    const other = changed((design) => ({
      ...design,
      graph: {
        ...design.graph,
        nodes: design.graph.nodes.map((node) => (node.type === "output" ? { ...node, config: { ...node.config, loss: "mse" } } : node)),
      },
    }));
    const runs = [run({ metrics: { val_loss: 2, val_accuracy: 0.5 } }), run({ metrics: { val_loss: 1, val_accuracy: 0.9 } })];
    const bests = (designs: readonly DesignDocument[]) =>
      compareRuns(designs, runs).flatMap(({ group, field, best }) => (group === "figures" ? [[field, best]] : []));
    expect(bests([template, template])).toContainEqual(["val_loss", [1]]);
    expect(bests([template, other])).toContainEqual(["val_loss", []]);
    expect(bests([template, other])).toContainEqual(["val_accuracy", [1]]);
  });
});
