/**
 * Design versions: each design is kept once under the hash of its content, and projects and runs name it by that. A
 * version that nothing names any more goes away, so that autosave does not fill the file.
 */
import { createHash } from "node:crypto";
import { type DesignDocument, designSchema } from "../../../core/graph/document.ts";
import type { Connection } from "./connection.ts";
import { readJson } from "./json-column.ts";

/** SHA-256 of the design with the keys of all objects in order: equal designs have equal hashes. */
export function designHash(design: DesignDocument): string {
  return createHash("sha256").update(JSON.stringify(design, sortKeys)).digest("hex");
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Keeps the design and returns its hash. Call inside a write. */
export function putDesign(connection: Connection, design: DesignDocument, now: number): string {
  const hash = designHash(design);
  connection.run(
    "INSERT INTO design_versions (hash, document_json, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    hash,
    JSON.stringify(design),
    now,
  );
  return hash;
}

export function readDesign(connection: Connection, hash: string): DesignDocument {
  const row = connection.first<{ document_json: string }>("SELECT document_json FROM design_versions WHERE hash = ?", hash);
  // The foreign key holds the row; without it the text fails as "not JSON", which names the version.
  return readJson(connection, designSchema, row?.document_json ?? "", { table: "design_versions", row: hash });
}

/** Several of them in one statement, by their hash. */
export function readDesigns(connection: Connection, hashes: readonly string[]): ReadonlyMap<string, DesignDocument> {
  const rows = connection.all<{ hash: string; document_json: string }>(
    "SELECT hash, document_json FROM design_versions WHERE hash IN (SELECT value FROM json_each(?))",
    JSON.stringify(hashes),
  );
  return new Map(
    rows.map(({ hash, document_json }) => [
      hash,
      readJson(connection, designSchema, document_json, { table: "design_versions", row: hash }),
    ]),
  );
}

/** Removes one version, or all, that no project, no run and no group names. Call inside a write. */
export function dropUnusedDesigns(connection: Connection, hash: string | null): void {
  connection.run(
    `DELETE FROM design_versions WHERE (? IS NULL OR hash = ?)
       AND NOT EXISTS (SELECT 1 FROM projects WHERE design_hash = hash)
       AND NOT EXISTS (SELECT 1 FROM project_versions WHERE design_hash = hash)
       AND NOT EXISTS (SELECT 1 FROM runs WHERE design_hash = hash)
       AND NOT EXISTS (SELECT 1 FROM run_groups WHERE design_hash = hash)`,
    hash,
    hash,
  );
}
