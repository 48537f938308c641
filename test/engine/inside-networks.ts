/** What the tests of looking inside share: small networks over pictures and texts, trained, and a look at one of their rows. */
import { expect } from "vitest";
import type { Table } from "../../core/data/table.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { DataDocument, DesignDocument, GraphDocument } from "../../core/graph/document.ts";
import type { ExplainedNumber, Look, ViewName } from "../../core/insight/inside/look.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { lookInside } from "../../core/train/inside/look-inside.ts";
import { Predictor } from "../../core/train/model.ts";
import { trainDesign } from "../../core/train/train-design.ts";
import { chain, graphOf, node } from "./design.ts";
import { moonsDesign } from "./moons-run.ts";

export const columnsOf = (feature: "text" | "picture"): DataDocument["columns"] => [
  { name: "x", type: feature, role: "feature" },
  { name: "y", type: "categorical", role: "target" },
];
export const split = { method: "stratified", validation_fraction: 0.25, seed: 3 } as const;

export function designOf(graph: GraphDocument, data: Pick<DataDocument, "columns" | "steps">): DesignDocument {
  const whole: DataDocument = { source: { kind: "file", name: "small" }, split, feature_count: null, class_count: null, ...data };
  return { ...moonsDesign({ epochs: 2, batch_size: 8 }), graph, data: whole };
}

export const labels = (count: number): Table["columns"][number] => ({
  kind: "category",
  name: "y",
  categories: ["bad", "good"],
  codes: Int32Array.from({ length: count }, (_, row) => row % 2),
});

export const SIDE = 7;
export const pictures: Table = {
  rowCount: 16,
  rowIds: Uint32Array.from({ length: 16 }, (_, row) => row),
  columns: [
    {
      kind: "picture",
      name: "x",
      shape: [SIDE, SIDE, 1],
      pixels: Uint8Array.from({ length: 16 * SIDE * SIDE }, (_, i) => (i * 37 + (i >> 3)) % 256),
    },
    labels(16),
  ],
};
export const SENTENCES = ["the film is good", "the film is bad", "a good long story", "a bad long story"];
export const texts: Table = {
  rowCount: 16,
  rowIds: Uint32Array.from({ length: 16 }, (_, row) => row),
  columns: [{ kind: "text", name: "x", values: Array.from({ length: 16 }, (_, row) => SENTENCES[row % 4] ?? "") }, labels(16)],
};
export const LENGTH = 5;
export const words = { columns: columnsOf("text"), steps: [{ type: "token_sequence", columns: ["x"], length: LENGTH, vocabulary: 20 }] };

export const ending = [
  node("p", "dense", { units: 1, activation: "sigmoid" }),
  node("out", "output", { loss: "binary_crossentropy" }),
] as const;
export const convolution = designOf(
  chain(
    node("in", "input"),
    node("conv", "conv_2d", { filters: 3, kernel_size: [3, 3], activation: "tanh" }),
    node("flat", "flatten"),
    ...ending,
  ),
  { columns: columnsOf("picture"), steps: [{ type: "picture", columns: ["x"] }] },
);
/** A softmax over two classes. */
export const shares = designOf(
  chain(
    node("in", "input"),
    node("flat", "flatten"),
    node("p", "dense", { units: 2, activation: "softmax" }),
    node("out", "output", { loss: "categorical_crossentropy" }),
  ),
  { columns: columnsOf("picture"), steps: [{ type: "picture", columns: ["x"] }] },
);
export const recurrent = (type: string, more: Record<string, unknown> = {}): DesignDocument =>
  designOf(
    chain(
      node("in", "input"),
      node("vectors", "embedding", { input_dim: 20, output_dim: 4 }),
      node("cell", type, { units: 3, ...more }),
      ...ending,
    ),
    words,
  );
export const attentive = designOf(
  graphOf(
    [
      node("in", "input"),
      node("vectors", "embedding", { input_dim: 20, output_dim: 6 }),
      node("heads", "multi_head_attention", { num_heads: 2, key_dim: 3 }),
      node("pooled", "global_average_pooling_1d"),
      ...ending,
    ],
    [
      ["in", "vectors"],
      ["vectors", "heads"],
      ["heads", "pooled"],
      ["pooled", "p"],
      ["p", "out"],
    ],
  ),
  words,
);
attentive.graph.edges = attentive.graph.edges.flatMap((edge) =>
  edge.target !== "heads"
    ? [edge]
    : [
        { ...edge, target_port: "query" },
        { ...edge, id: "second", target_port: "value" },
      ],
);

export function trained(design: DesignDocument, table: Table, backend: KernelBackend): Predictor {
  let time = 0;
  const { model } = trainDesign({ design, table, backend, clock: () => (time += 1) });
  return new Predictor(readModel(model), backend);
}

export const oneRow = (table: Table, row: number): Table => ({
  ...table,
  rowCount: 1,
  rowIds: Uint32Array.of(row),
  columns: table.columns.map((column) => {
    if (column.kind === "picture") return { ...column, places: Uint32Array.of(row) };
    if (column.kind === "category") return { ...column, codes: column.codes.slice(row, row + 1) };
    return column.kind === "text"
      ? { ...column, values: column.values.slice(row, row + 1) }
      : { ...column, values: column.values.slice(row, row + 1) };
  }),
});

export function look(
  predictor: Predictor,
  nodeId: string,
  view: ViewName,
  table: Table,
  { row = 0, explained }: { readonly row?: number; readonly explained?: ExplainedNumber } = {},
): Look {
  return lookInside(predictor, { nodeId, view, explained }, predictor.prepare(oneRow(table, row), true));
}
export function numbers(found: Look, name: string): number[] {
  const values = found.arrays.find((array) => array.name === name)?.values;
  if (values === undefined) throw new Error(`no array ${name}`);
  return [...values];
}
export const close = (a: readonly number[], b: readonly number[], digits: number): void => {
  expect(a).toHaveLength(b.length);
  a.forEach((value, i) => expect(value).toBeCloseTo(b[i] ?? Number.NaN, digits));
};
