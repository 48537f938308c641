/** The undo history of each project: a text that the window writes and reads, kept beside the design that it belongs to. */
import type { OpenedProject } from "../store.ts";
import type { Connection } from "./connection.ts";

/** Replaces what was kept; null: there is none. Call inside a write. */
export function putJournal(connection: Connection, projectId: string, designHash: string, journal: string | null): void {
  if (journal === null) connection.run("DELETE FROM project_journals WHERE project_id = ?", projectId);
  else
    connection.run(
      "INSERT INTO project_journals (project_id, design_hash, journal) VALUES (?, ?, ?) ON CONFLICT (project_id) DO UPDATE SET design_hash = excluded.design_hash, journal = excluded.journal",
      projectId,
      designHash,
      journal,
    );
}

export function readJournal(connection: Connection, projectId: string, designHash: string): OpenedProject["journal"] {
  const row = connection.first<{ design_hash: string; journal: string }>(
    "SELECT design_hash, journal FROM project_journals WHERE project_id = ?",
    projectId,
  );
  return row === undefined ? null : { text: row.journal, fits: row.design_hash === designHash };
}
