/** Projects: a name, the newest design, the chosen data set, and a revision that keeps two windows from overwriting each other. */
import { AppError } from "../../../core/errors.ts";
import type { Project } from "../../../core/protocol/methods.ts";
import type { ProjectStore, StoreSources } from "../store.ts";
import type { Connection } from "./connection.ts";
import { requireDataset } from "./datasets.ts";
import { dropUnusedDesigns, putDesign, readDesign } from "./design-versions.ts";
import { putJournal, readJournal } from "./journals.ts";
import { recordVersion } from "./project-versions.ts";

interface ProjectRow extends Project {
  readonly design_hash: string;
}

const SELECT_PROJECT = `
  SELECT id, name, created_at, updated_at, revision, dataset_id, design_hash,
    (SELECT COUNT(*) FROM runs WHERE project_id = projects.id AND runs.deleted_at IS NULL) AS run_count
  FROM projects`;

export function projectStore(connection: Connection, { now, newId }: StoreSources): ProjectStore {
  const find = (id: string): ProjectRow => {
    const row = connection.first<ProjectRow>(`${SELECT_PROJECT} WHERE id = ? AND deleted_at IS NULL`, id);
    if (row === undefined) throw new AppError("project.not_found", { id });
    return row;
  };

  const insert = (name: string, designHash: string, datasetId: string | null, time: number): Project => {
    const id = newId();
    connection.run(
      "INSERT INTO projects (id, name, revision, design_hash, dataset_id, created_at, updated_at) VALUES (?, ?, 1, ?, ?, ?, ?)",
      id,
      name,
      designHash,
      datasetId,
      time,
      time,
    );
    recordVersion(connection, { projectId: id, designHash, datasetId, time });
    return projectOf(find(id));
  };

  return {
    listProjects: () =>
      connection.read(() =>
        connection
          .all<ProjectRow>(`${SELECT_PROJECT} WHERE deleted_at IS NULL ORDER BY updated_at DESC, created_at DESC, id`)
          .map(projectOf),
      ),

    createProject: ({ name, design, datasetId }) =>
      connection.write(() => {
        const time = now();
        if (datasetId !== null) requireDataset(connection, datasetId);
        return insert(name, putDesign(connection, { ...design, name }, time), datasetId, time);
      }),

    getProject: (id) =>
      connection.read(() => {
        const row = find(id);
        const design = { ...readDesign(connection, row.design_hash), name: row.name };
        return { project: projectOf(row), design, journal: readJournal(connection, id, row.design_hash) };
      }),

    saveDesign: (id, revision, design, datasetId, journal, newName) =>
      connection.write(() => {
        const before = find(id);
        if (before.revision !== revision)
          throw new AppError("project.stale", { name: before.name, expected: before.revision, received: revision });
        if (datasetId !== null) requireDataset(connection, datasetId);
        const time = now();
        const name = newName ?? before.name;
        const hash = putDesign(connection, { ...design, name }, time);
        connection.run(
          "UPDATE projects SET name = ?, design_hash = ?, dataset_id = ?, revision = revision + 1, updated_at = ? WHERE id = ?",
          name,
          hash,
          datasetId,
          time,
          id,
        );
        putJournal(connection, id, hash, journal ?? null);
        recordVersion(connection, { projectId: id, designHash: hash, datasetId, time });
        if (hash !== before.design_hash) dropUnusedDesigns(connection, before.design_hash);
        return projectOf(find(id));
      }),

    renameProject: (id, name) =>
      connection.write(() => {
        find(id);
        connection.run("UPDATE projects SET name = ?, updated_at = ? WHERE id = ?", name, now(), id);
        return projectOf(find(id));
      }),

    duplicateProject: (id, name) =>
      connection.write(() => {
        const original = find(id);
        const time = now();
        const design = readDesign(connection, original.design_hash);
        return insert(name, putDesign(connection, { ...design, name }, time), original.dataset_id, time);
      }),

    deleteProject: (id) =>
      connection.write(() => {
        find(id);
        connection.run("UPDATE projects SET deleted_at = ? WHERE id = ?", now(), id);
      }),

    restoreProject: (id) =>
      connection.write(() => {
        connection.run("UPDATE projects SET deleted_at = NULL WHERE id = ?", id);
        return projectOf(find(id));
      }),
  };
}

function projectOf({ design_hash: _hash, ...project }: ProjectRow): Project {
  return project;
}
