/**
 * Undo and redo. An entry holds only the command that takes an act back; the command that does it again comes from
 * applying that one. The state is plain data and can be stored as JSON; the functions are pure, and the class is them
 * over one variable.
 */
import type { AnnotationChange, Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument } from "./document.ts";

export interface HistoryEntry {
  /** What takes the design to the state on the other side of this entry. */
  readonly command: Command;
  /** Type of the act, for the words "Undo: move". */
  readonly act: Command["type"];
  /** Further acts with the same key join this entry: one drag, one burst of typing. */
  readonly merge?: string;
}

export interface HistoryState {
  readonly design: DesignDocument;
  /** Newest last. */
  readonly past: readonly HistoryEntry[];
  /** Next to be redone last. */
  readonly future: readonly HistoryEntry[];
  /** Entries kept at most. */
  readonly limit: number;
}

export const DEFAULT_HISTORY_LIMIT = 500;

export function startHistory(design: DesignDocument, limit: number = DEFAULT_HISTORY_LIMIT): HistoryState {
  return { design, past: [], future: [], limit };
}

/**
 * Does a command. What was undone before can then no longer be redone.
 * @param merge key that joins this act with the one before, if that had the same key and nothing came between
 * @throws AppError design.* of the command; the state given is untouched
 */
export function act(state: HistoryState, command: Command, options: { readonly merge?: string } = {}): HistoryState {
  const { design, inverse } = applyCommand(state.design, command);
  const last = state.past.at(-1);
  const { merge } = options;
  if (merge !== undefined && last?.merge === merge) {
    const joined: HistoryEntry = { ...last, command: joinInverses(inverse, last.command) };
    return { ...state, design, past: [...state.past.slice(0, -1), joined], future: [] };
  }
  const entry: HistoryEntry = { command: inverse, act: command.type, ...(merge === undefined ? {} : { merge }) };
  return { ...state, design, past: [...state.past, entry].slice(-state.limit), future: [] };
}

/** Takes the last act back; the same state when there is none. */
export function undo(state: HistoryState): HistoryState {
  const last = state.past.at(-1);
  if (last === undefined) return state;
  const { design, inverse } = applyCommand(state.design, last.command);
  return { ...state, design, past: state.past.slice(0, -1), future: [...state.future, { command: inverse, act: last.act }] };
}

/** Does the act last taken back again; the same state when there is none. */
export function redo(state: HistoryState): HistoryState {
  const next = state.future.at(-1);
  if (next === undefined) return state;
  const { design, inverse } = applyCommand(state.design, next.command);
  return { ...state, design, past: [...state.past, { command: inverse, act: next.act }], future: state.future.slice(0, -1) };
}

/** Ends merging: the next act starts an entry of its own (the mouse is up, the field has lost the focus). */
export function seal(state: HistoryState): HistoryState {
  const last = state.past.at(-1);
  if (last?.merge === undefined) return state;
  return { ...state, past: [...state.past.slice(0, -1), { command: last.command, act: last.act }] };
}

type AnnotationChanges = Readonly<Record<string, AnnotationChange>>;

/** One command that does the newer inverse and then the older; only the older where it covers all the newer touches. */
function joinInverses(newer: Command, older: Command): Command {
  if (covers(older, newer)) return older;
  return { type: "batch", commands: [newer, ...(older.type === "batch" ? older.commands : [older])] };
}

function covers(older: Command, newer: Command): boolean {
  switch (older.type) {
    case "move":
      return newer.type === "move" && Object.keys(newer.positions).every((id) => Object.hasOwn(older.positions, id));
    case "rename":
      return newer.type === "rename" && newer.id === older.id;
    case "set_config":
      return newer.type === "set_config" && newer.id === older.id && older.replace === true;
    case "change_annotations":
      return newer.type === "change_annotations" && changesCover(older.changes, newer.changes);
    case "set_training":
      return newer.type === "set_training" && older.replace === true;
    case "set_data":
    case "set_notes":
    case "set_name":
    case "set_groups":
    case "set_annotations":
    case "set_direction":
      return newer.type === older.type;
    case "batch":
      return newer.type === "batch" && coversEach(older.commands, newer.commands);
    case "replace":
      return true;
    default:
      return false;
  }
}

function changesCover(older: AnnotationChanges, newer: AnnotationChanges): boolean {
  return Object.entries(newer).every(([id, change]) => {
    const known = older[id];
    return known !== undefined && Object.keys(change).every((key) => Object.hasOwn(known, key));
  });
}

/**
 * A frame dragged with what lies in it is a batch a move of the pointer, and an option of several layers one a key: command by command
 * covered, and of different kinds or of different layers' options, so that none of them sees what another does.
 */
function coversEach(older: readonly Command[], newer: readonly Command[]): boolean {
  const kinds = new Set(older.map(touched));
  if (kinds.size !== older.length || kinds.has("replace") || kinds.has("batch") || older.length !== newer.length) return false;
  return older.every((command, index) => newer[index] !== undefined && covers(command, newer[index]));
}

/** Commands that touch the same have the same. */
function touched(command: Command): string {
  if (command.type === "set_config") return `set_config ${command.id}`;
  return command.type === "change_annotations" ? "set_annotations" : command.type;
}

export class History {
  state: HistoryState;

  constructor(design: DesignDocument, limit: number = DEFAULT_HISTORY_LIMIT) {
    this.state = startHistory(design, limit);
  }

  get design(): DesignDocument {
    return this.state.design;
  }
  get canUndo(): boolean {
    return this.state.past.length > 0;
  }
  get canRedo(): boolean {
    return this.state.future.length > 0;
  }
  apply(command: Command, options: { readonly merge?: string } = {}): DesignDocument {
    this.state = act(this.state, command, options);
    return this.state.design;
  }
  undo(): DesignDocument {
    this.state = undo(this.state);
    return this.state.design;
  }
  redo(): DesignDocument {
    this.state = redo(this.state);
    return this.state.design;
  }
  seal(): void {
    this.state = seal(this.state);
  }
  /** What was stored with `toJSON`, after its design went through readDesign. */
  static fromJSON(state: HistoryState): History {
    const history = new History(state.design, state.limit);
    history.state = state;
    return history;
  }
  toJSON(): HistoryState {
    return this.state;
  }
}
