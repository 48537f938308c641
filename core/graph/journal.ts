/**
 * The undo history as a text that is kept with the project: bounded when written, and when read proved on the design that it
 * comes with. A text that is broken, of another version or of another design gives no history; the design is never touched.
 */
import { z } from "zod";
import { type ActLabel, actLabelSchema, shortened } from "./act-label.ts";
import type { Command } from "./command.ts";
import { commandSchema } from "./command-schema.ts";
import type { DesignDocument } from "./document.ts";
import { type HistoryEntry, type HistoryState, redo, startHistory, undo } from "./history.ts";
import { readDesign, writeDesign } from "./migrate.ts";

const JOURNAL_FORMAT = "neuroloom-journal";
const JOURNAL_FORMAT_VERSION = 1;
/** Acts kept at most, and the longest text, in characters: what is older goes first. */
export const JOURNAL_ACTS = 200;
export const JOURNAL_CHARACTERS = 1_000_000;
/** The last act alone may be as long: deleting five thousand layers is taken back on the next day too. */
export const LAST_ACT_CHARACTERS = 3 * JOURNAL_CHARACTERS;

/** What is kept of an act beside its command: words, and which data were chosen before and after it. */
export interface JournalLabel {
  readonly label: ActLabel;
  readonly datasetBefore: string | null;
  readonly datasetAfter: string | null;
}

export interface Journal {
  /** One an act, oldest first, as many as past and future of `history` hold. */
  readonly labels: readonly JournalLabel[];
  readonly history: HistoryState;
}

const entrySchema = z.object({
  label: actLabelSchema,
  dataset_before: z.string().nullable(),
  dataset_after: z.string().nullable(),
  act: z.string(),
  command: commandSchema,
});
const journalSchema = z.object({
  format: z.literal(JOURNAL_FORMAT),
  format_version: z.literal(JOURNAL_FORMAT_VERSION),
  /** How many of the acts are done; those after them were taken back. */
  done: z.number().int().min(0),
  /** Oldest first. Of an act that is done the command that takes it back, of the others the one that does it again. */
  acts: z.array(entrySchema).max(JOURNAL_ACTS),
});

/** Texts of entries: an entry never changes, and every save writes all of them. */
const written = new WeakMap<HistoryEntry, string>();

function commandText(entry: HistoryEntry): string {
  const known = written.get(entry);
  if (known !== undefined) return known;
  const text = `"act":${JSON.stringify(entry.act)},"command":${JSON.stringify(entry.command)}`;
  written.set(entry, text);
  return text;
}

/** The text of a history, its newest acts first to be kept: those that can be redone are given up before the last one done. */
export function writeJournal({ labels, history }: Journal): string {
  const { past, future } = history;
  const text = (entry: HistoryEntry, { label, datasetBefore, datasetAfter }: JournalLabel): string =>
    `{${JSON.stringify({ label: shortened(label), dataset_before: datasetBefore, dataset_after: datasetAfter }).slice(1, -1)},${commandText(entry)}}`;
  let room = JOURNAL_CHARACTERS;
  let places = JOURNAL_ACTS;
  const fits = (one: string): boolean => {
    const isLast = places === JOURNAL_ACTS;
    room -= one.length + 1;
    places -= 1;
    return places >= 0 && (room >= 0 || (isLast && one.length <= LAST_ACT_CHARACTERS));
  };
  const before: string[] = [];
  for (let index = past.length - 1; index >= 0; index -= 1) {
    const [entry, label] = [past[index], labels[index]];
    if (entry === undefined || label === undefined) break;
    const one = text(entry, label);
    if (!fits(one)) break;
    before.unshift(one);
  }
  const after: string[] = [];
  for (let index = future.length - 1; index >= 0; index -= 1) {
    const [entry, label] = [future[index], labels[past.length + future.length - 1 - index]];
    if (entry === undefined || label === undefined) break;
    const one = text(entry, label);
    if (!fits(one)) break;
    after.push(one);
  }
  const head = JSON.stringify({ format: JOURNAL_FORMAT, format_version: JOURNAL_FORMAT_VERSION, done: before.length });
  return `${head.slice(0, -1)},"acts":[${[...before, ...after].join(",")}]}`;
}

/**
 * @returns the history, proved by taking all of it back and doing it again, or null where it does not belong to this design
 * or is broken. The design of the history is the one given, unchanged.
 */
export function readJournal(text: string, design: DesignDocument): Journal | null {
  try {
    if (text.length > LAST_ACT_CHARACTERS + JOURNAL_CHARACTERS) return null;
    const { acts, done } = journalSchema.parse(JSON.parse(text));
    if (done > acts.length) return null;
    const entries = acts.map(({ act, command }): HistoryEntry => ({ act: act as Command["type"], command }));
    const history: HistoryState = { ...startHistory(design), past: entries.slice(0, done), future: entries.slice(done).reverse() };
    if (!holds(history)) return null;
    const labels = acts.map(({ label, dataset_before, dataset_after }) => ({
      label,
      datasetBefore: dataset_before,
      datasetAfter: dataset_after,
    }));
    return { labels, history };
  } catch {
    // Whatever is wrong with it (no JSON, another format, a command that the design refuses): there is no history then.
    return null;
  }
}

/** Every act can be taken back and done again, either end is a design that can be saved, and the way leads back to the same. */
function holds(history: HistoryState): boolean {
  const ends = (state: HistoryState): boolean => writeDesign(readDesign(writeDesign(state.design))) === writeDesign(state.design);
  let state = history;
  while (state.past.length > 0) state = undo(state);
  if (!ends(state)) return false;
  while (state.future.length > 0) state = redo(state);
  if (!ends(state)) return false;
  while (state.past.length > history.past.length) state = undo(state);
  return writeDesign(state.design) === writeDesign(history.design);
}
