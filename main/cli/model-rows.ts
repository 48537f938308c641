/**
 * Rows of a file for a model, whatever it holds: in memory, in pieces from the disk where they would take more than is given to them, as
 * in the window, or refused where that cannot be.
 */
import type { FittedPipeline, PreparedPart } from "../../core/data/prepared.ts";
import type { ModelFile } from "../../core/export/json/format.ts";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import type { Predictor } from "../../core/train/model.ts";
import { openBackend } from "../engine/backend.ts";
import { Feeders, feederUrlBeside } from "../engine/feeders.ts";
import { PartOpener } from "../engine/open-part.ts";
import { cellsOfRows, loadTable } from "../host/datasets/load-table.ts";
import { withStoredRows } from "../host/datasets/model-table.ts";
import { placeForWork } from "../host/datasets/work-folder.ts";
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
  const { data, joins, dataMemoryBytes } = given;
  const { partners } = joins;
  return withEdges(data, joins, { encoding: given.encoding ?? undefined }, ({ path, encoding, sheet }) =>
    withStoredRows(path, pipeline, { encoding, sheet, partners }, withOpened),
  );

  async function withOpened(path: string): Promise<T> {
    // A column that is not there is said before anything is predicted.
    if (ids.length > 0) await cellsOfRows(path, ids, Uint32Array.of(0));
    const opener = new PartOpener(path, 1, {
      loadTable: (reads) => loadTable(reads.path, reads.columns),
      openBackend: (arithmetic) => openBackend(arithmetic),
      dataMemoryBytes,
      refusesWhole: true,
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
  }
}

/** What was chosen among the rows that the model was trained on says nothing of others. */
function withAllRows(design: DesignDocument): DesignDocument {
  if (design.data === null) return design;
  const { row_choices: _choices, filter: _filter, ...data } = design.data;
  const split: DataDocument["split"] = { method: "none", validation_fraction: 0, seed: null };
  return { ...design, data: { ...data, split } };
}
