/**
 * Looks through a project file before anything of it is taken: that it is one, not newer than this Neuroloom, sound as a
 * database, of exactly the tables that are known, and that every row reads back. The person's file is never written to.
 */
import { copyFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { z } from "zod";
import { AppError } from "../../../core/errors.ts";
import { headerOf, openForeign } from "../foreign-file.ts";
import { migrations } from "../migrations/all.ts";
import { Connection } from "../sqlite/connection.ts";
import { designHash } from "../sqlite/design-versions.ts";
import { LIBRARY_APPLICATION_ID, migrate } from "../sqlite/migrate.ts";
import { sqliteStore } from "../sqlite/sqlite-store.ts";
import { storeError } from "../sqlite/store-error.ts";
import type { Store } from "../store.ts";
import { CheckedPieces, piecesOf, STORED_NAME, type StoredFileRow, storedFiles, type Watch } from "../stored-files.ts";
import { tablesOf } from "./belonging.ts";
import { HEAD_TABLES, headSchema, PROJECT_APPLICATION_ID, PROJECT_FILE_VERSION, type ProjectFileHead } from "./project-file.ts";

export interface CheckedFile {
  /** The person's file, or a copy of it in today's schema. */
  readonly path: string;
  readonly head: ProjectFileHead;
  readonly name: string;
}

/**
 * @param workFolder for the copy of a file with an older schema
 * @throws AppError project_file.not_a_project, newer_version, broken, unreadable, cancelled
 */
export async function checkProjectFile(path: string, name: string, workFolder: string, watch: Watch): Promise<CheckedFile> {
  const { default: Database } = await import("better-sqlite3");
  let database: BetterSqlite3.Database | undefined;
  try {
    database = await openForeign(path, { readonly: true });
    const version = requireOurs(database, name);
    if (version === migrations.length) {
      const head = requireSound(database, path, name, await expectedTables(Database), watch);
      return { path, ...head };
    }
    database.close();
    const copy = join(workFolder, "older.neuroloom");
    copyFileSync(path, copy);
    database = await openForeign(copy, {});
    database.pragma(`application_id = ${LIBRARY_APPLICATION_ID}`);
    await migrate(database, copy, migrations);
    // The copy that a migration keeps of a library is of no use here.
    rmSync(`${copy}.v${version}.bak`, { force: true });
    database.pragma(`application_id = ${PROJECT_APPLICATION_ID}`);
    return { path: copy, ...requireSound(database, copy, name, await expectedTables(Database), watch) };
  } catch (error) {
    throw asFileError(error, path, name);
  } finally {
    if (database?.open === true) database.close();
  }
}

/** @returns the version of its schema */
function requireOurs(database: BetterSqlite3.Database, name: string): number {
  const { applicationId, version } = headerOf(database);
  if (applicationId !== PROJECT_APPLICATION_ID) throw new AppError("project_file.not_a_project", { file: name });
  if (version < 1) throw new AppError("project_file.wrong_head", { file: name });
  const text = database.prepare<[], { head_json: string }>("SELECT head_json FROM project_file").get()?.head_json ?? "";
  const head = z.object({ format_version: z.number(), app_version: z.string() }).parse(JSON.parse(text));
  if (version > migrations.length || head.format_version > PROJECT_FILE_VERSION)
    throw new AppError("project_file.newer_version", { file: name, written_by: head.app_version.slice(0, 40) });
  return version;
}

async function expectedTables(Database: typeof BetterSqlite3): Promise<string> {
  const database = new Database(":memory:");
  try {
    await migrate(database, ":memory:", migrations);
    database.exec(HEAD_TABLES);
    return shapeOf(database);
  } finally {
    database.close();
  }
}

/** Tables with their columns and keys, and that there is nothing else that could act (triggers, views). */
function shapeOf(database: BetterSqlite3.Database): string {
  const acting = database.prepare("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')").all();
  const tables = tablesOf(database).sort((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify([acting, tables]);
}

function requireSound(
  database: BetterSqlite3.Database,
  path: string,
  name: string,
  expected: string,
  watch: Watch,
): Pick<CheckedFile, "head" | "name"> {
  if (shapeOf(database) !== expected) throw new AppError("project_file.wrong_tables", { file: name });
  const detail = String(database.pragma("quick_check(1)", { simple: true }));
  if (detail !== "ok") throw broken(name, detail);
  const lost = database.pragma("foreign_key_check") as readonly { table: string; parent: string }[];
  if (lost[0] !== undefined) throw new AppError("project_file.lost_row", { file: name, table: lost[0].table, parent: lost[0].parent });
  const head = headSchema.parse(
    JSON.parse(database.prepare<[], { head_json: string }>("SELECT head_json FROM project_file").get()?.head_json ?? ""),
  );
  const connection = new Connection(database, { path, busyTimeoutMs: 0 });
  const store = sqliteStore(connection, { now: () => 0, newId: () => "" });
  const projects = store.listProjects();
  if (projects.length !== 1 || projects[0]?.id !== head.project_id) throw new AppError("project_file.wrong_head", { file: name });
  readAll(store, head.project_id, watch);
  checkDesigns(database, name);
  checkBytes(database, name, watch);
  return { head, name: store.getProject(head.project_id).project.name };
}

/** Every row through the readers that the app itself uses: what they cannot read is refused here and not met later. */
function readAll(store: Store, projectId: string, watch: Watch): void {
  store.getProject(projectId);
  for (const { id } of store.listDatasets()) store.getDataset(id);
  for (const { id } of store.listGroups(projectId)) store.groupDesign(id);
  for (const { id } of store.listRuns(projectId)) {
    if (watch.cancelled()) throw new AppError("project_file.cancelled");
    store.runDesign(id);
    store.readCurves(id, 2);
    for (const part of ["training", "validation"] as const) store.loadEvaluation(id, part);
  }
}

/** A design is shared by its hash: one that lies about it would put itself in the place of another project's. */
function checkDesigns(database: BetterSqlite3.Database, name: string): void {
  for (const { hash, document_json } of database
    .prepare<[], { hash: string; document_json: string }>("SELECT hash, document_json FROM design_versions")
    .iterate())
    if (designHash(JSON.parse(document_json)) !== hash) throw changedPart(name, `design:${hash.slice(0, 12)}`);
}

/** Weights and stored files against their SHA-256, a piece at a time. */
function checkBytes(database: BetterSqlite3.Database, name: string, watch: Watch): void {
  const compare = (what: string, row: Pick<StoredFileRow, "size_bytes" | "sha256">, pieces: Iterable<{ bytes: Uint8Array }>): void => {
    const checked = new CheckedPieces();
    for (const _ of checked.of(pieces)) if (watch.cancelled()) throw new AppError("project_file.cancelled");
    if (!checked.are(row)) throw changedPart(name, what);
  };
  const artifacts = database
    .prepare<[], { run_id: string; set_id: string; kind: string | null; size_bytes: number; sha256: string }>(
      "SELECT run_id, set_id, kind, size_bytes, sha256 FROM artifacts",
    )
    .all();
  const ofArtifact = database.prepare<[string, string], { bytes: Uint8Array }>(
    "SELECT bytes FROM artifact_chunks WHERE run_id = ? AND set_id = ? ORDER BY position",
  );
  for (const row of artifacts) compare(`${row.kind ?? row.set_id}:${row.run_id}`, row, ofArtifact.iterate(row.run_id, row.set_id));
  for (const row of storedFiles(database)) {
    if (!STORED_NAME.test(row.name)) throw changedPart(name, row.name.slice(0, 80));
    compare(row.name, row, piecesOf(database, row.name));
  }
}

const broken = (file: string, detail: string): AppError => new AppError("project_file.broken", { file, detail });

/** @param part what does not match the SHA-256 beside it, or what no Neuroloom writes so */
const changedPart = (file: string, part: string): AppError => new AppError("project_file.changed_part", { file, part });

/** What the store says of a library, said of this file. */
function asFileError(thrown: unknown, path: string, name: string): unknown {
  if (thrown instanceof z.ZodError || thrown instanceof SyntaxError) return new AppError("project_file.wrong_head", { file: name });
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (["ENOENT", "EACCES", "EPERM", "EISDIR"].includes(code)) return new AppError("project_file.unreadable", { file: name, problem: code });
  const error = storeError(thrown, { path, busyTimeoutMs: 0 });
  if (!(error instanceof AppError) || error.code.startsWith("project_file.")) return error;
  if (error.code === "store.disk_full") return error;
  if (error.code === "store.not_a_database") return new AppError("project_file.not_a_project", { file: name }, { cause: thrown });
  if (error.code === "store.cannot_open")
    return new AppError("project_file.unreadable", { file: name, problem: String(error.params["detail"]) });
  if (error.code === "store.fault" && /no such table/.test(String(error.params["detail"])))
    return new AppError("project_file.wrong_tables", { file: name });
  return new AppError(
    "project_file.broken",
    { file: basename(name), detail: String(error.params["detail"] ?? error.params["kind"] ?? error.code) },
    { cause: thrown },
  );
}
