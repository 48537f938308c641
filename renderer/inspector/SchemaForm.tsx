/**
 * A form made from a schema (core/schema/fields.ts): one control a field, in its order; advanced fields folded away;
 * fields whose `visibleWhen` does not hold left out. The owner gives the words and takes the changes.
 */
import { Fragment, type ReactNode, useState } from "react";
import { type AnyConfig, type Field, isVisible, type Schema } from "../../core/schema/fields.ts";
import { Button } from "../ui/Button.tsx";
import { useText } from "../ui/texts.ts";
import { SchemaField } from "./SchemaField.tsx";
import { sameValue } from "./same-value.ts";

export type FieldWords = Readonly<Record<string, { readonly label: string; readonly help: string }>>;

interface SchemaFormProps {
  schema: Schema;
  /** Every field present, defaults filled in; a value that is not valid is shown as it is. */
  values: AnyConfig;
  words: FieldWords;
  /** Options whose values differ among what the form is of: shown as such until one is set. */
  mixed?: ReadonlySet<string>;
  /** One change of one field. */
  onChange: (name: string, value: unknown) => void;
  /** Folded away from the start. */
  fold?: boolean;
  /** Puts an option into the sweep; left out where nothing is swept. */
  onSweep?: (name: string) => void;
  /** Options that no sweep goes over. */
  unswept?: ReadonlySet<string>;
  /** What stands below a field, by its name. */
  below?: Readonly<Record<string, ReactNode>>;
}

const NONE: ReadonlySet<string> = new Set();

export function SchemaForm(props: SchemaFormProps) {
  const { schema, values, words, mixed = NONE, onChange, fold = true, onSweep, unswept = NONE, below = {} } = props;
  const t = useText();
  const [open, setOpen] = useState(false);
  const visible = Object.entries(schema).filter(([, field]) => isVisible(field, values));
  const plain = visible.filter(([, field]) => !fold || field.advanced !== true);
  const advanced = visible.filter(([, field]) => fold && field.advanced === true);
  const changed = advanced.filter(([name, field]) => mixed.has(name) || !sameValue(values[name], field.default)).length;
  const draw = ([name, field]: readonly [string, Field]) => (
    <Fragment key={name}>
      <SchemaField
        name={name}
        field={field}
        value={mixed.has(name) ? undefined : values[name]}
        mixed={mixed.has(name)}
        label={words[name]?.label ?? name}
        help={words[name]?.help}
        onChange={(value) => onChange(name, value)}
        {...(onSweep === undefined || unswept.has(name) ? {} : { onSweep: () => onSweep(name) })}
      />
      {below[name]}
    </Fragment>
  );
  return (
    <>
      {plain.map(draw)}
      {advanced.length > 0 && (
        <section className="more-options">
          <Button small look="quiet" icon={open ? "chevronDown" : "chevronRight"} aria-expanded={open} onClick={() => setOpen(!open)}>
            {t("inspector.more")}
            {changed > 0 && <span className="count">{changed}</span>}
          </Button>
          {open && <div className="more-options-body">{advanced.map(draw)}</div>}
        </section>
      )}
    </>
  );
}
