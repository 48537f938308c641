/** Every run that was ever trained: sorted, filtered, chosen for comparison; one of them opened beside the list. */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import { saveText } from "../compare/save-text.ts";
import { useDocument } from "../state/document.ts";
import { useGroups } from "../state/groups.ts";
import { useRuns } from "../state/runs.ts";
import { setComparedRuns, showScreen, useView } from "../state/view.ts";
import { groupTitle } from "../sweeps/group-title.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { Empty } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { BaselinesButton } from "./BaselinesButton.tsx";
import { CombineButton } from "./CombineButton.tsx";
import { useOpenedRun } from "./opened-run.ts";
import { ColumnsButton } from "./options/ColumnsButton.tsx";
import { useTableOptions } from "./options/use-table-options.ts";
import { RunDetail } from "./RunDetail.tsx";
import { columnTitle, RunTable } from "./RunTable.tsx";
import { archiveRuns, deleteRuns } from "./run-acts.ts";
import {
  type Column,
  columnsFor,
  differingColumns,
  filterRuns,
  isArchived,
  type RunWords,
  type Sorting,
  sameColumn,
  sortRuns,
} from "./run-columns.ts";
import { libraryRead, useFollowedLibrary } from "./run-library.ts";
import { statusWord } from "./run-status.ts";
import { runsCsv } from "./runs-csv.ts";
import { TableLook } from "./TableLook.tsx";
import { TransposedRuns } from "./TransposedRuns.tsx";
import { useTableLook } from "./table-look.ts";
import { useNotedRuns } from "./use-noted-runs.ts";
import "../training/training.css";
import "./run-panel.css";
import "./run-table.css";
import "./weights/run-weights.css";

type Scope = "project" | "all";
const NEWEST_FIRST: Sorting = { column: { kind: "plain", name: "created" }, descending: true };
const NONE: readonly ListedRun[] = [];

export function RunsScreen() {
  const t = useText();
  const language = useLanguage();
  const followed = useFollowedLibrary();
  const { runs: library, complete, projectNames, error } = followed;
  const ownRuns = useRuns((state) => (state.older === 0 ? state.runs : NONE));
  const projectId = useDocument((state) => state.project?.id ?? null);
  const [scope, setScope] = useState<Scope>("project");
  // Those of the open project are known already: with thousands of runs in the library nobody waits for the others.
  const runs = !complete && scope === "project" && ownRuns.length > 0 ? ownRuns : library;
  const [filter, setFilter] = useState("");
  const [sorting, setSorting] = useState(NEWEST_FIRST);
  const asked = useOpenedRun((state) => state.id);
  const [active, setActive] = useState(asked);
  const [opened, setOpened] = useState(asked !== null);
  useEffect(() => useOpenedRun.setState({ id: null }), []);
  const [withArchived, setWithArchived] = useState(false);
  const known = useMemo(
    () => (scope === "all" ? (runs ?? NONE) : (runs ?? NONE).filter((run) => run.project_id === projectId)),
    [runs, scope, projectId],
  );
  const archived = known.filter(isArchived).length;
  const inScope = useMemo(() => (withArchived ? known : known.filter((run) => !isArchived(run))), [known, withArchived]);
  const noted = useNotedRuns(filter);
  // The columns change with the names of figures only, so that rows keep theirs while figures change.
  const figures = [...new Set(inScope.flatMap((run) => Object.keys(run.metrics)))].sort().join(" ");
  const { options, columns: chosen, filtered, optionOf } = useTableOptions(inScope, filter, figures);
  const words = useMemo<RunWords>(
    () => ({ project: (run) => projectNames.get(run.project_id) ?? "", status: (run) => statusWord(run, t), option: optionOf }),
    [projectNames, optionOf, t],
  );
  // A column that was taken away sorts nothing.
  const isGone = sorting.column.kind === "option" && !chosen.some((column) => sameColumn(column, sorting.column));
  const sortedBy = isGone ? NEWEST_FIRST : sorting;
  const shown = useMemo(
    () => sortRuns(filterRuns(inScope, filter, words, noted, filtered), sortedBy, words),
    [inScope, filter, words, sortedBy, noted, filtered],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `figures` is what of the runs counts
  const all = useMemo(() => columnsFor(inScope, scope === "all", chosen), [figures, scope, chosen]);
  const { differencesOnly, transposed } = useTableLook();
  const columns = useMemo(() => (differencesOnly ? differingColumns(all, shown, words) : all), [differencesOnly, all, shown, words]);
  const detail = opened ? runs?.find((run) => run.id === active) : undefined;

  const saveTable = (): void => {
    const groups = new Map(useGroups.getState().groups.map((group) => [group.id, groupTitle(group, t)]));
    const group = (run: ListedRun): string => groups.get(run.group_id ?? "") ?? "";
    const title = (column: Column): string => columnTitle(column, { t, language });
    const text = runsCsv(shown, columns, { ...words, title, group, groupTitle: t("runs.csv_group") });
    saveText(text, `${t("runs.csv_file")}.csv`, "text/csv");
  };

  const Table = transposed ? TransposedRuns : RunTable;
  if (error !== null || runs === null)
    return (
      <Page>
        <LongState answer={libraryRead(followed)} what={t("common.loading")} />
      </Page>
    );
  return (
    <Page>
      <header className="screen-head">
        <h1>{t("runs.title")}</h1>
        <Select
          className="run-scope"
          aria-label={t("runs.scope")}
          value={scope}
          options={[
            { value: "project", label: t("runs.this_project") },
            { value: "all", label: t("runs.all_projects") },
          ]}
          onChange={setScope}
        />
        <input
          className="input run-filter"
          type="search"
          placeholder={t("runs.filter")}
          aria-label={t("runs.filter")}
          title={t("runs.filter_help")}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className="faint number">{t("runs.count", { shown: formatCount(shown.length), count: formatCount(inScope.length) })}</span>
        <TableLook archived={archived} withArchived={withArchived} onArchived={setWithArchived} />
        <ColumnsButton shown={shown} />
        {shown.length > 0 && <IconButton small icon="export" label={t("runs.csv")} onClick={saveTable} />}
        <span className="spacer" />
        <div className="row chosen-acts">
          <BaselinesButton runs={runs} />
          <ChosenActs
            runs={runs}
            inScope={known}
            onMade={(run) => {
              setActive(run.id);
              setOpened(true);
            }}
          />
        </div>
      </header>
      <div className="runs-body">
        {shown.length === 0 ? (
          <NothingShown
            filtered={inScope.length > 0}
            clear={() => setFilter("")}
            archived={archived}
            showArchived={() => setWithArchived(true)}
          />
        ) : (
          <Table
            runs={shown}
            columns={columns}
            words={words}
            options={options}
            sorting={sortedBy}
            onSort={setSorting}
            active={active}
            onActivate={setActive}
            onOpen={(id) => {
              setActive(id);
              setOpened(true);
            }}
          />
        )}
        {detail !== undefined && <RunDetail key={detail.id} listed={detail} onClose={() => setOpened(false)} />}
      </div>
    </Page>
  );
}

function Page({ children }: { children: ReactNode }) {
  const t = useText();
  return (
    <main className="screen runs-screen" aria-label={t("runs.title")}>
      {children}
    </main>
  );
}

/** What can be done with the runs that are chosen. */
interface ChosenActsProps {
  readonly runs: readonly ListedRun[];
  /** Those that the list may show, by its project. */
  readonly inScope: readonly ListedRun[];
  readonly onMade: (run: ListedRun) => void;
}

function ChosenActs({ runs, inScope, onMade }: ChosenActsProps) {
  const t = useText();
  const compared = useView((state) => state.comparedRuns);
  const ids = new Set(compared);
  const chosen = runs.filter((run) => ids.has(run.id));
  const allArchived = chosen.every(isArchived);
  const here = new Set(inScope.map(({ id }) => id));
  const elsewhere = chosen.filter(({ id }) => !here.has(id)).length;
  return (
    <>
      {chosen.length > 0 && (
        <>
          <span className="muted number">
            {t("runs.chosen", { count: chosen.length })}
            {elsewhere > 0 && ` (${t("runs.chosen_elsewhere", { count: elsewhere })})`}
          </span>
          <IconButton small icon="close" label={t("runs.unchoose")} onClick={() => setComparedRuns([])} />
          <CombineButton chosen={chosen} onMade={onMade} />
          <IconButton
            small
            icon="archive"
            label={t(allArchived ? "runs.unarchive_chosen" : "runs.archive_chosen", { count: chosen.length })}
            onClick={() => archiveRuns(chosen, !allArchived)}
          />
          <IconButton small icon="trash" label={t("runs.delete_chosen", { count: chosen.length })} onClick={() => deleteRuns(chosen)} />
        </>
      )}
      <Button
        look="primary"
        aria-disabled={chosen.length < 2}
        title={chosen.length < 2 ? t("runs.compare_hint") : undefined}
        onClick={() => chosen.length >= 2 && showScreen("compare")}
      >
        {t("runs.compare")}
      </Button>
    </>
  );
}

interface NothingShownProps {
  filtered: boolean;
  clear: () => void;
  archived: number;
  showArchived: () => void;
}

function NothingShown({ filtered, clear, archived, showArchived }: NothingShownProps) {
  const t = useText();
  if (filtered)
    return <Empty icon="search" title={t("runs.none_match")} actions={<Button onClick={clear}>{t("runs.clear_filter")}</Button>} />;
  if (archived > 0)
    return (
      <Empty
        icon="info"
        title={t("runs.all_archived")}
        actions={<Button onClick={showArchived}>{t("runs.show_archived", { count: archived })}</Button>}
      />
    );
  return (
    <Empty
      icon="play"
      title={t("runs.none")}
      actions={
        <Button look="primary" onClick={() => showScreen("designer")}>
          {t("runs.to_designer")}
        </Button>
      }
    >
      {t("runs.none_text")}
    </Empty>
  );
}
