/** A choice of one of hundreds or thousands, such as columns by name: a button that opens a list to search, of which only what is seen is drawn. */
import { type ComponentProps, useState } from "react";
import { PickList } from "./PickList.tsx";
import { useText } from "./texts.ts";

interface LongSelectProps
  extends Pick<ComponentProps<"select">, "id" | "className" | "disabled" | "title" | "aria-label" | "aria-describedby"> {
  "aria-invalid"?: boolean | undefined;
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
  onChoose: (value: string) => void;
}

export function LongSelect({ value, options, onChoose, className, "aria-label": name, ...rest }: LongSelectProps) {
  const t = useText();
  const [at, setAt] = useState<{ x: number; y: number; title: string } | null>(null);
  const shown = options.find((option) => option.value === value)?.label ?? "";
  return (
    <>
      <button
        type="button"
        className={`input long-select clip ${className ?? ""}`}
        aria-haspopup="dialog"
        aria-expanded={at !== null}
        {...(name === undefined ? {} : { "aria-label": name === shown ? name : `${name}: ${shown}` })}
        {...rest}
        onClick={({ currentTarget }) => {
          const box = currentTarget.getBoundingClientRect();
          // A dialog stands in for the window: what is fixed within it is placed from its corner.
          const within = currentTarget.closest(".dialog")?.getBoundingClientRect();
          // Where it has no name of its own, its label names it, as it does for assistive technology.
          const title = name ?? currentTarget.labels[0]?.textContent?.trim() ?? shown;
          setAt({ title, x: box.left - (within?.left ?? 0), y: box.bottom + 4 - (within?.top ?? 0) });
        }}
      >
        {shown}
      </button>
      {at !== null && (
        <PickList
          title={at.title}
          placeholder={t("shell.pick_search")}
          items={options.map(({ value: key, label }) => ({ key, label }))}
          at={at}
          none={(text) => t("shell.pick_none", { text })}
          onPick={onChoose}
          onClose={() => setAt(null)}
        />
      )}
    </>
  );
}
