/**
 * Version 4: the states that a project was in, to look at, name and bring back; and its undo history, one text a project,
 * written with the design that it belongs to. Projects that are there begin with the state they are in.
 */
import type { Migration } from "./migration.ts";

export const projectVersions: Migration = {
  version: 4,
  sql: `
    CREATE TABLE project_versions (
      id TEXT NOT NULL PRIMARY KEY,
      project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      design_hash TEXT NOT NULL REFERENCES design_versions (hash),
      dataset_id TEXT REFERENCES datasets (id) ON DELETE SET NULL,
      name TEXT,
      started_at INTEGER NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX project_versions_by_project ON project_versions (project_id, created_at);
    CREATE INDEX project_versions_by_design ON project_versions (design_hash);
    CREATE INDEX project_versions_by_dataset ON project_versions (dataset_id);
    INSERT INTO project_versions (id, project_id, design_hash, dataset_id, name, started_at, created_at)
      SELECT lower(hex(randomblob(16))), id, design_hash, dataset_id, NULL, 0, updated_at FROM projects;

    CREATE TABLE project_journals (
      project_id TEXT NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
      design_hash TEXT NOT NULL,
      journal TEXT NOT NULL
    ) STRICT;
  `,
};
