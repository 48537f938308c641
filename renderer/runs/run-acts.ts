/** Acts on kept runs: rename, notes, tags, delete and take back, go on, reuse the design. What goes wrong ends as a message. */
import type { DesignDocument } from "../../core/graph/document.ts";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { MethodInput, Run } from "../../core/protocol/methods.ts";
import { wholeDesign } from "../../core/sweeps/whole-design.ts";
import { readDetails } from "../compare/run-details.ts";
import { saveDownload } from "../host/files.ts";
import { createProject, dispatch, useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { keyWordsNow } from "../state/keys.ts";
import { putRun } from "../state/runs.ts";
import { report, toast } from "../state/toasts.ts";
import { setComparedRuns, showScreen, useView } from "../state/view.ts";
import { actWords } from "../ui/act-words.ts";
import { textNow } from "../ui/texts.ts";
import { putInLibrary } from "./run-library.ts";

export function updateRun(patch: MethodInput<"runs.update">): void {
  host()
    .call("runs.update", patch)
    .then(({ run }) => {
      putRun(run);
      putInLibrary([run]);
    })
    .catch(report);
}

export function renameRun(run: ListedRun, name: string): void {
  const trimmed = name.trim();
  if (trimmed !== "" && trimmed !== run.name) updateRun({ id: run.id, name: trimmed });
}

/** Out of the list at once, or back into it; the message that says so takes it back. */
export function archiveRuns(runs: readonly ListedRun[], archived: boolean): void {
  const [first] = runs;
  if (first === undefined) return;
  const ids = runs.map(({ id }) => id);
  const set = (on: boolean): Promise<unknown> => host().call("runs.archive", { ids, archived: on });
  set(archived)
    .then(() => {
      const one = archived ? "runs.archived_one" : "runs.unarchived_one";
      const many = archived ? "runs.archived_many" : "runs.unarchived_many";
      toast((t) => (runs.length === 1 ? t(one, { name: first.name }) : t(many, { count: runs.length })), {
        label: (t) => t("common.undo"),
        run: () => void set(!archived).catch(report),
      });
    })
    .catch(report);
}

/** Every point of every curve as a file. */
export function saveCurves(run: Run): void {
  host()
    .call("exports.curves", { run_id: run.id })
    .then(({ download, file_name }) => saveDownload(download, file_name))
    .catch(report);
}

/** Ends a run that trains or waits, and deletes it; the message that says so takes that back, with the model that it had. */
export function discardRun(run: Run): void {
  const restore = (): void => {
    host()
      .call("runs.restore", { ids: [run.id] })
      .catch(report);
  };
  host()
    .call("runs.discard", { id: run.id })
    .then(() => {
      const { comparedRuns } = useView.getState();
      setComparedRuns(comparedRuns.filter((id) => id !== run.id));
      toast((t) => t("runs.discarded", { name: run.name }), { label: (t) => t("common.undo"), run: restore });
    })
    .catch(report);
}

/** Deletes at once; the message that says so takes it back. */
export function deleteRuns(runs: readonly ListedRun[]): void {
  const ids = runs.map((run) => run.id);
  const [first] = runs;
  if (first === undefined) return;
  const before = useView.getState().comparedRuns;
  const restore = (): void => {
    host()
      .call("runs.restore", { ids })
      .then(() => setComparedRuns(before))
      .catch(report);
  };
  host()
    .call("runs.delete", { ids })
    .then(() => {
      setComparedRuns(before.filter((id) => !ids.includes(id)));
      toast((t) => (runs.length === 1 ? t("runs.deleted_one", { name: first.name }) : t("runs.deleted_many", { count: runs.length })), {
        label: (t) => t("common.undo"),
        run: restore,
      });
    })
    .catch(report);
}

/** Of a member of a group without its fold or bag: what is trained next is to see all training rows. */
async function trainedDesign(run: Run): Promise<DesignDocument> {
  const { design } = await readDetails(run.id);
  return run.group_id === null ? design : wholeDesign(design);
}

async function asProject(run: Run): Promise<void> {
  const design = await trainedDesign(run);
  const name = textNow()("runs.project_name", { design: design.name, run: run.name }).slice(0, 200);
  await createProject({ ...design, name }, run.dataset_id);
  showScreen("designer");
}

/** The design that was trained becomes a project of its own. */
export function openAsProject(run: Run): void {
  asProject(run).catch(report);
}

async function putBack(run: Run): Promise<void> {
  const trained = await trainedDesign(run);
  // What was trained comes back, not what the project was called then.
  const design = { ...trained, name: useDocument.getState().design?.name ?? trained.name };
  dispatch({ type: "replace", design }, { label: actWords("act.use_design", { name: run.name }), datasetId: run.dataset_id });
  showScreen("designer");
  toast((t) => t("runs.used_here", { name: run.name, keys: keyWordsNow("undo") }));
}

/** The design that was trained takes the place of the open one: one act, one undo. */
export function restoreDesign(run: Run): void {
  putBack(run).catch(report);
}
