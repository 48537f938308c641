/**
 * Groups of runs: folds, seeds, bags and sweeps. A group is its plan and its members in the library; which members come next
 * follows from both (core/sweeps), so that a group whose process was killed goes on where it was.
 */
import { AppError, errorData } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Run, RunGroup } from "../../../core/protocol/methods.ts";
import { applyOptions, splitAsEarlier } from "../../../core/sweeps/apply-options.ts";
import { automaticName } from "../../../core/sweeps/automatic-name.ts";
import { type KnownMember, type Member, nextMembers } from "../../../core/sweeps/members.ts";
import type { GroupPlan } from "../../../core/sweeps/plan.ts";
import type { RunOwner, Store } from "../../store/store.ts";
import { verdictsOfGroup } from "../evaluation/run-verdicts.ts";
import { CANCELLED, type WatchedQuestions } from "../evaluation/watched-questions.ts";
import type { HostEvents } from "../events.ts";
import type { HostFiles } from "../files.ts";
import type { Bagging } from "./bagging.ts";
import { HopelessMembers } from "./hopeless-members.ts";
import { writeOutOfFold } from "./out-of-fold.ts";
import { isAlive } from "./owner.ts";
import type { Runs } from "./runs.ts";
import { refuseUnsound } from "./sound-design.ts";
import { refuseBadPlan } from "./sound-plan.ts";

export interface GroupSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly files: HostFiles;
  readonly runs: Runs;
  readonly owner: RunOwner;
  readonly bagging: Bagging;
  readonly questions: WatchedQuestions;
  readonly newId: () => string;
  /** As for the queue: the window goes on with groups that a dead process left. */
  readonly takeOverQueue: boolean;
}

type GroupHandlers = Pick<
  HostHandlers,
  | "groups.start"
  | "groups.list"
  | "groups.get"
  | "groups.rename"
  | "groups.stop"
  | "groups.resume"
  | "groups.delete"
  | "groups.restore"
  | "groups.out_of_fold"
  | "groups.out_of_bag"
  | "groups.out_of_bag_table"
  | "groups.verdicts"
  | "groups.combine"
>;

const ENDED: ReadonlySet<Run["status"]> = new Set<Run["status"]>(["done", "stopped", "failed"]);

export class Groups {
  readonly handlers: GroupHandlers;
  private readonly around: GroupSurroundings;
  private readonly hopeless: HopelessMembers;
  /** Groups that this process drives. */
  private readonly mine = new Set<string>();

  constructor(around: GroupSurroundings) {
    this.around = around;
    const { store, events, files, bagging, newId } = around;
    this.hopeless = new HopelessMembers(store, (id, why) => void around.runs.stop(id, why).catch(() => undefined));
    this.handlers = {
      "groups.start": async ({ project_id, design, dataset_id, plan, name, threads }) => {
        refuseBadPlan(plan, design);
        const group = store.createGroup({
          projectId: project_id,
          name: name ?? automaticName(plan),
          plan,
          design,
          datasetId: dataset_id,
          threads: threads ?? null,
        });
        this.mine.add(group.id);
        this.changed(group);
        this.goOn(group.id);
        return { group: store.getGroup(group.id), runs: store.groupRuns(group.id) };
      },
      "groups.list": async ({ project_id }) => ({ groups: store.listGroups(project_id) }),
      "groups.get": async ({ id }) => ({ group: store.getGroup(id), runs: store.groupRuns(id), design: store.groupDesign(id) }),
      "groups.rename": async ({ id, name }) => ({ group: this.changed(store.updateGroup(id, { name })) }),
      "groups.stop": async ({ id }) => this.stop(id),
      "groups.resume": async ({ id }) => this.resume(id),
      "groups.delete": async ({ id }) => this.delete(id),
      "groups.restore": async ({ id }) => {
        const ids = store.restoreGroup(id);
        this.changed(store.getGroup(id));
        for (const runId of ids) around.runs.changed(store.getRun(runId));
        return {};
      },
      "groups.out_of_fold": async ({ id }) => {
        const group = store.getGroup(id);
        const { path, token } = files.offer(`${group.name} out of fold.csv`);
        const rows = await writeOutOfFold(store, group, path);
        return { download: token, file_name: `${group.name} out of fold.csv`, rows };
      },
      "groups.out_of_bag": ({ task_id, id }) => around.questions.ask(task_id, (watch) => bagging.outOfBag(store.getGroup(id), watch)),
      "groups.out_of_bag_table": async ({ id }) => {
        const group = store.getGroup(id);
        const fileName = `${group.name} out of bag.csv`;
        const { path, token } = files.offer(fileName);
        return { download: token, file_name: fileName, rows: await bagging.writeOutOfBag(group, path) };
      },
      "groups.verdicts": async ({ id }) => verdictsOfGroup(store, id, newId),
      "groups.combine": async ({ task_id, id }) => ({ run: await bagging.combine(store.getGroup(id), task_id) }),
    };
    events.listen((event, payload) => {
      if (event === "run.changed" && "run" in payload) this.runChanged(payload.run);
      if (event === "run.points" && "run_id" in payload && "points" in payload) this.hopeless.look(payload.run_id, payload.points);
    });
  }

  /** Goes on with groups that a dead process left: members that were torn away resume from their checkpoints. */
  takeOver(): void {
    const { store, runs, takeOverQueue } = this.around;
    if (!takeOverQueue) return;
    for (const group of store.listGroups(null)) {
      if (group.status !== "going" || this.isDrivenElsewhere(group.id)) continue;
      this.mine.add(group.id);
      for (const run of store.groupRuns(group.id)) if (run.status === "interrupted") void runs.resume(run.id);
      this.goOn(group.id);
    }
  }

  private isDrivenElsewhere(id: string): boolean {
    const { store, owner } = this.around;
    const owners = store.groupRuns(id).map((run) => store.runLineage(run.id).owner);
    return owners.some((one) => one.startToken !== owner.startToken && isAlive(one, owner));
  }

  private changed(group: RunGroup): RunGroup {
    this.around.events.emit("group.changed", { group });
    return group;
  }

  private runChanged(run: Run): void {
    const { group_id: id } = run;
    if (id !== null && this.mine.has(id) && ENDED.has(run.status)) this.goOn(id);
  }

  /** Makes the members that come next, or says that the group is done. */
  private goOn(id: string): void {
    const { store, runs } = this.around;
    const group = store.getGroup(id);
    if (group.status !== "going" || runs.isClosing) return;
    const known = knownMembers(group.plan, store.groupRuns(id), store.groupPlaces(id));
    const next = nextMembers(group.plan, known, runs.queue.atOnce());
    const made = next.map((member) => this.make(group, member));
    const sound = made.flatMap(({ runId, error }) => (error === null ? [runId] : []));
    runs.queue.add(sound);
    for (const { runId, error } of made) if (error !== null) runs.fail(runId, error);
    if (next.length > 0 || known.some(({ ended }) => !ended)) return;
    this.mine.delete(id);
    const done = this.changed(store.updateGroup(id, { status: "done" }));
    if (done.plan.kind === "ensemble") void this.combine(done);
  }

  /** Nobody waits for it: what goes wrong is told to whoever listens, and again where the ensemble is looked for. */
  private async combine(group: RunGroup): Promise<void> {
    const { bagging, events, runs } = this.around;
    try {
      await bagging.combine(group);
    } catch (thrown) {
      // A host that closes takes the work away, and so does a person who cancels it; the next look at the group asks for it again.
      if (!runs.isClosing && !(thrown instanceof AppError && thrown.code === CANCELLED))
        events.emit("group.not_combined", { group, error: errorData(thrown) });
    }
  }

  /** A member's row. One whose design cannot be trained is kept too, and fails by itself: a search may come upon it. */
  private make(group: RunGroup, member: Member): { runId: string; error: unknown } {
    const { store, runs } = this.around;
    const base = store.groupDesign(group.id);
    let design = base;
    let error: unknown = null;
    try {
      const [earlier] = store.groupRuns(group.id);
      const asked = applyOptions(base, group.plan, member.options);
      design = splitAsEarlier(asked, base, member.options, earlier === undefined ? null : store.runDesign(earlier.id));
      refuseUnsound(design);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      error = thrown;
    }
    if (group.dataset_id === null) throw new AppError("run.no_dataset", { name: group.name });
    const run = runs.create(group.project_id, design, group.dataset_id, {
      group: { id: group.id, index: member.index, options: member.options },
      threadsWanted: store.groupThreads(group.id),
    });
    return { runId: run.id, error };
  }

  private async stop(id: string): Promise<Record<string, never>> {
    const { store, runs } = this.around;
    // First, so that the end of a member starts no other.
    this.changed(store.updateGroup(id, { status: "stopped" }));
    this.mine.delete(id);
    for (const run of store.groupRuns(id)) if (runs.isGoing(run.id)) await runs.stop(run.id);
    return {};
  }

  /** Members that were taken out of the queue before their first step wait again. */
  private async resume(id: string): Promise<Record<string, never>> {
    const { store, runs, owner } = this.around;
    const group = store.getGroup(id);
    if (group.status === "going" && this.mine.has(id)) return {};
    if (group.status === "going" && this.isDrivenElsewhere(id)) throw new AppError("run.group_elsewhere", { name: group.name });
    this.mine.add(id);
    this.changed(store.updateGroup(id, { status: "going" }));
    for (const run of store.groupRuns(id)) {
      const neverBegun = run.status === "stopped" && run.step === 0;
      if (neverBegun) {
        store.claimRun(run.id, owner);
        runs.queue.add([run.id]);
      } else if (run.status === "interrupted") await runs.resume(run.id);
    }
    this.goOn(id);
    return {};
  }

  private async delete(id: string): Promise<Record<string, never>> {
    const { store, events } = this.around;
    // By the row: a worker whose run has ended may take a moment to be gone.
    const going = store.groupRuns(id).find((run) => !ENDED.has(run.status) && run.status !== "interrupted");
    if (going !== undefined) throw new AppError("run.still_going", { name: going.name });
    const ids = store.deleteGroup(id);
    events.emit("group.deleted", { ids: [id] });
    if (ids.length > 0) events.emit("run.deleted", { ids });
    return {};
  }
}

/** Members as the plan looks at them; those that were deleted count as ended without a figure, so that they are not made again. */
function knownMembers(plan: GroupPlan, runs: readonly Run[], places: readonly number[]): readonly KnownMember[] {
  const byPlace = new Map(runs.map((run) => [run.group_index, run]));
  return places.map((index) => {
    const run = byPlace.get(index);
    if (run === undefined) return { index, options: {}, ended: true, figure: null };
    const figure = plan.kind === "sweep" ? (run.metrics[plan.monitor] ?? null) : null;
    return { index, options: run.group_options ?? {}, ended: ENDED.has(run.status), figure };
  });
}
