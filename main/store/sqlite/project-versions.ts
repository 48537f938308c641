/**
 * Versions of projects: a save goes on with the newest one for a short while, then begins another; those that nobody named
 * are thinned with age (version-retention.ts). Named ones, and those that a run was started from, stay.
 */
import { AppError } from "../../../core/errors.ts";
import type { ProjectVersion, StoreSources, VersionStore } from "../store.ts";
import { thinned } from "../version-retention.ts";
import type { Connection } from "./connection.ts";
import { dropUnusedDesigns, readDesign } from "./design-versions.ts";

/** A version takes the saves of this long, in milliseconds; the next save begins a new one. */
const SLICE = 120_000;

interface VersionRow {
  readonly id: string;
  readonly project_id: string;
  readonly design_hash: string;
  readonly dataset_id: string | null;
  readonly name: string | null;
  readonly started_at: number;
  readonly created_at: number;
}

interface SavedState {
  readonly projectId: string;
  readonly designHash: string;
  readonly datasetId: string | null;
  readonly time: number;
}

const USED_BY_A_RUN = `
  (EXISTS (SELECT 1 FROM runs WHERE runs.project_id = project_versions.project_id AND runs.design_hash = project_versions.design_hash)
   OR EXISTS (SELECT 1 FROM run_groups WHERE run_groups.project_id = project_versions.project_id AND run_groups.design_hash = project_versions.design_hash))`;

function newestOf(connection: Connection, projectId: string): (VersionRow & { readonly used: number }) | undefined {
  return connection.first(
    `SELECT *, ${USED_BY_A_RUN} AS used FROM project_versions WHERE project_id = ? ORDER BY created_at DESC, rowid DESC LIMIT 1`,
    projectId,
  );
}

/** The project was saved in this state: the newest version becomes it, or a new one is begun. Call inside a write. */
export function recordVersion(connection: Connection, { projectId, designHash, datasetId, time }: SavedState): void {
  const newest = newestOf(connection, projectId);
  if (newest?.design_hash === designHash && newest.dataset_id === datasetId) return;
  const goesOn = newest !== undefined && newest.name === null && newest.used === 0 && Math.abs(time - newest.started_at) < SLICE;
  if (goesOn) {
    connection.run(
      "UPDATE project_versions SET design_hash = ?, dataset_id = ?, created_at = ? WHERE id = ?",
      designHash,
      datasetId,
      time,
      newest.id,
    );
    return;
  }
  // A project's first state is kept as it was: the saves of the first minutes begin the second.
  insert(connection, { projectId, designHash, datasetId, time }, null, newest === undefined ? 0 : time);
  thin(connection, projectId, time);
}

function insert(connection: Connection, state: SavedState, name: string | null, startedAt: number): void {
  connection.run(
    `INSERT INTO project_versions (id, project_id, design_hash, dataset_id, name, started_at, created_at)
       VALUES (lower(hex(randomblob(16))), ?, ?, ?, ?, ?, ?)`,
    state.projectId,
    state.designHash,
    state.datasetId,
    name,
    startedAt,
    state.time,
  );
}

function thin(connection: Connection, projectId: string, now: number): void {
  const unnamed = connection.all<{ id: string; created_at: number; design_hash: string }>(
    `SELECT id, created_at, design_hash FROM project_versions WHERE project_id = ? AND name IS NULL AND NOT ${USED_BY_A_RUN}`,
    projectId,
  );
  const going = new Set(
    thinned(
      unnamed.map(({ id, created_at }) => ({ id, createdAt: created_at })),
      now,
    ),
  );
  for (const { id } of unnamed) if (going.has(id)) connection.run("DELETE FROM project_versions WHERE id = ?", id);
  for (const { id, design_hash } of unnamed) if (going.has(id)) dropUnusedDesigns(connection, design_hash);
}

const SELECT_VERSION = `
  SELECT project_versions.*, projects.name AS project_name,
    CASE WHEN datasets.deleted_at IS NULL THEN project_versions.dataset_id END AS present_dataset_id,
    project_versions.design_hash = projects.design_hash AND project_versions.dataset_id IS projects.dataset_id AS current
  FROM project_versions JOIN projects ON projects.id = project_versions.project_id
    LEFT JOIN datasets ON datasets.id = project_versions.dataset_id
  WHERE projects.deleted_at IS NULL`;
const NEWEST_FIRST = "ORDER BY project_versions.created_at DESC, project_versions.rowid DESC";

interface FoundRow extends VersionRow {
  readonly project_name: string;
  readonly present_dataset_id: string | null;
  readonly current: number;
}

function versionOf(row: FoundRow): ProjectVersion {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    createdAt: row.created_at,
    datasetId: row.present_dataset_id,
    designHash: row.design_hash,
    current: row.current === 1,
  };
}

export function versionStore(connection: Connection, { now }: StoreSources): VersionStore {
  const find = (id: string): FoundRow => {
    const row = connection.first<FoundRow>(`${SELECT_VERSION} AND project_versions.id = ?`, id);
    if (row === undefined) throw new AppError("project.version_not_found", { id });
    return row;
  };
  const newest = (projectId: string): FoundRow => {
    const row = connection.first<FoundRow>(`${SELECT_VERSION} AND project_id = ? ${NEWEST_FIRST} LIMIT 1`, projectId);
    if (row === undefined) throw new AppError("project.not_found", { id: projectId });
    return row;
  };
  return {
    listVersions: (projectId, offset, limit) =>
      connection.read(() => ({
        versions: connection
          .all<FoundRow>(`${SELECT_VERSION} AND project_id = ? ${NEWEST_FIRST} LIMIT ? OFFSET ?`, projectId, limit, offset)
          .map(versionOf),
        total:
          connection.first<{ count: number }>("SELECT COUNT(*) AS count FROM project_versions WHERE project_id = ?", projectId)?.count ?? 0,
      })),

    getVersion: (id) => connection.read(() => versionOf(find(id))),

    versionDesign: (id) =>
      connection.read(() => {
        const { design_hash, project_name } = find(id);
        return { ...readDesign(connection, design_hash), name: project_name };
      }),

    versionRuns: (id) =>
      connection.read(() => {
        const { project_id, design_hash } = find(id);
        return connection.all<{ id: string; name: string }>(
          `SELECT id, name FROM runs WHERE project_id = ? AND deleted_at IS NULL
             AND (design_hash = ? AND group_id IS NULL
               OR id IN (SELECT MIN(member.id) FROM runs AS member JOIN run_groups ON run_groups.id = member.group_id
                         WHERE run_groups.design_hash = ? AND member.deleted_at IS NULL GROUP BY member.group_id))
           ORDER BY number`,
          project_id,
          design_hash,
          design_hash,
        );
      }),

    keepVersion: (projectId, name) =>
      connection.write(() => {
        const last = newest(projectId);
        if (last.name === null) connection.run("UPDATE project_versions SET name = ? WHERE id = ?", name, last.id);
        else
          insert(connection, { projectId, designHash: last.design_hash, datasetId: last.dataset_id, time: now() }, name, last.started_at);
        return versionOf(newest(projectId));
      }),

    nameVersion: (id, name) =>
      connection.write(() => {
        find(id);
        connection.run("UPDATE project_versions SET name = ? WHERE id = ?", name, id);
        return versionOf(find(id));
      }),
  };
}
