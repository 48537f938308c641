/**
 * Version 1: the whole schema, for the library and for a project file. docs/store.md says what each table is for.
 * Times are milliseconds since 1970; columns named *_json hold JSON; deleted_at is null for what is not deleted.
 */
import type { Migration } from "./migration.ts";

export const firstSchema: Migration = {
  version: 1,
  sql: `
    CREATE TABLE design_versions (
      hash TEXT NOT NULL PRIMARY KEY,
      document_json TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE datasets (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('file', 'builtin')),
      source_json TEXT NOT NULL,
      row_count INTEGER NOT NULL,
      column_count INTEGER NOT NULL,
      size_bytes INTEGER NOT NULL,
      fingerprint TEXT NOT NULL,
      file_name TEXT,
      profile_json TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX datasets_by_fingerprint ON datasets (fingerprint);

    CREATE TABLE projects (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      revision INTEGER NOT NULL,
      design_hash TEXT NOT NULL REFERENCES design_versions (hash),
      dataset_id TEXT REFERENCES datasets (id),
      last_run_number INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX projects_by_design ON projects (design_hash);
    CREATE INDEX projects_by_dataset ON projects (dataset_id);

    CREATE TABLE runs (
      id TEXT NOT NULL PRIMARY KEY,
      project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      name TEXT NOT NULL,
      notes TEXT NOT NULL,
      tags_json TEXT NOT NULL,
      group_name TEXT,
      parent_run_id TEXT REFERENCES runs (id) ON DELETE SET NULL,
      status TEXT NOT NULL,
      error_json TEXT,
      design_hash TEXT NOT NULL REFERENCES design_versions (hash),
      spec_hash TEXT NOT NULL,
      seed INTEGER NOT NULL,
      dataset_id TEXT REFERENCES datasets (id),
      dataset_name TEXT NOT NULL,
      data_fingerprint TEXT NOT NULL,
      engine_version TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      started_at INTEGER,
      ended_at INTEGER,
      seconds REAL NOT NULL DEFAULT 0,
      epoch INTEGER NOT NULL DEFAULT 0,
      epochs INTEGER NOT NULL,
      step INTEGER NOT NULL DEFAULT 0,
      steps_per_epoch INTEGER NOT NULL DEFAULT 0,
      parameters INTEGER,
      peak_bytes INTEGER,
      backend TEXT,
      threads INTEGER,
      best_epoch INTEGER,
      metrics_json TEXT NOT NULL,
      owner_process INTEGER NOT NULL,
      owner_token TEXT NOT NULL,
      heartbeat_at INTEGER NOT NULL,
      deleted_at INTEGER,
      UNIQUE (project_id, number)
    ) STRICT;
    CREATE INDEX runs_by_design ON runs (design_hash);
    CREATE INDEX runs_by_dataset ON runs (dataset_id);
    CREATE INDEX runs_by_parent ON runs (parent_run_id);
    CREATE INDEX runs_by_status ON runs (status);

    CREATE TABLE metric_blocks (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      curve TEXT NOT NULL,
      block INTEGER NOT NULL,
      first_step REAL NOT NULL,
      last_step REAL NOT NULL,
      point_count INTEGER NOT NULL,
      crc32 INTEGER NOT NULL,
      points BLOB NOT NULL,
      PRIMARY KEY (run_id, curve, block)
    ) STRICT;

    CREATE TABLE artifacts (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('best', 'last', 'final', 'model')),
      step INTEGER NOT NULL,
      epoch INTEGER NOT NULL,
      header_json TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (run_id, kind)
    ) STRICT;

    CREATE TABLE artifact_chunks (
      run_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      position INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (run_id, kind, position),
      FOREIGN KEY (run_id, kind) REFERENCES artifacts (run_id, kind) ON DELETE CASCADE
    ) STRICT;

    CREATE TABLE settings (
      key TEXT NOT NULL PRIMARY KEY,
      value_json TEXT NOT NULL
    ) STRICT;
  `,
};
