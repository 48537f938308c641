/** Groups of runs of the open project and what can be done with them. Follows the host's events for as long as the window lives. */
import { create } from "zustand";
import { AppError } from "../../core/errors.ts";
import type { Run, RunGroup } from "../../core/protocol/methods.ts";
import type { GroupPlan } from "../../core/sweeps/plan.ts";
import { groupTitle } from "../sweeps/group-title.ts";
import { errorText } from "../ui/error-text.ts";
import { textNow } from "../ui/texts.ts";
import { flushSave, useDocument } from "./document.ts";
import { host } from "./host.ts";
import { useSession } from "./session.ts";
import { report, toast } from "./toasts.ts";

interface GroupsState {
  /** Newest first. */
  readonly groups: readonly RunGroup[];
  readonly error: unknown;
}

/** Of all projects: the run list can show those of others. */
export const useGroups = create<GroupsState>()(() => ({ groups: [], error: null }));

export async function loadGroups(): Promise<void> {
  try {
    const { groups } = await host().call("groups.list", { project_id: null });
    useGroups.setState({ groups, error: null });
  } catch (error) {
    useGroups.setState({ error });
  }
}

export function listenToGroups(): void {
  void loadGroups();
  host().on("group.changed", ({ group }) =>
    useGroups.setState(({ groups }) => {
      const known = groups.some((other) => other.id === group.id);
      return { groups: known ? groups.map((other) => (other.id === group.id ? group : other)) : [group, ...groups] };
    }),
  );
  host().on("group.not_combined", ({ group, error }) => {
    const problem = errorText(error, useSession.getState().language);
    report(new AppError("run.not_combined", { name: groupTitle(group, textNow()), problem }));
  });
  host().on("group.deleted", ({ ids }) => useGroups.setState(({ groups }) => ({ groups: groups.filter(({ id }) => !ids.includes(id)) })));
}

/** Starts a group of the open project's design, saved first, so that what is trained is what is kept. */
export async function startGroup(plan: GroupPlan, name?: string): Promise<RunGroup> {
  const { project, design, datasetId } = useDocument.getState();
  if (project === null || design === null || datasetId === null) throw new AppError("designer.no_data");
  await flushSave();
  const { group } = await host().call("groups.start", {
    project_id: project.id,
    design,
    dataset_id: datasetId,
    plan,
    ...(name === undefined || name.trim() === "" ? {} : { name: name.trim() }),
  });
  return group;
}

export function stopGroup(id: string): void {
  host().call("groups.stop", { id }).catch(report);
}

export function resumeGroup(id: string): void {
  host().call("groups.resume", { id }).catch(report);
}

export function renameGroup(group: RunGroup, name: string): void {
  const to = name.trim();
  if (to !== "" && to !== group.name) host().call("groups.rename", { id: group.id, name: to }).catch(report);
}

/** Deletes at once, members and all; the message that says so takes it back. */
export function deleteGroup(group: RunGroup): void {
  const restore = (): void => {
    host().call("groups.restore", { id: group.id }).catch(report);
  };
  host()
    .call("groups.delete", { id: group.id })
    .then(() => toast((t) => t("groups.deleted", { name: group.name }), { label: (t) => t("common.undo"), run: restore }))
    .catch(report);
}

/** Runs that wait, in their order. */
export function waitingRuns(runs: readonly Run[]): readonly Run[] {
  return runs.filter((run) => run.queue_place !== null).sort((a, b) => (a.queue_place ?? 0) - (b.queue_place ?? 0));
}

/** Moves a waiting run one place forward or back. */
export function moveInQueue(waiting: readonly Run[], run: Run, forward: boolean): void {
  const place = waiting.indexOf(run);
  const before = waiting[forward ? place - 1 : place + 2] ?? null;
  if (place < 0 || (forward && before === null)) return;
  host()
    .call("queue.move", { id: run.id, before: before?.id ?? null })
    .catch(report);
}
