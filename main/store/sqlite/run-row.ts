/** A run as a row: which column holds which field of the contract, and the way there and back. */
import { type ListedRun, RUN_STATUSES, runSchema } from "../../../core/protocol/contract/runs.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import type { RunPatch } from "../store.ts";
import type { Connection, SqlValue } from "./connection.ts";
import { readJson } from "./json-column.ts";

export interface RunRow
  extends Omit<Run, "tags" | "error" | "metrics" | "has_model" | "group_options" | "parent_layers" | "memory" | "sampled_steps"> {
  readonly tags_json: string;
  readonly error_json: string | null;
  readonly metrics_json: string;
  readonly group_options_json: string | null;
  readonly memory_json: string | null;
  readonly sampled_json: string | null;
  /** 0 or 1: SQLite has no truth values. */
  readonly has_model: number;
}

export const SELECT_RUN = `
  SELECT id, project_id, number, name, notes, tags_json, status, error_json, created_at, started_at, ended_at, seconds, epoch, epochs,
    step, steps_per_epoch, seed, spec_hash, data_fingerprint, engine_version, dataset_id, dataset_name, parameters, peak_bytes,
    memory_json, backend, threads, best_epoch, metrics_json, group_id, group_index, group_options_json, queue_place, parent_run_id AS parent_id,
    CASE WHEN instr(parent_checkpoint, ' ') > 0 THEN substr(parent_checkpoint, instr(parent_checkpoint, ' ') + 1) END AS parent_optimizer,
    archived_at,
    (SELECT header_json ->> 'sampled_steps' FROM artifacts WHERE run_id = runs.id AND kind = 'model') AS sampled_json,
    EXISTS (SELECT 1 FROM artifacts WHERE run_id = runs.id AND kind = 'model') AS has_model
  FROM runs`;

/** What a list shows, and nothing that it does not: a page is read without the texts and settings of its runs. */
export type ListedRow = Omit<ListedRun, "tags" | "error" | "metrics" | "has_model"> &
  Pick<RunRow, "tags_json" | "error_json" | "metrics_json" | "has_model">;
export const SELECT_LISTED = `
  SELECT id, project_id, number, name, tags_json, status, error_json, created_at, seconds, epoch, epochs, dataset_name, parameters, backend,
    metrics_json, group_id, group_index, archived_at,
    EXISTS (SELECT 1 FROM artifacts WHERE run_id = runs.id AND kind = 'model') AS has_model
  FROM runs`;

/** Column of each field that may change. A field that is missing here does not compile. */
const COLUMN_OF = {
  name: "name",
  notes: "notes",
  tags: "tags_json",
  status: "status",
  error: "error_json",
  started_at: "started_at",
  ended_at: "ended_at",
  seconds: "seconds",
  epoch: "epoch",
  epochs: "epochs",
  step: "step",
  steps_per_epoch: "steps_per_epoch",
  parameters: "parameters",
  peak_bytes: "peak_bytes",
  memory: "memory_json",
  backend: "backend",
  threads: "threads",
  best_epoch: "best_epoch",
  metrics: "metrics_json",
  queue_place: "queue_place",
  parent_optimizer: "parent_checkpoint",
  // A run that continues another is a member of no group: what a member sets has no other use there.
  parent_layers: "group_options_json",
} as const satisfies Record<keyof RunPatch, string>;

/** The assignments of a patch. @throws Error on a field that may not change: a fault of the caller */
export function assignmentsOf(patch: RunPatch): { columns: string[]; values: SqlValue[] } {
  const columns: string[] = [];
  const values: SqlValue[] = [];
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(COLUMN_OF, field)) throw new Error(`A run's "${field}" cannot be changed.`);
    // `best continued`: the checkpoint, and behind it what became of its optimizer.
    columns.push(
      field === "parent_optimizer"
        ? "parent_checkpoint = substr(parent_checkpoint, 1, instr(parent_checkpoint || ' ', ' ') - 1) || ' ' || ?"
        : `${COLUMN_OF[field as keyof RunPatch]} = ?`,
    );
    // Figures that are not finite become null in JSON, as the contract has it.
    values.push(value !== null && typeof value === "object" ? JSON.stringify(value) : value);
  }
  return { columns, values };
}

/** @throws AppError store.bad_row when the row is not what the contract calls a run */
export function runOf(connection: Connection, row: RunRow): Run {
  const {
    tags_json: _tags,
    error_json: _error,
    metrics_json: _metrics,
    group_options_json,
    memory_json,
    sampled_json,
    has_model,
    ...plain
  } = row;
  const where = { table: "runs", row: row.id };
  const continued = row.parent_id !== null && row.group_id === null;
  const optionsText = continued ? null : group_options_json;
  const layersText = continued ? group_options_json : null;
  return {
    ...plain,
    status: statusOf(connection, row),
    tags: tagsOf(connection, row),
    error: errorOf(connection, row),
    metrics: metricsOf(connection, row),
    group_options: optionsText === null ? null : readJson(connection, runSchema.shape.group_options, optionsText, where),
    parent_layers: layersText === null ? null : (readJson(connection, runSchema.shape.parent_layers, layersText, where) ?? null),
    memory: memory_json === null ? null : readJson(connection, runSchema.shape.memory, memory_json, where),
    ...(sampled_json === null ? {} : { sampled_steps: readJson(connection, runSchema.shape.sampled_steps, sampled_json, where) }),
    has_model: has_model === 1,
  };
}

/** @throws AppError store.bad_row as `runOf` */
export function listedOf(connection: Connection, row: ListedRow): ListedRun {
  const { tags_json: _tags, error_json: _error, metrics_json: _metrics, has_model, ...plain } = row;
  return {
    ...plain,
    status: statusOf(connection, row),
    tags: tagsOf(connection, row),
    error: errorOf(connection, row),
    metrics: metricsOf(connection, row),
    has_model: has_model === 1,
  };
}

type Columns = Pick<RunRow, "id" | "status" | "tags_json" | "error_json" | "metrics_json">;

// A list has thousands of rows: what is plainly right passes without the schema, which says of all else what is wrong with it.

function statusOf(connection: Connection, { id, status }: Columns): Run["status"] {
  if (RUN_STATUSES.includes(status)) return status;
  return readJson(connection, runSchema.shape.status, JSON.stringify(status), { table: "runs", row: id });
}

function tagsOf(connection: Connection, { id, tags_json }: Columns): string[] {
  return tags_json === "[]" ? [] : readJson(connection, runSchema.shape.tags, tags_json, { table: "runs", row: id });
}

function metricsOf(connection: Connection, { id, metrics_json }: Columns): Run["metrics"] {
  return metrics_json === "{}" ? {} : readJson(connection, runSchema.shape.metrics, metrics_json, { table: "runs", row: id });
}

function errorOf(connection: Connection, { id, error_json }: Columns): Run["error"] {
  return error_json === null ? null : readJson(connection, runSchema.shape.error, error_json, { table: "runs", row: id });
}
