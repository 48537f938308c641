/** All migrations in order. A new one is a new file and one line here. */
import { firstSchema } from "./0001-first-schema.ts";
import { evaluations } from "./0002-evaluations.ts";
import { runGroups } from "./0003-run-groups.ts";
import { projectVersions } from "./0004-project-versions.ts";
import { memoryClasses } from "./0005-memory-classes.ts";
import { archivedRuns } from "./0006-archived-runs.ts";
import { artifactSets } from "./0007-artifact-sets.ts";
import type { Migration } from "./migration.ts";

export const migrations: readonly Migration[] = [
  firstSchema,
  evaluations,
  runGroups,
  projectVersions,
  memoryClasses,
  archivedRuns,
  artifactSets,
];
