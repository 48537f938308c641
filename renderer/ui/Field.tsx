/**
 * One labelled control: name, note at the right (the range, a reset button), the control, help, and what is wrong in
 * words. The control gets the id and the descriptions through `children`, so that it is announced whole.
 */

import { Switch } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Hint } from "./Hint.tsx";
import { Icon } from "./Icon.tsx";
import { LongSelect } from "./LongSelect.tsx";
import { byIdentifier, typedUpTo } from "./typed-choice.ts";

export interface ControlProps {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

interface FieldProps {
  label: string;
  note?: ReactNode;
  help?: string | undefined;
  /** Shows the help when the pointer is on the label rather than always: for long forms. It is read out either way. */
  helpOnLabel?: boolean;
  /** What is wrong, expected and received; null when all is well. */
  wrong?: string | null;
  children: (control: ControlProps) => ReactNode;
}

export function Field({ label, note, help, helpOnLabel = false, wrong = null, children }: FieldProps) {
  const id = useId();
  const described = [help === undefined ? "" : `${id}-help`, wrong === null ? "" : `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <div className="field-head">
        <Label id={id} text={label} hint={helpOnLabel ? help : undefined} />
        {note !== undefined && <span className="note">{note}</span>}
      </div>
      {children({
        id,
        ...(described === "" ? {} : { "aria-describedby": described }),
        ...(wrong === null ? {} : { "aria-invalid": true as const }),
      })}
      {wrong !== null && (
        <p className="field-wrong" id={`${id}-wrong`} role="alert">
          <Icon name="error" size={14} />
          <span>{wrong}</span>
        </p>
      )}
      {help !== undefined && (
        <p className={helpOnLabel ? "visually-hidden" : "field-help"} id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

function Label({ id, text, hint }: { id: string; text: string; hint: string | undefined }) {
  if (hint === undefined) return <label htmlFor={id}>{text}</label>;
  return (
    <Hint text={hint} side="left">
      <label htmlFor={id} className="with-help">
        {text}
        <Icon name="info" size={12} />
      </label>
    </Hint>
  );
}

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  /** Shown while the pointer rests on it. */
  readonly title?: string;
}

interface SelectProps<V extends string> extends Omit<ComponentProps<"select">, "value" | "onChange"> {
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}

/** More would take the window's thread too long to draw, and nobody finds anything among them by scrolling. */
const MOST_OPTIONS = 300;

/** A choice of one. The system's own list: fast, known to every assistive technology, and allowed by the strict policy; of very many a list to search. */
export function Select<V extends string>({ value, options, onChange, className, ...rest }: SelectProps<V>) {
  const choose = (chosen: string): void => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option !== undefined) onChange(option.value);
  };
  if (options.length > MOST_OPTIONS) {
    const { id, disabled, title, "aria-label": name, "aria-describedby": described, "aria-invalid": invalid } = rest;
    const control = { id, className, disabled, title, "aria-label": name, "aria-describedby": described, "aria-invalid": invalid === true };
    return <LongSelect {...control} value={value} options={options} onChoose={choose} />;
  }
  return (
    <select
      className={`input ${className ?? ""}`}
      value={value}
      onChange={(event) => choose(event.target.value)}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const found = byIdentifier(options, typedUpTo(event.key, event.timeStamp));
        if (found === undefined) return;
        event.preventDefault();
        if (found.value !== value) onChange(found.value);
      }}
      {...rest}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} title={option.title}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** The same with its name before it, in a row of controls. */
export function InlineSelect<V extends string>({ label, ...rest }: SelectProps<V> & { readonly label: string }) {
  const id = useId();
  return (
    <div className="inline-select">
      <label className="muted" htmlFor={id}>
        {label}
      </label>
      <Select id={id} {...rest} />
    </div>
  );
}

interface SwitchFieldProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  help?: string | undefined;
  helpOnLabel?: boolean;
  disabled?: boolean;
  note?: ReactNode;
  /** What it stands for is on here and off there: the words that say so. */
  mixed?: string | null;
}

export function SwitchField(props: SwitchFieldProps) {
  const { label, checked, onChange, help, helpOnLabel = false, disabled = false, note, mixed = null } = props;
  const id = useId();
  const described = [mixed === null ? "" : `${id}-mixed`, help === undefined ? "" : `${id}-help`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <div className="switch-row">
        <Label id={id} text={label} hint={helpOnLabel ? help : undefined} />
        {mixed !== null && (
          <span className="note" id={`${id}-mixed`}>
            {mixed}
          </span>
        )}
        {note}
        <Switch.Root
          id={id}
          className={mixed === null ? "switch" : "switch mixed"}
          checked={checked}
          disabled={disabled}
          onCheckedChange={onChange}
          {...(described === "" ? {} : { "aria-describedby": described })}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
      {help !== undefined && (
        <p className={helpOnLabel ? "visually-hidden" : "field-help"} id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
