/** How much room each kind of thing takes in the library, the retention of checkpoints, and the room given back. */
import type { LibrarySpace, SpaceStore } from "../library-space.ts";
import type { ArtifactSets } from "./artifact-sets.ts";
import type { Connection } from "./connection.ts";

const IS_SNAPSHOT = "kind GLOB 'epoch-*-weights'";
const IS_MODEL = "kind IN ('model', 'held_out')";
const IS_CHECKPOINT = `NOT ${IS_MODEL} AND NOT ${IS_SNAPSHOT}`;
/** The run may go on from its checkpoints by itself or be resumed; one that was deleted goes on only once somebody has it back. */
const MAY_GO_ON = `runs.status IN ('queued', 'preparing', 'running', 'paused', 'interrupted') AND runs.deleted_at IS NULL
  AND runs.project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)`;

export function spaceStore(connection: Connection, sets: ArtifactSets): SpaceStore {
  const sum = (sql: string): number => connection.first<{ bytes: number | null }>(sql)?.bytes ?? 0;
  const artifacts = (which: string): number => sum(`SELECT SUM(size_bytes + length(header_json)) AS bytes FROM artifacts WHERE ${which}`);
  const pragma = (name: string): number => connection.first<Record<string, number>>(`PRAGMA ${name}`)?.[name] ?? 0;

  return {
    librarySpace: () =>
      connection.read((): LibrarySpace => {
        const page = pragma("page_size");
        return {
          fileBytes: page * pragma("page_count"),
          freeBytes: page * pragma("freelist_count") + artifacts("kind IS NULL"),
          curves: sum("SELECT SUM(length(points)) AS bytes FROM metric_blocks"),
          checkpoints: artifacts(IS_CHECKPOINT),
          unfinished: artifacts(`${IS_CHECKPOINT} AND run_id IN (SELECT id FROM runs WHERE ${MAY_GO_ON})`),
          snapshots: artifacts(IS_SNAPSHOT),
          models: artifacts(IS_MODEL),
          designs:
            sum("SELECT SUM(length(document_json)) AS bytes FROM design_versions") +
            sum("SELECT SUM(length(evaluation_json)) AS bytes FROM evaluations") +
            sum("SELECT SUM(length(journal)) AS bytes FROM project_journals"),
          runs: sum("SELECT COUNT(*) AS bytes FROM runs"),
          deletedRuns: sum("SELECT COUNT(*) AS bytes FROM runs WHERE deleted_at IS NOT NULL"),
        };
      }),

    keepCheckpoints: (mostBytes) => {
      const dropped = connection.write(() => {
        const runs = connection.all<{ id: string; bytes: number; may_go_on: number }>(
          `SELECT runs.id AS id, SUM(size_bytes + length(header_json)) AS bytes, (${MAY_GO_ON}) AS may_go_on
           FROM artifacts JOIN runs ON runs.id = run_id
           WHERE ${IS_CHECKPOINT} GROUP BY runs.id ORDER BY may_go_on DESC, runs.created_at DESC, runs.rowid DESC`,
        );
        let total = 0;
        const tooMany = runs.filter(({ bytes, may_go_on }) => {
          total += bytes;
          return total > mostBytes && may_go_on === 0;
        });
        for (const { id } of tooMany) sets.letGo(`run_id = ? AND ${IS_CHECKPOINT}`, id);
        return tooMany.length;
      });
      sets.sweepSoon();
      return dropped;
    },

    compact: async (watch) => {
      await sets.compact(watch);
      connection.outside((database) => database.pragma("wal_checkpoint(TRUNCATE)"));
    },
  };
}
