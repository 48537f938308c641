/** Small designs for tests, said in a line: `design("in > fc > out", { in: ["input", { shape: [4] }], … })`. */
import type { DataDocument, DesignDocument, EdgeDocument, NodeDocument } from "../../core/graph/document.ts";
import { layerDefinition } from "../../core/layers/registry.ts";

type Layer = readonly [type: string, config?: NodeDocument["config"], more?: Partial<NodeDocument>];

/**
 * @param wires chains separated by commas; a chain is ids joined by `>`. Ports are the first of their node.
 * @param layers by id; the name of a node is its id
 */
export function design(wires: string, layers: Readonly<Record<string, Layer>>, more: Partial<DesignDocument> = {}): DesignDocument {
  const nodes = Object.entries(layers).map(
    ([id, [type, config = {}, rest = {}]], index): NodeDocument => ({
      id,
      type,
      name: id,
      config,
      position: { x: 100 * index, y: 0 },
      shared_with: null,
      bypassed: false,
      ...rest,
    }),
  );
  const edges: EdgeDocument[] = [];
  for (const chain of wires.split(",")) {
    const ids = chain
      .split(">")
      .map((id) => id.trim())
      .filter((id) => id !== "");
    ids.slice(1).forEach((target, index) => {
      edges.push({ ...ends(layers, ids[index] ?? "", target), id: `e${edges.length + 1}` });
    });
  }
  return {
    format: "neuroloom-design",
    format_version: 1,
    name: "test",
    graph: { nodes, edges, groups: [] },
    train: {},
    data: null,
    notes: "",
    ...more,
  };
}

/** The ends of an edge between the first ports of two nodes. */
export function ends(layers: Readonly<Record<string, Layer>>, source: string, target: string): Omit<EdgeDocument, "id"> {
  const port = (id: string, side: "inputs" | "outputs"): string => layerDefinition(layers[id]?.[0] ?? "")?.ports[side][0]?.name ?? "port";
  return { source, source_port: port(source, "outputs"), target, target_port: port(target, "inputs") };
}

/** A data section with numeric features `a`, `b`, … and targets; class_count null means numbers. */
export function data(
  featureCount: number,
  classCount: number | null,
  targets: readonly string[] = ["y"],
  more: Partial<DataDocument> = {},
): DataDocument {
  return {
    source: { kind: "file", name: "data.csv" },
    columns: [
      ...Array.from({ length: featureCount }, (_, index) => ({
        name: String.fromCharCode(97 + index),
        type: "numeric" as const,
        role: "feature" as const,
      })),
      ...targets.map((name) => ({ name, type: "numeric" as const, role: "target" as const })),
    ],
    steps: [],
    split: { method: "random", validation_fraction: 0.2, seed: null },
    feature_count: featureCount,
    class_count: classCount,
    ...more,
  };
}

/** Ids `x1`, `x2`, … */
export function ids(prefix = "x"): () => string {
  let next = 0;
  return () => `${prefix}${++next}`;
}
