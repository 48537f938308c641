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

/** The texts of training rows in changed copies, which can be drawn anew. */
export class TextCopies {
  /** Which of the training rows each row is: every one as it was, then its copies. */
  readonly rows: Uint32Array;
  private readonly training: ColumnGroups;
  private readonly names: readonly string[];
  private readonly options: TextAugmentDocument;
  private readonly synonyms: Synonyms;
  private readonly seed: number;

  /** @param rows training rows to be copied. @throws AppError data.synonyms_line */
  constructor(training: ColumnGroups, names: readonly string[], rows: Uint32Array, options: TextAugmentDocument, seed: number) {
    const each = options.copies + 1;
    this.rows = Uint32Array.from({ length: rows.length * each }, (_, i) => rows[Math.floor(i / each)] as number);
    this.training = training;
    this.names = names;
    this.options = options;
    this.synonyms = readSynonyms(options.synonyms ?? []);
    this.seed = options.seed ?? seed;
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
    const each = this.options.copies + 1;
    const places = Uint32Array.from(this.rows, (_, place) => place).filter((place) => place % each !== 0);
    return { groups: this.draw(places, epoch), places };
  }

  private draw(places: Uint32Array, epoch: number): ColumnGroups {
    const { rows, names, options, synonyms, seed } = this;
    const groups = takeRows(
      this.training,
      places.map((place) => rows[place] as number),
    );
    const before = (epoch - 1) * rows.length * names.length;
    names.forEach((name, column) => {
      const texts = groups.get(name)?.[0];
      if (texts?.kind !== "text") return;
      const values = texts.values.map((text, i) => {
        const place = places[i] as number;
        if (place % (options.copies + 1) === 0 || text === null) return text;
        return changedText(text, options, synonyms, new Random(seed, FIRST_STREAM + before + place * names.length + column));
      });
      groups.set(name, [{ ...texts, values }]);
    });
    return groups;
  }
}

/**
 * @param training columns of the training rows, before any step
 * @param rows     those that are trained on
 * @param seed     used when the design names none
 * @returns null where no copies are asked for
 * @throws AppError data.augment_needs_texts, data.augment_texts_with, data.synonyms_line
 */
export function textCopies(data: DataDocument, training: ColumnGroups, rows: Uint32Array, seed: number): TextCopies | null {
  const options = data.augment_text;
  if (options === undefined || options.copies === 0) return null;
  const names = [...training].filter(([, [column]]) => column?.kind === "text").map(([name]) => name);
  if (names.length === 0) throw new AppError("data.augment_needs_texts");
  if (data.window !== undefined) throw new AppError("data.augment_texts_with", { option: "window" });
  const step = data.steps.find(({ type }) => stepImplementation(type).crossFit !== undefined);
  if (step !== undefined) throw new AppError("data.augment_texts_with", { option: step.type });
  return new TextCopies(training, names, rows, options, seed);
}
