/**
 * Importing a file: sends it where needed, follows the host's progress, and makes the data set the project's own. Goes on while
 * another screen is shown. A failure or a cancel leaves everything as it was.
 */
import { create } from "zustand";
import { errorData } from "../../core/errors.ts";
import type { EventPayload } from "../../core/protocol/methods.ts";
import { takeFile } from "../host/files.ts";
import { emptyDesign } from "../start/empty-design.ts";
import { importFile } from "../start/projects.ts";
import { createProject, useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report, toast } from "../state/toasts.ts";
import { showScreen } from "../state/view.ts";
import { textNow } from "../ui/texts.ts";
import { chooseDataset } from "./acts.ts";

export interface ImportProgress {
  readonly name: string;
  readonly stage: "sending" | EventPayload<"import.progress">["stage"];
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

interface ImportState {
  readonly progress: ImportProgress | null;
  readonly failure: { readonly name: string; readonly error: unknown } | null;
}

export const useImport = create<ImportState>()(() => ({ progress: null, failure: null }));

let cancel: (() => void) | null = null;

export function cancelImport(): void {
  cancel?.();
}

export function forgetFailure(): void {
  useImport.setState({ failure: null });
}

/** A file that was dropped or chosen: a design or a model becomes a project, anything else is data. */
export function takeAnyFile(file: File): void {
  if (/\.json$/i.test(file.name)) importFile(file).catch(report);
  else importData(file).catch(report);
}

export async function importData(file: File): Promise<void> {
  if (useImport.getState().progress !== null) {
    toast(textNow()("data.import_one_at_a_time"));
    return;
  }
  useImport.setState({ failure: null, progress: { name: file.name, stage: "sending", rows: 0, bytes: 0, totalBytes: file.size } });
  showScreen("data");
  const importId = crypto.randomUUID();
  const controller = new AbortController();
  cancel = () => {
    controller.abort();
    host().call("datasets.cancel_import", { import_id: importId }).catch(report);
  };
  const stopListening = host().on("import.progress", (event) => {
    if (event.import_id === importId)
      setProgress({ stage: event.stage, rows: event.rows, bytes: event.bytes, totalBytes: event.total_bytes });
  });
  try {
    if (useDocument.getState().project === null) await createProject(emptyDesign(file.name.replace(/(\.(csv|tsv|txt|gz))+$/i, "")), null);
    const projectId = useDocument.getState().project?.id;
    const onProgress = (bytes: number, totalBytes: number): void => setProgress({ stage: "sending", rows: 0, bytes, totalBytes });
    const taken = await takeFile(file, { onProgress, signal: controller.signal });
    const profile = await host().call("datasets.import", { ...taken, import_id: importId });
    if (useDocument.getState().project?.id === projectId) await chooseDataset(profile);
    else toast(textNow()("data.imported_elsewhere", { name: file.name }));
  } catch (thrown) {
    if (controller.signal.aborted || errorData(thrown).code === "data.import_cancelled")
      toast(textNow()("data.import_cancelled_words", { name: file.name }));
    else useImport.setState({ failure: { name: file.name, error: thrown } });
  } finally {
    stopListening();
    cancel = null;
    useImport.setState({ progress: null });
  }
}

function setProgress(change: Omit<ImportProgress, "name">): void {
  const { progress } = useImport.getState();
  if (progress !== null) useImport.setState({ progress: { ...progress, ...change } });
}
