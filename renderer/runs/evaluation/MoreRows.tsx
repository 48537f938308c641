/** Under a table of the worst rows: a button that asks for more of them, as many as the host tells at once. */
import { useState } from "react";
import { MOST_LISTED_ROWS } from "../../../core/protocol/contract/common.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount } from "../../ui/format.ts";
import { Busy } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";

const FIRST_ROWS = 50;

/**
 * How many rows are asked for; of another question the first ones again.
 * @param question all that is asked, but for the count
 */
export function useRowCount(question: string): { readonly count: number; readonly more: () => void } {
  const [whole, setWhole] = useState<string | null>(null);
  return { count: whole === question ? MOST_LISTED_ROWS : FIRST_ROWS, more: () => setWhole(question) };
}

interface MoreRowsProps {
  readonly shown: number;
  readonly total: number;
  /** Rows that are asked for. */
  readonly count: number;
  readonly more: () => void;
  /** Of the answer with more rows, while it is awaited. */
  readonly progress: number;
  readonly cancel: () => void;
  readonly working: string;
}

/** Nothing where all rows stand there. */
export function MoreRows({ shown, total, count, more, progress, cancel, working }: MoreRowsProps) {
  const t = useText();
  const next = Math.min(MOST_LISTED_ROWS, total);
  if (shown >= total) return null;
  if (shown < Math.min(count, total)) return <Busy what={working} progress={progress} onCancel={cancel} />;
  if (shown >= next) return <p className="muted">{t("examples.most", { shown: formatCount(shown), total: formatCount(total) })}</p>;
  return (
    <Button small onClick={more}>
      {t("examples.more", { count: formatCount(next), total: formatCount(total) })}
    </Button>
  );
}
