/**
 * Version 7: the bytes of an artifact are a set of chunks that is written in pieces and gets its kind once it is whole; without a kind it
 * is being written, or waits to be removed. Chunks stay as they lie: what was the kind of their artifact is now the name of its set.
 */
import type { Migration } from "./migration.ts";

export const artifactSets: Migration = {
  version: 7,
  sql: `
    ALTER TABLE artifacts RENAME COLUMN kind TO set_id;
    ALTER TABLE artifact_chunks RENAME COLUMN kind TO set_id;
    CREATE TABLE artifacts_as_sets (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      set_id TEXT NOT NULL,
      kind TEXT CHECK (kind IN ('best', 'last', 'final', 'model', 'held_out') OR kind GLOB 'epoch-[0-9]*'),
      step INTEGER NOT NULL,
      epoch INTEGER NOT NULL,
      header_json TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (run_id, set_id),
      UNIQUE (run_id, kind)
    ) STRICT;
    INSERT INTO artifacts_as_sets SELECT run_id, set_id, set_id, step, epoch, header_json, size_bytes, sha256, created_at FROM artifacts;
    DROP TABLE artifacts;
    ALTER TABLE artifacts_as_sets RENAME TO artifacts;
    CREATE INDEX artifacts_without_kind ON artifacts (created_at) WHERE kind IS NULL;
  `,
};
