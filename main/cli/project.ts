/** neuroloom project export|import: a project of the library as one file, without a window. */
import { randomUUID } from "node:crypto";
import { basename, join, resolve } from "node:path";
import { AppError } from "../../core/errors.ts";
import type { Project } from "../../core/protocol/methods.ts";
import { APP_VERSION } from "../host/app.ts";
import { homeFolder, makeHome } from "../host/home.ts";
import { placesOf } from "../host/projects/project-files.ts";
import { readInThread, writeInThread } from "../store/project-file/project-file-thread.ts";
import { openStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { EXIT, type Output, ProgressBar } from "./output.ts";

const DAY_MS = 24 * 3600 * 1000;

/** @param named the id of a project, or its name where only one has it */
export async function exportProject(
  named: string,
  o: { readonly home: string | null; readonly out: string; readonly withData: boolean },
  output: Output,
): Promise<number> {
  return inLibrary(o.home, async (store, home) => {
    const project = findProject(store, named);
    const { libraryPath, datasetsFolder } = placesOf(home);
    const { sizeBytes, missing } = await withBar(project.name, (onProgress) =>
      writeInThread(
        {
          libraryPath,
          datasetsFolder,
          projectId: project.id,
          target: resolve(o.out),
          withData: o.withData,
          appVersion: APP_VERSION,
          writtenAt: Date.now(),
        },
        { onProgress },
      ),
    );
    for (const { name } of missing) output.note(`without its data: ${name}`);
    output.result({ event: "done", out: o.out, size_bytes: sizeBytes, missing }, `${o.out}: ${project.name}, ${sizeBytes} bytes`);
    return EXIT.ok;
  });
}

/** @param copy whether it comes as a copy where the library has it already */
export async function importProject(
  file: string,
  o: { readonly home: string | null; readonly copy: boolean },
  output: Output,
): Promise<number> {
  return inLibrary(o.home, async (store, home) => {
    const { workFolder, ...places } = placesOf(home);
    const now = Date.now();
    const { projectId, missing } = await withBar(basename(file), (onProgress) =>
      readInThread(
        {
          ...places,
          workFolder: join(workFolder, randomUUID()),
          path: resolve(file),
          fileName: basename(file),
          copyName: o.copy ? `${basename(file).replace(/\.neuroloom$/i, "")} 2` : null,
          now,
          // Out of sight at once, and purged by a start of the app a day later, should this be killed in the middle.
          hiddenAt: now - 29 * DAY_MS,
        },
        { onProgress },
      ),
    );
    const { project } = store.getProject(projectId);
    for (const { name, fingerprint } of missing) output.note(`its data are not in the file: ${name} (${fingerprint})`);
    output.result(
      { event: "done", project_id: project.id, name: project.name, runs: project.run_count, missing },
      `${project.name}: ${project.run_count} runs`,
    );
    return EXIT.ok;
  });
}

function findProject(store: Store, named: string): Project {
  const projects = store.listProjects();
  const byId = projects.find(({ id }) => id === named);
  const byName = projects.filter(({ name }) => name === named);
  const [found] = byId === undefined ? byName : [byId];
  if (found === undefined) throw new AppError("project.not_found", { id: named });
  if (byId === undefined && byName.length > 1)
    throw new AppError("project_file.several", { name: named, ids: byName.map(({ id }) => id).join(", ") });
  return found;
}

/** The store alone: opening a host would sweep the folders of an app that runs. */
/** Opens the library alone, without the services, and closes it again whatever happens. */
export async function inLibrary(home: string | null, act: (store: Store, home: string) => Promise<number>): Promise<number> {
  const folder = makeHome(homeFolder(home));
  const store = await openStore({ path: placesOf(folder).libraryPath, now: Date.now, newId: randomUUID });
  try {
    return await act(store, folder);
  } finally {
    store.close();
  }
}

/** How far it is, on a terminal. */
export async function withBar<T>(name: string, act: (onProgress: (done: number, total: number) => void) => Promise<T>): Promise<T> {
  const bar = new ProgressBar();
  try {
    return await act((done, total) => bar.show(total === 0 ? 1 : done / total, name));
  } finally {
    bar.clear();
  }
}
