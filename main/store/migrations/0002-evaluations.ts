/** Version 2: the evaluation of a run, for each part of its data that was evaluated. */
import type { Migration } from "./migration.ts";

export const evaluations: Migration = {
  version: 2,
  sql: `
    CREATE TABLE evaluations (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      part TEXT NOT NULL CHECK (part IN ('training', 'validation')),
      evaluation_json TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (run_id, part)
    ) STRICT;
  `,
};
