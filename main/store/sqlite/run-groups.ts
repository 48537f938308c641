/** Groups of runs: a plan, the design that the members are made from, and what has become of it. Hidden rather than deleted. */
import { ENSEMBLE_BACKEND } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import { groupSchema } from "../../../core/protocol/contract/groups.ts";
import type { RunGroup } from "../../../core/protocol/methods.ts";
import type { RunGroupStore, StoreSources } from "../store.ts";
import type { Connection } from "./connection.ts";
import { putDesign, readDesign } from "./design-versions.ts";
import { readJson } from "./json-column.ts";
import { type RunRow, runOf, SELECT_RUN } from "./run-row.ts";

interface GroupRow extends Omit<RunGroup, "plan"> {
  readonly plan_json: string;
}

const SELECT_GROUP = "SELECT id, project_id, kind, name, plan_json, status, dataset_id, created_at FROM run_groups";

export function runGroupStore(connection: Connection, { now, newId }: StoreSources): RunGroupStore {
  const find = (id: string): RunGroup => {
    const row = connection.first<GroupRow>(`${SELECT_GROUP} WHERE id = ? AND deleted_at IS NULL`, id);
    if (row === undefined) throw new AppError("run.group_not_found", { id });
    return groupOf(connection, row);
  };
  const column = <T>(id: string, name: "design_hash" | "threads" | "deleted_at"): T => {
    const row = connection.first<{ value: T }>(`SELECT ${name} AS value FROM run_groups WHERE id = ?`, id);
    if (row === undefined) throw new AppError("run.group_not_found", { id });
    return row.value;
  };
  const memberIds = (id: string, deletedAt: number | null): string[] =>
    connection
      .all<{ id: string }>("SELECT id FROM runs WHERE group_id = ? AND deleted_at IS ? ORDER BY group_index", id, deletedAt)
      .map((row) => row.id);

  return {
    createGroup: ({ projectId, name, plan, design, datasetId, threads }) =>
      connection.write(() => {
        if (connection.first("SELECT 1 FROM projects WHERE id = ? AND deleted_at IS NULL", projectId) === undefined)
          throw new AppError("project.not_found", { id: projectId });
        const id = newId();
        const time = now();
        connection.run(
          `INSERT INTO run_groups (id, project_id, kind, name, plan_json, status, design_hash, dataset_id, threads, created_at)
           VALUES (?, ?, ?, ?, ?, 'going', ?, ?, ?, ?)`,
          id,
          projectId,
          plan.kind,
          name,
          JSON.stringify(plan),
          putDesign(connection, design, time),
          datasetId,
          threads,
          time,
        );
        return find(id);
      }),

    getGroup: (id) => connection.read(() => find(id)),
    groupDesign: (id) => connection.read(() => readDesign(connection, column<string>(id, "design_hash"))),
    groupThreads: (id) => connection.read(() => column<number | null>(id, "threads")),

    listGroups: (projectId) =>
      connection.read(() =>
        connection
          .all<GroupRow>(
            `${SELECT_GROUP} WHERE deleted_at IS NULL AND (? IS NULL OR project_id = ?)
               AND project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)
             ORDER BY created_at DESC, id`,
            projectId,
            projectId,
          )
          .map((row) => groupOf(connection, row)),
      ),

    updateGroup: (id, { name, status }) =>
      connection.write(() => {
        const known = find(id);
        connection.run("UPDATE run_groups SET name = ?, status = ? WHERE id = ?", name ?? known.name, status ?? known.status, id);
        return find(id);
      }),

    groupRuns: (id) =>
      connection.read(() =>
        connection
          .all<RunRow>(`${SELECT_RUN} WHERE group_id = ? AND deleted_at IS NULL ORDER BY group_index`, id)
          .map((row) => runOf(connection, row)),
      ),

    projectEnsembles: (projectId) =>
      connection.read(() =>
        connection
          .all<RunRow>(
            `${SELECT_RUN} WHERE project_id = ? AND backend = ? AND deleted_at IS NULL ORDER BY created_at DESC, number DESC`,
            projectId,
            ENSEMBLE_BACKEND,
          )
          .map((row) => runOf(connection, row)),
      ),

    groupPlaces: (id) =>
      connection.read(() =>
        connection
          .all<{ place: number }>("SELECT group_index AS place FROM runs WHERE group_id = ? ORDER BY group_index", id)
          .map(({ place }) => place),
      ),

    deleteGroup: (id) =>
      connection.write(() => {
        find(id);
        const ids = memberIds(id, null);
        const time = now();
        connection.run("UPDATE run_groups SET deleted_at = ? WHERE id = ?", time, id);
        // The same moment marks those that go with it, so that restoring brings back no others.
        connection.run("UPDATE runs SET deleted_at = ? WHERE group_id = ? AND deleted_at IS NULL", time, id);
        return ids;
      }),

    restoreGroup: (id) =>
      connection.write(() => {
        const deletedAt = column<number | null>(id, "deleted_at");
        if (deletedAt === null) return [];
        const ids = memberIds(id, deletedAt);
        connection.run("UPDATE run_groups SET deleted_at = NULL WHERE id = ?", id);
        connection.run("UPDATE runs SET deleted_at = NULL WHERE group_id = ? AND deleted_at = ?", id, deletedAt);
        return ids;
      }),
  };
}

function groupOf(connection: Connection, { plan_json, ...plain }: GroupRow): RunGroup {
  const where = { table: "run_groups", row: plain.id };
  return { ...plain, plan: readJson(connection, groupSchema.shape.plan, plan_json, where) };
}
