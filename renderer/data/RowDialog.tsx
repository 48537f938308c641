/** One row of the data: leave it out of training and evaluation, or say what it really is. */
import type { DataDocument } from "../../core/graph/document.ts";
import { choicesOf } from "../../core/graph/row-choices.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { Button } from "../ui/Button.tsx";
import { Field, SwitchField } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Modal } from "../ui/Modal.tsx";
import { useText } from "../ui/texts.ts";
import { typedKey } from "../ui/typed-key.ts";
import { useLayout } from "./layout.ts";
import { excludeRow, labelRow } from "./row-acts.ts";
import type { SeenRow } from "./row-pages.ts";

interface RowDialogProps {
  readonly dataset: Dataset;
  /** Of the columns in the file, in order. */
  readonly names: readonly string[];
  readonly data: DataDocument;
  readonly row: SeenRow;
  readonly onClose: () => void;
}

export function RowDialog({ dataset, names, data, row, onClose }: RowDialogProps) {
  const t = useText();
  const choices = choicesOf(data, dataset.fingerprint);
  const targets = data.columns.filter(({ role }) => role === "target");
  return (
    <Modal
      title={t("rows.title", { row: formatCount(row.number + 1) })}
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          {t("common.close")}
        </Button>
      }
    >
      <SwitchField
        label={t("rows.exclude")}
        help={t("rows.exclude_help")}
        checked={choices.excluded.includes(row.number)}
        onChange={(on) => excludeRow(row.number, on)}
      />
      {targets.map(({ name, type }) => (
        <Label
          key={name}
          row={row.number}
          column={name}
          isNumber={type === "numeric"}
          inFile={row.cells[names.indexOf(name)] ?? null}
          chosen={choices.relabelled.find((one) => one.row === row.number && one.column === name)?.value ?? null}
        />
      ))}
      {targets.length === 0 && <p className="muted">{t("rows.no_target")}</p>}
    </Modal>
  );
}

interface LabelProps {
  readonly row: number;
  readonly column: string;
  readonly isNumber: boolean;
  readonly inFile: string | null;
  readonly chosen: string | null;
}

function Label({ row, column, isNumber, inFile, chosen }: LabelProps) {
  const t = useText();
  const classes = useLayout((state) => state.layout?.classes) ?? [];
  const take = (text: string): void => {
    const label = text.trim();
    labelRow(row, column, label === "" || label === inFile ? null : label);
  };
  return (
    <Field label={t("rows.right_label", { column })} help={t("rows.file_says", { label: inFile ?? "–" })}>
      {(control) => (
        <>
          <input
            key={chosen ?? ""}
            {...control}
            className="input"
            list={`${control.id}-classes`}
            inputMode={isNumber ? "decimal" : "text"}
            placeholder={inFile ?? t("rows.as_in_file")}
            defaultValue={chosen ?? ""}
            maxLength={1000}
            onBlur={(event) => take(event.currentTarget.value)}
            onKeyDown={(event) => typedKey(event) === "Enter" && take(event.currentTarget.value)}
          />
          <datalist id={`${control.id}-classes`}>
            {classes.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
