/** One value that is typed: a number, a word that the data have, or a text of several lines. */
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { Field } from "../../ui/Field.tsx";
import { useText } from "../../ui/texts.ts";

interface TryFieldProps {
  readonly column: Pick<MethodOutput<"runs.form">["columns"][number], "name" | "type">;
  /** A text to be written or pasted, rather than a word. */
  readonly long: boolean;
  /** Null is missing. */
  readonly value: string | null;
  /** Words that the data have. */
  readonly choices: readonly { readonly label: string }[];
  readonly onChange: (value: string | null) => void;
}

export function TryField({ column: { name, type }, long, value, choices, onChange }: TryFieldProps) {
  const t = useText();
  const change = (text: string): void => onChange(text === "" ? null : text);
  return (
    <Field label={name}>
      {(control) =>
        long ? (
          <textarea
            {...control}
            className="input try-text"
            rows={5}
            placeholder={t("try.missing")}
            value={value ?? ""}
            onChange={(event) => change(event.currentTarget.value)}
          />
        ) : (
          <>
            <input
              {...control}
              className="input"
              inputMode={type === "numeric" ? "decimal" : "text"}
              list={type === "categorical" ? `${control.id}-values` : undefined}
              placeholder={t("try.missing")}
              value={value ?? ""}
              onChange={(event) => change(event.currentTarget.value)}
            />
            {type === "categorical" && (
              <datalist id={`${control.id}-values`}>
                {choices.map(({ label }) => (
                  <option key={label} value={label} />
                ))}
              </datalist>
            )}
          </>
        )
      }
    </Field>
  );
}
