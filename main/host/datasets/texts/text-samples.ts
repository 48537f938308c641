/** The first texts of a stored column as a step sees them, for the data screen: their tokens, and how many each has. */
import { AppError } from "../../../../core/errors.ts";
import type { MethodInput, MethodOutput } from "../../../../core/protocol/methods.ts";
import { BytePairTokenizer, countBytePairWords, learnBytePairs } from "../../../../core/steps/byte-pair.ts";
import { tokenize } from "../../../../core/steps/tokens.ts";
import { previewTable } from "../load-table.ts";

const MOST_TEXTS = 500;
/** Of all texts together, so that an answer takes a moment whatever they are: those after them are not looked at. */
const MOST_CHARACTERS = 1_000_000;
/** Byte pairs are learnt from them first. */
const MOST_LEARNT_CHARACTERS = 300_000;
const SHOWN = 4;
const LONGEST_SHOWN = 400;
/** More would be learnt by heart from so few texts. */
const MOST_PAIRS = 2000;
/** Merging takes time by the square of a word, and without spaces a text is one. */
const LONG_WORD = /\S{200}/gu;

type Asked = Omit<MethodInput<"datasets.text_samples">, "id">;

/** @throws AppError data.column_missing */
export async function textSamples(path: string, { column, ...how }: Asked): Promise<MethodOutput<"datasets.text_samples">> {
  const { columns, rows } = await previewTable(path, 0, MOST_TEXTS);
  const place = columns.indexOf(column);
  if (place < 0) throw new AppError("data.column_missing", { columns: column, count: 1 });
  const most = how.tokenizer === "byte_pair" ? MOST_LEARNT_CHARACTERS : MOST_CHARACTERS;
  const first = firstTexts(
    rows.map((row) => row[place] ?? ""),
    most,
  );
  const texts = first.map((text) => (how.lowercase ? text.toLowerCase() : text));
  const tokensOf = tokensBy(how, texts);
  const shown = texts.slice(0, SHOWN).map((whole) => {
    const text = whole.slice(0, LONGEST_SHOWN);
    return { text, is_cut: whole.length > LONGEST_SHOWN, tokens: [...tokensOf(text)] };
  });
  return { lengths: texts.map((text) => tokensOf(text).length), shown };
}

/** Whole ones, but for a first that is longer than all may be together. */
function firstTexts(all: readonly string[], most: number): string[] {
  const texts: string[] = [];
  let left = most;
  for (const text of all) {
    if (text.trim() === "") continue;
    if (text.length > left && texts.length > 0) break;
    texts.push(text.slice(0, left));
    left -= text.length;
  }
  return texts;
}

/** Byte pairs are learnt from these texts alone, so that all rows may give others. */
function tokensBy(
  { tokenizer, vocabulary = MOST_PAIRS }: Pick<Asked, "tokenizer" | "vocabulary">,
  texts: readonly string[],
): (text: string) => readonly string[] {
  if (tokenizer !== "byte_pair") return (text) => tokenize(text, tokenizer, false);
  const parted = (text: string): string => text.replace(LONG_WORD, "$& ");
  const learnt = new BytePairTokenizer(learnBytePairs(countBytePairWords(texts.map(parted)), Math.min(vocabulary, MOST_PAIRS)));
  return (text) => learnt.tokensOf(parted(text));
}
