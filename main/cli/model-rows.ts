/**
 * Rows of a file for a model: of a table in pieces from the disk where they would take more memory than is given to them, as in the
 * window; pictures, files that belong together and graphs whole.
 */
import type { FittedPipeline, PreparedPart } from "../../core/data/prepared.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import type { ModelFile } from "../../core/export/json/format.ts";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import type { Predictor } from "../../core/train/model.ts";
import { openBackend } from "../engine/backend.ts";
import { Feeders, feederUrlBeside } from "../engine/feeders.ts";
import { PartOpener } from "../engine/open-part.ts";
import { cellsOfRows, loadTable } from "../host/datasets/load-table.ts";
import { readModelData } from "../host/datasets/model-data.ts";
import { withStoredRows } from "../host/datasets/model-table.ts";
import { placeForWork } from "../host/datasets/work-folder.ts";
import { openPredictor } from "../host/exports/trained-model.ts";
import type { ReadIds } from "../host/exports/write-predictions.ts";
import { type GivenData, withEdges } from "./read-files.ts";
import { WORKER } from "./train.ts";

export interface GivenRows {
  readonly data: string;
  readonly encoding: string | null;
  readonly joins: GivenData;
  /** What rows may take before they are read from the disk. */
  readonly dataMemoryBytes: number;
}

export interface ModelRows {
  readonly predictor: Predictor;
  readonly part: PreparedPart;
  /** Cells of the columns that name rows. */
  readonly readIds: ReadIds;
}

/** @param ids columns that name rows @param withTargets whether what is true of them is read @throws AppError data.*, model.* */
export async function withModelRows<T>(
  model: ModelFile,
  given: GivenRows,
  { ids, withTargets }: { readonly ids: readonly string[]; readonly withTargets: boolean },
  act: (rows: ModelRows) => Promise<T>,
): Promise<T> {
  const pipeline = model.preprocessing as FittedPipeline;
  const { data, joins } = given;
  const options = { encoding: given.encoding ?? undefined, sheet: joins.sheet };
  if (!comesAsTable(pipeline, model.design, joins)) {
    const predictor = openPredictor(model);
    const { table, passThrough } = await withEdges(data, joins.edges, (file) =>
      readModelData(file, pipeline, ids, { ...options, partner: joins.partner }),
    );
    const readIds: ReadIds = async (rows) => Array.from(rows, (row) => passThrough[row] ?? []);
    return act({ predictor, part: predictor.prepare(table, withTargets), readIds });
  }
  return withStoredRows(data, columnsToRead(pipeline), options, async (path) => {
    // A column that is not there is said before anything is predicted.
    if (ids.length > 0) await cellsOfRows(path, ids, Uint32Array.of(0));
    const opener = new PartOpener(path, 1, {
      loadTable: (reads) => loadTable(reads.path, reads.columns),
      openBackend: (arithmetic) => openBackend(arithmetic),
      dataMemoryBytes: given.dataMemoryBytes,
      workFolder: placeForWork("neuroloom-rows"),
      makeFeeders: () => new Feeders(feederUrlBeside(WORKER)),
    });
    try {
      const asked = { model, design: withAllRows(model.design), part: "all", forFigures: true } as const;
      const { predictor, part } = withTargets ? await opener.open(asked) : await opener.openAll(model);
      return await act({ predictor, part, readIds: (rows) => cellsOfRows(path, ids, rows) });
    } finally {
      await opener.close();
    }
  });
}

function comesAsTable({ columns, graph }: FittedPipeline, { data }: DesignDocument, { partner, edges }: GivenData): boolean {
  if (data === null || graph !== undefined || partner !== undefined || edges !== undefined) return false;
  return !columns.some(({ type, role }) => type === "picture" && role !== "ignored");
}

/** What was chosen among the rows that the model was trained on says nothing of others. */
function withAllRows(design: DesignDocument): DesignDocument {
  if (design.data === null) return design;
  const { row_choices: _choices, filter: _filter, ...data } = design.data;
  const split: DataDocument["split"] = { method: "none", validation_fraction: 0, seed: null };
  return { ...design, data: { ...data, split } };
}
