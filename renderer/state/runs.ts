/**
 * Runs of the open project, what is training now, and the curves of runs. Events of the host come many times a second;
 * what is shown changes at most once an animation frame. Curves live outside React: `useCurveSet` tells when they grew.
 */

import { useEffect, useSyncExternalStore } from "react";
import { create } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { isBaseline } from "../../core/baselines/backend.ts";
import { AppError } from "../../core/errors.ts";
import { GOING } from "../../core/protocol/contract/runs.ts";
import type { EventPayload, MethodInput, Run } from "../../core/protocol/methods.ts";
import type { CurveBuffer } from "./curve-buffer.ts";
import { CurveShelf } from "./curve-shelf.ts";
import { forgetStretches } from "./curve-stretches.ts";
import { flushSave, useDocument } from "./document.ts";
import { host } from "./host.ts";
import { namedForReader, onReaderChange } from "./named-runs.ts";
import { report } from "./toasts.ts";
import type { Asked } from "./use-asked.ts";

export interface LiveFigures {
  readonly samplesPerSecond: number | null;
  readonly remainingSeconds: number | null;
  readonly learningRate: number | null;
  /** Slow motion; null at full speed. */
  readonly stepsPerSecond: number | null;
  /** While rows that do not fit into memory are gone over. */
  readonly preparing: EventPayload<"run.changed">["preparing"];
}

/** Rows that are carried whole: more are listed a page at a time by the run list. */
const RECENT = 1000;

interface RunsState {
  /** Newest first; all that wait or train, and of the others the newest. */
  readonly runs: readonly Run[];
  /** Runs of the project that are not among them. */
  readonly older: number;
  readonly loading: boolean;
  /** Nobody waited for them any more. */
  readonly cancelled: boolean;
  readonly error: unknown;
  /** Figures of the runs that are going, by run. */
  readonly live: ReadonlyMap<string, LiveFigures>;
  /** Asked to start and not answered yet. */
  readonly starting: boolean;
}

export const useRuns = create<RunsState>()(() => ({
  runs: [],
  older: 0,
  loading: false,
  cancelled: false,
  error: null,
  live: new Map(),
  starting: false,
}));

export function isGoing(run: Pick<Run, "status">): boolean {
  return GOING.has(run.status);
}

/** The run of the open project that is going now, or null. */
export function useLiveRun(): Run | null {
  return useRuns((state) => liveRunOf(state.runs) ?? null);
}

/** The run that is at work: of several the newest; while none is, the one that is next in the queue. Baselines take no orders and are not meant. */
export function liveRunOf(runs: readonly Run[]): Run | undefined {
  const going = runs.filter((run) => isGoing(run) && !isBaseline(run));
  const atWork = going.find((run) => run.status !== "queued");
  return (
    atWork ??
    going.reduce<Run | undefined>((next, run) => ((run.queue_place ?? 0) <= (next?.queue_place ?? Infinity) ? run : next), undefined)
  );
}

let loadNumber = 0;
export async function loadRuns(projectId: string): Promise<void> {
  loadNumber += 1;
  const mine = loadNumber;
  useRuns.setState({ runs: [], older: 0, live: new Map(), loading: true, cancelled: false, error: null });
  try {
    const { runs, older } = await host().call("runs.recent", { project_id: projectId, limit: RECENT });
    if (mine === loadNumber) useRuns.setState({ runs: sorted(runs), older, loading: false });
  } catch (thrown) {
    if (mine === loadNumber) useRuns.setState({ loading: false, error: thrown });
  }
}

/** After it failed, or was given up. */
function reloadRuns(): void {
  const { project } = useDocument.getState();
  if (project !== null) void loadRuns(project.id);
}

function cancelLoading(): void {
  loadNumber += 1;
  useRuns.setState({ loading: false, cancelled: true });
}

/** The reading of the project's runs, for what stands in their place. */
export function useRunsRead(): Asked<readonly Run[]> {
  const { runs, loading, cancelled, error } = useRuns(
    useShallow(({ runs, loading, cancelled, error }) => ({ runs, loading, cancelled, error })),
  );
  const value = loading || cancelled || error !== null ? null : runs;
  return { value, error, progress: null, pending: loading, cancelled, cancel: cancelLoading, restart: reloadRuns };
}

/** After some were deleted: which of them were carried is not known. */
async function countOlder(): Promise<void> {
  const projectId = useDocument.getState().project?.id;
  const mine = loadNumber;
  if (projectId === undefined) return;
  const { total } = await host().call("runs.page", { project_id: projectId, after: null, limit: 1 });
  if (mine === loadNumber) useRuns.setState(({ runs }) => ({ older: Math.max(0, total - runs.length) }));
}

function sorted(runs: readonly Run[]): readonly Run[] {
  return [...runs].sort((a, b) => b.created_at - a.created_at || b.number - a.number);
}

/** Whether new runs are to be looked into from their first step on; said by signals.ts. */
let watching = false;
export function setWatching(on: boolean): void {
  watching = on;
}

let lastStart: Promise<unknown> = Promise.resolve();
/** Starts that are under way and were not given up. */
const starts = new Set<symbol>();

/**
 * Starts a run of the open project as it is now. The design is saved first, so that what is trained is what is kept. Asked for while
 * another is starting, it is started after that one.
 * @returns null where it was given up, or there is nothing to train
 */
export async function startRun(more: Pick<MethodInput<"runs.start">, "continue_from" | "by_steps"> = {}): Promise<Run | null> {
  const { project, design, datasetId } = useDocument.getState();
  if (project === null || design === null) return null;
  if (datasetId === null) throw new AppError("designer.no_data");
  const mine = Symbol();
  const start = async (): Promise<Run | null> => {
    await flushSave();
    if (!starts.has(mine)) return null;
    const { run } = await host().call("runs.start", { project_id: project.id, design, dataset_id: datasetId, watch: watching, ...more });
    if (!starts.has(mine)) {
      // One of moments may have ended by itself.
      const remove = () => host().call("runs.delete", { ids: [run.id] });
      host().call("runs.discard", { id: run.id }).catch(remove).catch(report);
      return null;
    }
    useRuns.setState(({ runs }) => ({ runs: sorted([run, ...runs.filter((other) => other.id !== run.id)]) }));
    return run;
  };
  // Whoever asked for the one before is told how that went wrong.
  const started = lastStart.catch(() => undefined).then(start);
  lastStart = started;
  starts.add(mine);
  useRuns.setState({ starting: true });
  try {
    return await started;
  } catch (thrown) {
    if (starts.has(mine)) throw thrown;
    return null;
  } finally {
    starts.delete(mine);
    useRuns.setState({ starting: starts.size > 0 });
  }
}

/** A run that the host has started already is discarded as soon as it is known which. */
export function giveUpStarting(): void {
  starts.clear();
  lastStart = Promise.resolve();
  useRuns.setState({ starting: false });
}

export function pauseRun(id: string): Promise<unknown> {
  return host().call("runs.pause", { id });
}
export function resumeRun(id: string): Promise<unknown> {
  return host().call("runs.resume", { id });
}
export function stopRun(id: string): Promise<unknown> {
  return host().call("runs.stop", { id });
}

/** Puts a changed row in its place; used by screens after runs.update. */
export function putRun(run: Run): void {
  useRuns.setState(({ runs }) => ({ runs: runs.map((other) => (other.id === run.id ? run : other)) }));
}

// Curves

const versions = new Map<string, number>();
const listeners = new Set<() => void>();
const grown = new Set<string>();
const reading = new Set<string>();
/** Of runs whose curves did not come: why, or null where nobody waited for them any more. */
const missing = new Map<string, { readonly error: unknown } | null>();
const buffers = new CurveShelf((runId) => {
  forgetStretches(runId);
  reading.delete(runId);
});

async function readCurves(runId: string): Promise<void> {
  if (reading.has(runId)) return;
  reading.add(runId);
  missing.delete(runId);
  // In place before the answer comes: points of events that arrive in between are not lost.
  const buffer = buffers.get(runId) ?? buffers.put(runId);
  try {
    const { curves } = await host().call("runs.curves", { id: runId, max_points: 4000 });
    if (buffers.get(runId) !== buffer) return;
    buffer.load(curves);
    grown.add(runId);
    schedule();
  } catch (thrown) {
    // Given up, or read anew meanwhile.
    if (buffers.get(runId) !== buffer) return;
    // Read again by whoever shows the run next.
    leaveOut(runId, { error: thrown });
    throw thrown;
  } finally {
    if (buffers.get(runId) === buffer) reading.delete(runId);
  }
}

function leaveOut(runId: string, why: { readonly error: unknown } | null): void {
  buffers.delete(runId);
  reading.delete(runId);
  missing.set(runId, why);
  grown.add(runId);
  schedule();
}

/** The reading of the curves of some runs, for what stands in their place; where all are read, its value says so. */
export function curvesRead(runIds: readonly string[]): Asked<true> {
  const why = runIds.map((runId) => missing.get(runId));
  const unread = runIds.filter((runId) => !buffers.has(runId) || reading.has(runId));
  return {
    value: unread.length === 0 ? true : null,
    error: why.find((one) => one != null)?.error ?? null,
    progress: null,
    pending: unread.some((runId) => !missing.has(runId)),
    cancelled: why.includes(null),
    cancel: () => {
      for (const runId of unread) leaveOut(runId, null);
    },
    restart: () => {
      for (const runId of unread) readCurves(runId).catch(report);
      for (const runId of unread) grown.add(runId);
      schedule();
    },
  };
}

/** The curves read so far; undefined before they are first wanted. */
export function curvesOf(runId: string): CurveBuffer | undefined {
  return buffers.get(runId);
}

/** A run that goes on from a checkpoint has lost the points after it: what is shown must not keep them. */
function readAnew(runId: string): void {
  forgetStretches(runId);
  if (!buffers.has(runId)) return;
  buffers.put(runId);
  reading.delete(runId);
  readCurves(runId).catch(report);
}

/** Reads the curves of runs at first use. @returns another text whenever one of them grew: the component draws again */
export function useCurveSet(runIds: readonly string[]): string {
  const wanted = runIds.join(" ");
  useEffect(() => {
    const shown = wanted.split(" ").filter((runId) => runId !== "");
    buffers.show(shown);
    for (const runId of shown) if (!buffers.has(runId)) readCurves(runId).catch(report);
    return () => buffers.hide(shown);
  }, [wanted]);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => runIds.map((runId) => versions.get(runId) ?? 0).join(" "),
  );
}

// Events

const changed = new Map<string, EventPayload<"run.changed">>();
let frame = 0;
/** Pause between two drawings of charts and figures while the pointer moves the canvas: drawing them costs a frame each time. */
const PAUSE_WHILE_PANNING_MS = 1000;
let panning = false;

/** Said by the canvas: while it is moved by hand, what trains is drawn once a second. Nothing is lost, only drawn later. */
export function setPanning(on: boolean): void {
  if (panning === on) return;
  panning = on;
  for (const listener of panningListeners) listener();
}

const panningListeners = new Set<() => void>();

/** Called when the canvas begins to be moved by hand, and when it stands still again. */
export function onPanning(listener: () => void): void {
  panningListeners.add(listener);
}

/** Whether the canvas is moved by hand just now. */
export const isPanning = (): boolean => panning;

function schedule(): void {
  if (frame !== 0) return;
  frame = panning ? window.setTimeout(() => requestAnimationFrame(apply), PAUSE_WHILE_PANNING_MS) : requestAnimationFrame(apply);
}

function apply(): void {
  frame = 0;
  if (changed.size > 0) {
    const projectId = useDocument.getState().project?.id;
    const { runs, older, live } = useRuns.getState();
    const byId = new Map(runs.map((run) => [run.id, run]));
    const oldest = older === 0 ? undefined : runs.at(-1);
    const figures = new Map(live);
    for (const { run, samples_per_second, remaining_seconds, learning_rate, steps_per_second = null, preparing } of changed.values()) {
      if (run.project_id !== projectId) continue;
      // One of those that are not carried was changed: it stays among them.
      if (oldest !== undefined && !byId.has(run.id) && !isGoing(run) && run.created_at < oldest.created_at) continue;
      byId.set(run.id, run);
      if (isGoing(run))
        figures.set(run.id, {
          samplesPerSecond: samples_per_second,
          remainingSeconds: remaining_seconds,
          learningRate: learning_rate,
          stepsPerSecond: steps_per_second,
          preparing,
        });
      else figures.delete(run.id);
    }
    changed.clear();
    useRuns.setState({ runs: sorted([...byId.values()]), live: figures });
  }
  if (grown.size > 0) {
    for (const runId of grown) versions.set(runId, (versions.get(runId) ?? 0) + 1);
    grown.clear();
    for (const listener of listeners) listener();
  }
}

/** Listens to the host for as long as the window lives. */
export function listenToRuns(): void {
  useDocument.subscribe(({ project }, before) => {
    if (project?.id !== before.project?.id) buffers.letGo(0);
    if (project !== null && project.id !== before.project?.id) void loadRuns(project.id);
  });
  onReaderChange((language) => useRuns.setState(({ runs }) => namedForReader({ runs }, language)));
  host().on("run.changed", (payload) => {
    if (payload.run.status === "preparing") readAnew(payload.run.id);
    changed.set(payload.run.id, payload);
    schedule();
  });
  host().on("run.points", ({ run_id, sequence, points }) => {
    const buffer = buffers.get(run_id);
    if (buffer === undefined) return;
    if (!buffer.append(sequence, points)) readCurves(run_id).catch(report);
    grown.add(run_id);
    schedule();
  });
  host().on("run.deleted", ({ ids }) => {
    for (const id of ids) {
      buffers.delete(id);
      forgetStretches(id);
      // Restored, they are read anew, whether or not they had come.
      reading.delete(id);
      missing.delete(id);
      // What was told of it before waits to be drawn, and would put it back.
      changed.delete(id);
    }
    useRuns.setState(({ runs }) => ({ runs: runs.filter((run) => !ids.includes(run.id)) }));
    if (useRuns.getState().older > 0) countOlder().catch(report);
  });
}

/** After the connection was made again: reads what events may have said in between. */
export function catchUp(): void {
  const { project } = useDocument.getState();
  if (project !== null) void loadRuns(project.id);
  buffers.letGo(0);
  for (const runId of buffers.runIds()) readCurves(runId).catch(report);
}
