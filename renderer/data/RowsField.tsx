/** A field for a number of rows: a whole number from 1 to as many as there are. */
import { useState } from "react";
import { Field } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useText } from "../ui/texts.ts";

interface RowsFieldProps {
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}

export function RowsField({ label, value, most, onChange }: RowsFieldProps) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const bad = t("data.window_rows_wrong", { most: formatCount(most) });
  return (
    <Field label={label} wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={value}
          check={(rows) => (rows !== null && Number.isInteger(rows) && rows >= 1 && rows <= most ? null : bad)}
          onWrong={setWrong}
          onChange={(rows) => {
            if (rows !== null) onChange(rows);
          }}
          step={() => 1}
          notANumber={bad}
        />
      )}
    </Field>
  );
}
