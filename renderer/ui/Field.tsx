/**
 * One labelled control: name, note at the right (the range, a reset button), the control, help, and what is wrong in
 * words. The control gets the id and the descriptions through `children`, so that it is announced whole.
 */

import { Switch } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./Icon.tsx";

export interface ControlProps {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

interface FieldProps {
  label: string;
  note?: ReactNode;
  help?: string | undefined;
  /** What is wrong, expected and received; null when all is well. */
  wrong?: string | null;
  children: (control: ControlProps) => ReactNode;
}

export function Field({ label, note, help, wrong = null, children }: FieldProps) {
  const id = useId();
  const described = [help === undefined ? "" : `${id}-help`, wrong === null ? "" : `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
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
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
}

interface SelectProps<V extends string> extends Omit<ComponentProps<"select">, "value" | "onChange"> {
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}

/** A choice of one. The system's own list: fast, known to every assistive technology, and allowed by the strict policy. */
export function Select<V extends string>({ value, options, onChange, className, ...rest }: SelectProps<V>) {
  const choose = (chosen: string): void => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <select className={`input ${className ?? ""}`} value={value} onChange={(event) => choose(event.target.value)} {...rest}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface SwitchFieldProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  help?: string | undefined;
  disabled?: boolean;
  note?: ReactNode;
}

export function SwitchField({ label, checked, onChange, help, disabled = false, note }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <div className="switch-row">
        <label htmlFor={id}>{label}</label>
        {note}
        <Switch.Root
          id={id}
          className="switch"
          checked={checked}
          disabled={disabled}
          onCheckedChange={onChange}
          {...(help === undefined ? {} : { "aria-describedby": `${id}-help` })}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
      {help !== undefined && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
