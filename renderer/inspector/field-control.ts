/** What the control of a field is given, whatever its kind. */
import type { ReactNode } from "react";
import type { Field } from "../../core/schema/fields.ts";

export interface FieldControlProps<F extends Field> {
  name: string;
  field: F;
  value: unknown;
  /** What the field is of has different values: there is none to show. */
  mixed: boolean;
  label: string;
  help?: string | undefined;
  onChange: (value: unknown) => void;
  /** The button that gives the default back, when the value is another. */
  reset: ReactNode;
}
