/** The control of one field of a schema, chosen by its kind. What is typed out of range is said in words and not applied. */
import { useState } from "react";
import { choiceWord } from "../../core/graph/choice-words.ts";
import type { ChoiceField, FloatField, IntField, Field as SchemaFieldType, TextField } from "../../core/schema/fields.ts";
import { IconButton } from "../ui/Button.tsx";
import { Field, Select, SwitchField } from "../ui/Field.tsx";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { FiguresField } from "./FiguresField.tsx";
import type { FieldControlProps } from "./field-control.ts";
import { Ladder } from "./Ladder.tsx";
import { NamesField } from "./NamesField.tsx";
import { checkNumber, nextStep, rangeText } from "./number-field.ts";
import { ShapeInput } from "./ShapeInput.tsx";
import { sameValue } from "./same-value.ts";

interface SchemaFieldProps {
  /** Of the option in the schema: what its values are called goes by it. */
  name: string;
  field: SchemaFieldType;
  value: unknown;
  mixed?: boolean;
  label: string;
  help?: string | undefined;
  onChange: (value: unknown) => void;
  onSweep?: () => void;
}

export function SchemaField({ name, field, value, mixed = false, label, help, onChange, onSweep }: SchemaFieldProps) {
  const t = useText();
  const language = useLanguage();
  const shown =
    field.default === null
      ? t("inspector.not_set")
      : Array.isArray(field.default) && field.default.length === 0
        ? t(field.kind === "names" && field.of === "figures" ? "inspector.usual_figures" : "inspector.all_columns")
        : (choiceWord(name, field.default, language) ?? String(field.default));
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
  const shared = { name, value, mixed, label, help, onChange, reset };
  switch (field.kind) {
    case "int":
    case "float":
      return <NumberControl field={field} {...shared} />;
    case "bool":
      return (
        <SwitchField
          label={label}
          help={help}
          helpOnLabel
          checked={value === true}
          mixed={mixed ? t("inspector.mixed") : null}
          onChange={onChange}
          note={reset}
        />
      );
    case "choice":
      return <ChoiceControl field={field} {...shared} />;
    case "shape":
      return <ShapeInput field={field} {...shared} />;
    case "text":
      return <TextControl field={field} {...shared} />;
    case "names":
      return field.of === "figures" ? <FiguresField field={field} {...shared} /> : <NamesField field={field} {...shared} />;
    default:
      return field satisfies never;
  }
}

function NumberControl({ field, value, mixed, label, help, onChange, reset }: FieldControlProps<IntField | FloatField>) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const number = typeof value === "number" ? value : null;
  const empty = t(mixed ? "inspector.mixed" : "inspector.not_set");
  const old = number === null ? empty : String(number);
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
            placeholder={empty}
            from={field.default ?? 0}
          />
        )}
      </Field>
      {ladder !== undefined && (
        <Ladder label={t("inspector.ladder", { field: label })} values={ladder} value={number} onChange={onChange} />
      )}
    </>
  );
}

/** Values are said in words; the identifier of the one chosen, which Keras and code have, stands beside the label. */
function ChoiceControl({ name, field, value, mixed, label, help, onChange, reset }: FieldControlProps<ChoiceField>) {
  const t = useText();
  const language = useLanguage();
  const current = mixed ? MIXED : String(value);
  // A value that is not on offer (a design of another version) is shown, so that nothing looks chosen that is not.
  const values = field.values.includes(current) ? field.values : [current, ...field.values];
  const options = values.map((option) => ({
    value: option,
    label: option === MIXED ? t("inspector.mixed") : (choiceWord(name, option, language) ?? option),
    title: option,
  }));
  const word = choiceWord(name, current, language);
  const note = (
    <>
      {reset}
      {word !== null && !sameWord(word, current) && <code>{current}</code>}
    </>
  );
  return (
    <Field label={label} help={help} helpOnLabel note={note}>
      {(control) => <Select {...control} value={current} options={options} onChange={(chosen) => chosen !== MIXED && onChange(chosen)} />}
    </Field>
  );
}

/** No identifier of a choice is empty. */
const MIXED = "";

/** Whether an identifier says nothing that the word does not: `relu` and ReLU. */
const sameWord = (word: string, identifier: string): boolean =>
  word.toLowerCase().replaceAll(/[^a-z0-9]/g, "") === identifier.replaceAll("_", "");

function TextControl({ field, value, mixed, label, help, onChange, reset }: FieldControlProps<TextField>) {
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
          placeholder={mixed ? t("inspector.mixed") : undefined}
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
