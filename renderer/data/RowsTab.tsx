/** The rows of the data: searched, filtered by a condition, sorted by a column; what a filter leaves out can be left out of training too. */
import { useEffect, useMemo, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { DataDocument } from "../../core/graph/document.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { LongState } from "../ui/LongState.tsx";
import { Failure } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { setFilter } from "./acts.ts";
import { ChosenRows } from "./ChosenRows.tsx";
import { useLayout } from "./layout.ts";
import { PreviewGrid } from "./PreviewGrid.tsx";
import { RowDialog } from "./RowDialog.tsx";
import type { SeenRow } from "./row-pages.ts";
import { ALL_ROWS, type RowsAsked, useRows } from "./use-rows.ts";

/** Said below the filter; what else goes wrong takes the place of the rows. */
const OF_FILTERS = /^data\.filter_/;
/** After the last key, before the host is asked. */
const PAUSE_MS = 300;

function useSettled(text: string): string | null {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled.trim() === "" ? null : settled.trim();
}

interface RowsTabProps {
  dataset: Dataset;
  names: readonly string[];
  data: DataDocument;
}

export function RowsTab({ dataset, names, data }: RowsTabProps) {
  const t = useText();
  const language = useLanguage();
  const [search, setSearch] = useState("");
  const [condition, setCondition] = useState(data.filter ?? "");
  const [sort, setSort] = useState<RowsAsked["sort"]>(null);
  const [chosen, setChosen] = useState<SeenRow | null>(null);
  const wantedSearch = useSettled(search);
  const wantedFilter = useSettled(condition);
  const asked = useMemo(
    () =>
      wantedSearch === null && wantedFilter === null && sort === null ? ALL_ROWS : { search: wantedSearch, filter: wantedFilter, sort },
    [wantedSearch, wantedFilter, sort],
  );
  const rows = useRows(dataset, data.columns, asked);
  const described = rows.error === null ? null : errorData(rows.error);
  const wrong = described !== null && OF_FILTERS.test(described.code) ? errorText(described, language) : null;
  const sortBy = (column: string): void =>
    setSort((old) => (old?.column !== column ? { column, descending: false } : old.descending ? null : { column, descending: true }));
  return (
    <div className="rows-tab">
      <div className="column-tools">
        <span className="search-box">
          <Icon name="search" size={14} />
          <input
            className="input"
            type="search"
            aria-label={t("data.search_rows")}
            placeholder={t("data.search_rows")}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </span>
        <input
          className="input filter-input"
          aria-label={t("data.filter")}
          aria-invalid={wrong !== null}
          aria-describedby="filter-said"
          placeholder={t("data.filter_example")}
          title={t("data.filter_help")}
          spellCheck={false}
          value={condition}
          onChange={(event) => setCondition(event.target.value)}
        />
        {wantedFilter !== (data.filter ?? null) && wantedFilter !== null && wrong === null && (
          <Button small title={t("data.filter_learn_help")} onClick={() => setFilter(wantedFilter)}>
            {t("data.filter_learn")}
          </Button>
        )}
        <span className="spacer" />
        {rows.total === null || rows.areOfBefore ? (
          rows.error === null && <LongState small answer={{ ...rows.reading, value: null, error: null }} what={t("data.rows_loading")} />
        ) : (
          <span className="muted number" role="status">
            {wantedSearch === null && wantedFilter === null
              ? ""
              : t("data.rows_found", { shown: formatCount(rows.total), all: formatCount(dataset.row_count) })}
          </span>
        )}
      </div>
      <p id="filter-said" className="filter-wrong" role="alert">
        {wrong}
      </p>
      {data.filter !== undefined && <LearntFrom filter={data.filter} />}
      <ChosenRows dataset={dataset} data={data} />
      {rows.error !== null && wrong === null ? (
        <Failure error={rows.error} onRetry={rows.retry} />
      ) : (
        <PreviewGrid dataset={dataset} names={names} data={data} rows={rows} sort={sort} onSort={sortBy} onRow={setChosen} />
      )}
      {chosen !== null && <RowDialog dataset={dataset} names={names} data={data} row={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}

function LearntFrom({ filter }: { filter: string }) {
  const t = useText();
  const left = useLayout((state) => state.layout?.filtered_rows);
  return (
    <p className="learnt-from">
      <Icon name="info" size={14} className="faint" />
      <span>
        {t("data.filter_learnt")} <code>{filter}</code>
        {left !== undefined && <span className="muted"> · {t("data.filter_left_out", { count: formatCount(left) })}</span>}
      </span>
      <IconButton small icon="close" label={t("data.filter_remove")} onClick={() => setFilter(null)} />
    </p>
  );
}
