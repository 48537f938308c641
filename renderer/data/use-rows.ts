/** The rows of a data set as they were asked for, read a page at a time when they come into sight. */
import { useCallback, useMemo, useRef, useState } from "react";
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";

export interface RowsAsked {
  readonly filter: string | null;
  readonly search: string | null;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
}
export const ALL_ROWS: RowsAsked = { filter: null, search: null, sort: null };

export interface SeenRow {
  /** In the file, from 0. */
  readonly number: number;
  readonly cells: readonly (string | null)[];
}

export interface Rows {
  /** Null until it is known. */
  readonly total: number | null;
  readonly rowAt: (row: number) => SeenRow | undefined;
  readonly need: (first: number, end: number) => void;
  readonly error: unknown;
  readonly retry: () => void;
}

const ROWS_A_PAGE = 100;
/** Wide tables come in smaller pages, so that a page stays quick. */
const CELLS_A_PAGE = 100_000;
/** Pages further from sight than this are forgotten. */
const PAGES_KEPT = 200;

/** The pages that answer one question. */
interface Book {
  readonly key: string;
  readonly columns: readonly ColumnDocument[];
  readonly asked: RowsAsked;
  readonly pages: Map<number, readonly SeenRow[] | "asked">;
  total: number | null;
}

export function useRows(dataset: Dataset, columns: readonly ColumnDocument[], asked: RowsAsked): Rows {
  const size = Math.max(5, Math.min(ROWS_A_PAGE, Math.floor(CELLS_A_PAGE / dataset.column_count)));
  const plain = asked.filter === null && asked.search === null && asked.sort === null;
  const key = useMemo(() => JSON.stringify([dataset.id, asked, plain ? null : columns]), [dataset.id, asked, plain, columns]);
  const book = useRef<Book>({ key: "", columns, asked, pages: new Map(), total: null });
  const [, setRead] = useState(0);
  const [error, setError] = useState<{ readonly key: string; readonly thrown: unknown } | null>(null);
  // Here, and not in an effect: the grid asks for its pages in an effect of its own, which runs before those of its parents.
  if (book.current.key !== key) book.current = { key, columns, asked, pages: new Map(), total: plain ? dataset.row_count : null };
  const ask = useCallback(
    (page: number): void => {
      const own = book.current;
      if (own.pages.has(page) || (own.total !== null && page * size >= own.total)) return;
      own.pages.set(page, "asked");
      host()
        .call("tables.view", { id: dataset.id, columns: [...own.columns], ...own.asked, offset: page * size, count: size })
        .then(({ rows, numbers, total }) => {
          own.total = total;
          own.pages.set(
            page,
            rows.map((cells, place) => ({ cells, number: numbers[place] ?? 0 })),
          );
          for (const old of [...own.pages.keys()].slice(0, -PAGES_KEPT)) own.pages.delete(old);
        })
        .catch((thrown: unknown) => {
          own.pages.delete(page);
          setError({ key: own.key, thrown });
        })
        .finally(() => setRead((count) => count + 1));
    },
    [dataset.id, size],
  );
  const failed = error !== null && error.key === key;
  const need = useCallback(
    (first: number, end: number): void => {
      if (failed) return;
      for (let page = Math.floor(first / size); page <= Math.floor(Math.max(first, end - 1) / size); page += 1) ask(page);
    },
    [ask, size, failed],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts a new book
  const rowAt = useCallback(
    (row: number): SeenRow | undefined => {
      const page = book.current.pages.get(Math.floor(row / size));
      return page === "asked" ? undefined : page?.[row % size];
    },
    [size, key],
  );
  return { total: book.current.total, rowAt, need, error: failed ? error.thrown : null, retry: () => setError(null) };
}
