/**
 * The open project: its design (the truth behind the canvas), the selection, undo, what follows from the design (shapes,
 * problems) and saving. Every change is a command of core/graph, so every change can be undone.
 */
import type { DataFacts } from "../../core/checks/data-facts.ts";
import { AppError, errorData } from "../../core/errors.ts";
import type { ActLabel } from "../../core/graph/act-label.ts";
import type { Command } from "../../core/graph/command.ts";
import type { DataDocument, DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { act, type HistoryState, redo as redoAct, seal, startHistory, undo as undoAct } from "../../core/graph/history.ts";
import type { JournalLabel } from "../../core/graph/journal.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { Propagation } from "../../core/graph/propagation.ts";
import { sameMeaning } from "../../core/graph/same-meaning.ts";
import type { Project } from "../../core/protocol/methods.ts";
import { annotationKey } from "./annotation-ids.ts";
import { type Findings, findingsOf, type NodeFacts, startFindings } from "./findings.ts";
import { createFrameStore } from "./frame-store.ts";
import { host } from "./host.ts";
import { historyToKeep, type KeptHistory, keptHistory } from "./kept-history.ts";
import { report } from "./toasts.ts";
import { sendSave } from "./unanswered-save.ts";

export type SaveState = "saved" | "unsaved" | "saving" | "stale" | "failed";

/** What is shown of an act that can be undone, its label in the language chosen now; the commands are in core/graph/history.ts. */
export interface ActEntry extends JournalLabel {
  readonly id: number;
}

export interface DocumentState {
  readonly project: Project | null;
  readonly design: DesignDocument | null;
  readonly datasetId: string | null;
  /** Ids of the chosen nodes and edges. */
  readonly selection: ReadonlySet<string>;
  readonly propagation: Propagation | null;
  /** All problems, the worst first; those of one node are in `facts` too. */
  readonly problems: readonly Problem[];
  /** What each node comes to; an entry stays the same object while nothing of it changes. */
  readonly facts: ReadonlyMap<string, NodeFacts>;
  /** One an act, oldest first; as many as `history` holds, done and undone. */
  readonly acts: readonly ActEntry[];
  /** Number of entries of `acts` that are done; those after it can be redone. */
  readonly done: number;
  readonly saveState: SaveState;
  /** What is on this screen is being made a project of its own. */
  readonly copying: boolean;
}

const NOTHING: DocumentState = {
  project: null,
  design: null,
  datasetId: null,
  selection: new Set(),
  propagation: null,
  problems: [],
  facts: new Map(),
  acts: [],
  done: 0,
  saveState: "saved",
  copying: false,
};

const { use: useDocument, peek, later } = createFrameStore<DocumentState>(NOTHING, missingFindings);

export { useDocument };

/** For keys: asking it looks into nothing. */
export function isProjectOpen(): boolean {
  return peek().project !== null;
}

/** A pause longer than this ends a burst of typing or of arrow keys. */
const MERGE_WITHIN_MS = 1500;
const SAVE_AFTER_MS = 500;
/** Of the first change: behind the frame that shows it, which a thousand layers written down would keep waiting. */
const SAVE_FIRST_MS = 40;

let history: HistoryState | null = null;
let lastAct = 0;
let lastActAt = 0;

interface ActOptions {
  readonly label: ActLabel;
  /** Acts with the same key that follow one another are one entry: a drag, a burst of typing. */
  readonly merge?: string;
  /** The pointer was held since the act before: a rest in between does not end the entry. */
  readonly held?: boolean;
  /** The act also chooses another data set. */
  readonly datasetId?: string | null;
}

/**
 * Does a command as one act that can be undone; several go as `{type: "batch"}`.
 * @throws AppError when the design does not allow it; nothing has changed then
 */
export function dispatch(command: Command, { label, merge, held = false, datasetId }: ActOptions): void {
  const state = peek();
  if (history === null) throw new AppError("designer.no_project");
  const now = performance.now();
  if (!held && now - lastActAt > MERGE_WITHIN_MS) endMerge();
  lastActAt = now;
  const joins = merge !== undefined && history.past.at(-1)?.merge === merge;
  history = act(history, command, merge === undefined ? {} : { merge });
  const datasetAfter = datasetId === undefined ? state.datasetId : datasetId;
  const last = state.acts[state.done - 1];
  lastAct += 1;
  const entry: ActEntry =
    joins && last !== undefined ? { ...last, label, datasetAfter } : { id: lastAct, label, datasetBefore: state.datasetId, datasetAfter };
  const acts = [...state.acts.slice(0, joins ? state.done - 1 : state.done), entry].slice(-history.limit);
  useDocument.setState({ acts, done: acts.length, ...settled(history.design, datasetAfter) });
}

/**
 * Takes over what was counted in the data (features, classes). It follows from the design and is no act: there is no entry of its
 * own to undo, and what was undone can still be redone.
 */
export function amendData(data: DataDocument): void {
  const { design, datasetId } = useDocument.getState();
  if (history === null || design === null) return;
  const amended = { ...design, data };
  history = { ...history, design: amended };
  useDocument.setState(settled(amended, datasetId));
}

/** Ends merging: the next act with the same key is an entry of its own (the pointer was released). */
export function endMerge(): void {
  if (history !== null) history = seal(history);
}

export function undo(): void {
  goTo(peek().done - 1);
}
export function redo(): void {
  goTo(peek().done + 1);
}

/** Undoes or redoes until `count` entries are done. A key that is held does so more often than can be drawn: that is done once a frame. */
export function goTo(count: number): void {
  const { acts, done, datasetId: before } = peek();
  if (history === null || count < 0 || count > acts.length || count === done) return;
  let datasetId = before;
  for (let index = done; index > count; index -= 1) {
    history = undoAct(history);
    datasetId = acts[index - 1]?.datasetBefore ?? null;
  }
  for (let index = done; index < count; index += 1) {
    history = redoAct(history);
    datasetId = acts[index]?.datasetAfter ?? null;
  }
  endMerge();
  later({ done: count, ...settled(history.design, datasetId) });
}

/** What changes with the design; what is gone from it leaves the selection, and it is saved soon. */
function settled(design: DesignDocument, datasetId: string | null): Partial<DocumentState> {
  const before = peek();
  scheduleSave();
  return {
    // The project is called what its design is called; the host hears of it with the next save.
    project: before.project === null || before.project.name === design.name ? before.project : { ...before.project, name: design.name },
    design,
    datasetId,
    selection: keepExisting(before.selection, design),
    saveState: before.saveState === "stale" ? "stale" : "unsaved",
  };
}

let findings: Findings = startFindings();
let dataFacts: DataFacts | null = null;
/** The design that the findings of the state are of. */
let lookedAt: DesignDocument | null = null;

/** What follows from a design that changed since it was looked at; nothing does from where its layers lie. */
function missingFindings({ design }: DocumentState): Partial<DocumentState> | null {
  if (design === lookedAt) return null;
  const same = design === null || (lookedAt !== null && sameMeaning(lookedAt, design));
  lookedAt = design;
  return same ? null : found(design);
}

function found(design: DesignDocument): Pick<DocumentState, "propagation" | "problems" | "facts"> {
  findings = findingsOf(design, findings, dataFacts);
  const { propagation, problems, facts } = findings;
  return { propagation, problems, facts };
}

/** The rows of the chosen data set have become known, or nothing is known of them any more: mistakes are looked for anew. */
export function knowData(facts: DataFacts | null): void {
  if (facts === dataFacts) return;
  dataFacts = facts;
  const { design } = useDocument.getState();
  if (design !== null) useDocument.setState(found(design));
}

function keepExisting(selection: ReadonlySet<string>, { graph }: DesignDocument): ReadonlySet<string> {
  const gone = new Set(selection);
  for (const { id } of gone.size === 0 ? [] : graph.nodes) gone.delete(id);
  for (const { id } of gone.size === 0 ? [] : graph.edges) gone.delete(id);
  for (const { id } of gone.size === 0 ? [] : (graph.annotations ?? [])) gone.delete(annotationKey(id));
  return gone.size === 0 ? selection : new Set([...selection].filter((id) => !gone.has(id)));
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

function take(project: Project, stored: DesignDocument, kept: KeptHistory | null = null): void {
  dropTimer();
  // A project renamed on the start screen keeps the old name in its design until that is saved.
  const design = { ...stored, name: project.name };
  history = kept === null ? startHistory(design) : { ...kept.history, design };
  const acts = (kept?.labels ?? []).map((label): ActEntry => {
    lastAct += 1;
    return { id: lastAct, ...label };
  });
  findings = startFindings();
  lookedAt = null;
  savedName = project.name;
  useDocument.setState({
    ...NOTHING,
    project,
    design,
    datasetId: project.dataset_id,
    acts,
    done: history.past.length,
  });
}

/** A project as the host has it, with its undo history. */
async function stored(id: string, signal?: AbortSignal): Promise<Parameters<typeof take>> {
  const { project, design, journal } = await host().call("projects.open", { id });
  signal?.throwIfAborted();
  return [project, design, await keptHistory(journal, { ...design, name: project.name })];
}

/** @param signal what was given up meanwhile is not opened */
export async function openProject(id: string, signal?: AbortSignal): Promise<void> {
  let opened: Parameters<typeof take>;
  do {
    await flushSave();
    opened = await stored(id, signal);
    signal?.throwIfAborted();
    // What was changed while it was read is saved as well; it may be the same project.
  } while (isUnsaved());
  take(...opened);
}

/** @param signal a project that was given up while it was made is deleted again */
export async function createProject(design: DesignDocument, datasetId: string | null, signal?: AbortSignal): Promise<void> {
  await flushSave();
  signal?.throwIfAborted();
  const { project } = await host().call("projects.create", { design, dataset_id: datasetId });
  if (signal?.aborted === true) await host().call("projects.delete", { id: project.id });
  signal?.throwIfAborted();
  await flushSave();
  take(project, design);
}

/** Leaves the project; what was not saved yet is saved. */
export async function closeProject(): Promise<void> {
  await flushSave();
  history = null;
  useDocument.setState(NOTHING);
}

// Saving

let saveTimer: ReturnType<typeof setTimeout> | undefined;
let saving: Promise<void> | null = null;

let savedAt = Number.NEGATIVE_INFINITY;
/** The open project's name as the host has it. */
let savedName = "";

/**
 * The first change is saved at once (same-project.ts saves what a page that is closed still holds); then every SAVE_AFTER_MS while changes go on: a
 * drag that never rests is saved too, and a crash in the middle of it loses less than a second.
 */
function scheduleSave(): void {
  if (peek().saveState === "stale") {
    dropTimer();
    return;
  }
  if (saveTimer !== undefined) return;
  const quiet = saving === null && performance.now() - savedAt > SAVE_AFTER_MS;
  const due = (): void => {
    saveTimer = undefined;
    // A save that takes long is waited for: what changed since goes with the next.
    if (saving !== null) void saving.catch(() => undefined).then(scheduleSave);
    else if (isUnsaved()) saveNow().catch(report);
  };
  saveTimer = setTimeout(due, quiet ? SAVE_FIRST_MS : SAVE_AFTER_MS);
}

function dropTimer(): void {
  clearTimeout(saveTimer);
  saveTimer = undefined;
}

/** Whether the host lacks something, or has not said yet that it has it. */
function isUnsaved(): boolean {
  return saving !== null || ["unsaved", "failed"].includes(peek().saveState);
}

/** Saves what is unsaved, also what changes while that is saved; resolves when the host has it. */
export async function flushSave(): Promise<void> {
  dropTimer();
  while (isUnsaved()) {
    if (saving !== null) await saving.catch(() => undefined);
    else await saveNow();
    dropTimer();
  }
}

/** Saves now, also after a failure. @throws AppError of projects.save */
export function saveNow(): Promise<void> {
  // What went wrong with the one before was told to whoever asked for it.
  const mine = (saving ?? Promise.resolve()).catch(() => undefined).then(save);
  saving = mine;
  const end = (): void => {
    savedAt = performance.now();
    if (saving === mine) saving = null;
  };
  mine.then(end, end);
  return mine;
}

async function save(): Promise<void> {
  const { project, design, datasetId, saveState, acts: labels } = useDocument.getState();
  if (project === null || design === null || saveState === "stale") return;
  useDocument.setState({ saveState: "saving" });
  // Now, with this very design: acts may follow while the host is asked.
  const journal = history === null ? {} : historyToKeep({ history, labels });
  try {
    const saved = await sendSave({
      id: project.id,
      revision: project.revision,
      design,
      dataset_id: datasetId,
      ...journal,
      ...(design.name === savedName ? {} : { name: design.name }),
    });
    const now = useDocument.getState();
    if (now.project?.id !== project.id) return;
    savedName = design.name;
    const unchanged = now.design === design && now.datasetId === datasetId;
    useDocument.setState({
      project: { ...saved, name: now.design?.name ?? design.name },
      saveState: unchanged ? "saved" : "unsaved",
    });
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

/** After project.stale: what is on this screen becomes a project of its own. One, however often it is asked for meanwhile. */
export async function keepAsCopy(name: string): Promise<void> {
  const { design, datasetId, acts: labels, copying } = useDocument.getState();
  if (design === null || copying) return;
  const copy = { ...design, name };
  // What was undone before can be: this window's history is of this very design.
  const kept = history === null ? null : { history, labels };
  useDocument.setState({ copying: true });
  try {
    const { project } = await host().call("projects.create", { design: copy, dataset_id: datasetId });
    take(project, copy, kept);
  } finally {
    useDocument.setState({ copying: false });
  }
  if (labels.length === 0) return;
  // The history is kept with the next save.
  useDocument.setState({ saveState: "unsaved" });
  scheduleSave();
}

/** After project.stale: takes what the other window saved. */
export async function loadOther(): Promise<void> {
  const { project } = useDocument.getState();
  if (project === null) return;
  take(...(await stored(project.id)));
}
