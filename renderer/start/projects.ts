/** Acts of the start screen: open, create, import, rename, duplicate and delete projects. */
import type { Project, Run } from "../../core/protocol/methods.ts";
import { createProject, openProject } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report, toast } from "../state/toasts.ts";
import { showInspectorTab, showScreen } from "../state/view.ts";
import { copyName } from "../ui/copy-name.ts";
import { textNow } from "../ui/texts.ts";
import { emptyDesign } from "./empty-design.ts";

/** Opens or makes a project, instead of the one before; the signal comes when nobody waits for it any more. */
export type Act = (work: (signal: AbortSignal) => Promise<unknown>) => void;

function showDesigner(): void {
  showInspectorTab("layer");
  showScreen("designer");
}

export async function open(project: Project, signal?: AbortSignal): Promise<void> {
  await openProject(project.id, signal);
  showDesigner();
}

export async function createEmpty(signal: AbortSignal): Promise<void> {
  await createProject(emptyDesign(textNow()("start.untitled")), null, signal);
  showDesigner();
}

/** @param title the template's name in the language chosen: the project is called so */
export async function createFromTemplate(name: string, title: string, signal: AbortSignal): Promise<void> {
  const { design, dataset_id } = await host().call("templates.open", { name });
  await createProject({ ...design, name: title }, dataset_id, signal);
  showDesigner();
}

/** Of files that were chosen or dropped together: the model and its parts; null where they are something else. */
export function modelAmong(files: readonly File[]): { readonly file: File; readonly parts: readonly File[] } | null {
  const models = files.filter(({ name }) => /\.json$/i.test(name));
  const parts = files.filter(({ name }) => /\.bin$/i.test(name));
  const [file] = models;
  return file !== undefined && models.length === 1 && models.length + parts.length === files.length ? { file, parts } : null;
}

export async function duplicateProject(project: Project): Promise<void> {
  await host().call("projects.duplicate", { id: project.id, name: copyName(project.name, textNow()) });
}

export async function renameProject(project: Project, name: string): Promise<void> {
  await host().call("projects.rename", { id: project.id, name });
}

/**
 * Deletes at once; the message that says so takes it back.
 * @param changed called when it was taken back
 */
export async function deleteProject(project: Project, changed: () => void): Promise<void> {
  await host().call("projects.delete", { id: project.id });
  const restore = (): void => {
    host().call("projects.restore", { id: project.id }).then(changed).catch(report);
  };
  toast((t) => t("start.deleted", { name: project.name }), { label: (t) => t("common.undo"), run: restore });
}

export async function resumeInterrupted(run: Run, signal: AbortSignal): Promise<void> {
  await openProject(run.project_id, signal);
  // From here on it goes on, and nothing offers to cancel that: stopping a run is what its own buttons do.
  showDesigner();
  await host().call("runs.resume", { id: run.id });
}
