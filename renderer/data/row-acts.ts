/** Acts on single rows of the data: left out, labels put right, and taken back. Each is an act of the document that undo knows. */
import { withExcluded, withLabel, withoutRowChoices } from "../../core/graph/row-choices.ts";
import { useDataset } from "../state/dataset.ts";
import { actWords } from "../ui/act-words.ts";
import { formatCount } from "../ui/format.ts";
import { changeData } from "./acts.ts";

/** Of the data set that is open. */
function fingerprint(): string | null {
  return useDataset.getState().profile?.dataset.fingerprint ?? null;
}

/** @param row in the file, from 0 */
export function excludeRow(row: number, excluded: boolean): void {
  const of = fingerprint();
  if (of === null) return;
  const words = actWords(excluded ? "rows.act_exclude" : "rows.act_include", { row: formatCount(row + 1) });
  changeData(words, (data) => withExcluded(data, { fingerprint: of, row }, excluded));
}

/** @param label null: what the file says */
export function labelRow(row: number, column: string, label: string | null): void {
  const of = fingerprint();
  if (of === null) return;
  const words =
    label === null
      ? actWords("rows.act_unlabel", { row: formatCount(row + 1) })
      : actWords("rows.act_label", { row: formatCount(row + 1), label });
  changeData(words, (data) => withLabel(data, { fingerprint: of, row }, column, label));
}

export function forgetRowChoices(): void {
  changeData(actWords("rows.act_forget"), withoutRowChoices);
}
