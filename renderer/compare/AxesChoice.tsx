/** Which options and figures have an axis of the parallel coordinates: proposed until somebody ticks others. */
import { Popover } from "radix-ui";
import { Button } from "../ui/Button.tsx";
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
          <ul className="axes-list">
            {rows.map((row) => {
              const title = rowTitle(row, words);
              const has = shown.has(row.key);
              const toggled = (): ReadonlySet<string> => new Set(has ? [...shown].filter((key) => key !== row.key) : [...shown, row.key]);
              return (
                <li key={row.key}>
                  <label title={title}>
                    <input type="checkbox" checked={has} disabled={isFull && !has} onChange={() => onChoose(toggled())} />
                    <span className="clip">{title}</span>
                  </label>
                </li>
              );
            })}
          </ul>
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
