/**
 * The open project: its design (the truth behind the canvas), the selection, undo, what follows from the design (shapes,
 * problems) and saving. Every change is a command of core/graph, so every change can be undone.
 */
import { create } from "zustand";
import { AppError, errorData } from "../../core/errors.ts";
import { applyCommand, type Command } from "../../core/graph/commands.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { type Propagation, propagate } from "../../core/graph/propagate.ts";
import type { Project } from "../../core/protocol/methods.ts";
import { host } from "./host.ts";
import { loadRuns } from "./runs.ts";
import { report } from "./toasts.ts";

export type SaveState = "saved" | "unsaved" | "saving" | "stale" | "failed";

/** One act that can be undone. The label is words in the language in which it was done. */
export interface HistoryEntry {
  readonly id: number;
  readonly label: string;
  /** Acts with the same key that follow one another are one entry: a drag, a burst of typing. */
  readonly merge: string | null;
  readonly redo: readonly Command[];
  readonly undo: readonly Command[];
  readonly datasetBefore: string | null;
  readonly datasetAfter: string | null;
}

interface DocumentState {
  readonly project: Project | null;
  readonly design: DesignDocument | null;
  readonly datasetId: string | null;
  /** Ids of the chosen nodes and edges. */
  readonly selection: ReadonlySet<string>;
  readonly propagation: Propagation | null;
  readonly history: readonly HistoryEntry[];
  /** Number of entries of `history` that are done; those after it can be redone. */
  readonly done: number;
  readonly saveState: SaveState;
}

export const useDocument = create<DocumentState>()(() => ({
  project: null,
  design: null,
  datasetId: null,
  selection: new Set(),
  propagation: null,
  history: [],
  done: 0,
  saveState: "saved",
}));

const MOST_ENTRIES = 500;
const MERGE_WITHIN_MS = 1500;
const SAVE_AFTER_MS = 500;

let lastEntry = 0;
let lastActAt = 0;

interface ActOptions {
  readonly label: string;
  readonly merge?: string;
  /** The act also chooses another data set. */
  readonly datasetId?: string | null;
}

/**
 * Does a command, or several as one act. @throws AppError when the design does not allow it; nothing has changed then
 */
export function dispatch(command: Command | readonly Command[], { label, merge, datasetId }: ActOptions): void {
  const state = useDocument.getState();
  if (state.design === null) throw new AppError("designer.no_project");
  const commands = Array.isArray(command) ? (command as readonly Command[]) : [command as Command];
  const { design, inverses } = applyAll(state.design, commands);
  const datasetAfter = datasetId === undefined ? state.datasetId : datasetId;
  const now = performance.now();
  const previous = state.history[state.done - 1];
  const merges =
    merge !== undefined && previous?.merge === merge && now - lastActAt < MERGE_WITHIN_MS && state.done === state.history.length;
  lastActAt = now;
  lastEntry += 1;
  const entry: HistoryEntry = {
    id: merges ? previous.id : lastEntry,
    label,
    merge: merge ?? null,
    redo: merges ? [...previous.redo, ...commands] : commands,
    undo: merges ? [...inverses, ...previous.undo] : inverses,
    datasetBefore: merges ? previous.datasetBefore : state.datasetId,
    datasetAfter,
  };
  const kept = state.history.slice(0, merges ? state.done - 1 : state.done);
  const history = [...kept, entry].slice(-MOST_ENTRIES);
  useDocument.setState({ history, done: history.length });
  settle(design, datasetAfter);
}

/** Ends merging: the next act with the same key is an entry of its own (the pointer was released). */
export function endMerge(): void {
  lastActAt = Number.NEGATIVE_INFINITY;
}

function applyAll(design: DesignDocument, commands: readonly Command[]): { design: DesignDocument; inverses: readonly Command[] } {
  const inverses: Command[] = [];
  let current = design;
  for (const command of commands) {
    const applied = applyCommand(current, command);
    current = applied.design;
    inverses.unshift(applied.inverse);
  }
  return { design: current, inverses };
}

export function undo(): void {
  goTo(useDocument.getState().done - 1);
}
export function redo(): void {
  goTo(useDocument.getState().done + 1);
}

/** Undoes or redoes until `count` entries are done. */
export function goTo(count: number): void {
  const state = useDocument.getState();
  if (state.design === null || count < 0 || count > state.history.length || count === state.done) return;
  let design = state.design;
  let datasetId = state.datasetId;
  for (let index = state.done; index > count; index -= 1) {
    const entry = state.history[index - 1];
    if (entry === undefined) break;
    design = applyAll(design, entry.undo).design;
    datasetId = entry.datasetBefore;
  }
  for (let index = state.done; index < count; index += 1) {
    const entry = state.history[index];
    if (entry === undefined) break;
    design = applyAll(design, entry.redo).design;
    datasetId = entry.datasetAfter;
  }
  endMerge();
  useDocument.setState({ done: count });
  settle(design, datasetId);
}

/** Takes over a changed design: computes what follows, drops what is gone from the selection, saves soon. */
function settle(design: DesignDocument, datasetId: string | null): void {
  const before = useDocument.getState();
  const graphOrData = design.graph !== before.design?.graph || design.data !== before.design.data || design.train !== before.design.train;
  const selection = keepExisting(before.selection, design);
  const saveState = before.saveState === "stale" ? "stale" : "unsaved";
  useDocument.setState({ design, datasetId, selection, saveState, ...(graphOrData ? { propagation: propagate(design) } : {}) });
  scheduleSave();
}

function keepExisting(selection: ReadonlySet<string>, design: DesignDocument): ReadonlySet<string> {
  if (selection.size === 0) return selection;
  const ids = new Set([...design.graph.nodes.map((node) => node.id), ...design.graph.edges.map((edge) => edge.id)]);
  const kept = [...selection].filter((id) => ids.has(id));
  return kept.length === selection.size ? selection : new Set(kept);
}

export function select(ids: Iterable<string>): void {
  const next = new Set(ids);
  const current = useDocument.getState().selection;
  if (next.size === current.size && [...next].every((id) => current.has(id))) return;
  useDocument.setState({ selection: next });
}

export function selectedNodes(): readonly NodeDocument[] {
  const { design, selection } = useDocument.getState();
  return design === null ? [] : design.graph.nodes.filter((node) => selection.has(node.id));
}

// Opening

function take(project: Project, design: DesignDocument): void {
  clearTimeout(saveTimer);
  endMerge();
  useDocument.setState({
    project,
    design,
    datasetId: project.dataset_id,
    selection: new Set(),
    propagation: propagate(design),
    history: [],
    done: 0,
    saveState: "saved",
  });
  void loadRuns(project.id);
}

export async function openProject(id: string): Promise<void> {
  await flushSave();
  const { project, design } = await host().call("projects.open", { id });
  take(project, design);
}

export async function createProject(design: DesignDocument, datasetId: string | null): Promise<void> {
  await flushSave();
  const { project } = await host().call("projects.create", { design, dataset_id: datasetId });
  take(project, design);
}

/** Leaves the project; what was not saved yet is saved. */
export async function closeProject(): Promise<void> {
  await flushSave();
  useDocument.setState({ project: null, design: null, datasetId: null, selection: new Set(), propagation: null, history: [], done: 0 });
}

export async function renameProject(name: string): Promise<void> {
  const { project, design } = useDocument.getState();
  if (project === null || design === null || name.trim() === "" || name === project.name) return;
  await flushSave();
  const renamed = await host().call("projects.rename", { id: project.id, name: name.trim() });
  useDocument.setState({ project: renamed.project, design: { ...design, name: renamed.project.name } });
}

// Saving

let saveTimer: ReturnType<typeof setTimeout> | undefined;
let saving: Promise<void> | null = null;

function scheduleSave(): void {
  clearTimeout(saveTimer);
  if (useDocument.getState().saveState === "stale") return;
  saveTimer = setTimeout(() => {
    saveNow().catch(report);
  }, SAVE_AFTER_MS);
}

/** Saves what is unsaved; resolves when the host has it. */
export async function flushSave(): Promise<void> {
  clearTimeout(saveTimer);
  if (saving !== null) await saving;
  if (useDocument.getState().saveState === "unsaved" || useDocument.getState().saveState === "failed") await saveNow();
}

/** Saves now, also after a failure. @throws AppError of projects.save */
export function saveNow(): Promise<void> {
  saving = (saving ?? Promise.resolve()).then(save).finally(() => {
    saving = null;
  });
  return saving;
}

async function save(): Promise<void> {
  const { project, design, datasetId } = useDocument.getState();
  if (project === null || design === null) return;
  useDocument.setState({ saveState: "saving" });
  try {
    const answer = await host().call("projects.save", { id: project.id, revision: project.revision, design, dataset_id: datasetId });
    const now = useDocument.getState();
    if (now.project?.id !== project.id) return;
    const unchanged = now.design === design && now.datasetId === datasetId;
    useDocument.setState({ project: answer.project, saveState: unchanged ? "saved" : "unsaved" });
    if (!unchanged) scheduleSave();
  } catch (thrown) {
    if (errorData(thrown).code === "project.stale") {
      useDocument.setState({ saveState: "stale" });
      return;
    }
    useDocument.setState({ saveState: "failed" });
    throw thrown;
  }
}

/** After project.stale: what is on this screen becomes a project of its own. */
export async function keepAsCopy(name: string): Promise<void> {
  const { design, datasetId } = useDocument.getState();
  if (design === null) return;
  const copy = { ...design, name };
  const { project } = await host().call("projects.create", { design: copy, dataset_id: datasetId });
  take(project, copy);
}

/** After project.stale: takes what the other window saved. */
export async function loadOther(): Promise<void> {
  const { project } = useDocument.getState();
  if (project === null) return;
  const answer = await host().call("projects.open", { id: project.id });
  take(answer.project, answer.design);
}
