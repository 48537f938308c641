/**
 * A window that is loaded again shows the project it showed before: the id is kept with the tab (sessionStorage), so
 * that two tabs keep two projects and a new tab begins at the start screen.
 */
import { flushSave, openProject, useDocument } from "./document.ts";
import { setComparedRuns, showScreen } from "./view.ts";

const KEY = "neuroloom.project";

/** Opens the tab's project again, and keeps its id from now on. A project that is gone leaves the start screen. */
export async function keepProjectOnReload(): Promise<void> {
  const id = sessionStorage.getItem(KEY);
  if (id !== null) {
    try {
      await openProject(id);
      showScreen("designer");
    } catch {
      // Deleted meanwhile, or by another window: the start screen lists what there is.
      sessionStorage.removeItem(KEY);
    }
  }
  // The last edit may be younger than the pause after which it is saved.
  window.addEventListener("pagehide", () => void flushSave());
  useDocument.subscribe(({ project }, before) => {
    if (project?.id === before.project?.id) return;
    // What was chosen among the runs of one project is not what is to be compared in the next.
    if (before.project !== null) setComparedRuns([]);
    if (project === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, project.id);
  });
}
