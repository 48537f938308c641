/**
 * Writes a project file: the rows that belong to the project are copied from one moment of the library (a read transaction, while
 * others go on writing), then the stored files of its data sets. It lies under its name only once it is whole.
 */
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { AppError } from "../../../core/errors.ts";
import { keepFileNow } from "../kept-file.ts";
import { migrations } from "../migrations/all.ts";
import { vectorsNamedIn } from "../named-vectors.ts";
import { migrate } from "../sqlite/migrate.ts";
import { storeError } from "../sqlite/store-error.ts";
import { type MissingData, PIECE_BYTES, placeOf, putFile, type Step, type StoredFile, type Watch } from "../stored-files.ts";
import { type Belonging, belongingOf, blobColumn, cascades, hasColumn, quoted, ROOT, type TableShape, tablesOf } from "./belonging.ts";
import {
  HEAD_TABLES,
  PROJECT_APPLICATION_ID,
  PROJECT_FILE_VERSION,
  type ProjectFileHead,
  VERSION_WITHOUT_VECTORS,
} from "./project-file.ts";

export interface WriteJob {
  readonly libraryPath: string;
  /** Where the stored files of data sets lie. */
  readonly datasetsFolder: string;
  readonly projectId: string;
  /** An existing file is replaced. */
  readonly target: string;
  readonly withData: boolean;
  readonly appVersion: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

export interface WrittenFile {
  readonly sizeBytes: number;
  /** Data sets that are named without their content: left out on purpose, or gone from the disk. */
  readonly missing: readonly MissingData[];
}

/** @throws AppError project.not_found, project_file.cancelled, store.disk_full, store.* */
export async function writeProjectFile(job: WriteJob, watch: Watch): Promise<WrittenFile> {
  const unfinished = `${job.target}.part`;
  rmSync(unfinished, { force: true });
  const { default: Database } = await import("better-sqlite3");
  let database: BetterSqlite3.Database | undefined;
  try {
    database = new Database(unfinished, { timeout: 5000 });
    // Nobody else sees the file before it is whole: nothing has to be taken back after a crash.
    database.pragma("journal_mode = MEMORY");
    database.pragma("synchronous = OFF");
    await migrate(database, unfinished, migrations);
    const missing = fill(database, job, watch);
    database.close();
    const sizeBytes = statSync(unfinished).size;
    keepFileNow(unfinished, job.target);
    return { sizeBytes, missing };
  } catch (error) {
    if (database?.open === true) database.close();
    rmSync(unfinished, { force: true });
    throw storeError(error, { path: unfinished, busyTimeoutMs: 5000 });
  }
}

function fill(database: BetterSqlite3.Database, job: WriteJob, watch: Watch): MissingData[] {
  const tables = tablesOf(database);
  const belonging = belongingOf(tables);
  database.exec(HEAD_TABLES);
  database.pragma("foreign_keys = OFF");
  database.prepare("ATTACH ? AS library").run(job.libraryPath);
  const missing = database.transaction(() => {
    const files = filesOf(database, belonging, job);
    const vectors = job.withData ? vectorsOf(database, job) : [];
    const total = sizeOfRows(database, belonging, job.projectId) + [...files.present, ...vectors].reduce((sum, { size }) => sum + size, 0);
    const step = stepper(watch, total);
    copyRows(database, belonging, job.projectId, step);
    settle(database, belonging);
    for (const file of [...files.present, ...vectors]) putFile(database, file, step);
    writeHead(database, job, vectors.length === 0 ? VERSION_WITHOUT_VECTORS : PROJECT_FILE_VERSION);
    const broken = database.pragma("main.foreign_key_check") as readonly unknown[];
    if (broken.length > 0) throw new Error(`rows of the project name rows that are not there: ${JSON.stringify(broken[0])}`);
    return files.missing;
  })();
  database.exec("DETACH library");
  database.pragma(`application_id = ${PROJECT_APPLICATION_ID}`);
  return missing;
}

export function stepper(watch: Watch, total: number): Step {
  let done = 0;
  return (bytes) => {
    if (watch.cancelled()) throw new AppError("project_file.cancelled");
    done += bytes;
    watch.progress(Math.min(done, total), total);
  };
}

/** Bytes of the large values that will be copied. */
function sizeOfRows(database: BetterSqlite3.Database, { own }: Belonging, projectId: string): number {
  return own.reduce((sum, table) => {
    const blob = blobColumn(table);
    if (blob === null) return sum;
    const ofRuns = hasColumn(table, "run_id") ? "run_id IN (SELECT id FROM library.runs WHERE project_id = ? AND deleted_at IS NULL)" : "?";
    const { bytes } = database
      .prepare<[string], { bytes: number | null }>(
        `SELECT SUM(length(${quoted(blob)})) AS bytes FROM library.${quoted(table.name)} WHERE ${ofRuns}`,
      )
      .get(projectId) ?? { bytes: 0 };
    return sum + (bytes ?? 0);
  }, 0);
}

function copyRows(database: BetterSqlite3.Database, { own, shared }: Belonging, projectId: string, step: Step): void {
  for (const table of own) {
    const conditions = cascades(table).map(({ parent, columns }) => {
      const same = columns.map(({ from, to }) => `parent.${quoted(to)} = source.${quoted(from)}`).join(" AND ");
      return `EXISTS (SELECT 1 FROM main.${quoted(parent)} AS parent WHERE ${same})`;
    });
    if (hasColumn(table, "deleted_at")) conditions.push("source.deleted_at IS NULL");
    if (table.name === ROOT) conditions.push("source.id = ?");
    copyTable(database, table, conditions.join(" AND "), table.name === ROOT ? [projectId] : [], step);
    if (table.name === ROOT && database.prepare(`SELECT 1 FROM main.${ROOT}`).get() === undefined)
      throw new AppError("project.not_found", { id: projectId });
  }
  for (const table of shared) copyTable(database, table, namedBy(table, own), [], step);
}

/** Rows that one of the copied rows names. */
function namedBy(table: TableShape, own: readonly TableShape[]): string {
  const uses = own.flatMap(({ name, keys }) =>
    keys
      .filter(({ parent }) => parent === table.name)
      .map(({ columns: [column] }) => {
        if (column === undefined) throw new Error(`a foreign key of ${name} has no columns`);
        return `source.${quoted(column.to)} IN (SELECT ${quoted(column.from)} FROM main.${quoted(name)})`;
      }),
  );
  return `(${uses.join(" OR ")})`;
}

/** Tables with large values go in pieces, so that it can be told how far it is, and stopped. */
function copyTable(database: BetterSqlite3.Database, table: TableShape, condition: string, values: string[], step: Step): void {
  const columns = table.columns.map(({ name }) => quoted(name)).join(", ");
  const from = `library.${quoted(table.name)} AS source`;
  const insert = `INSERT INTO main.${quoted(table.name)} (${columns}) SELECT ${columns} FROM ${from}`;
  const blob = blobColumn(table);
  if (blob === null) {
    database.prepare(`${insert} WHERE ${condition}`).run(...values);
    step(0);
    return;
  }
  const rows = database
    .prepare<string[], { row: number; bytes: number }>(
      `SELECT source.rowid AS row, length(source.${quoted(blob)}) AS bytes FROM ${from} WHERE ${condition}`,
    )
    .all(...values);
  const copy = database.prepare<[number]>(`${insert} WHERE source.rowid = ?`);
  let held = 0;
  for (const { row, bytes } of rows) {
    copy.run(row);
    held += bytes;
    if (held < PIECE_BYTES) continue;
    step(held);
    held = 0;
  }
  step(held);
}

/** What holds in this library only: who trains a run, what waits, what points outside the project, what is half written. */
function settle(database: BetterSqlite3.Database, { own }: Belonging): void {
  for (const { name, keys } of own)
    for (const { parent, columns, onDelete } of keys) {
      const [column] = columns;
      if (onDelete !== "SET NULL" || column === undefined) continue;
      database.exec(
        `UPDATE main.${quoted(name)} SET ${quoted(column.from)} = NULL
         WHERE ${quoted(column.from)} NOT IN (SELECT ${quoted(column.to)} FROM main.${quoted(parent)})`,
      );
    }
  database.exec(`
    UPDATE main.runs SET status = 'interrupted', ended_at = COALESCE(ended_at, heartbeat_at)
      WHERE status IN ('queued', 'preparing', 'running', 'paused');
    UPDATE main.runs SET queue_place = NULL, owner_process = 0, owner_token = '';
    UPDATE main.run_groups SET status = 'stopped' WHERE status = 'going';
    DELETE FROM main.artifact_chunks WHERE (run_id, set_id) IN (SELECT run_id, set_id FROM main.artifacts WHERE kind IS NULL);
    DELETE FROM main.artifacts WHERE kind IS NULL;
  `);
}

/** Files of the data sets that anything of the project names. Built-in ones are made anew from their options. */
function filesOf(
  database: BetterSqlite3.Database,
  { own }: Belonging,
  { projectId, datasetsFolder, withData }: WriteJob,
): { present: StoredFile[]; missing: MissingData[] } {
  const uses = own
    .filter((table) => hasColumn(table, "dataset_id") && (table.name === ROOT || hasColumn(table, "project_id")))
    .map(
      (table) =>
        `id IN (SELECT dataset_id FROM library.${quoted(table.name)} WHERE ${table.name === ROOT ? "id" : "project_id"} = $id${
          hasColumn(table, "deleted_at") ? " AND deleted_at IS NULL" : ""
        })`,
    );
  const rows = database
    .prepare<[{ id: string }], { name: string; fingerprint: string; file_name: string | null }>(
      `SELECT name, fingerprint, file_name FROM library.datasets WHERE kind = 'file' AND (${uses.join(" OR ")})`,
    )
    .all({ id: projectId });
  const present = new Map<string, StoredFile>();
  const missing: MissingData[] = [];
  for (const { name, fingerprint, file_name: fileName } of rows) {
    const table = join(datasetsFolder, fileName ?? "");
    if (!withData || fileName === null || !existsSync(table)) {
      missing.push({ name, fingerprint });
      continue;
    }
    // Pictures lie beside the table that numbers them.
    for (const file of [fileName, fileName.replace(/\.parquet$/, ".pictures")]) {
      const path = join(datasetsFolder, file);
      if (existsSync(path)) present.set(file, { name: file, path, size: statSync(path).size });
    }
  }
  return { present: [...present.values()], missing };
}

/** Word vectors that designs of the project start from. Where they are gone, opening a run says which file to choose again. */
function vectorsOf(database: BetterSqlite3.Database, { projectId, datasetsFolder }: WriteJob): StoredFile[] {
  const designs = database
    .prepare<[{ id: string }], { document_json: string }>(
      `SELECT document_json FROM library.design_versions WHERE document_json LIKE '%"vectors"%' AND hash IN (
         SELECT design_hash FROM library.projects WHERE id = $id
         UNION SELECT design_hash FROM library.runs WHERE project_id = $id AND deleted_at IS NULL
         UNION SELECT design_hash FROM library.run_groups WHERE project_id = $id AND deleted_at IS NULL
         UNION SELECT design_hash FROM library.project_versions WHERE project_id = $id)`,
    )
    .all({ id: projectId })
    .map(({ document_json }) => document_json);
  const journals = database
    .prepare<[string], { journal: string }>("SELECT journal FROM library.project_journals WHERE project_id = ?")
    .all(projectId)
    .map(({ journal }) => journal);
  return [...vectorsNamedIn([...designs, ...journals])].flatMap((hash) => {
    const name = `${hash}.vectors`;
    const path = join(datasetsFolder, placeOf(name));
    return existsSync(path) ? [{ name, path, size: statSync(path).size }] : [];
  });
}

function writeHead(database: BetterSqlite3.Database, { projectId, withData, appVersion, writtenAt }: WriteJob, version: number): void {
  const head: ProjectFileHead = {
    format: "neuroloom-project",
    format_version: version,
    app_version: appVersion,
    written_at: writtenAt,
    project_id: projectId,
    with_data: withData,
  };
  database.prepare("INSERT INTO main.project_file (id, head_json) VALUES (1, ?)").run(JSON.stringify(head));
}
