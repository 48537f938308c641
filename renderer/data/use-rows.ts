/** The rows of a data set as they were asked for, read a page at a time when they come into sight. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import type { Asked } from "../state/use-asked.ts";
import { pagesToShow, RowPages, type SeenRow } from "./row-pages.ts";

export interface RowsAsked {
  readonly filter: string | null;
  readonly search: string | null;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
}
export const ALL_ROWS: RowsAsked = { filter: null, search: null, sort: null };

export interface Rows {
  /** Null until it is known. */
  readonly total: number | null;
  readonly rowAt: (row: number) => SeenRow | undefined;
  readonly need: (first: number, end: number) => void;
  readonly error: unknown;
  /** What was asked for is not there yet, or cannot be read: these are the rows that were asked for before. */
  readonly areOfBefore: boolean;
  readonly retry: () => void;
  /** For what stands in the place of rows that are not there. */
  readonly reading: Omit<Asked<never>, "value" | "error">;
}

const ROWS_A_PAGE = 100;
/** Wide tables come in smaller pages, so that a page stays quick. */
const CELLS_A_PAGE = 100_000;

export function useRows(dataset: Dataset, columns: readonly ColumnDocument[], asked: RowsAsked): Rows {
  const size = Math.max(5, Math.min(ROWS_A_PAGE, Math.floor(CELLS_A_PAGE / dataset.column_count)));
  const plain = asked.filter === null && asked.search === null && asked.sort === null;
  const key = useMemo(() => JSON.stringify([dataset.id, asked, plain ? null : columns]), [dataset.id, asked, plain, columns]);
  const [, setRead] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is what the rows depend on
  const pages = useMemo(() => {
    const read = (offset: number, count: number) =>
      host().call("tables.view", { id: dataset.id, columns: [...columns], ...asked, offset, count });
    return new RowPages(size, plain ? dataset.row_count : null, read, () => setRead((count) => count + 1));
  }, [key, size]);
  const right = useRef<{ readonly of: string; readonly pages: RowPages } | null>(null);
  useEffect(() => {
    if (pages.error === null && pages.answered) right.current = { of: dataset.id, pages };
  });
  const shown = pagesToShow(pages, right.current?.of === dataset.id ? right.current.pages : null);
  const need = useCallback(
    (first: number, end: number) => {
      shown.need(first, end);
      if (shown !== pages) pages.need(first, end);
    },
    [shown, pages],
  );
  const rowAt = useCallback((row: number) => shown.rowAt(row), [shown]);
  const retry = useCallback(() => {
    pages.retry();
    setRead((count) => count + 1);
  }, [pages]);
  const reading = {
    progress: null,
    pending: !pages.cancelled,
    cancelled: pages.cancelled,
    cancel: () => pages.cancel(),
    restart: retry,
  };
  return { reading, total: shown.total, rowAt, need, error: pages.error, areOfBefore: shown !== pages, retry };
}
