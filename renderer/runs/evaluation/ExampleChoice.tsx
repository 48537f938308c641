/** What to do about a row that a run was asked about: leave it out of the data, or say what it really is. */
import { choicesOf } from "../../../core/graph/row-choices.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { excludeRow, labelRow } from "../../data/row-acts.ts";
import { useDataset } from "../../state/dataset.ts";
import { useDocument } from "../../state/document.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Select } from "../../ui/Field.tsx";
import { formatCount } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";

/** Whether the project that is open learns from the data that this run's rows are of. */
export function useRowsAreOpen(run: Run): boolean {
  const isOpen = useDocument((state) => state.datasetId !== null && state.datasetId === run.dataset_id && state.design?.data != null);
  const loaded = useDataset((state) => state.profile?.dataset.id);
  return isOpen && loaded === run.dataset_id;
}

interface ExampleChoiceProps {
  /** In the file, from 0. */
  readonly row: number;
  /** Of the target; null where the row has no single label. */
  readonly column: string | null;
  readonly labels: readonly string[];
  /** What the run took for right. */
  readonly actual: string;
}

const AS_IT_IS = "";

export function ExampleChoice({ row, column, labels, actual }: ExampleChoiceProps) {
  const t = useText();
  const data = useDocument((state) => state.design?.data ?? null);
  const fingerprint = useDataset((state) => state.profile?.dataset.fingerprint ?? null);
  if (data === null || fingerprint === null) return null;
  const choices = choicesOf(data, fingerprint);
  const excluded = choices.excluded.includes(row);
  const chosen = choices.relabelled.find((one) => one.row === row && one.column === column)?.value ?? AS_IT_IS;
  const others = [...new Set([...labels.filter((label) => label !== actual), ...(chosen === AS_IT_IS ? [] : [chosen])])];
  const number = formatCount(row + 1);
  return (
    <span className="example-choice">
      <IconButton
        small
        icon={excluded ? "undo" : "trash"}
        aria-pressed={excluded}
        label={t(excluded ? "rows.take_back_row" : "rows.exclude_row", { row: number })}
        onClick={() => excludeRow(row, !excluded)}
      />
      {excluded && <span className="muted">{t("rows.left_out")}</span>}
      {!excluded && column !== null && (
        <Select
          className="small"
          aria-label={t("rows.label_row", { row: number })}
          value={chosen}
          options={[
            { value: AS_IT_IS, label: t("rows.as_it_is") },
            ...others.map((label) => ({ value: label, label: t("rows.really", { label }) })),
          ]}
          onChange={(label) => labelRow(row, column, label === AS_IT_IS ? null : label)}
        />
      )}
    </span>
  );
}
