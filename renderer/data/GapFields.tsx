/** How gaps of a series are filled: nothing, the value before, a line, the value a season before, the mean or a value. */
import { useState } from "react";
import type { GapFillDocument } from "../../core/graph/document.ts";
import { Field, Select } from "../ui/Field.tsx";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useText } from "../ui/texts.ts";
import { RowsField } from "./RowsField.tsx";
import { GAP_FILLS } from "./window.ts";

interface GapFieldsProps {
  fill: GapFillDocument | null;
  rowCount: number;
  /** Null: nothing is filled. */
  onChange: (change: Partial<GapFillDocument> | null) => void;
}

export function GapFields({ fill, rowCount, onChange }: GapFieldsProps) {
  const t = useText();
  const chosen = fill?.method ?? "none";
  const options = ["none" as const, ...GAP_FILLS].map((value) => ({ value, label: t(`data.gap_fill.${value}`) }));
  return (
    <>
      <Field label={t("data.gap_fill")} help={t(`data.gap_fill_help.${chosen}`)}>
        {(control) => (
          <Select
            {...control}
            value={chosen}
            options={options}
            onChange={(method) => onChange(method === "none" ? null : { method: method as GapFillDocument["method"] })}
          />
        )}
      </Field>
      {fill?.method === "seasonal" && (
        <RowsField label={t("data.gap_season")} value={fill.season ?? 1} most={rowCount} onChange={(season) => onChange({ season })} />
      )}
      {fill?.method === "constant" && <ConstantField value={fill.value ?? 0} onChange={(value) => onChange({ value })} />}
    </>
  );
}

function ConstantField({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const bad = t("data.gap_value_wrong");
  return (
    <Field label={t("data.gap_value")} wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={value}
          check={(number) => (number !== null && Number.isFinite(number) ? null : bad)}
          onWrong={setWrong}
          onChange={(number) => number !== null && onChange(number)}
          step={() => 1}
          notANumber={bad}
        />
      )}
    </Field>
  );
}
