/** A tensor shape as a list of numbers: "28, 28, 1". Applied once it can be read; what is wrong is said while typing. */
import { useState } from "react";
import type { ShapeField } from "../../core/schema/fields.ts";
import { Field } from "../ui/Field.tsx";
import { type Translate, useText } from "../ui/texts.ts";
import type { FieldControlProps } from "./field-control.ts";

type Read = { readonly shape: readonly number[] | null } | { readonly wrong: string };

export function readShape(field: ShapeField, text: string, t: Translate): Read {
  const trimmed = text.trim().replace(/^\[|\]$/g, "");
  if (trimmed === "" && field.nullable) return { shape: null };
  const sizes = trimmed
    .split(/[,，×x\s]+/)
    .filter((part) => part !== "")
    .map((part) => Number(part.replace("−", "-")));
  if (sizes.length > field.maxRank) return { wrong: t("inspector.shape_long", { max: field.maxRank, count: sizes.length }) };
  const wildcards = sizes.filter((size) => size === -1).length;
  const good = (size: number): boolean => Number.isInteger(size) && (size >= 1 || (size === -1 && field.wildcard));
  if (sizes.length === 0 || !sizes.every(good) || wildcards > 1) return { wrong: t("inspector.shape_wrong", { text }) };
  return { shape: sizes };
}

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
