/**
 * Version 3: groups of runs (folds, seeds, sweeps, ensembles) in place of the name of a group that nothing ever set, the
 * order of the queue, the checkpoint that a run starts from, out-of-fold predictions, and checkpoints of single epochs
 * (`epoch-12`) beside the best and the last. `artifacts` is made anew, since SQLite cannot
 * change a CHECK; foreign keys are off while migrations run, so that the chunks keep their parent by its name.
 */
import type { Migration } from "./migration.ts";

export const runGroups: Migration = {
  version: 3,
  sql: `
    CREATE TABLE run_groups (
      id TEXT NOT NULL PRIMARY KEY,
      project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('folds', 'seeds', 'sweep', 'ensemble')),
      name TEXT NOT NULL,
      plan_json TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('going', 'done', 'stopped')),
      design_hash TEXT NOT NULL REFERENCES design_versions (hash),
      dataset_id TEXT REFERENCES datasets (id),
      threads INTEGER,
      created_at INTEGER NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX run_groups_by_project ON run_groups (project_id);
    CREATE INDEX run_groups_by_design ON run_groups (design_hash);
    CREATE INDEX run_groups_by_dataset ON run_groups (dataset_id);

    ALTER TABLE runs ADD COLUMN group_id TEXT REFERENCES run_groups (id) ON DELETE SET NULL;
    ALTER TABLE runs ADD COLUMN group_index INTEGER;
    ALTER TABLE runs ADD COLUMN group_options_json TEXT;
    ALTER TABLE runs ADD COLUMN queue_place REAL;
    ALTER TABLE runs ADD COLUMN threads_wanted INTEGER;
    ALTER TABLE runs ADD COLUMN parent_checkpoint TEXT;
    ALTER TABLE runs DROP COLUMN group_name;
    CREATE UNIQUE INDEX runs_by_group ON runs (group_id, group_index);

    CREATE TABLE artifacts_of_any_kind (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('best', 'last', 'final', 'model', 'held_out') OR kind GLOB 'epoch-[0-9]*'),
      step INTEGER NOT NULL,
      epoch INTEGER NOT NULL,
      header_json TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (run_id, kind)
    ) STRICT;
    INSERT INTO artifacts_of_any_kind SELECT run_id, kind, step, epoch, header_json, size_bytes, sha256, created_at FROM artifacts;
    DROP TABLE artifacts;
    ALTER TABLE artifacts_of_any_kind RENAME TO artifacts;
  `,
};
