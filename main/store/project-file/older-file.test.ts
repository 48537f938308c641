/** A project file from before a migration: taken in through a migrated copy, and itself left as it was. */
import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { migrations } from "../migrations/all.ts";
import { designHash } from "../sqlite/design-versions.ts";
import { openConnection, openStore } from "../sqlite/open.ts";
import { countedSources, sampleDesign, temporaryFolder } from "../testing/store-fixture.ts";
import { HEAD_TABLES, PROJECT_APPLICATION_ID } from "./project-file.ts";
import { readProjectFile } from "./read-project-file.ts";

test("a file of an older schema comes in, and its own bytes stay as they were", async () => {
  using folder = temporaryFolder();
  const file = folder.file("older.neuroloom");
  const design = sampleDesign("from before");
  const { database } = await openConnection({ path: file }, migrations.slice(0, 3));
  database
    .prepare("INSERT INTO design_versions (hash, document_json, created_at) VALUES (?, ?, 1)")
    .run(designHash(design), JSON.stringify(design));
  database
    .prepare("INSERT INTO projects (id, name, revision, design_hash, created_at, updated_at) VALUES ('p', 'from before', 3, ?, 1, 2)")
    .run(designHash(design));
  database.exec(HEAD_TABLES);
  const head = { format: "neuroloom-project", format_version: 1, app_version: "0.0.9", written_at: 3, project_id: "p", with_data: false };
  database.prepare("INSERT INTO project_file (id, head_json) VALUES (1, ?)").run(JSON.stringify(head));
  database.pragma(`application_id = ${PROJECT_APPLICATION_ID}`);
  database.pragma("journal_mode = DELETE");
  database.close();
  const before = readFileSync(file);

  const libraryPath = folder.file("library.sqlite");
  const job = {
    libraryPath,
    datasetsFolder: folder.file("datasets"),
    workFolder: folder.file("work"),
    path: file,
    fileName: "older.neuroloom",
    copyName: null,
    now: 9,
    hiddenAt: 5,
  };
  (await openStore({ path: libraryPath, ...countedSources() })).close();
  expect(await readProjectFile(job, { progress: () => {}, cancelled: () => false })).toEqual({ projectId: "p", missing: [] });
  const store = await openStore({ path: libraryPath, ...countedSources() });
  expect(store.getProject("p")).toMatchObject({ project: { name: "from before", revision: 3 }, design });
  store.close();
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(new Database(file, { readonly: true }).pragma("user_version", { simple: true })).toBe(3);
});
