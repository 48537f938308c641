/**
 * A project as a file, seen from the window: what is asked, what is going on and what came of it. The dialog
 * (ProjectFileDialog.tsx) shows this; files come from the start screen, a drop, or the system.
 */
import { create } from "zustand";
import { AppError, errorData } from "../../core/errors.ts";
import type { MethodOutput, Project } from "../../core/protocol/methods.ts";
import { saveDownload, type TakenFile, takeFile } from "../host/files.ts";
import { flushSave, useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { useSession } from "../state/session.ts";
import { report, toast, toastWanted } from "../state/toasts.ts";
import { open } from "./projects.ts";

type Missing = MethodOutput<"projects.import_file">["missing"];

export type FileWork =
  | { readonly state: "none" }
  /** Whether the data go along is asked. */
  | { readonly state: "asking"; readonly project: Project }
  | {
      readonly state: "going";
      readonly act: "export" | "import";
      readonly name: string;
      readonly share: number;
      readonly cancel: () => void;
    }
  /** The library has this project already. */
  | { readonly state: "known"; readonly taken: TakenFile; readonly id: string; readonly name: string }
  | { readonly state: "missing"; readonly name: string; readonly missing: Missing }
  /** Options of another tool's model that have no counterpart here. */
  | { readonly state: "left_out"; readonly name: string; readonly options: readonly string[] }
  | { readonly state: "failed" /** As thrown. */; readonly error: unknown };

export const useProjectFile = create<{ readonly work: FileWork }>()(() => ({ work: { state: "none" } }));

const show = (work: FileWork): void => useProjectFile.setState({ work });

export function dismiss(): void {
  const { work } = useProjectFile.getState();
  if (work.state === "going") work.cancel();
  else show({ state: "none" });
}

/** The share of an import that sending the file is, in the browser. */
const SENT = 0.5;

export const isProjectFile = (name: string): boolean => /\.neuroloom$/i.test(name);

export function askToExport(project: Project): void {
  show({ state: "asking", project });
}

export async function exportProject(project: Project, withData: boolean): Promise<void> {
  await follow("export", project.name, 0, async (taskId) => {
    if (useDocument.getState().project?.id === project.id) await flushSave();
    const written = await host().call("projects.export_file", { id: project.id, task_id: taskId, with_data: withData });
    show({ state: "none" });
    if (await saveDownload(written.download, written.file_name)) toast((t) => t("start.exported", { name: written.file_name }));
    else
      toastWanted((t) => t("export.not_saved", { name: written.file_name }), {
        label: (t) => t("export.save_again"),
        run: () => void saveDownload(written.download, written.file_name).catch(report),
      });
  });
}

/** A file that was chosen or dropped. */
export async function importProjectFile(file: File): Promise<void> {
  const sending = new AbortController();
  show({ state: "going", act: "import", name: file.name, share: 0, cancel: () => sending.abort() });
  let taken: TakenFile;
  try {
    taken = await takeFile(file, {
      signal: sending.signal,
      onProgress: (sent, total) => share("import", total === 0 ? 0 : (SENT * sent) / total, () => sending.abort()),
    });
  } catch (thrown) {
    show(sending.signal.aborted ? { state: "none" } : { state: "failed", error: thrown });
    return;
  }
  await importTaken(taken, null, SENT);
}

/** A design or a trained model becomes a project of its own; a model of TensorFlow.js comes with the files of its weights. */
export async function importModelFile(file: File, parts: readonly File[] = []): Promise<void> {
  const sending = new AbortController();
  let cancelled = false;
  const cancel = (): void => {
    cancelled = true;
    sending.abort();
  };
  show({ state: "going", act: "import", name: file.name, share: 0, cancel });
  const files = [file, ...parts];
  const sent = files.map(() => 0);
  const all = Math.max(
    1,
    files.reduce((sum, { size }) => sum + size, 0),
  );
  let taken: TakenFile[];
  try {
    taken = await Promise.all(
      files.map((one, index) =>
        takeFile(one, {
          signal: sending.signal,
          onProgress: (bytes) => {
            sent[index] = bytes;
            share("import", (sent.reduce((sum, of) => sum + of, 0) / all) * SENT, cancel);
          },
        }),
      ),
    );
  } catch (thrown) {
    // The other files are of no use without this one.
    sending.abort();
    show(cancelled ? { state: "none" } : { state: "failed", error: thrown });
    return;
  }
  const [model, ...rest] = taken;
  if (model === undefined) return;
  await follow("import", file.name, SENT, async (taskId, signal) => {
    const { language } = useSession.getState();
    const withParts = { ...model, task_id: taskId, language, ...(rest.length === 0 ? {} : { parts: rest }) };
    const { project, left_out: options } = await host().call("models.import", withParts);
    await openImported(project, signal);
    show(options.length === 0 ? { state: "none" } : { state: "left_out", name: project.name, options });
  });
}

/**
 * @param copyName what it is called where the library has it already; null: that is asked then
 * @param from the share that is done before
 */
export async function importTaken(taken: TakenFile, copyName: string | null, from = 0): Promise<void> {
  await follow("import", taken.name, from, async (taskId, signal) => {
    try {
      const { project, missing } = await host().call("projects.import_file", { ...taken, task_id: taskId, copy_name: copyName });
      await openImported(project, signal);
      show(missing.length === 0 ? { state: "none" } : { state: "missing", name: project.name, missing });
    } catch (thrown) {
      const error = errorData(thrown);
      if (error.code !== "project_file.known_already") throw thrown;
      show({ state: "known", taken, id: String(error.params["id"]), name: String(error.params["name"]) });
    }
  });
}

/** @throws what opening throws; given up meanwhile, the project goes again: an import that is cancelled leaves nothing behind */
async function openImported(project: Project, signal: AbortSignal): Promise<void> {
  try {
    signal.throwIfAborted();
    await open(project, signal);
  } catch (thrown) {
    if (signal.aborted) await host().call("projects.delete", { id: project.id });
    throw thrown;
  }
}

/** The question stays until the project is open: the next file waits for that. Closed or answered otherwise meanwhile, it is not opened. */
export async function openKnown(id: string): Promise<void> {
  const { work: question } = useProjectFile.getState();
  const opening = new AbortController();
  const stop = useProjectFile.subscribe(({ work }) => work !== question && opening.abort());
  try {
    const { projects } = await host().call("projects.list", {});
    const project = projects.find((one) => one.id === id);
    if (project === undefined) throw new AppError("project.not_found", { id });
    opening.signal.throwIfAborted();
    await open(project, opening.signal);
  } catch (thrown) {
    if (!opening.signal.aborted) throw thrown;
  } finally {
    stop();
    if (!opening.signal.aborted) show({ state: "none" });
  }
}

/**
 * Shows how far the host is, lets it be stopped, and says what went wrong.
 * @param from the share that is done before
 */
async function follow(
  act: "export" | "import",
  name: string,
  from: number,
  run: (taskId: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const taskId = crypto.randomUUID();
  const given = new AbortController();
  const cancel = (): void => {
    given.abort();
    host().call("projects.cancel_file", { task_id: taskId }).catch(report);
  };
  show({ state: "going", act, name, share: from, cancel });
  const stop = host().on("projects.file_progress", ({ task_id, done, total }) => {
    if (task_id === taskId) share(act, from + (1 - from) * (total === 0 ? 1 : done / total), cancel);
  });
  try {
    await run(taskId, given.signal);
  } catch (thrown) {
    const isCancelled = given.signal.aborted || errorData(thrown).code === "project_file.cancelled";
    show(isCancelled ? { state: "none" } : { state: "failed", error: thrown });
  } finally {
    stop();
  }
}

function share(act: "export" | "import", done: number, cancel: () => void): void {
  const { work } = useProjectFile.getState();
  if (work.state === "going") show({ ...work, act, share: done, cancel });
}

/** Until nothing is asked, told or going on. */
async function dismissed(): Promise<void> {
  if (useProjectFile.getState().work.state === "none") return;
  await new Promise<void>((resolve) => {
    const stop = useProjectFile.subscribe(({ work }) => {
      if (work.state !== "none") return;
      stop();
      resolve();
    });
  });
}

/** Takes what the system asked this app to open, now and whenever it asks: each when all that the one before asked or told is answered. */
export function listenToFiles(): void {
  let before: Promise<void> = Promise.resolve();
  const take = async (): Promise<void> => {
    const { files } = await host().call("projects.waiting_files", {});
    for (const file of files) {
      await dismissed();
      await importTaken(file, null);
    }
  };
  const takeNext = (): void => {
    before = before.then(take).catch(report);
  };
  host().on("projects.file_waiting", takeNext);
  takeNext();
}
