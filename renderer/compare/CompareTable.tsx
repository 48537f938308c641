/**
 * Runs beside each other: one column a run, one row a figure or option. Rows that differ carry a mark, the best figure a star,
 * so that colour is never the only cue. Compact in the dock, whole on its own screen.
 */
import { useMemo, useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { useDocument } from "../state/document.ts";
import { openDialog, showScreen, useView } from "../state/view.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Hint } from "../ui/Hint.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { mergeAlike } from "./alike-rows.ts";
import { CompareGrid, TurnedGrid } from "./CompareGrid.tsx";
import { compareCsv } from "./compare-csv.ts";
import { orderedPlaces } from "./compare-order.ts";
import { CHANGES_FIRST, type CompareRow, compareRuns, hasDesign, RESULTS_FIRST } from "./compare-runs.ts";
import { rowTitle, type Words } from "./compare-words.ts";
import { useCompareSettings } from "./compared.ts";
import { RunPicker } from "./RunPicker.tsx";
import type { RunDetails } from "./run-details.ts";
import { saveText } from "./save-text.ts";
import "./compare.css";

interface CompareTableProps {
  details: readonly RunDetails[];
  compact?: boolean;
}

export function CompareTable({ details, compact = false }: CompareTableProps) {
  const t = useText();
  const language = useLanguage();
  const words = useMemo<Words>(() => ({ t, language }), [t, language]);
  const { differencesOnly, order } = useCompareSettings();
  // The dock's table is as narrow as the dock: there runs are columns.
  const transposed = useCompareSettings((state) => state.transposed) && !compact;
  const [filter, setFilter] = useState("");
  const all = useMemo(
    () =>
      compareRuns(
        details.map(({ design }) => design),
        details.map(({ run }) => run),
        compact ? CHANGES_FIRST : RESULTS_FIRST,
      ),
    [details, compact],
  );
  const rows = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return all.filter((row) => (row.differs || !differencesOnly) && (wanted === "" || rowTitle(row, words).toLowerCase().includes(wanted)));
  }, [all, differencesOnly, filter, words]);
  // Among all rows each layer has its own.
  const shown = useMemo(() => (differencesOnly ? mergeAlike(rows) : rows), [rows, differencesOnly]);
  const projectName = useDocument((state) => state.project?.name ?? "");
  const runs = details.map(({ run }) => run);
  const places = orderedPlaces(all, runs.length, order);
  const Grid = transposed ? TurnedGrid : CompareGrid;
  const save = (): void =>
    saveText(
      compareCsv(
        inOrder(rows, places),
        places.map((place) => runs[place]?.name ?? ""),
        words,
      ),
      t("compare.file_name", { project: projectName }),
      "text/csv;charset=utf-8",
    );
  return (
    <section className={compact ? "compare compact" : "compare"} aria-label={t("compare.title")}>
      <div className="compare-bar">
        {compact ? <b>{t("compare.title")}</b> : <span className="muted number">{t("compare.count", { count: details.length })}</span>}
        <Button small aria-pressed={differencesOnly} onClick={() => useCompareSettings.setState({ differencesOnly: !differencesOnly })}>
          {t("compare.differences_only")}
        </Button>
        {!compact && (
          <Button small aria-pressed={transposed} onClick={() => useCompareSettings.setState({ transposed: !transposed })}>
            {t("compare.transposed")}
          </Button>
        )}
        {!compact && (
          <input
            className="input compare-filter"
            type="search"
            placeholder={t("compare.filter")}
            aria-label={t("compare.filter")}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        )}
        <span className="spacer" />
        <OverlayButton runs={runs} />
        <RunPicker compact={compact} />
        <IconButton small icon="export" label={t("compare.csv")} onClick={save} />
        {compact && (
          <Button
            small
            onClick={() => {
              useView.setState({ comparedRuns: details.map(({ run }) => run.id) });
              showScreen("compare");
            }}
          >
            {t("compare.full")}
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keys */}
      <section className="compare-scroll" tabIndex={0} aria-label={t("compare.table")}>
        <Grid rows={shown} runs={runs} places={places} order={order} words={words} marked={!differencesOnly} removable={!compact} />
        {rows.length === 0 && <p className="compare-empty muted">{t(filter === "" ? "compare.no_differences" : "compare.no_rows")}</p>}
      </section>
    </section>
  );
}

/** The values as the runs are shown. */
function inOrder(rows: readonly CompareRow[], places: readonly number[]): readonly CompareRow[] {
  return rows.map((row) => ({ ...row, values: places.map((place) => row.values[place]) }));
}

/** The designs of the first two runs, from the older to the newer: what was changed; others are chosen there. */
function OverlayButton({ runs }: { runs: readonly Run[] }) {
  const t = useText();
  const [left, right] = runs
    .filter(hasDesign)
    .slice(0, 2)
    .sort((a, b) => a.created_at - b.created_at)
    .map(({ id }) => id);
  if (left === undefined || right === undefined) return null;
  return (
    <Hint text={t("overlay.open_hint")}>
      <Button small onClick={() => openDialog({ name: "overlay", left: { kind: "run", id: left }, right: { kind: "run", id: right } })}>
        {t("overlay.open")}
      </Button>
    </Hint>
  );
}
