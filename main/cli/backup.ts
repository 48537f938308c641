/** neuroloom backup and restore: the library with its data sets in one file while it may be in use, and back. */
import { basename, resolve } from "node:path";
import { AppError } from "../../core/errors.ts";
import { APP_VERSION } from "../host/app.ts";
import { homeFolder, makeHome } from "../host/home.ts";
import { placesOf } from "../host/projects/project-files.ts";
import { applyRestore, dropRestore } from "../store/backup/apply-restore.ts";
import { backUpInThread, stageInThread } from "../store/project-file/project-file-thread.ts";
import { EXIT, type Output } from "./output.ts";
import { inLibrary, withBar } from "./project.ts";

export async function backupLibrary(o: { readonly out: string; readonly home: string | null }, output: Output): Promise<number> {
  return inLibrary(o.home, async (_store, home) => {
    const { libraryPath, datasetsFolder } = placesOf(home);
    const job = { libraryPath, datasetsFolder, target: resolve(o.out), appVersion: APP_VERSION, writtenAt: Date.now() };
    const { sizeBytes, runs, files, missing } = await withBar(basename(o.out), (onProgress) => backUpInThread(job, { onProgress }));
    for (const { name } of missing) output.note(`without its data, which are gone: ${name}`);
    output.result(
      { event: "done", out: o.out, size_bytes: sizeBytes, runs, files, missing },
      `${o.out}: the library with ${runs} runs and ${files} files of data, ${sizeBytes} bytes, checked`,
    );
    return EXIT.ok;
  });
}

/** At once, and so only while nothing else has the library open. The library of before is kept beside it. */
export async function restoreLibrary(file: string, home: string | null, output: Output): Promise<number> {
  const folder = makeHome(homeFolder(home));
  const job = { path: resolve(file), home: folder };
  const { runs, files } = await withBar(basename(file), (onProgress) => stageInThread(job, { onProgress }));
  if ((await applyRestore(folder, Date.now())) === "in_use") {
    dropRestore(folder);
    throw new AppError("cli.library_in_use", { path: placesOf(folder).libraryPath });
  }
  output.result(
    { event: "done", runs, files },
    `${runs} runs and ${files} files of data are back; the library of before is kept beside it`,
  );
  return EXIT.ok;
}
