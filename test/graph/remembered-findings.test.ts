/** What is remembered between two looks at a design must never show: after every act it is what a first look would find. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckMemory } from "../../core/checks/check-memory.ts";
import type { DataFacts } from "../../core/checks/data-facts.ts";
import { examine } from "../../core/checks/examine.ts";
import { AppError } from "../../core/errors.ts";
import type { Command } from "../../core/graph/command.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { act, type HistoryState, redo, startHistory, undo } from "../../core/graph/history.ts";
import { PropagationCache } from "../../core/graph/propagation-cache.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { data, design, ids } from "./designs.ts";
import { pick } from "./random-acts.ts";
import { commandOf, step } from "./random-steps.ts";

/** Any option of any layer to a value that it knows, or of training, or data that are a graph: what most checks ask for. */
const change = fc.record({ field: fc.nat(), node: fc.nat(), value: fc.nat() });
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function optionCommand({ graph }: DesignDocument, { field, node, value }: Change): Command | null {
  if (field % 7 === 0)
    return {
      type: "set_training",
      patch: pick([{ batch_size: 1 }, { batch_size: 32 }, { optimizer: { type: "adamw" } }, { shuffle: false }], value) ?? {},
    };
  if (field % 31 === 1)
    return { type: "set_data", data: data(4, 3, ["y"], { graph: { node_count: 5 + (value % 3), edge_count: 8 } as never }) };
  const chosen = pick(graph.nodes, node);
  if (field % 7 === 2 && chosen !== undefined) return { type: "set_bypassed", ids: [chosen.id], bypassed: !chosen.bypassed };
  if (field % 7 === 3 && chosen !== undefined) {
    const alike = pick(
      graph.nodes.filter(({ id, type }) => id !== chosen.id && type === chosen.type),
      value,
    );
    return { type: "set_shared", owners: { [chosen.id]: value % 4 === 0 ? null : (alike?.id ?? null) } };
  }
  const option = pick(Object.entries(layerDefinition(chosen?.type ?? "")?.schema ?? {}), field);
  if (chosen === undefined || option === undefined) return null;
  const [name, { kind, ...description }] = option;
  const values = kind === "choice" && "values" in description ? description.values : kind === "bool" ? [true, false] : [1, 2, 5, 0.5, 0.9];
  return { type: "set_config", id: chosen.id, config: { [name]: pick<unknown>(values as readonly unknown[], value) } };
}

const START = design(
  "in > conv > pool > flat > fc > drop > norm > top > out, flat > same > sum, fc > sum > loose",
  {
    in: ["input", { shape: [12, 12, 1] }],
    conv: ["conv_2d", { activation: "sigmoid" }],
    pool: ["global_average_pooling_2d"],
    flat: ["flatten"],
    fc: ["dense", { units: 3, activation: "tanh", kernel_initializer: "zeros" }],
    same: ["dense", { units: 3, activation: "tanh", kernel_initializer: "zeros" }, { shared_with: "fc" }],
    sum: ["add"],
    loose: ["dense", { activation: "linear" }],
    drop: ["dropout"],
    norm: ["batch_normalization"],
    top: ["dense", { units: 2, activation: "softmax" }],
    out: ["output"],
  },
  { data: data(144, 3) },
);
const FACTS: readonly (DataFacts | null)[] = [null, { rows: 40, distinct: new Map([["a", 40]]), sizes: new Map([["b", 900]]) }];

describe("what is remembered", () => {
  test("says after every act what a first look says, and says the same again by the same object", () => {
    let looked = 0;
    let problems = 0;
    /** Where layers come to something: what never gets a shape has little to remember. */
    let sound = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            { weight: 3, arbitrary: step },
            { weight: 3, arbitrary: change },
            { weight: 1, arbitrary: fc.constantFrom("undo" as const, "redo" as const) },
          ),
          { minLength: 1, maxLength: 30, size: "max" },
        ),
        (steps) => {
          const newId = ids("n");
          const [cache, memory] = [new PropagationCache(), new CheckMemory()];
          let state: HistoryState = startHistory(START);
          let facts: DataFacts | null = null;
          for (const one of steps) {
            try {
              if (one === "undo") state = undo(state);
              else if (one === "redo") state = redo(state);
              else {
                if ("field" in one && one.field % 5 === 0) facts = pick(FACTS, one.value) ?? null;
                const command = "kind" in one ? commandOf(state.design, one, newId) : optionCommand(state.design, one);
                if (command !== null) state = act(state, command);
              }
            } catch (error) {
              if (!(error instanceof AppError)) throw error;
            }
            const found = examine(state.design, { cache, memory, facts });
            expect(found).toEqual(examine(state.design, { facts }));
            expect([...found.nodes.keys()]).toEqual(state.design.graph.nodes.map(({ id }) => id));
            const again = examine(state.design, { cache, memory, facts });
            for (const [id, node] of found.nodes) expect(again.nodes.get(id)).toBe(node);
            looked += 1;
            sound += Number([...found.nodes.values()].some(({ multiplyAdds }) => multiplyAdds > 0));
            problems += [...found.nodes.values()].reduce((sum, node) => sum + node.problems.length, 0);
          }
        },
      ),
      { numRuns: 60, seed: 20_261_124 },
    );
    expect(looked).toBeGreaterThan(700);
    expect(sound).toBeGreaterThan(400);
    expect(problems).toBeGreaterThan(2000);
  });

  test("says nothing any more that holds without sharing only once another layer uses the weights, and again when none does", () => {
    const [cache, memory] = [new PropagationCache(), new CheckMemory()];
    const alone = design("in > fc > norm > top > out, in > twin > top2 > out2", {
      in: ["input", { shape: [4] }],
      fc: ["dense", { units: 4 }],
      norm: ["batch_normalization"],
      twin: ["dense", { units: 4 }],
      top: ["dense", { units: 1 }],
      top2: ["dense", { units: 1 }],
      out: ["output"],
      out2: ["output"],
    });
    const shared = applyCommand(alone, { type: "set_shared", owners: { twin: "fc" } }).design;
    const said = (one: DesignDocument) =>
      examine(one, { cache, memory })
        .nodes.get("fc")
        ?.problems.some(({ error }) => error.code === "design.bias_before_normalization");
    expect([said(alone), said(shared), said(alone)]).toEqual([true, false, true]);
  });

  test("offers to add a layer by ids, a name and a place that are free now", () => {
    const sigmoid = (units: number) => ["dense", { units, activation: "sigmoid" }] as const;
    const start = design("in > a > b > c > d > e > top > out", {
      in: ["input", { shape: [4] }],
      a: sigmoid(4),
      b: sigmoid(4),
      c: sigmoid(4),
      d: sigmoid(4),
      e: sigmoid(4),
      top: ["dense", { units: 1 }],
      out: ["output"],
    });
    const [cache, memory] = [new PropagationCache(), new CheckMemory()];
    const offered = (one: DesignDocument) => {
      const found = examine(one, { cache, memory });
      expect(found).toEqual(examine(one, {}));
      return found.nodes.get("e")?.problems.find(({ error }) => error.code === "design.vanishing_gradients")?.otherFixes?.[0];
    };
    const first = offered(start);
    expect(first?.commands.map(({ type }) => type)).toEqual(["remove", "add_nodes"]);
    const offeredAfter = (command: Command) => offered(applyCommand(start, command).design);
    expect(offeredAfter({ type: "set_config", id: "top", config: { units: 3 } })).toBe(first);
    for (const command of [
      { type: "rename", id: "top", name: "batch_normalization_1" },
      { type: "move", positions: { d: { x: 77, y: 7 } } },
      { type: "remove", node_ids: [], edge_ids: [start.graph.edges.at(-1)?.id ?? ""] },
    ] satisfies Command[])
      expect(offeredAfter(command)).not.toEqual(first);
  });

  test("connects either of two dead ends once a layer waits for one, whichever looked first", () => {
    const [cache, memory] = [new PropagationCache(), new CheckMemory()];
    const layer = ["dense", { activation: "relu" }] as const;
    const start = design("in > a, in > b, in > out", { in: ["input", { shape: [4] }], a: layer, b: layer, out: ["output"] });
    const fixes = (one: DesignDocument) => {
      const found = examine(one, { cache, memory });
      expect(found).toEqual(examine(one, {}));
      return ["a", "b"].map((id) => found.nodes.get(id)?.problems.find(({ error }) => error.code === "design.dead_end")?.fix?.code);
    };
    expect(fixes(start)).toEqual(["fix.remove", "fix.remove"]);
    const waiting = design("", { c: ["dense"] }).graph.nodes;
    expect(fixes(applyCommand(start, { type: "add_nodes", nodes: waiting, edges: [] }).design)).toEqual(["fix.connect", "fix.connect"]);
  });

  test("what connects nowhere is looked at once a layer, however many there are", () => {
    const asked = (count: number): number => {
      const loose = Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, ["dense"] as const]));
      let lookups = 0;
      const lookup = (type: string) => {
        lookups += 1;
        return layerDefinition(type);
      };
      const { nodes } = examine(design("in > out", { in: ["input", { shape: [4] }], out: ["output"], ...loose }), { lookup });
      expect(nodes.get("l0")?.problems.map(({ error }) => error.code)).toContain("design.not_connected");
      return lookups;
    };
    expect(asked(800)).toBeLessThan(12 * asked(80));
  });
});
