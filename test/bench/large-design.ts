/** Designs as large as asked for, and the library in which they lie before the app is started, as if they had been drawn earlier. */

import type { DesignDocument, GraphDocument, NodeDocument } from "../../core/graph/document.ts";
import { openHost } from "../../main/host/host.ts";
import { TRAINER } from "../built.ts";

const DISTANCE = { x: 260, y: 200 };
/** A shortcut leads from three layers before to a sum, every fourth layer at most. */
const SHORTCUT = { every: 4, over: 3 };

interface LargeDesign {
  readonly name: string;
  readonly nodes: number;
  /** Beside the chain: sums that take an earlier layer too. */
  readonly shortcuts: number;
  /** Layers a row. */
  readonly columns: number;
  /** So many groups of layers that follow each other, every other one collapsed; none where it is left out. */
  readonly groups?: number;
}

/** On a data set of two columns, which the design fits. */
export async function makeProject(home: string, design: DesignDocument): Promise<void> {
  const host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const { dataset } = await host.datasets.makeBuiltin("two_moons", {});
  await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
  await host.shutdown({ checkpoint: false });
}

export function largeDesign(wanted: LargeDesign): DesignDocument {
  return {
    format: "neuroloom-design",
    format_version: 1,
    name: wanted.name,
    graph: largeGraph(wanted),
    train: { optimizer: { type: "sgd", learning_rate: 0.0001 }, batch_size: 32, epochs: 1_000_000 },
    data: {
      source: { kind: "builtin", name: "two_moons", options: {} },
      columns: [
        { name: "x1", type: "numeric", role: "feature" },
        { name: "x2", type: "numeric", role: "feature" },
        { name: "label", type: "categorical", role: "target" },
      ],
      steps: [],
      split: { method: "stratified", validation_fraction: 0.25, seed: null },
      feature_count: null,
      class_count: null,
    },
    notes: "",
  };
}

/** A chain laid out in rows: input, dense layers and sums, an output. @throws Error when there is no room for the shortcuts */
function largeGraph({ nodes: count, shortcuts, columns, groups: groupCount = 0 }: LargeDesign): GraphDocument {
  const first = 2 * SHORTCUT.every;
  const isSum = (i: number): boolean => i % SHORTCUT.every === 0 && i >= first && i < first + shortcuts * SHORTCUT.every;
  if (shortcuts > 0 && first + (shortcuts - 1) * SHORTCUT.every >= count - 2) throw new Error(`${shortcuts} shortcuts: too many`);
  const layer = (i: number): Pick<NodeDocument, "type" | "config"> => {
    if (i === 0) return { type: "input", config: {} };
    if (i === count - 1) return { type: "output", config: { loss: "binary_crossentropy" } };
    if (isSum(i)) return { type: "add", config: {} };
    return { type: "dense", config: i === count - 2 ? { units: 1, activation: "sigmoid" } : { units: 16, activation: "tanh" } };
  };
  const nodes = Array.from({ length: count }, (_, i): NodeDocument => {
    const position = { x: (i % columns) * DISTANCE.x, y: Math.floor(i / columns) * DISTANCE.y };
    return { id: `n${i}`, name: `layer_${i}`, ...layer(i), position, shared_with: null, bypassed: false };
  });
  const edge = (from: number, to: number) => ({
    id: `e${from}_${to}`,
    source: `n${from}`,
    source_port: "output",
    target: `n${to}`,
    target_port: isSum(to) ? "inputs" : "input",
  });
  const chain = nodes.slice(1).map((_, i) => edge(i, i + 1));
  const over = nodes.flatMap((_, i) => (isSum(i) ? [edge(i - SHORTCUT.over, i)] : []));
  const groups = Array.from({ length: groupCount }, (_, i) => ({
    id: `g${i}`,
    name: `group_${i}`,
    node_ids: nodes.slice(Math.floor((i * count) / groupCount), Math.floor(((i + 1) * count) / groupCount)).map(({ id }) => id),
    collapsed: i % 2 === 1,
  }));
  return { nodes, edges: [...chain, ...over], groups };
}
