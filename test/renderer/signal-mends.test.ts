/** Whatever is found wrong with a layer's signals, a change is proposed, and the design takes it. */
import { describe, expect, it, vi } from "vitest";
import { applyCommand } from "../../core/graph/commands.ts";
import { countedIds } from "../../core/graph/naming.ts";
import type { SignalFault } from "../../core/insight/judge-signals.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { mendsOf } from "../../renderer/insight/finding-words.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { chain, node } from "../engine/design.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const design = {
  ...emptyDesign("asked"),
  graph: chain(
    node("in", "input", { shape: [4] }),
    node("a", "dense", { units: 8, activation: "relu" }),
    node("b", "dense", { units: 8, activation: "relu" }),
    node("c", "dense", { units: 1, activation: "sigmoid" }),
    node("out", "output", { loss: "binary_crossentropy" }),
  ),
};
const mended = (nodeId: string, fault: SignalFault) => {
  const [mend] = mendsOf({ nodeId, fault, value: 1e-6, against: 1 }, design, countedIds("new", []));
  if (mend === undefined) throw new Error(`nothing is proposed for ${fault}`);
  return { words: mend.words.key, design: applyCommand(design, mend.command).design };
};

describe("what may mend a layer's signals", () => {
  it("is a normalisation behind it where gradients vanish and no activation is flat", () => {
    const { words, design: after } = mended("a", "vanishing");
    expect(words).toBe("signals.mend_normalize");
    const added = after.graph.nodes.filter(({ type }) => layerDefinition(type)?.traits.normalizes === "layer");
    expect(added).toHaveLength(1);
    expect(after.graph.edges.some(({ source, target }) => source === "a" && target === added[0]?.id)).toBe(true);
  });
  it("is a normalisation in front of it right before the output, and where what it gives goes several ways", () => {
    const isNormal = ({ type }: { type: string }): boolean => layerDefinition(type)?.traits.normalizes === "layer";
    const linear = {
      ...design,
      graph: { ...design.graph, nodes: design.graph.nodes.map((one) => (one.id === "c" ? { ...one, config: { units: 1 } } : one)) },
    };
    const [edge] = design.graph.edges;
    if (edge === undefined) throw new Error("the design has edges");
    const forked = {
      ...design,
      graph: {
        ...design.graph,
        nodes: [...design.graph.nodes, node("d", "dense", { units: 8, activation: "relu" })],
        edges: [...design.graph.edges, { ...edge, id: "fork", source: "a", target: "d" }],
      },
    };
    for (const [asked, nodeId] of [
      [linear, "c"],
      [forked, "a"],
    ] as const) {
      const [mend, ...more] = mendsOf({ nodeId, fault: "vanishing", value: 1e-6, against: 1 }, asked, countedIds("new", []));
      expect([mend?.words.key, more]).toEqual(["signals.mend_normalize_before", []]);
      const { nodes, edges } = applyCommand(asked, mend?.command ?? { type: "batch", commands: [] }).design.graph;
      const added = nodes.find(isNormal);
      expect(edges.some(({ source, target }) => source === added?.id && target === nodeId)).toBe(true);
    }
  });
  it("is a lower rate where the activation of the last layer has to stay", () => {
    const { words, design: after } = mended("c", "saturated");
    expect(words).toBe("signals.mend_rate");
    expect(after.train["optimizer"]).toMatchObject({ learning_rate: 0.0001 });
  });
  it("is a lower rate first where gradients vanish at activations that stand at their flat ends", () => {
    const flat = {
      ...design,
      graph: {
        ...design.graph,
        nodes: design.graph.nodes.map((one) => (one.id === "b" ? { ...one, config: { units: 8, activation: "tanh" } } : one)),
      },
    };
    const words = (flattened: boolean) =>
      mendsOf(
        { nodeId: "a", fault: "vanishing", value: 1e-6, against: 1, ...(flattened ? { flattened } : {}) },
        flat,
        countedIds("new", []),
      ).map((mend) => mend.words.key);
    expect(words(true)).toEqual(["signals.mend_rate", "signals.mend_relu"]);
    expect(words(false)).toEqual(["signals.mend_relu"]);
  });
  it("is another activation where it is the activation", () => {
    expect(mended("a", "dead").design.graph.nodes.find(({ id }) => id === "a")?.config["activation"]).toBe("leaky_relu");
  });
  it("is a lower rate too where the words name one: another activation does not mend steps that are too large", () => {
    for (const fault of ["dead", "exploding", "saturated"] as const) {
      const mends = mendsOf({ nodeId: "a", fault, value: 1, against: 1 }, design, countedIds("new", []));
      expect(mends).toHaveLength(2);
      const slower = mends.find(({ words }) => words.key === "signals.mend_rate");
      const after = applyCommand(design, slower?.command ?? { type: "batch", commands: [] }).design;
      expect(after.train["optimizer"]).toMatchObject({ learning_rate: 0.0001 });
    }
  });

  describe("of a recurrent layer", () => {
    const walk = {
      ...design,
      graph: chain(
        node("in", "input", { shape: [6, 2] }),
        node("cell", "lstm", { units: 8 }),
        node("c", "dense", { units: 1, activation: "sigmoid" }),
        node("out", "output", { loss: "binary_crossentropy" }),
      ),
    };
    const words = (fault: SignalFault, flattened: boolean): string[] =>
      mendsOf({ nodeId: "cell", fault, value: 1, against: 1, ...(flattened ? { flattened } : {}) }, walk, countedIds("new", [])).map(
        (mend) => mend.words.key,
      );
    it("is a lower rate where it is flat: its activation stays, without an end it would grow from step to step", () => {
      expect(words("saturated", false)).toEqual(["signals.mend_rate"]);
    });
    it("is that first where gradients vanish at flat ends, and a size of its own for what it gives", () => {
      expect(words("vanishing", true)).toEqual(["signals.mend_rate", "signals.mend_normalize"]);
      expect(words("vanishing", false)).toEqual(["signals.mend_normalize"]);
    });
    it("is no normalization of a series of one number a step, which would be the same in every step", () => {
      const last = {
        ...walk,
        graph: chain(node("in", "input", { shape: [6, 1] }), node("cell", "lstm", { units: 1 }), node("out", "output", { loss: "mse" })),
      };
      expect(mendsOf({ nodeId: "cell", fault: "vanishing", value: 1, against: 1 }, last, countedIds("new", []))).toEqual([]);
    });
    it("changes the design with each of them", () => {
      for (const fault of ["saturated", "vanishing", "exploding"] as const)
        for (const { command } of mendsOf({ nodeId: "cell", fault, value: 1, against: 1 }, walk, countedIds("new", [])))
          expect(applyCommand(walk, command).design).not.toEqual(walk);
    });
  });
});
