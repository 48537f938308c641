/** Data sets: one row each with where the content is, how it was made, and its profile. The content is a file beside the library. */
import { z } from "zod";
import { AppError } from "../../../core/errors.ts";
import { datasetProfileSchema } from "../../../core/protocol/contract/datasets.ts";
import type { Dataset } from "../../../core/protocol/methods.ts";
import type { DatasetStore, StoreSources } from "../store.ts";
import type { Connection } from "./connection.ts";
import { readJson } from "./json-column.ts";

interface DatasetRow extends Dataset {
  readonly source_json: string;
  readonly file_name: string | null;
  readonly profile_json: string;
}

const DATASET_COLUMNS = "id, name, kind, row_count, column_count, size_bytes, created_at, fingerprint";
const storedProfileSchema = datasetProfileSchema.omit({ dataset: true });

/** @throws AppError dataset.not_found; a deleted one is found, since old projects and runs name it */
export function requireDataset(connection: Connection, id: string): void {
  if (connection.first("SELECT 1 FROM datasets WHERE id = ?", id) === undefined) throw new AppError("dataset.not_found", { id });
}

export function datasetStore(connection: Connection, { now, newId }: StoreSources): DatasetStore {
  const find = (id: string): Dataset => {
    const row = connection.first<Dataset>(`SELECT ${DATASET_COLUMNS} FROM datasets WHERE id = ?`, id);
    if (row === undefined) throw new AppError("dataset.not_found", { id });
    return row;
  };

  return {
    upsertDataset: (dataset) =>
      connection.write(() => {
        const id = dataset.id ?? newId();
        const profile = JSON.stringify({ columns: dataset.columns, warnings: dataset.warnings });
        connection.run(
          `INSERT INTO datasets (${DATASET_COLUMNS}, source_json, file_name, profile_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, row_count = excluded.row_count,
             column_count = excluded.column_count, size_bytes = excluded.size_bytes, fingerprint = excluded.fingerprint,
             source_json = excluded.source_json, file_name = excluded.file_name, profile_json = excluded.profile_json, deleted_at = NULL`,
          id,
          dataset.name,
          dataset.kind,
          dataset.rowCount,
          dataset.columnCount,
          dataset.sizeBytes,
          now(),
          dataset.fingerprint,
          JSON.stringify(dataset.source),
          dataset.fileName,
          profile,
        );
        return find(id);
      }),

    updateDatasetProfile: (id, { source, columns, warnings }) =>
      connection.write(() => {
        find(id);
        connection.run(
          "UPDATE datasets SET source_json = ?, profile_json = ? WHERE id = ? AND deleted_at IS NULL",
          JSON.stringify(source),
          JSON.stringify({ columns, warnings }),
          id,
        );
      }),

    listDatasets: () =>
      connection.read(() =>
        connection.all<Dataset>(`SELECT ${DATASET_COLUMNS} FROM datasets WHERE deleted_at IS NULL ORDER BY created_at DESC, id`),
      ),

    getDataset: (id) =>
      connection.read(() => {
        const row = connection.first<DatasetRow>(
          `SELECT ${DATASET_COLUMNS}, source_json, file_name, profile_json FROM datasets WHERE id = ?`,
          id,
        );
        if (row === undefined) throw new AppError("dataset.not_found", { id });
        const { source_json, file_name, profile_json, ...dataset } = row;
        const where = { table: "datasets", row: id };
        return {
          profile: { dataset, ...readJson(connection, storedProfileSchema, profile_json, where) },
          source: readJson(connection, z.unknown(), source_json, where),
          fileName: file_name,
        };
      }),

    findDataset: (fingerprint) =>
      connection.read(
        () =>
          connection.first<Dataset>(
            `SELECT ${DATASET_COLUMNS} FROM datasets WHERE fingerprint = ? AND deleted_at IS NULL ORDER BY created_at DESC, id LIMIT 1`,
            fingerprint,
          ) ?? null,
      ),

    deleteDataset: (id) =>
      connection.write(() => {
        find(id);
        connection.run("UPDATE datasets SET deleted_at = ? WHERE id = ?", now(), id);
      }),

    restoreDataset: (id) =>
      connection.write(() => {
        connection.run("UPDATE datasets SET deleted_at = NULL WHERE id = ?", id);
        return find(id);
      }),
  };
}
