import { describe, expect, test } from "vitest";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { edgeProblem, type Problem } from "../../core/graph/problem.ts";
import { largeDesign } from "../../test/bench/large-design.ts";
import { design } from "../../test/graph/designs.ts";
import { findingsOf, type NodeFacts, startFindings } from "../state/findings.ts";
import { FlowModel } from "./flow-model.ts";

test("a group without layers, which a kept design may hold, is not drawn: it would have no place", () => {
  const { graph, ...rest } = design("in > fc", { in: ["input", { shape: [4] }], fc: ["dense"] });
  const groups = [
    { id: "none", name: "none", node_ids: [], collapsed: false },
    { id: "one", name: "one", node_ids: ["fc"], collapsed: false },
  ];
  const nodes = new FlowModel().flowNodes({ ...rest, graph: { ...graph, groups } }, startFindings().facts, [], new Set(), () => "");
  expect(nodes.map(({ id }) => id)).toEqual(["group:one", "in", "fc"]);
  expect(nodes.every(({ position: { x, y } }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
});

describe("a thousand layers in 20 groups, every other one collapsed", () => {
  const reads = { position: 0, source: 0 };
  const counted = <T extends object>(object: T, field: keyof T & keyof typeof reads): T => {
    const value = object[field];
    return Object.defineProperty({ ...object }, field, {
      enumerable: true,
      get: () => {
        reads[field] += 1;
        return value;
      },
    });
  };
  const plain = largeDesign({ name: "grouped", nodes: 1000, shortcuts: 200, columns: 40, groups: 20 });
  const drawing: DesignDocument = {
    ...plain,
    graph: {
      ...plain.graph,
      nodes: plain.graph.nodes.map((node) => counted(node, "position")),
      edges: plain.graph.edges.map((edge) => counted(edge, "source")),
    },
  };
  const { facts, problems } = findingsOf(plain, startFindings(), null);
  const nobody: ReadonlySet<string> = new Set();
  const nameOf = (): string => "";
  const drawn = () => {
    const model = new FlowModel();
    const before = model.flowNodes(drawing, facts, problems, nobody, nameOf);
    Object.assign(reads, { position: 0, source: 0 });
    return { model, before };
  };
  const changed = (id: string, change: Partial<NodeDocument>): DesignDocument => ({
    ...drawing,
    graph: {
      ...drawing.graph,
      nodes: drawing.graph.nodes.map((node) => (node.id === id ? counted({ ...node, ...change }, "position") : node)),
    },
  });
  /** The frame around its 50 layers looks at each place once a side. */
  const ONE_FRAME = 4 * 50 + 1;

  test("a layer that is dragged leads to itself and its frame, and no connection is looked at", () => {
    const { model, before } = drawn();
    const list = model.flowNodes(changed("n0", { position: { x: -50, y: -50 } }), facts, problems, nobody, nameOf);
    expect(list.filter((node, place) => node !== before[place]).map(({ id }) => id)).toEqual(["group:g0", "n0"]);
    expect(list).toHaveLength(before.length);
    expect(reads.source).toBe(0);
    // Besides the frame the copy of the changed layer reads its place.
    expect(reads.position).toBeLessThanOrEqual(ONE_FRAME + 2);
  });

  test("a key that is typed leads to its layer, and to the box that its shape goes into", () => {
    const known = (id: string): NodeFacts => {
      const found = facts.get(id);
      if (found === undefined) throw new Error(id);
      return found;
    };
    const typed = (id: string) => new Map([...facts, [id, { ...known(id), figures: { ...known(id).figures, outputs: [[7]] } }]]);
    const inside = drawn();
    const list = inside.model.flowNodes(changed("n5", { config: { units: 7 } }), typed("n5"), problems, nobody, nameOf);
    expect(list.filter((node, place) => node !== inside.before[place]).map(({ id }) => id)).toEqual(["n5"]);
    expect([reads.source, reads.position <= ONE_FRAME + 2]).toEqual([0, true]);

    const atTheEdge = drawn();
    const next = atTheEdge.model.flowNodes(changed("n49", { config: { units: 7 } }), typed("n49"), problems, nobody, nameOf);
    expect(next.filter((node, place) => node !== atTheEdge.before[place]).map(({ id }) => id)).toEqual(["group:g1", "n49"]);
    // Of the box's own 60 connections or so, not of the design's 1,200.
    expect(reads.source).toBeLessThan(400);
  });

  test("what is drawn after each act is what is drawn at once", () => {
    const { graph } = plain;
    const moved = (nodes: readonly NodeDocument[], ...ids: string[]): NodeDocument[] =>
      nodes.map((node) => (ids.includes(node.id) ? { ...node, position: { x: node.position.x - 90, y: node.position.y + 7 } } : node));
    const wrong = edgeProblem("e60_61", "design.shape", {});
    type Drawing = { graph: DesignDocument["graph"]; facts: typeof facts; problems: readonly Problem[]; selection: ReadonlySet<string> };
    const acts: readonly ((now: Drawing) => Partial<Drawing>)[] = [
      (now) => ({ graph: { ...now.graph, nodes: moved(now.graph.nodes, "n3", "n120", "n119") } }),
      (now) => ({ graph: { ...now.graph, nodes: moved(now.graph.nodes, "n50", "n51", "n99") } }),
      () => ({ selection: new Set(graph.groups[1]?.node_ids) }),
      () => ({ problems: [wrong] }),
      (now) => ({ facts: new Map([...now.facts].filter(([id]) => id !== "n149")) }),
      (now) => ({ graph: { ...now.graph, edges: now.graph.edges.filter(({ id }) => id !== "e149_150" && id !== "e60_61") } }),
      (now) => ({ graph: { ...now.graph, groups: now.graph.groups.map((one) => ({ ...one, collapsed: !one.collapsed })) } }),
      (now) => ({ graph: { ...now.graph, nodes: moved(now.graph.nodes, "n0", "n70", "n999") } }),
      (now) => ({ graph: { ...now.graph, nodes: now.graph.nodes.filter(({ id }) => id !== "n200") } }),
      (now) => ({ graph: { ...now.graph, groups: now.graph.groups.slice(2) } }),
      (now) => ({ graph: { ...now.graph, direction: "down" } }),
      (now) => ({ graph: { ...now.graph, nodes: moved(now.graph.nodes, "n10", "n400") } }),
      (now) => ({ graph: { ...now.graph, groups: [] } }),
      (now) => ({ graph: { ...now.graph, nodes: moved(now.graph.nodes, "n10", "n400") } }),
    ];
    const model = new FlowModel();
    let now: Drawing = { graph, facts, problems, selection: nobody };
    for (const [place, act] of [() => ({}), ...acts].entries()) {
      now = { ...now, ...act(now) };
      const shown = { ...plain, graph: now.graph };
      const list = model.flowNodes(shown, now.facts, now.problems, now.selection, nameOf);
      expect(list, `after act ${place}`).toEqual(new FlowModel().flowNodes(shown, now.facts, now.problems, now.selection, nameOf));
    }
  });
});
