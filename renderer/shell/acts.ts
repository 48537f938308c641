/** Acts of the frame that buttons and keys share: start, pause, stop, undo, export. What goes wrong ends as a message. */

import { AppError } from "../../core/errors.ts";
import type { GroupPlan } from "../../core/sweeps/plan.ts";
import { saveDownload } from "../host/files.ts";
import { discardRun } from "../runs/run-acts.ts";
import { dispatch, flushSave, useDocument } from "../state/document.ts";
import { startGroup, waitingRuns } from "../state/groups.ts";
import { host } from "../state/host.ts";
import { liveRunOf, pauseRun, resumeRun, startRun, stopRun, useRuns } from "../state/runs.ts";
import { useSession } from "../state/session.ts";
import { report, toast, toastWanted } from "../state/toasts.ts";
import { isSettled, settled } from "../state/under-way.ts";
import { openDialog, showDockTab, showGroup, showInspectorTab, showScreen, useView } from "../state/view.ts";
import { actWords } from "../ui/act-words.ts";

/** Shows what has to be mended first: nothing is started that cannot be trained. */
function isReady(): boolean {
  const { problems, datasetId } = useDocument.getState();
  const mistakes = problems.filter((problem) => problem.severity === "error").length;
  if (datasetId === null) {
    showScreen("data");
    toastWanted((t) => t("training.data_first"));
    return false;
  }
  if (mistakes > 0) {
    showScreen("designer");
    showInspectorTab("checks");
    toastWanted((t) => t("training.fix_first", { count: mistakes }));
    return false;
  }
  return true;
}

/** Starts a run; while another one trains it waits in the queue. */
export function train(): void {
  start(false);
}

/** Starts a run that rests after its first batch. */
export function trainBySteps(): void {
  start(true);
}

/** After this long it is said that the training waits. */
const SAID_AFTER_MS = 600;
let waiting = false;

/** A target that was chosen a moment ago has no preparation yet: the training waits for it. */
function start(bySteps: boolean): void {
  if (isSettled()) startNow(bySteps);
  else if (!waiting) {
    waiting = true;
    const timer = setTimeout(() => toast((t) => t("training.waits_for_data")), SAID_AFTER_MS);
    void settled().then((whole) => {
      clearTimeout(timer);
      waiting = false;
      if (whole) startNow(bySteps);
    });
  }
}

/** What was asked to train last. */
let asked: Pick<ReturnType<typeof useDocument.getState>, "design" | "datasetId"> | null = null;

function startNow(bySteps: boolean): void {
  if (!isReady()) return;
  const { starting } = useRuns.getState();
  const { design, datasetId } = useDocument.getState();
  // Changed since, it is another run; the same once more is a key pressed twice.
  if (starting && asked?.design === design && asked.datasetId === datasetId) {
    toastWanted((t) => t("training.is_starting"));
    return;
  }
  asked = { design, datasetId };
  const busy = starting || liveRun() !== undefined;
  startRun(bySteps ? { by_steps: true } : {})
    .then((run) => {
      if (run === null) return;
      useSession.getState().setDockOpen(true);
      showDockTab("charts");
      // The data screen shows nothing of a training.
      if (useView.getState().screen === "data") showScreen("designer");
      if (!busy) return;
      const place = waitingRuns(useRuns.getState().runs).findIndex(({ id }) => id === run.id) + 1;
      if (place > 0)
        toast((t) => t("train.queued", { name: run.name, place }), { label: (t) => t("queue.title"), run: openQueue }, "queue");
    })
    .catch(report);
}

const openQueue = (): void => openDialog({ name: "queue" });

/** Folds, seeds, bags or a sweep of the open design; its screen shows how the members do. */
export function trainGroup(plan: GroupPlan, name?: string): void {
  if (!isReady()) return;
  const busy = liveRun() !== undefined;
  startGroup(plan, name)
    .then(({ id }) => {
      showGroup(id);
      if (busy) toast((t) => t("train.group_queued"), { label: (t) => t("queue.title"), run: openQueue }, "queue");
    })
    .catch(report);
}

function liveRun() {
  return liveRunOf(useRuns.getState().runs);
}

export function stop(): void {
  const run = liveRun();
  if (run !== undefined) stopRun(run.id).catch(report);
}

/** What trains is ended and deleted; the message that says so takes it back. */
export function discard(): void {
  const run = liveRun();
  if (run !== undefined) discardRun(run);
}

export function pauseOrResume(): void {
  const run = liveRun();
  if (run === undefined) return;
  (run.status === "paused" ? resumeRun(run.id) : pauseRun(run.id)).catch(report);
}

export function exportModel(): void {
  openDialog({ name: "export", runId: null });
}

/** An act like any other: it is undone with the rest. */
export function renameProject(name: string): void {
  const to = name.trim();
  const { project } = useDocument.getState();
  if (project === null || to === "" || to === project.name) return;
  dispatch({ type: "set_name", name: to }, { label: actWords("act.rename_project", { name: to }) });
}

export async function saveDesign(): Promise<void> {
  const { design } = useDocument.getState();
  if (design === null) return;
  const { download, file_name } = await host().call("exports.design", { design });
  if (await saveDownload(download, file_name)) toast((t) => t("shell.design_saved", { name: file_name }));
}

/** Ends the program behind the page. Runs that are going write a checkpoint first and can be resumed. */
export function quit(): void {
  if (liveRun() !== undefined) {
    openDialog({ name: "quit" });
    return;
  }
  quitNow();
}

export function quitNow(): void {
  flushSave()
    .then(() => host().call("app.quit", { checkpoint: true }))
    .catch((thrown: unknown) => {
      // Told to end, it may be gone before its answer is here: that is what was asked for.
      if (!(thrown instanceof AppError && thrown.code === "protocol.host_gone")) throw thrown;
    })
    .then(() => {
      useSession.setState({ hasQuit: true });
      // What has ended as asked is not looked for again.
      host().close();
    })
    .catch(report);
}
