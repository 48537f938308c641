/** A list of names: columns of the data to tick, or free names to write. Nothing ticked means "not set". */
import { useMemo, useState } from "react";
import type { NamesField as NamesFieldType } from "../../core/schema/fields.ts";
import { useDocument } from "../state/document.ts";
import { TickList } from "../ui/TickList.tsx";
import { useText } from "../ui/texts.ts";
import type { FieldControlProps } from "./field-control.ts";
import { PopoverField } from "./PopoverField.tsx";

export function NamesField({ field, value, mixed, label, help, onChange, reset }: FieldControlProps<NamesFieldType>) {
  const t = useText();
  const [query, setQuery] = useState("");
  const columns = useDocument((state) => state.design?.data?.columns);
  const chosen = useMemo(() => (Array.isArray(value) ? value.filter((name) => typeof name === "string") : []), [value]);
  const role = field.of === "target_columns" ? "target" : "feature";
  const offered = useMemo(
    () => (columns ?? []).filter((column) => field.of === "any" || column.role === role).map((column) => column.name),
    [columns, field.of, role],
  );
  const gone = chosen.filter((name) => !offered.includes(name));
  const listed = [...gone, ...offered].filter((name) => name.toLowerCase().includes(query.toLowerCase()));
  const summary = mixed
    ? t("inspector.mixed")
    : chosen.length === 0
      ? t("inspector.all_columns")
      : chosen.length <= 2
        ? chosen.join(", ")
        : t("inspector.columns_chosen", { count: chosen.length });
  const toggle = (name: string): void => {
    // In the order of the data, whatever the order of ticking: the order of columns is the order of features.
    const next = chosen.includes(name)
      ? chosen.filter((other) => other !== name)
      : [...gone, ...offered.filter((other) => chosen.includes(other) || other === name)];
    onChange(next);
  };
  const items = listed.map((name) => ({
    key: name,
    label: name,
    ticked: chosen.includes(name),
    note: gone.includes(name) ? <span className="tick-note warn">{t("inspector.column_gone")}</span> : undefined,
  }));
  return (
    <PopoverField label={label} help={help} reset={reset} summary={summary}>
      {offered.length + gone.length === 0 ? (
        <p className="muted">{t("inspector.columns_unknown")}</p>
      ) : (
        <>
          <input
            className="input"
            type="search"
            aria-label={label}
            placeholder={t("canvas.find_placeholder")}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <TickList items={items} onToggle={toggle} />
        </>
      )}
    </PopoverField>
  );
}
