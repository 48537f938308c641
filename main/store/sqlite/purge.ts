/** Removal for good of what was deleted long enough ago, in one transaction. */
import { vectorsNamedIn } from "../named-vectors.ts";
import type { PurgeResult } from "../store.ts";
import type { Connection } from "./connection.ts";
import { dropUnusedDesigns } from "./design-versions.ts";

interface DatasetRow {
  readonly id: string;
  readonly file_name: string | null;
}

/** @param olderThan time of deletion, milliseconds since 1970; later deletions stay */
export function purgeDeleted(connection: Connection, olderThan: number): PurgeResult {
  return connection.write(() => {
    const countRuns = (): number => connection.first<{ count: number }>("SELECT COUNT(*) AS count FROM runs")?.count ?? 0;
    const runsBefore = countRuns();
    // Points, checkpoints and models go with their run, and the runs of a project with it.
    const projects = connection.run("DELETE FROM projects WHERE deleted_at < ?", olderThan);
    connection.run("DELETE FROM runs WHERE deleted_at < ?", olderThan);
    connection.run("DELETE FROM run_groups WHERE deleted_at < ?", olderThan);
    const unused = connection.all<DatasetRow>(
      `SELECT id, file_name FROM datasets WHERE deleted_at < ?
         AND NOT EXISTS (SELECT 1 FROM projects WHERE dataset_id = datasets.id)
         AND NOT EXISTS (SELECT 1 FROM runs WHERE dataset_id = datasets.id)
         AND NOT EXISTS (SELECT 1 FROM run_groups WHERE dataset_id = datasets.id)`,
      olderThan,
    );
    for (const { id } of unused) connection.run("DELETE FROM datasets WHERE id = ?", id);
    dropUnusedDesigns(connection, null);
    // Data sets with the same content may share a file.
    const isNamed = (fileName: string): boolean => connection.first("SELECT 1 FROM datasets WHERE file_name = ?", fileName) !== undefined;
    const fileNames = unused.flatMap(({ file_name }) => (file_name === null || isNamed(file_name) ? [] : [file_name]));
    return { projects, runs: runsBefore - countRuns(), datasets: unused.length, fileNames: [...new Set(fileNames)] };
  });
}

/** Of every design that is kept, and of what can be undone. */
export function vectorsInUse(connection: Connection): ReadonlySet<string> {
  const texts = connection.all<{ text: string }>(
    `SELECT document_json AS text FROM design_versions WHERE document_json LIKE '%"vectors"%'
       UNION ALL SELECT journal FROM project_journals WHERE journal LIKE '%vectors%'`,
  );
  return vectorsNamedIn(texts.map(({ text }) => text));
}
