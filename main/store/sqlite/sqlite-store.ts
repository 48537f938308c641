/** The store on SQLite: the parts put together over one connection. Opening is open.ts. */
import type { Store, StoreSources } from "../store.ts";
import { ArtifactSets } from "./artifact-sets.ts";
import { artifactStore } from "./artifacts.ts";
import type { Connection } from "./connection.ts";
import { curveStore } from "./curves.ts";
import { datasetStore } from "./datasets.ts";
import { evaluationStore } from "./evaluations.ts";
import { spaceStore } from "./library-space.ts";
import { versionStore } from "./project-versions.ts";
import { projectStore } from "./projects.ts";
import { purgeDeleted, vectorsInUse } from "./purge.ts";
import { runGroupStore } from "./run-groups.ts";
import { runStore } from "./runs.ts";
import { settingStore } from "./settings.ts";

export function sqliteStore(connection: Connection, sources: StoreSources): Store {
  const sets = new ArtifactSets(connection, sources);
  return {
    ...projectStore(connection, sources),
    ...versionStore(connection, sources),
    ...datasetStore(connection, sources),
    ...runStore(connection, sources),
    ...runGroupStore(connection, sources),
    ...curveStore(connection),
    ...artifactStore(connection, sets),
    ...evaluationStore(connection, sources),
    ...settingStore(connection),
    ...spaceStore(connection, sets),

    purgeDeleted: (olderThan) => {
      const purged = purgeDeleted(connection, olderThan);
      sets.giveBackSoon();
      return purged;
    },
    vectorsInUse: () => vectorsInUse(connection),

    integrityCheck: () =>
      connection.outside((database) => {
        const structure = database.prepare<[], { integrity_check: string }>("PRAGMA integrity_check").all();
        const references = database.prepare<[], { table: string; rowid: number; parent: string }>("PRAGMA foreign_key_check").all();
        return [
          ...structure.map((row) => row.integrity_check).filter((text) => text !== "ok"),
          ...references.map((row) => `${row.table} row ${row.rowid} names a row of ${row.parent} that is not there`),
        ];
      }),

    close: () => connection.outside((database) => database.close()),
  };
}
