/** The control of one field of a schema, chosen by its kind. What is typed out of range is said in words and not applied. */
import { useState } from "react";
import type { ChoiceField, FloatField, IntField, Field as SchemaFieldType, TextField } from "../../core/schema/fields.ts";
import { IconButton } from "../ui/Button.tsx";
import { Field, Select, SwitchField } from "../ui/Field.tsx";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useText } from "../ui/texts.ts";
import type { FieldControlProps } from "./field-control.ts";
import { Ladder } from "./Ladder.tsx";
import { NamesField } from "./NamesField.tsx";
import { checkNumber, nextStep, rangeText } from "./number-field.ts";
import { ShapeInput } from "./ShapeInput.tsx";
import { sameValue } from "./same-value.ts";

interface SchemaFieldProps {
  field: SchemaFieldType;
  value: unknown;
  label: string;
  help?: string | undefined;
  onChange: (value: unknown) => void;
  onSweep?: () => void;
}

export function SchemaField({ field, value, label, help, onChange, onSweep }: SchemaFieldProps) {
  const t = useText();
  const shown =
    field.default === null
      ? t("inspector.not_set")
      : Array.isArray(field.default) && field.default.length === 0
        ? t("inspector.all_columns")
        : String(field.default);
  const back = sameValue(value, field.default) ? null : (
    <IconButton
      small
      className="reset"
      icon="reset"
      label={t("inspector.reset", { field: label, value: shown })}
      onClick={() => onChange(field.default)}
    />
  );
  const canBeSwept =
    onSweep !== undefined && (field.kind === "int" || field.kind === "float" || field.kind === "bool" || field.kind === "choice");
  const reset = (
    <>
      {canBeSwept && (
        <IconButton
          small
          tabIndex={-1}
          className="sweep-this"
          icon="settings"
          label={t("sweep.this", { field: label })}
          onClick={onSweep}
        />
      )}
      {back}
    </>
  );
  const shared = { value, label, help, onChange, reset };
  switch (field.kind) {
    case "int":
    case "float":
      return <NumberControl field={field} {...shared} />;
    case "bool":
      return <SwitchField label={label} help={help} helpOnLabel checked={value === true} onChange={onChange} note={reset} />;
    case "choice":
      return <ChoiceControl field={field} {...shared} />;
    case "shape":
      return <ShapeInput field={field} {...shared} />;
    case "text":
      return <TextControl field={field} {...shared} />;
    case "names":
      return <NamesField field={field} {...shared} />;
    default:
      return field satisfies never;
  }
}

function NumberControl({ field, value, label, help, onChange, reset }: FieldControlProps<IntField | FloatField>) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const number = typeof value === "number" ? value : null;
  const old = number === null ? t("inspector.not_set") : String(number);
  const ladder = field.kind === "float" ? field.ladder : undefined;
  return (
    <>
      <Field
        label={label}
        help={help}
        helpOnLabel
        wrong={wrong}
        note={
          <>
            {reset}
            {rangeText(field, t)}
          </>
        }
      >
        {(control) => (
          <NumberInput
            control={control}
            value={number}
            check={(candidate) => checkNumber(field, candidate, old, t)}
            onWrong={setWrong}
            onChange={onChange}
            step={(current, up) => nextStep(field, current, up)}
            notANumber={t("inspector.not_number")}
            placeholder={t("inspector.not_set")}
          />
        )}
      </Field>
      {ladder !== undefined && (
        <Ladder label={t("inspector.ladder", { field: label })} values={ladder} value={number} onChange={onChange} />
      )}
    </>
  );
}

function ChoiceControl({ field, value, label, help, onChange, reset }: FieldControlProps<ChoiceField>) {
  const current = String(value);
  // A value that is not on offer (a design of another version) is shown, so that nothing looks chosen that is not.
  const values = field.values.includes(current) ? field.values : [current, ...field.values];
  return (
    <Field label={label} help={help} helpOnLabel note={reset}>
      {(control) => (
        <Select {...control} value={current} options={values.map((option) => ({ value: option, label: option }))} onChange={onChange} />
      )}
    </Field>
  );
}

function TextControl({ field, value, label, help, onChange, reset }: FieldControlProps<TextField>) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? (typeof value === "string" ? value : "");
  const wrong = text.length > field.maxLength ? t("inspector.too_long", { max: field.maxLength, count: text.length }) : null;
  return (
    <Field label={label} help={help} helpOnLabel note={reset} wrong={wrong}>
      {(control) => (
        <input
          {...control}
          className="input"
          value={text}
          onChange={(event) => {
            setDraft(event.target.value);
            if (event.target.value.length <= field.maxLength) onChange(event.target.value);
          }}
          onBlur={() => setDraft(null)}
        />
      )}
    </Field>
  );
}
