import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Command } from "../../../core/graph/command.ts";
import { applyCommand } from "../../../core/graph/commands.ts";
import { shownNode } from "../../../core/graph/compare-designs.ts";
import { insertOnEdge } from "../../../core/graph/create.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { readDesign } from "../../../core/graph/migrate.ts";
import { countedIds } from "../../../core/graph/naming.ts";
import { layeredLayout } from "../../../core/layout/layered-layout.ts";
import type { Positions } from "../../../core/layout/layout-types.ts";
import { compareTexts } from "../../../resources/translations/app/compare.ts";
import { overlayTexts } from "../../../resources/translations/app/overlay.ts";
import { trainingScreenTexts } from "../../../resources/translations/app/training.ts";
import { translate } from "../../../resources/translations/translate.ts";
import { design } from "../../../test/graph/designs.ts";
import type { Words } from "../compare-words.ts";
import { flowEdges, flowNodes, layoutTask, NODE, type Overlay, overlayOf, placeAfter } from "./overlay-model.ts";
import { differenceWords } from "./overlay-words.ts";

const digits = readDesign(readFileSync(new URL("../../../resources/templates/digits.json", import.meta.url), "utf8"));
const catalogue = { ...compareTexts, ...overlayTexts, ...trainingScreenTexts };
const words = (language: "en" | "zh"): Words => ({ language, t: (key, params) => translate(catalogue, language, key as never, params) });

function changedBy(of: DesignDocument, ...commands: readonly Command[]): DesignDocument {
  return commands.reduce((before, command) => applyCommand(before, command).design, of);
}

/** As the layout's thread gives them. */
function positionsOf(overlay: Overlay): Positions {
  const { nodes, edges, options } = layoutTask(overlay, { width: 1000, height: 560 });
  return layeredLayout(nodes, edges, options);
}

/** What the list says, one difference a line. */
function said(left: DesignDocument, right: DesignDocument, language: "en" | "zh" = "en"): string[] {
  const { nodes, differences } = overlayOf(left, right);
  const names = new Map(nodes.map((node) => [node.key, shownNode(node).name]));
  return differences.map((difference) => {
    const { title, changes } = differenceWords(difference, names, words(language));
    return [`${difference.state}: ${title}`, ...changes.map((change) => `${change.title} ${change.left} → ${change.right}`)].join("; ");
  });
}

describe("the overlay of two designs", () => {
  test("a design over itself has nothing to walk through, and is drawn whole", () => {
    const overlay = overlayOf(digits, digits);
    expect(overlay.differences).toEqual([]);
    expect(flowNodes(overlay, positionsOf(overlay), null)).toHaveLength(digits.graph.nodes.length);
    expect(flowEdges(overlay, null)).toHaveLength(digits.graph.edges.length);
  });

  test("runs as the second design does", () => {
    const down = changedBy(digits, { type: "set_direction", direction: "down" });
    for (const [of, runsDown] of [
      [overlayOf(digits, down), true],
      [overlayOf(down, digits), false],
    ] as const) {
      const boxes = new Map(flowNodes(of, positionsOf(of), null).map((node) => [node.id, node]));
      const [edge] = of.edges;
      const [from, to] = [boxes.get(edge?.source ?? ""), boxes.get(edge?.target ?? "")];
      expect(from?.sourcePosition).toBe(runsDown ? "bottom" : "right");
      expect((to?.position.y ?? 0) > (from?.position.y ?? 0) + (from?.height ?? 0)).toBe(runsDown);
      expect(of.differences).toEqual([]);
    }
  });

  test("differences stand from the inputs to the outputs, then connections, then training, in words of both languages", () => {
    const layers = { in: ["input"], a: ["dense"], b: ["dense"], sum: ["add"], out: ["output"] } as const;
    const left = design("in > a > sum > out, in > b > sum", layers, { train: { batch_size: 32 } });
    const right = changedBy(
      design("in > a > sum > out", { ...layers, out: ["output", { loss: "huber" }] }, { train: { batch_size: 64 } }),
      {
        type: "set_config",
        id: "a",
        config: { units: 7 },
      },
    );
    expect(said(left, right)).toEqual([
      expect.stringMatching(/^changed: a · Dense; Units \d+ → 7$/),
      "changed: out · Output and loss; Loss Mean squared error → Huber",
      "removed: Connection in → b",
      "removed: Connection b → sum",
      "changed: Training; Batch size 32 → 64",
    ]);
    expect(said(left, right, "zh").at(-1)).toBe("changed: 训练; 批大小 32 → 64");
  });

  test("connections of an added layer are drawn but not listed: they come with it", () => {
    const [edge] = digits.graph.edges;
    if (edge === undefined) throw new Error("the template has no edges");
    const node = { id: "late", type: "dropout", name: "late", config: {}, position: { x: 0, y: 0 }, shared_with: null, bypassed: false };
    const right = changedBy(digits, insertOnEdge(digits, edge.id, node, countedIds("x", [])));
    const overlay = overlayOf(digits, right);
    expect(overlay.differences.map(({ kind, state }) => `${kind} ${state}`)).toEqual(["node added", "edge removed"]);
    expect(
      flowEdges(overlay, null)
        .map(({ data }) => data?.state)
        .filter((state) => state !== "same")
        .sort(),
    ).toEqual(["added", "added", "removed"]);
    expect(overlay.counts).toEqual({ same: digits.graph.nodes.length, changed: 0, added: 1, removed: 0 });
  });

  test("no two layers of either design lie over each other, and every connection ends at a port that is there", () => {
    const left = design(
      "i > a > b > c > d > e > f > g > o",
      Object.fromEntries("iabcdefgo".split("").map((id) => [id, ["dense"] as const])),
    );
    const right = changedBy(left, { type: "remove", node_ids: ["c"], edge_ids: [] }, { type: "set_config", id: "e", config: { units: 9 } });
    const overlay = overlayOf(left, right);
    const nodes = flowNodes(overlay, positionsOf(overlay), null);
    for (const [index, a] of nodes.entries())
      for (const b of nodes.slice(index + 1)) {
        const apart =
          Math.abs(a.position.x - b.position.x) >= NODE.width ||
          a.position.y + (a.height ?? 0) <= b.position.y ||
          b.position.y + (b.height ?? 0) <= a.position.y;
        expect(apart, `${a.id} and ${b.id}`).toBe(true);
      }
    const ports = new Map(nodes.map((node) => [node.id, node.data.ports]));
    for (const edge of flowEdges(overlay, null)) {
      expect(ports.get(edge.source)?.outputs).toContain(edge.sourceHandle);
      expect(ports.get(edge.target)?.inputs).toContain(edge.targetHandle);
    }
  });

  test("arrow keys lead through the list and stop at its ends", () => {
    expect(["ArrowDown", "ArrowUp", "Home", "End"].map((key) => placeAfter(key, -1, 3))).toEqual([0, 2, 0, 2]);
    expect([placeAfter("ArrowDown", 2, 3), placeAfter("ArrowUp", 0, 3)]).toEqual([2, 0]);
    expect([placeAfter("x", 1, 3), placeAfter("ArrowDown", -1, 0)]).toEqual([null, null]);
  });
});
