/** Runs: made at their first step, changed while they train, owned by one process at a time, hidden rather than deleted. */
import { AppError } from "../../../core/errors.ts";
import { checkpointKindSchema } from "../../../core/protocol/contract/runs.ts";
import type { Run, RunStatus } from "../../../core/protocol/methods.ts";
import type { CheckpointKind, NewRun, RunLineage, RunOwner, RunStore, StoreSources } from "../store.ts";
import type { Connection } from "./connection.ts";
import { requireDataset } from "./datasets.ts";
import { putDesign, readDesign, readDesigns } from "./design-versions.ts";
import { assignmentsOf, type ListedRow, listedOf, type RunRow, runOf, SELECT_LISTED, SELECT_RUN } from "./run-row.ts";

/** In these a process is at work on the run, or should be. */
const GOING: readonly RunStatus[] = ["queued", "preparing", "running", "paused"];
const IS_GOING = `status IN (${GOING.map((status) => `'${status}'`).join(", ")})`;
/** What waits is taken over instead (adoptQueued): it has lost nothing. */
const IS_AT_WORK = `${IS_GOING} AND status <> 'queued'`;

/** `+` keeps SQLite from going project by project, after which it would have to sort. */
const IS_LISTED =
  "deleted_at IS NULL AND (? IS NULL OR project_id = ?) AND +project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)";

interface OwnerRow {
  readonly id: string;
  readonly owner_process: number;
  readonly owner_token: string;
}
interface LineageRow extends OwnerRow {
  readonly parent_run_id: string | null;
  /** The kind, and behind a space what became of its optimizer where that was to be continued. */
  readonly parent_checkpoint: string | null;
  readonly threads_wanted: number | null;
  readonly heartbeat_at: number;
}

export function runStore(connection: Connection, { now, newId }: StoreSources): RunStore {
  const find = (id: string): Run => {
    const row = connection.first<RunRow>(`${SELECT_RUN} WHERE id = ? AND deleted_at IS NULL`, id);
    if (row === undefined) throw new AppError("run.not_found", { id });
    return runOf(connection, row);
  };

  const lineage = (id: string): RunLineage => {
    const row = connection.first<LineageRow>(
      "SELECT id, parent_run_id, parent_checkpoint, threads_wanted, owner_process, owner_token, heartbeat_at FROM runs WHERE id = ?",
      id,
    );
    if (row === undefined) throw new AppError("run.not_found", { id });
    const { parent_run_id: runId, parent_checkpoint: checkpoint } = row;
    return {
      parent: runId === null || checkpoint === null ? null : { runId, ...parentCheckpoint(checkpoint) },
      threadsWanted: row.threads_wanted,
      owner: ownerOf(row),
      heartbeatAt: row.heartbeat_at,
    };
  };

  const setDeleted = (ids: readonly string[], deletedAt: number | null): void =>
    connection.write(() => {
      for (const id of ids)
        if (connection.run("UPDATE runs SET deleted_at = ? WHERE id = ?", deletedAt, id) === 0) throw new AppError("run.not_found", { id });
    });

  return {
    createRun: (run) => connection.write(() => find(insertRun(connection, run, newId(), now()))),

    updateRun: (id, patch) =>
      connection.write(() => {
        const { columns, values } = assignmentsOf(patch);
        if (columns.length > 0) connection.run(`UPDATE runs SET ${columns.join(", ")} WHERE id = ?`, ...values, id);
        return find(id);
      }),

    getRun: (id) => connection.read(() => find(id)),
    runLineage: (id) => connection.read(() => lineage(id)),

    listRuns: (projectId) =>
      connection.read(() =>
        connection
          .all<RunRow>(
            `${SELECT_RUN} WHERE deleted_at IS NULL AND (? IS NULL OR project_id = ?)
               AND project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)
             ORDER BY created_at DESC, number DESC, id DESC`,
            projectId,
            projectId,
          )
          .map((row) => runOf(connection, row)),
      ),

    recentRuns: (projectId, limit) =>
      connection.read(() => {
        const rows = connection.all<RunRow>(
          `${SELECT_RUN} WHERE ${IS_LISTED} AND (${IS_GOING} OR id IN
             (SELECT id FROM runs WHERE ${IS_LISTED} ORDER BY created_at DESC, number DESC, id DESC LIMIT ?))
           ORDER BY created_at DESC, number DESC, id DESC`,
          projectId,
          projectId,
          projectId,
          projectId,
          limit,
        );
        const counted = connection.first<{ total: number }>(`SELECT COUNT(*) AS total FROM runs WHERE ${IS_LISTED}`, projectId, projectId);
        return { runs: rows.map((row) => runOf(connection, row)), older: Math.max(0, (counted?.total ?? 0) - rows.length) };
      }),

    listPage: (projectId, { after, limit }) =>
      connection.read(() => {
        const behind = after === null ? [] : [after.created_at, after.number, after.id];
        const rows = connection.all<ListedRow>(
          `${SELECT_LISTED} WHERE ${IS_LISTED} ${after === null ? "" : "AND (created_at, number, id) < (?, ?, ?)"}
           ORDER BY created_at DESC, number DESC, id DESC LIMIT ?`,
          projectId,
          projectId,
          ...behind,
          limit,
        );
        const counted = connection.first<{ total: number }>(`SELECT COUNT(*) AS total FROM runs WHERE ${IS_LISTED}`, projectId, projectId);
        return { runs: rows.map((row) => listedOf(connection, row)), total: counted?.total ?? 0 };
      }),

    runsNoted: (projectId, text) =>
      connection.read(() => {
        const wanted = text.toLowerCase();
        // SQLite's lower() knows ASCII only.
        const noted = connection.each<{ id: string; notes: string }>(
          `SELECT id, notes FROM runs WHERE notes <> '' AND ${IS_LISTED}`,
          projectId,
          projectId,
        );
        return [...noted].flatMap(({ id, notes }) => (notes.toLowerCase().includes(wanted) ? [id] : []));
      }),

    archiveRuns: (ids, archived) =>
      connection.write(() => {
        for (const id of ids)
          if (connection.run("UPDATE runs SET archived_at = ? WHERE id = ? AND deleted_at IS NULL", archived ? now() : null, id) === 0)
            throw new AppError("run.not_found", { id });
      }),

    runDesign: (id) =>
      connection.read(() => {
        const row = connection.first<{ design_hash: string }>("SELECT design_hash FROM runs WHERE id = ?", id);
        if (row === undefined) throw new AppError("run.not_found", { id });
        return readDesign(connection, row.design_hash);
      }),

    runDesigns: (ids) =>
      connection.read(() => {
        const wanted = "SELECT value FROM json_each(?)";
        const asked = JSON.stringify(ids);
        const runs = connection.all<{ id: string; hash: string }>(
          `SELECT id, design_hash AS hash FROM runs WHERE id IN (${wanted})`,
          asked,
        );
        return { runs, designs: readDesigns(connection, [...new Set(runs.map(({ hash }) => hash))]) };
      }),

    deleteRuns: (ids) => setDeleted(ids, now()),
    restoreRuns: (ids) => setDeleted(ids, null),

    heartbeat: (id) =>
      connection.write(() => {
        if (connection.run("UPDATE runs SET heartbeat_at = ? WHERE id = ?", now(), id) === 0) throw new AppError("run.not_found", { id });
      }),

    markInterrupted: (isAlive) =>
      connection.write(() => {
        const going = connection.all<OwnerRow>(
          `SELECT id, owner_process, owner_token FROM runs WHERE ${IS_AT_WORK} AND deleted_at IS NULL ORDER BY created_at, number`,
        );
        const dead = going.filter((row) => !isAlive(ownerOf(row)));
        for (const { id } of dead)
          connection.run("UPDATE runs SET status = 'interrupted', ended_at = heartbeat_at, queue_place = NULL WHERE id = ?", id);
        return dead.map(({ id }) => find(id));
      }),

    handOver: (id, owner) =>
      connection.write(() => {
        connection.run("UPDATE runs SET owner_process = ?, owner_token = ? WHERE id = ?", owner.processId, owner.startToken, id);
      }),

    adoptQueued: (isAlive, owner) =>
      connection.write(() => {
        const waiting = connection.all<OwnerRow>(
          `SELECT id, owner_process, owner_token FROM runs WHERE status = 'queued' AND deleted_at IS NULL
             AND project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)
           ORDER BY queue_place, created_at, number`,
        );
        const orphans = waiting.filter((row) => !isAlive(ownerOf(row)));
        for (const { id } of orphans)
          connection.run(
            "UPDATE runs SET owner_process = ?, owner_token = ?, heartbeat_at = ? WHERE id = ?",
            owner.processId,
            owner.startToken,
            now(),
            id,
          );
        return orphans.map(({ id }) => find(id));
      }),

    claimRun: (id, owner) =>
      connection.write(() => {
        const taken = connection.run(
          `UPDATE runs SET status = 'queued', error_json = NULL, ended_at = NULL, owner_process = ?, owner_token = ?, heartbeat_at = ?
           WHERE id = ? AND deleted_at IS NULL AND NOT (${IS_GOING})`,
          owner.processId,
          owner.startToken,
          now(),
          id,
        );
        const run = find(id);
        if (taken === 0) throw new AppError("run.taken", { name: run.name, process: lineage(id).owner.processId });
        return run;
      }),
  };
}

function optionsText({ group, options }: NewRun): string | null {
  const given = group?.options ?? options;
  return given === undefined ? null : JSON.stringify(given);
}

function insertRun(connection: Connection, run: NewRun, id: string, time: number): string {
  if (run.datasetId !== null) requireDataset(connection, run.datasetId);
  const project = connection.first<{ number: number }>(
    "UPDATE projects SET last_run_number = last_run_number + 1 WHERE id = ? AND deleted_at IS NULL RETURNING last_run_number AS number",
    run.projectId,
  );
  if (project === undefined) throw new AppError("project.not_found", { id: run.projectId });
  connection.run(
    `INSERT INTO runs (id, project_id, number, name, notes, tags_json, group_id, group_index, group_options_json, parent_run_id,
       parent_checkpoint, threads_wanted, status, design_hash, spec_hash, seed, dataset_id, dataset_name, data_fingerprint, engine_version,
       created_at, epochs, steps_per_epoch, metrics_json, owner_process, owner_token, heartbeat_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}', ?, ?, ?)`,
    id,
    run.projectId,
    project.number,
    run.name ?? `#${project.number}`,
    run.notes ?? "",
    JSON.stringify(run.tags ?? []),
    run.group?.id ?? null,
    run.group?.index ?? null,
    optionsText(run),
    run.parent?.runId ?? null,
    run.parent === undefined ? null : `${run.parent.checkpoint}${run.parent.optimizer === true ? " asked" : ""}`,
    run.threadsWanted ?? null,
    putDesign(connection, run.design, time),
    run.specHash,
    run.seed,
    run.datasetId,
    run.datasetName,
    run.dataFingerprint,
    run.engineVersion,
    time,
    run.epochs,
    run.stepsPerEpoch ?? 0,
    run.owner.processId,
    run.owner.startToken,
    time,
  );
  return id;
}

function parentCheckpoint(text: string): { checkpoint: CheckpointKind; optimizer: boolean } {
  const [kind = "", optimizer] = text.split(" ");
  return { checkpoint: checkpointKindSchema.parse(kind), optimizer: optimizer !== undefined };
}

function ownerOf(row: OwnerRow): RunOwner {
  return { processId: row.owner_process, startToken: row.owner_token };
}
