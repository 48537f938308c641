/** Some texts of a stored column in changed copies, for the preview of the augmentation. */
import { Random } from "../../../../core/data/random.ts";
import { changedText, readSynonyms } from "../../../../core/data/text/augment-texts.ts";
import { AppError } from "../../../../core/errors.ts";
import type { TextAugmentDocument } from "../../../../core/graph/document.ts";
import type { MethodOutput } from "../../../../core/protocol/methods.ts";
import { previewTable } from "../load-table.ts";

const SHOWN = 3;
const LOOKED_AT = 50;
const LONGEST_SHOWN = 400;
const MOST_COPIES = 3;

/** @throws AppError data.column_missing, data.synonyms_line */
export async function changedTexts(
  path: string,
  column: string,
  augment: TextAugmentDocument,
): Promise<MethodOutput<"datasets.changed_texts">> {
  const { columns, rows } = await previewTable(path, 0, LOOKED_AT);
  const place = columns.indexOf(column);
  if (place < 0) throw new AppError("data.column_missing", { columns: column, count: 1 });
  const synonyms = readSynonyms(augment.synonyms ?? []);
  const texts = rows.map((row) => (row[place] ?? "").slice(0, LONGEST_SHOWN)).filter((text) => text.trim() !== "");
  const copies = Math.min(MOST_COPIES, Math.max(1, augment.copies));
  return {
    texts: texts.slice(0, SHOWN).map((text, row) => ({
      text,
      changed: Array.from({ length: copies }, (_, copy) =>
        changedText(text, augment, synonyms, new Random(augment.seed ?? 0, row * MOST_COPIES + copy)),
      ),
    })),
  };
}
