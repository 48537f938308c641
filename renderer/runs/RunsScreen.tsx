/** Every run that was ever trained: sorted, filtered, chosen for comparison; one of them opened beside the list. */
import { type ReactNode, useMemo, useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { useDocument } from "../state/document.ts";
import { useRuns } from "../state/runs.ts";
import { setComparedRuns, showScreen, useView } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Busy, Empty, Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { BaselinesButton } from "./BaselinesButton.tsx";
import { CombineButton } from "./CombineButton.tsx";
import { RunDetail } from "./RunDetail.tsx";
import { RunTable } from "./RunTable.tsx";
import { deleteRuns } from "./run-acts.ts";
import { columnsFor, filterRuns, type RunWords, type Sorting, sortRuns } from "./run-columns.ts";
import { loadLibrary, useFollowedLibrary } from "./run-library.ts";
import "../training/training.css";
import "./runs.css";

type Scope = "project" | "all";
const NEWEST_FIRST: Sorting = { column: { kind: "plain", name: "created" }, descending: true };
const NONE: readonly Run[] = [];

export function RunsScreen() {
  const t = useText();
  const { runs: library, projectNames, error } = useFollowedLibrary();
  const ownRuns = useRuns((state) => state.runs);
  const projectId = useDocument((state) => state.project?.id ?? null);
  const [scope, setScope] = useState<Scope>("project");
  // Those of the open project are known already: with thousands of runs in the library nobody waits for the others.
  const runs = library ?? (scope === "project" && ownRuns.length > 0 ? ownRuns : null);
  const [filter, setFilter] = useState("");
  const [sorting, setSorting] = useState(NEWEST_FIRST);
  const [active, setActive] = useState<string | null>(null);
  const [opened, setOpened] = useState(false);
  const words = useMemo<RunWords>(
    () => ({ project: (run) => projectNames.get(run.project_id) ?? "", status: (run) => t(`status.${run.status}`) }),
    [projectNames, t],
  );
  const inScope = useMemo(
    () => (scope === "all" ? (runs ?? NONE) : (runs ?? NONE).filter((run) => run.project_id === projectId)),
    [runs, scope, projectId],
  );
  const shown = useMemo(() => sortRuns(filterRuns(inScope, filter, words), sorting, words), [inScope, filter, words, sorting]);
  // The columns change with the names of figures only, so that rows keep theirs while figures change.
  const figures = [...new Set(inScope.flatMap((run) => Object.keys(run.metrics)))].sort().join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `figures` is what of the runs counts
  const columns = useMemo(() => columnsFor(inScope, scope === "all"), [figures, scope]);
  const detail = opened ? inScope.find((run) => run.id === active) : undefined;

  if (error !== null) return <Page>{<Failure error={error} onRetry={() => void loadLibrary()} />}</Page>;
  if (runs === null) return <Page>{<Busy what={t("common.loading")} />}</Page>;
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
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className="faint number">{t("runs.count", { shown: formatCount(shown.length), count: formatCount(inScope.length) })}</span>
        <span className="spacer" />
        <BaselinesButton runs={runs} />
        <ChosenActs
          runs={runs}
          onMade={(run) => {
            setActive(run.id);
            setOpened(true);
          }}
        />
      </header>
      <div className="runs-body">
        {shown.length === 0 ? (
          <NothingShown filtered={inScope.length > 0} clear={() => setFilter("")} />
        ) : (
          <RunTable
            runs={shown}
            columns={columns}
            words={words}
            sorting={sorting}
            onSort={setSorting}
            active={active}
            onActivate={setActive}
            onOpen={(id) => {
              setActive(id);
              setOpened(true);
            }}
          />
        )}
        {detail !== undefined && <RunDetail key={detail.id} run={detail} onClose={() => setOpened(false)} />}
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
function ChosenActs({ runs, onMade }: { runs: readonly Run[]; onMade: (run: Run) => void }) {
  const t = useText();
  const compared = useView((state) => state.comparedRuns);
  const chosen = runs.filter((run) => compared.includes(run.id));
  return (
    <>
      {chosen.length > 0 && (
        <>
          <span className="muted number">{t("runs.chosen", { count: chosen.length })}</span>
          <Button look="quiet" onClick={() => setComparedRuns([])}>
            {t("runs.unchoose")}
          </Button>
          <CombineButton chosen={chosen} onMade={onMade} />
          <Button icon="trash" onClick={() => deleteRuns(chosen)}>
            {t("runs.delete_chosen", { count: chosen.length })}
          </Button>
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

function NothingShown({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  const t = useText();
  if (filtered)
    return <Empty icon="search" title={t("runs.none_match")} actions={<Button onClick={clear}>{t("runs.clear_filter")}</Button>} />;
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
