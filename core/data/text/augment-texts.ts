/**
 * Augmentation of texts (EDA, Wei & Zou 2019): every training row comes with changed copies of its texts, in which some words are replaced
 * by synonyms from the person's own list, inserted, swapped or left out. Drawn from seed, epoch and row (text-redraw.ts); only the training
 * part has copies, and the steps have learnt from the rows as they were.
 */
import { AppError } from "../../errors.ts";
import type { DataDocument, TextAugmentDocument } from "../../graph/document.ts";
import { stepImplementation } from "../../steps/implementations.ts";
import { type ColumnGroups, takeRows } from "../pipeline.ts";
import { Random } from "../random.ts";

/** The random streams of the copies; those of splits and sampling are others. */
const FIRST_STREAM = 2 ** 41;

/** By word in small letters: what may stand in its place. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/** @param lines words that mean the same, parted by commas. @throws AppError data.synonyms_line */
export function readSynonyms(lines: readonly string[]): Synonyms {
  const found = new Map<string, Set<string>>();
  lines.forEach((line, place) => {
    const words = line
      .split(/[,，]/)
      .map((word) => word.trim())
      .filter((word) => word !== "");
    if (words.length === 0) return;
    if (words.length === 1) throw new AppError("data.synonyms_line", { line: place + 1, value: line.slice(0, 60) });
    for (const word of words) {
      const own = found.get(word.toLowerCase()) ?? new Set();
      for (const other of words) if (other.toLowerCase() !== word.toLowerCase()) own.add(other);
      found.set(word.toLowerCase(), own);
    }
  });
  return new Map([...found].map(([word, own]) => [word, [...own]]));
}

/** Words of a text and what stands between them when they are put together again: nothing where the writing has no blanks. */
function wordsOf(text: string): { words: string[]; between: string } {
  const words = text.split(/\s+/).filter((word) => word !== "");
  if (words.length > 1 || !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Thai}]/u.test(text)) return { words, between: " " };
  segmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  return { words: Array.from(segmenter.segment(text), ({ segment }) => segment), between: "" };
}

let segmenter: Intl.Segmenter | undefined;

/** One changed copy of a text. A text never loses its last word. */
export function changedText(text: string, options: TextAugmentDocument, synonyms: Synonyms, random: Random): string {
  const { words, between } = wordsOf(text);
  if (words.length === 0) return text;
  const { replace = 0, insert = 0, swap = 0, leave_out: leaveOut = 0 } = options;
  const other = (word: string): string | null => {
    const own = synonyms.get(word.toLowerCase());
    return own === undefined ? null : (own[random.below(own.length)] as string);
  };
  let changed = words.map((word) => (replace > 0 && random.float() < replace ? (other(word) ?? word) : word));
  // As many as the share comes to, by chance where it is no whole number.
  const times = (share: number): number => Math.floor(share * words.length + random.float());
  for (let n = insert > 0 ? times(insert) : 0; n > 0; n -= 1) {
    const like = changed[random.below(changed.length)] as string;
    changed.splice(random.below(changed.length + 1), 0, other(like) ?? like);
  }
  for (let n = swap > 0 ? times(swap) : 0; n > 0; n -= 1) {
    const [a, b] = [random.below(changed.length), random.below(changed.length)];
    [changed[a], changed[b]] = [changed[b] as string, changed[a] as string];
  }
  if (leaveOut > 0) {
    const kept = changed.filter(() => random.float() >= leaveOut);
    changed = kept.length > 0 ? kept : [changed[random.below(changed.length)] as string];
  }
  return changed.join(between);
}

/** What the copies of a training part are drawn from. It can be sent to another thread. */
export interface TextChangeSettings {
  /** Columns of texts, in the order of the table. */
  readonly names: readonly string[];
  readonly options: TextAugmentDocument;
  readonly seed: number;
  /** Of all rows of the part, the copies among them. */
  readonly rowCount: number;
}

/** The texts of any row of the part in any epoch: every one as it was comes before its copies. */
export class TextChanges {
  readonly settings: TextChangeSettings;
  /** Rows that each training row has become. */
  readonly each: number;
  private readonly synonyms: Synonyms;

  /** @throws AppError data.synonyms_line */
  constructor(settings: TextChangeSettings) {
    this.settings = settings;
    this.each = settings.options.copies + 1;
    this.synonyms = readSynonyms(settings.options.synonyms ?? []);
  }

  isCopy(place: number): boolean {
    return place % this.each !== 0;
  }

  /**
   * @param texts  of a column, before any step
   * @param places of these rows in the part
   * @param epoch  from 1
   */
  changed(texts: readonly (string | null)[], name: string, places: Uint32Array, epoch: number): (string | null)[] {
    const { names, options, seed, rowCount } = this.settings;
    const column = names.indexOf(name);
    const before = (epoch - 1) * rowCount * names.length;
    return texts.map((text, i) => {
      const place = places[i] as number;
      if (!this.isCopy(place) || text === null) return text;
      return changedText(text, options, this.synonyms, new Random(seed, FIRST_STREAM + before + place * names.length + column));
    });
  }
}

/**
 * @param names of the texts that are taken
 * @param rows  training rows that come with copies
 * @param seed  used when the design names none
 * @returns null where no copies are asked for
 * @throws AppError data.augment_needs_texts, data.augment_texts_with, data.synonyms_line
 */
export function textChanges(data: DataDocument, names: readonly string[], rows: number, seed: number): TextChanges | null {
  const options = data.augment_text;
  if (options === undefined || options.copies === 0) return null;
  if (names.length === 0) throw new AppError("data.augment_needs_texts");
  if (data.window !== undefined) throw new AppError("data.augment_texts_with", { option: "window" });
  const step = data.steps.find(({ type }) => stepImplementation(type).crossFit !== undefined);
  if (step !== undefined) throw new AppError("data.augment_texts_with", { option: step.type });
  return new TextChanges({ names, options, seed: options.seed ?? seed, rowCount: rows * (options.copies + 1) });
}

/** The texts of training rows in changed copies, which can be drawn anew. */
export class TextCopies {
  /** Which of the training rows each row is: every one as it was, then its copies. */
  readonly rows: Uint32Array;
  private readonly training: ColumnGroups;
  private readonly changes: TextChanges;

  /** @param rows training rows to be copied */
  constructor(training: ColumnGroups, rows: Uint32Array, changes: TextChanges) {
    this.rows = copiedRows(rows, changes);
    this.training = training;
    this.changes = changes;
  }

  /** Columns of all rows, before any step, as the first epoch has them. */
  drawn(): ColumnGroups {
    return this.draw(
      Uint32Array.from(this.rows, (_, place) => place),
      1,
    );
  }

  /** Columns of the copies alone, before any step. @param epoch from 1 */
  drawnAgain(epoch: number): { readonly groups: ColumnGroups; readonly places: Uint32Array } {
    const places = Uint32Array.from(this.rows, (_, place) => place).filter((place) => this.changes.isCopy(place));
    return { groups: this.draw(places, epoch), places };
  }

  private draw(places: Uint32Array, epoch: number): ColumnGroups {
    const { rows, changes } = this;
    const groups = takeRows(
      this.training,
      places.map((place) => rows[place] as number),
    );
    for (const name of changes.settings.names) {
      const [texts] = groups.get(name) ?? [];
      if (texts?.kind === "text") groups.set(name, [{ ...texts, values: changes.changed(texts.values, name, places, epoch) }]);
    }
    return groups;
  }
}

/** Rows as they stand in a part with copies: each as often as it comes there. */
export function copiedRows(rows: Uint32Array, { each }: TextChanges): Uint32Array {
  return Uint32Array.from({ length: rows.length * each }, (_, i) => rows[Math.floor(i / each)] as number);
}

/**
 * @param training columns of the training rows, before any step
 * @param rows     those that are trained on
 * @param seed     used when the design names none
 * @returns null where no copies are asked for
 * @throws AppError as textChanges
 */
export function textCopies(data: DataDocument, training: ColumnGroups, rows: Uint32Array, seed: number): TextCopies | null {
  const names = [...training].filter(([, [column]]) => column?.kind === "text").map(([name]) => name);
  const changes = textChanges(data, names, rows.length, seed);
  return changes === null ? null : new TextCopies(training, rows, changes);
}
