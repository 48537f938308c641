/** What the first texts of a stored column are about, for the data screen (core/data/text). */
import { describeTexts } from "../../../../core/data/text/describe-texts.ts";
import { AppError } from "../../../../core/errors.ts";
import type { MethodOutput } from "../../../../core/protocol/methods.ts";
import type { Tokenizer } from "../../../../core/steps/tokens.ts";
import { previewTable } from "../load-table.ts";

/** Enough to see what texts are about, and looked through in a fraction of a second. */
const MOST_TEXTS = 1000;
const LONGEST_TEXT = 4000;
const SHOWN = 12;

/** @throws AppError data.column_missing */
export async function textWords(path: string, column: string, tokenizer: Tokenizer): Promise<MethodOutput<"datasets.text_words">> {
  const { columns, rows } = await previewTable(path, 0, MOST_TEXTS);
  const place = columns.indexOf(column);
  if (place < 0) throw new AppError("data.column_missing", { columns: column, count: 1 });
  const texts = rows.map((row) => (row[place] ?? "").slice(0, LONGEST_TEXT)).filter((text) => text.trim() !== "");
  const { keywords, sentences, together, information } = describeTexts(texts, tokenizer, SHOWN);
  const plain = (pairs: typeof together) => pairs.map((pair) => ({ ...pair, words: [...pair.words] }));
  return {
    texts: texts.length,
    keywords: [...keywords],
    sentences: [...sentences],
    together: plain(together),
    information: plain(information),
  };
}
