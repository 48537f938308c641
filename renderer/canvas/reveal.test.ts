import type { ReactFlowInstance } from "@xyflow/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { changeGroupCommand, groupCommand } from "../../core/graph/groups.ts";
import { edgeProblem } from "../../core/graph/problem.ts";
import type { HostClient } from "../../core/protocol/host.ts";
import { design, ids } from "../../test/graph/designs.ts";
import { select, useDocument } from "../state/document.ts";
import { startFindings } from "../state/findings.ts";
import { provideHost } from "../state/host.ts";
import { provideFlow, useCanvas } from "./canvas-state.ts";
import { fitCanvas } from "./edits.ts";
import { enteredGroup } from "./entered-group.ts";
import { FlowModel } from "./flow-model.ts";
import { reveal, revealProblem } from "./reveal.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, {
    window: page,
    document: { documentElement: { dataset: {} }, querySelector: () => null },
    requestAnimationFrame: (draw: () => void) => draw(),
  });
});

const open = design("in > a > b > c > out", { in: ["input", { shape: [4] }], a: ["dense"], b: ["dense"], c: ["dense"], out: ["output"] });

function closed(): DesignDocument {
  const grouped = applyCommand(open, groupCommand(open, ["a", "b"], "Middle", ids("g"))).design;
  const [group] = grouped.graph.groups;
  if (group === undefined) throw new Error("the design has no group");
  return applyCommand(grouped, changeGroupCommand(grouped, group.id, { collapsed: true })).design;
}

const folded = closed();
const box = `group:${folded.graph.groups[0]?.id}`;
const edgeOf = (source: string): string => folded.graph.edges.find((edge) => edge.source === source)?.id ?? "";
const drawn = (): string[] => {
  const entered = enteredGroup();
  return entered === null ? [box, "in", "c", "out"] : [...entered.node_ids];
};

/** The layers that the view was asked to show, or what it was set to. */
const shown: unknown[] = [];

beforeEach(() => {
  provideHost({ call: () => Promise.resolve({}) } as unknown as HostClient);
  shown.length = 0;
  useDocument.setState({ design: folded, selection: new Set() });
  useCanvas.setState({ entered: null });
  provideFlow({
    getNode: (id: string) => (drawn().includes(id) ? { id } : undefined),
    getZoom: () => 1,
    fitView: ({ nodes }: { nodes: readonly { readonly id: string }[] }) => {
      shown.push(nodes.map(({ id }) => id));
      return Promise.resolve(true);
    },
    getNodes: () => [],
  } as unknown as ReactFlowInstance);
});
afterEach(() => provideFlow(null));

describe("what a collapsed group hides", () => {
  test("is fitted as the group's box, once for all of its layers", async () => {
    select(["a", "b", "c"]);
    await fitCanvas();
    expect(shown).toEqual([[box, "c"]]);
  });

  test("is left out of what is fitted where it is not drawn", async () => {
    useCanvas.setState({ entered: box.slice("group:".length) });
    select(["a", "out"]);
    await fitCanvas();
    expect(shown).toEqual([["a"]]);
  });

  test("is shown inside of the group, and the layer is chosen", () => {
    reveal("b");
    expect(enteredGroup()?.name).toBe("Middle");
    expect(shown).toEqual([["b"]]);
    expect([...useDocument.getState().selection]).toEqual(["b"]);
    reveal("c");
    expect(enteredGroup()).toBeNull();
    expect(shown.at(-1)).toEqual(["c"]);
  });

  test("a connection is shown where it is drawn: inside of the group, or at its box", () => {
    revealProblem(edgeProblem(edgeOf("in"), "design.shape", {}));
    expect([enteredGroup(), shown]).toEqual([null, [[box]]]);
    revealProblem(edgeProblem(edgeOf("a"), "design.shape", {}));
    expect(enteredGroup()?.name).toBe("Middle");
    expect([...useDocument.getState().selection]).toEqual([edgeOf("a")]);
  });

  test("what is wrong with a connection inside is said on the box, one that leads out is not", () => {
    const wrong = edgeProblem(edgeOf("a"), "design.shape", {});
    const found = [wrong, edgeProblem(edgeOf("b"), "design.shape", {})];
    const nodes = new FlowModel().flowNodes(folded, startFindings().facts, found, new Set(), () => "");
    const group = nodes.find(({ id }) => id === box);
    expect(group?.type === "frame" ? group.data.problems : null).toEqual([wrong]);
  });
});
