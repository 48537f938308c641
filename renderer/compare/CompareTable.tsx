/**
 * Runs beside each other: one column a run, one row a figure or option. Rows that differ carry a mark, the best figure a star,
 * so that colour is never the only cue. Compact in the dock, whole on its own screen.
 */
import { type ReactNode, useMemo, useState } from "react";
import { RunMark } from "../runs/RunMark.tsx";
import { useDocument } from "../state/document.ts";
import { openDialog, showScreen, useView } from "../state/view.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Hint } from "../ui/Hint.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { compareCsv } from "./compare-csv.ts";
import { CHANGES_FIRST, type CompareRow, compareRuns, RESULTS_FIRST } from "./compare-runs.ts";
import { rowTitle, valueText, type Words } from "./compare-words.ts";
import { removeFromComparison, useCompareSettings } from "./compared.ts";
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
  const differencesOnly = useCompareSettings((state) => state.differencesOnly);
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
  const projectName = useDocument((state) => state.project?.name ?? "");
  const names = details.map(({ run }) => run.name);
  const save = (): void =>
    saveText(compareCsv(rows, names, words), t("compare.file_name", { project: projectName }), "text/csv;charset=utf-8");
  return (
    <section className={compact ? "compare compact" : "compare"} aria-label={t("compare.title")}>
      <div className="compare-bar">
        {compact ? <b>{t("compare.title")}</b> : <span className="muted number">{t("compare.count", { count: details.length })}</span>}
        <Button small aria-pressed={differencesOnly} onClick={() => useCompareSettings.setState({ differencesOnly: !differencesOnly })}>
          {t("compare.differences_only")}
        </Button>
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
        <OverlayButton ids={details.map(({ run }) => run.id)} />
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
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col">{t("compare.row")}</th>
              {details.map(({ run }) => (
                <th key={run.id} scope="col">
                  <span className="compare-run">
                    <RunMark runId={run.id} />
                    <span className="clip" title={run.name}>
                      {run.name}
                    </span>
                    {!compact && (
                      <IconButton
                        small
                        icon="close"
                        label={t("compare.remove", { name: run.name })}
                        onClick={() => removeFromComparison(run.id)}
                      />
                    )}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <Rows rows={rows} words={words} marked={!differencesOnly} columns={details.length + 1} />
        </table>
        {rows.length === 0 && <p className="compare-empty muted">{t(filter === "" ? "compare.no_differences" : "compare.no_rows")}</p>}
      </section>
    </section>
  );
}

/** The designs of the first two runs; others are chosen there. */
function OverlayButton({ ids: [left, right] }: { ids: readonly string[] }) {
  const t = useText();
  if (left === undefined || right === undefined) return null;
  return (
    <Hint text={t("overlay.open_hint")}>
      <Button small onClick={() => openDialog({ name: "overlay", left: { kind: "run", id: left }, right: { kind: "run", id: right } })}>
        {t("overlay.open")}
      </Button>
    </Hint>
  );
}

function Rows({ rows, words, marked, columns }: { rows: readonly CompareRow[]; words: Words; marked: boolean; columns: number }) {
  const { t } = words;
  // Among differences only, what people set stands out from what came of it.
  const isMarked = ({ differs, group }: CompareRow): boolean => differs && (marked || (group !== "figures" && group !== "run"));
  return (
    <tbody>
      {rows.map((row, index) => (
        <RowGroup key={row.key} title={rows[index - 1]?.group === row.group ? null : t(`compare.group.${row.group}`)} columns={columns}>
          <tr className={isMarked(row) ? "differs" : ""}>
            <th scope="row">
              {isMarked(row) && (
                <span className="differs-mark" title={t("compare.differs")}>
                  ≠<span className="visually-hidden"> {t("compare.differs")} </span>
                </span>
              )}
              {rowTitle(row, words)}
            </th>
            {row.values.map((value, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one value a run, in the order of the runs
              <Value key={place} row={row} value={value} best={row.best.includes(place) && !looksAlike(row, words)} words={words} />
            ))}
          </tr>
        </RowGroup>
      ))}
    </tbody>
  );
}

/** Figures that differ behind the digits that are shown: no star is to stand beside one of two numbers that read the same. */
function looksAlike(row: CompareRow, words: Words): boolean {
  return new Set(row.values.map((value) => valueText(row, value, words))).size === 1;
}

function RowGroup({ title, columns, children }: { title: string | null; columns: number; children: ReactNode }) {
  if (title === null) return children;
  return (
    <>
      <tr className="compare-group">
        <th scope="rowgroup" colSpan={columns}>
          {title}
        </th>
      </tr>
      {children}
    </>
  );
}

function Value({ row, value, best, words }: { row: CompareRow; value: unknown; best: boolean; words: Words }) {
  const { t } = words;
  const text = valueText(row, value, words);
  const absent = value === undefined;
  return (
    <td
      className={`${best ? "best" : ""} ${typeof value === "number" ? "number" : ""} ${absent ? "absent" : ""}`}
      title={absent ? t("compare.absent") : text}
    >
      {best && (
        <span className="best-mark" title={t("compare.best")}>
          <Icon name="check" size={12} />
          <span className="visually-hidden">{t("compare.best")} </span>
        </span>
      )}
      {absent ? (
        <>
          <span aria-hidden="true">–</span>
          <span className="visually-hidden">{t("compare.absent")}</span>
        </>
      ) : (
        text
      )}
    </td>
  );
}
