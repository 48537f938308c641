/** A tensor shape as a list of numbers: "28, 28, 1". Applied once it can be read; what is wrong is said while typing. */
import { useState } from "react";
import type { ShapeField } from "../../core/schema/fields.ts";
import { Field } from "../ui/Field.tsx";
import { useText } from "../ui/texts.ts";
import type { FieldControlProps } from "./field-control.ts";
import { readShape } from "./read-shape.ts";

export function ShapeInput({ field, value, mixed, label, help, onChange, reset }: FieldControlProps<ShapeField>) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const read = draft === null ? null : readShape(field, draft, t);
  const shown = Array.isArray(value) ? value.join(", ") : "";
  const hint = [help, field.wildcard ? t("inspector.shape_wildcard") : undefined].filter((part) => part !== undefined).join(" ");
  return (
    <Field label={label} help={hint} helpOnLabel note={reset} wrong={read !== null && "wrong" in read ? read.wrong : null}>
      {(control) => (
        <input
          {...control}
          className="input mono"
          spellCheck={false}
          placeholder={mixed ? t("inspector.mixed") : field.nullable ? t("inspector.from_data") : t("inspector.shape_help")}
          value={draft ?? shown}
          onChange={(event) => {
            setDraft(event.target.value);
            const next = readShape(field, event.target.value, t);
            if ("shape" in next && JSON.stringify(next.shape) !== JSON.stringify(value)) onChange(next.shape);
          }}
          onBlur={() => setDraft(null)}
        />
      )}
    </Field>
  );
}
