/** A member's design: options where they belong, rows of layers repeated with shapes that fit, and no trace of what was not set. */
import { describe, expect, it } from "vitest";
import digits from "../../resources/templates/digits.json" with { type: "json" };
import { AppError } from "../errors.ts";
import { type DesignDocument, designSchema } from "../graph/document.ts";
import { propagate } from "../graph/propagate.ts";
import { repeatBlock } from "../graph/repeat-block.ts";
import { readTraining } from "../spec/training.ts";
import { applyOptions, splitAsEarlier } from "./apply-options.ts";
import type { Dimension } from "./plan.ts";
import { list, range, sweep } from "./sweeps.test-support.ts";
import { wholeDesign } from "./whole-design.ts";

const design: DesignDocument = designSchema.parse(digits);
const hidden = design.graph.nodes.find((node) => "units" in node.config && design.graph.edges.some((edge) => edge.source === node.id));
const hiddenId = hidden?.id ?? "";
const units: Dimension = {
  target: { of: "layer", node_id: hiddenId, option: "units" },
  values: { form: "list", values: [4, 64] },
};
const depth = (...nodeIds: string[]): Dimension => ({
  target: { of: "repeat", node_ids: nodeIds },
  values: { form: "range", low: 0, high: 4, scale: "linear", whole: true, points: 5 },
});
const apply = (dimensions: readonly Dimension[], options: Readonly<Record<string, unknown>>): DesignDocument =>
  applyOptions(design, sweep({ dimensions: [...dimensions] }), options);

describe("the design of a member", () => {
  it("has options of layers and training, and the seed, where they belong; the group's design stays as it was", () => {
    const before = structuredClone(design);
    const made = apply([units, range("optimizer.learning_rate", 0, 1)], {
      [`layer ${hiddenId} units`]: 64,
      "training optimizer.learning_rate": 0.25,
      seed: 9,
    });
    expect(made.graph.nodes.find(({ id }) => id === hiddenId)?.config["units"]).toBe(64);
    expect(readTraining(made.train)).toMatchObject({ seed: 9, optimizer: { config: { learning_rate: 0.25 } } });
    expect(design).toEqual(before);
    expect(applyOptions(design, sweep({}), {})).toEqual(design);
  });

  it("has a curve of the figure that it is judged by, beside those that were chosen", () => {
    const judged = (metrics: readonly string[], monitor: string) =>
      readTraining(applyOptions({ ...design, train: { ...design.train, metrics } }, sweep({ monitor }), {}).train).metrics;
    expect(judged(["log_loss"], "val_accuracy")).toEqual(["log_loss", "accuracy"]);
    expect(judged(["none"], "val_digit_accuracy")).toEqual(["accuracy"]);
    expect(judged(["accuracy"], "val_accuracy")).toEqual(["accuracy"]);
    expect(judged([], "val_accuracy")).toEqual([]);
    expect(judged(["log_loss"], "val_loss")).toEqual(["log_loss"]);
    // The usual ones stay beside one that is none of them.
    expect(judged([], "val_log_loss")).toEqual(expect.arrayContaining(["accuracy", "f1_macro", "log_loss"]));
  });

  it("takes from an optimizer what another one does not know, in whichever order they were named", () => {
    const dimensions = [list("optimizer.momentum", 0.9), list("optimizer.type", "sgd", "adam")];
    const set = (type: string) => apply(dimensions, { "training optimizer.momentum": 0.9, "training optimizer.type": type }).train;
    expect(readTraining(set("sgd")).optimizer).toMatchObject({ type: "sgd", config: { momentum: 0.9 } });
    expect(readTraining(set("adam")).optimizer.config).not.toHaveProperty("momentum");
  });

  it("holds out the rows of the design's own seed whatever seed a member begins with, where the split is drawn", () => {
    const seeded = { ...design, train: { ...design.train, seed: 8 } };
    const made = applyOptions(seeded, { kind: "seeds", seeds: [20, 21] }, { seed: 21 });
    expect(readTraining(made.train).seed).toBe(21);
    expect(made.data?.split).toEqual({ ...design.data?.split, seed: 8 });
    const timed = { ...seeded, data: { ...seeded.data, split: { ...seeded.data?.split, method: "time" } } } as DesignDocument;
    expect(applyOptions(timed, { kind: "seeds", seeds: [20, 21] }, { seed: 21 }).data).toEqual(timed.data);
  });

  it("goes on with rows drawn by each member's seed in a group that began so, and in no other", () => {
    const plan = { kind: "seeds" as const, seeds: [20, 21] };
    const made = applyOptions(design, plan, { seed: 21 });
    // As members were made before all held out the same rows.
    const earlier = { ...design, train: { ...design.train, seed: 20 } };
    const next = splitAsEarlier(made, design, { seed: 21 }, earlier);
    expect(next.data?.split).toEqual(design.data?.split);
    expect(readTraining(next.train).seed).toBe(21);
    expect(splitAsEarlier(made, design, { seed: 21 }, applyOptions(design, plan, { seed: 20 }))).toEqual(made);
    expect(splitAsEarlier(made, design, { seed: 21 }, null)).toEqual(made);
    const folds = { kind: "folds", folds: 5 } as const;
    const fold = applyOptions(design, folds, { fold: 3 });
    expect(splitAsEarlier(fold, design, { fold: 3 }, applyOptions(design, folds, { fold: 0 }))).toEqual(fold);
  });

  it("draws the bag that it was given and begins with its seed, while all hold out the rows of the design's own seed", () => {
    const plan = { kind: "ensemble", method: "bagging", bags: 5, rule: "vote", seed: 20 } as const;
    const seeded = { ...design, train: { ...design.train, seed: 8 } };
    const made = applyOptions(seeded, plan, { bag: 3, seed: 23 });
    expect(made.data?.split).toEqual({ ...design.data?.split, seed: 8, bag: 3 });
    expect(readTraining(made.train).seed).toBe(23);
    const own = { ...seeded, data: { ...seeded.data, split: { ...seeded.data?.split, seed: 4 } } } as DesignDocument;
    expect(applyOptions(own, plan, { bag: 0, seed: 20 }).data?.split).toMatchObject({ seed: 4, bag: 0 });
  });

  it("is the whole design again without its fold or bag", () => {
    const plan = { kind: "ensemble", method: "bagging", bags: 5, rule: "vote", seed: 20 } as const;
    expect(wholeDesign(applyOptions(design, { kind: "folds", folds: 5 }, { fold: 3 }))).toEqual(design);
    const split = { ...design.data?.split, seed: readTraining(design.train).seed };
    expect(wholeDesign(applyOptions(design, plan, { bag: 3 }))).toEqual({ ...design, data: { ...design.data, split } });
  });

  it("holds out the fold that it was given", () => {
    const made = applyOptions(design, { kind: "folds", folds: 5 }, { fold: 3 });
    expect(made.data?.split).toEqual({ ...design.data?.split, folds: 5, fold: 3 });
  });

  it.each([0, 1, 2, 4])("repeats a layer %d times in a row, each with weights of its own, and the shapes fit", (times) => {
    const made = apply([units, depth(hiddenId)], { [`layer ${hiddenId} units`]: 4, [`repeat ${hiddenId}`]: times });
    const found = propagate(made);
    expect(found.ok).toBe(true);
    expect(made.graph.nodes).toHaveLength(design.graph.nodes.length + Math.max(0, times - 1));
    const extra = propagate(apply([units, depth(hiddenId)], { [`layer ${hiddenId} units`]: 4, [`repeat ${hiddenId}`]: 1 })).totals
      .parameters;
    // 4 × 4 weights and 4 biases a further layer.
    if (times > 0) expect(found.totals.parameters).toBe(extra + 20 * (times - 1));
    expect(new Set(made.graph.nodes.map(({ name }) => name)).size).toBe(made.graph.nodes.length);
    expect(new Set(made.graph.edges.map(({ id }) => id)).size).toBe(made.graph.edges.length);
  });

  it.each(["right", "down"] as const)("makes room for what is repeated, drawn to the %s: no layer lies on another", (direction) => {
    const axis = direction === "down" ? "y" : "x";
    const start = {
      ...design.graph,
      direction,
      nodes: design.graph.nodes.map((node, k) => ({ ...node, position: { x: 0, y: 0, [axis]: k * 220 } })),
    };
    const rows = [start.nodes.slice(1, 2), start.nodes.slice(1, 3)].map((row) => row.map(({ id }) => id));
    for (const row of rows) {
      const { nodes } = repeatBlock(start, row, 4);
      const places = nodes.map(({ position }) => position[axis]).sort((a, b) => a - b);
      expect(places).toHaveLength(start.nodes.length + 3 * row.length);
      expect(Math.min(...places.slice(1).map((place, k) => place - (places[k] ?? 0)))).toBeGreaterThanOrEqual(axis === "y" ? 162 : 220);
    }
  });

  it("says which layers cannot be repeated, and which are gone", () => {
    const [input] = design.graph.nodes;
    const code = (act: () => unknown): string => {
      try {
        act();
      } catch (error) {
        if (error instanceof AppError) return error.code;
        throw error;
      }
      return "";
    };
    expect(code(() => apply([depth(input?.id ?? "")], { [`repeat ${input?.id}`]: 2 }))).toBe("sweep.block_not_a_row");
    expect(code(() => apply([depth("gone")], { "repeat gone": 2 }))).toBe("sweep.node_missing");
    const gone: Dimension = { ...units, target: { of: "layer", node_id: "gone", option: "units" } };
    expect(code(() => apply([gone], { "layer gone units": 2 }))).toBe("sweep.node_missing");
  });
});
