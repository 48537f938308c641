/**
 * Out-of-fold predictions of one fold: for every row that it held out, the place of the row in the data, what was true and
 * what the network says, as in a table of predictions. Kept as JSON with the run, put together by the group.
 */
import type { FittedPipeline, PreparedPart } from "../../core/data/prepared.ts";
import type { Table } from "../../core/data/table.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { sizeOf } from "../../core/ir/tensor.ts";
import type { LayerSpec } from "../../core/spec/model-spec.ts";
import { predictionRows } from "../../core/train/predictions.ts";
import type { Evaluated } from "../../core/train/row-evaluation.ts";

export interface HeldOut {
  /** Names of the cells. */
  readonly header: readonly string[];
  /** Row of the data (from 1), then the cells. */
  readonly rows: readonly (readonly [number, readonly string[]])[];
}

/** Null of a run that is no fold. */
export function heldOutBytes(o: {
  readonly table: Table;
  readonly design: Pick<DesignDocument, "data">;
  readonly pipeline: FittedPipeline;
  /** The rows that were held out, and what the network said of them. */
  readonly data: PreparedPart;
  readonly found: Evaluated;
  readonly outputs: readonly { readonly layer: LayerSpec }[];
}): Uint8Array<ArrayBuffer> | null {
  const { table, design, pipeline, data: part, found } = o;
  if (design.data?.split.folds === undefined) return null;
  const targets = design.data.columns.filter((column) => column.role === "target").map((column) => column.name);
  const placeOf = new Map(Array.from(table.rowIds, (id, place) => [id, place]));
  const truths = targets.map((name) => table.columns.find((column) => column.name === name));
  const predicted = o.outputs.map(({ layer }) => ({
    nodeId: layer.id,
    name: layer.name,
    width: sizeOf(layer.shape),
    values: found.predictions[layer.id] ?? new Float32Array(0),
  }));
  const rows: [number, string[]][] = [];
  let header: string[] = [];
  let row = -1;
  for (const cells of predictionRows(predicted, pipeline, part.rowCount)) {
    if (row < 0) header = [...targets, ...cells];
    else {
      const id = part.rowIds[row] as number;
      const place = placeOf.get(id) ?? -1;
      rows.push([id + 1, [...truths.map((column) => (column === undefined ? "" : cellOf(column, place))), ...cells]]);
    }
    row += 1;
  }
  return new TextEncoder().encode(JSON.stringify({ header, rows } satisfies HeldOut));
}

function cellOf(column: Table["columns"][number], place: number): string {
  if (column.kind === "picture") return "";
  if (column.kind === "category") return column.categories[column.codes[place] as number] ?? "";
  const value = column.values[place];
  return value === undefined || value === null || Number.isNaN(value) ? "" : String(value);
}
