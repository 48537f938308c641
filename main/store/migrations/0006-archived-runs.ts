/** Version 6: when a run was archived (null: it is not), and an index in the order of the run list, so that a page of it is read without sorting the rest. */
import type { Migration } from "./migration.ts";

export const archivedRuns: Migration = {
  version: 6,
  sql: `
    ALTER TABLE runs ADD COLUMN archived_at INTEGER;
    CREATE INDEX runs_by_age ON runs (created_at, number, id);
  `,
};
