/** What to do about several rows at once that a run was asked about: leave them out of the data, or say what they all really are. */
import { withExcluded, withLabel } from "../../../core/graph/row-choices.ts";
import { changeData } from "../../data/acts.ts";
import { useDataset } from "../../state/dataset.ts";
import { actWords } from "../../ui/act-words.ts";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/Field.tsx";
import { formatCount } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";

interface SeveralRowsProps {
  /** Rows of the file, from 0. */
  readonly marked: readonly { readonly row: number }[];
  /** Of the target; null where the rows have no single label. */
  readonly column: string | null;
  readonly labels: readonly string[];
  readonly onDone: () => void;
}

const NONE = "";

export function SeveralRows({ marked, column, labels, onDone }: SeveralRowsProps) {
  const t = useText();
  const fingerprint = useDataset((state) => state.profile?.dataset.fingerprint ?? null);
  if (marked.length === 0 || fingerprint === null) return <p className="muted">{t("rows.mark_help")}</p>;
  const count = formatCount(marked.length);
  // One act, which one undo takes back.
  const exclude = (): void => {
    changeData(actWords("rows.act_exclude_several", { count }), (data) =>
      marked.reduce((changed, { row }) => withExcluded(changed, { fingerprint, row }, true), data),
    );
    onDone();
  };
  const relabel = (label: string): void => {
    if (column === null || label === NONE) return;
    changeData(actWords("rows.act_label_several", { count, label }), (data) =>
      marked.reduce((changed, { row }) => withLabel(changed, { fingerprint, row }, column, label), data),
    );
    onDone();
  };
  return (
    <div className="several-rows">
      <span>{t("rows.marked", { count })}</span>
      <Button small icon="trash" onClick={exclude}>
        {t("rows.exclude_several")}
      </Button>
      {column !== null && (
        <Select
          className="small"
          aria-label={t("rows.label_several")}
          value={NONE}
          options={[
            { value: NONE, label: t("rows.label_several") },
            ...labels.map((label) => ({ value: label, label: t("rows.really", { label }) })),
          ]}
          onChange={relabel}
        />
      )}
      <Button small onClick={onDone}>
        {t("rows.mark_none")}
      </Button>
    </div>
  );
}
