/** Which options and figures have an axis of the parallel coordinates: proposed until somebody ticks others. */
import { Popover } from "radix-ui";
import { Button } from "../ui/Button.tsx";
import { TickList } from "../ui/TickList.tsx";
import type { CompareRow } from "./compare-runs.ts";
import { rowTitle, type Words } from "./compare-words.ts";

interface AxesChoiceProps {
  /** All that can have one. */
  readonly rows: readonly CompareRow[];
  /** Keys of those that have one. */
  readonly shown: ReadonlySet<string>;
  /** More cannot be told apart. */
  readonly most: number;
  readonly words: Words;
  /** Null: those that are proposed again. */
  readonly onChoose: (keys: ReadonlySet<string> | null) => void;
}

export function AxesChoice({ rows, shown, most, words, onChoose }: AxesChoiceProps) {
  const { t } = words;
  const isFull = shown.size >= most;
  const items = rows.map((row) => {
    const title = rowTitle(row, words);
    const ticked = shown.has(row.key);
    return { key: row.key, label: title, title, ticked, disabled: isFull && !ticked };
  });
  const toggle = (key: string): void => onChoose(new Set(shown.has(key) ? [...shown].filter((other) => other !== key) : [...shown, key]));
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button small>{t("explore.axes", { shown: shown.size, count: rows.length })}</Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover axes-popover"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t("explore.axes_title")}
        >
          <TickList items={items} onToggle={toggle} />
          <div className="row">
            <Button small onClick={() => onChoose(null)}>
              {t("explore.axes_proposed")}
            </Button>
            {isFull && <span className="muted">{t("explore.axes_most", { count: most })}</span>}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
