/** Version 5: the bytes that a run's engine takes, by class of tensor, as they are known before its first step. */
import type { Migration } from "./migration.ts";

export const memoryClasses: Migration = {
  version: 5,
  sql: "ALTER TABLE runs ADD COLUMN memory_json TEXT;",
};
