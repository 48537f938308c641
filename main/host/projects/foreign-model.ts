/**
 * A model of another tool, with its weights, as a model file of ours: the preparation it lacks is the plainest there is, a numeric column
 * for every number that goes in, and rows for the check are made up, so that the reading of the weights can be proved again later.
 */

import { Random } from "../../../core/data/random.ts";
import type { Column, Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument, DesignDocument } from "../../../core/graph/document.ts";
import type { ForeignModel } from "../../../core/import/read-foreign.ts";
import { sizeOf } from "../../../core/ir/tensor.ts";
import { lossDefinition } from "../../../core/losses/definitions.ts";
import { specHash } from "../../../core/spec/hash.ts";
import { definitionOf, layersOfRole } from "../../../core/spec/model.ts";
import { readTraining, writeTraining } from "../../../core/spec/training.ts";
import { modelText } from "../../../core/train/model.ts";
import { Network } from "../../../core/train/network.ts";
import { prepareDesign } from "../../../core/train/prepare-design.ts";
import { ENGINE_VERSION } from "../../../core/version.ts";
import { openBackend } from "../../engine/backend.ts";

const ROWS = 16;
/** As wide as a table may be. */
const MOST_COLUMNS = 4096;

/** @throws AppError import.too_wide, engine.*, design.* */
export function modelOfForeign(found: ForeignModel): string {
  const { design, table } = withColumns(found);
  const prepared = prepareDesign(design, table);
  const training = readTraining(design.train);
  const { spec, encodings, prepared: data } = prepared;
  const network = new Network({ spec, training, encodings, backend: openBackend(training.arithmetic), trainingRows: 0 });
  network.initialise(training.seed);
  for (const { fullName, kind, values } of found.weights ?? []) network.view(kind, fullName).set(values);
  return modelText({
    design,
    spec,
    training,
    pipeline: data.pipeline,
    network,
    sample: data.training,
    engineVersion: ENGINE_VERSION,
    result: {
      epochs: 0,
      best_epoch: null,
      steps: 0,
      seconds: 0,
      metrics: {},
      spec_hash: specHash(design, writeTraining(training)),
      data_fingerprint: "",
      data_name: "",
    },
  });
}

/** Names of an input's columns: `picture_1`, `picture_2` … */
const columnsOf = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name}_${i + 1}`);

/** The design with a data section, and a few rows that fit it: indices stay below two, which every vocabulary has. */
function withColumns({ design, spec }: ForeignModel): { readonly design: DesignDocument; readonly table: Table } {
  const random = new Random(1, 1);
  const columns: ColumnDocument[] = [];
  const cells: Column[] = [];
  const taken = new Map<string, readonly string[]>();
  for (const layer of layersOfRole(spec, "input")) {
    const names = columnsOf(layer.name, sizeOf(layer.shape));
    taken.set(layer.id, names);
    for (const name of names) {
      columns.push({ name, type: "numeric", role: "feature" });
      cells.push({ name, kind: "number", values: Float64Array.from({ length: ROWS }, () => random.below(2)) });
    }
  }
  for (const layer of layersOfRole(spec, "output")) {
    const { loss = "" } = definitionOf(layer).output?.(layer.config as never) ?? {};
    const width = layer.shape.at(-1) ?? 1;
    const isClass = lossDefinition(loss).encodings[0] === "class_index";
    const names = isClass ? [layer.name] : columnsOf(layer.name, sizeOf(layer.shape));
    taken.set(layer.id, names);
    for (const name of names) {
      columns.push({ name, type: isClass ? "categorical" : "numeric", role: "target" });
      const categories = Array.from({ length: width }, (_, k) => `class ${String(k + 1).padStart(String(width).length, "0")}`);
      cells.push(
        isClass
          ? { name, kind: "category", categories, codes: Int32Array.from({ length: ROWS }, (_, row) => row % width) }
          : { name, kind: "number", values: Float64Array.from({ length: ROWS }, (_, row) => row % 2) },
      );
    }
  }
  if (columns.length > MOST_COLUMNS) throw new AppError("import.too_wide", { columns: columns.length, most: MOST_COLUMNS });
  const field = (id: string): "columns" | "target" => (layersOfRole(spec, "input").some((layer) => layer.id === id) ? "columns" : "target");
  const nodes = design.graph.nodes.map((node) => {
    const names = taken.get(node.id);
    return names === undefined ? node : { ...node, config: { ...node.config, [field(node.id)]: [...names] } };
  });
  return {
    design: {
      ...design,
      graph: { ...design.graph, nodes },
      data: {
        source: { kind: "file", name: design.name },
        columns,
        steps: [],
        split: { method: "random", validation_fraction: 0.2, seed: null },
        feature_count: null,
        class_count: null,
      },
    },
    table: { rowCount: ROWS, rowIds: Uint32Array.from({ length: ROWS }, (_, row) => row), columns: cells },
  };
}
