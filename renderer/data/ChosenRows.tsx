/** What was chosen about single rows of the data: how many are left out or have another label, and each of them, to be taken back. */
import { useMemo, useState } from "react";
import type { DataDocument } from "../../core/graph/document.ts";
import { choicesOf, countChoices } from "../../core/graph/row-choices.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useText } from "../ui/texts.ts";
import { excludeRow, forgetRowChoices, labelRow } from "./row-acts.ts";
import { spanOf, useScrollWindow } from "./use-window.ts";

const LINE_HEIGHT = 26;

export function ChosenRows({ dataset, data }: { dataset: Dataset; data: DataDocument }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  if (data.row_choices === undefined) return null;
  const foreign = data.row_choices.fingerprint !== dataset.fingerprint;
  const { excluded, relabelled } = countChoices(data);
  const counts = { excluded: formatCount(excluded), relabelled: formatCount(relabelled) };
  return (
    <section className="chosen-rows" aria-label={t("rows.chosen")}>
      <p className="learnt-from">
        <Icon name={foreign ? "warning" : "info"} size={14} className={foreign ? "warn" : "faint"} />
        <span>{t(foreign ? "rows.chosen_foreign" : "rows.chosen_counts", counts)}</span>
        {!foreign && (
          <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? "rows.hide_list" : "rows.show_list")}
          </Button>
        )}
        <Button small onClick={forgetRowChoices}>
          {t("rows.forget")}
        </Button>
      </p>
      {open && !foreign && <ChoiceList dataset={dataset} data={data} />}
    </section>
  );
}

function ChoiceList({ dataset, data }: { dataset: Dataset; data: DataDocument }) {
  const t = useText();
  const { ref, onScroll, top, height } = useScrollWindow<HTMLDivElement>();
  const entries = useMemo(() => {
    const { excluded, relabelled } = choicesOf(data, dataset.fingerprint);
    return [
      ...excluded.map((row) => ({ row, column: null, value: null })),
      ...relabelled.map(({ row, column, value }) => ({ row, column, value })),
    ];
  }, [data, dataset.fingerprint]);
  const { first, end } = spanOf(top, height, LINE_HEIGHT, entries.length);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
    <div ref={ref} className="chosen-list" onScroll={onScroll} tabIndex={0}>
      <ul style={{ height: entries.length * LINE_HEIGHT }}>
        {entries.slice(first, end).map(({ row, column, value }, place) => (
          <li key={`${row} ${column ?? ""}`} style={{ top: (first + place) * LINE_HEIGHT, height: LINE_HEIGHT }}>
            <span className="number">{t("rows.row", { row: formatCount(row + 1) })}</span>
            <span className="clip">{column === null ? t("rows.left_out") : t("rows.labelled", { column, label: value ?? "" })}</span>
            <IconButton
              small
              icon="undo"
              label={t("rows.take_back_row", { row: formatCount(row + 1) })}
              onClick={() => (column === null ? excludeRow(row, false) : labelRow(row, column, null))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
