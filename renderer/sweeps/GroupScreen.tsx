/** One group of runs: what it is, how far it is, what its members say together, and each of them. */
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { rankedSettings, trialsOf } from "../../core/sweeps/group-figures.ts";
import { importances } from "../../core/sweeps/importance.ts";
import { memberCount } from "../../core/sweeps/members.ts";
import { dimensionKey, type SweepPlan, type Target } from "../../core/sweeps/plan.ts";
import { saveDownload } from "../host/files.ts";
import { RunDetail } from "../runs/RunDetail.tsx";
import { openAsProject } from "../runs/run-acts.ts";
import { assignLooks } from "../runs/run-colours.ts";
import { deleteGroup, renameGroup, resumeGroup, stopGroup } from "../state/groups.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { showScreen, useView } from "../state/view.ts";
import { figureTitle } from "../training/chart-words.ts";
import { higherIsBetter, sortedFigures } from "../training/metrics.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { formatCount, formatFigure } from "../ui/format.ts";
import { Busy, Failure, Progress } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { Bagging } from "./Bagging.tsx";
import { GroupSummary } from "./GroupSummary.tsx";
import { GroupTable } from "./GroupTable.tsx";
import { GroupVerdicts } from "./GroupVerdicts.tsx";
import { groupTitle } from "./group-title.ts";
import { ImportanceBars } from "./ImportanceBars.tsx";
import { JudgedBy } from "./JudgedBy.tsx";
import { ParallelCoordinates } from "./ParallelCoordinates.tsx";
import { axesOf, type Brush, isKept } from "./parallel-axes.ts";
import { SettingTable } from "./SettingTable.tsx";
import { optionValueText, targetName } from "./sweep-options.ts";
import { type OpenGroup, useGroup } from "./use-group.ts";
import "../compare/explore.css";
import "../runs/run-panel.css";
import "../runs/run-table.css";
import "../runs/weights/run-weights.css";
import "../training/training.css";
import "./sweeps.css";
import { typedKey } from "../ui/typed-key.ts";

/** Columns of figures; the rest stands in the panel of each run. */
const MOST_FIGURES = 8;
const ENDED: ReadonlySet<Run["status"]> = new Set<Run["status"]>(["done", "stopped", "failed"]);

export function GroupScreen() {
  const t = useText();
  const groupId = useView((state) => state.groupId);
  const { open, error, restart } = useGroup(groupId);
  return (
    <main className="screen group-screen" aria-label={open ? groupTitle(open.group, t) : t("runs.title")}>
      {error !== null ? (
        <Failure error={error} onRetry={restart} />
      ) : open === null ? (
        <Busy what={t("common.loading")} onCancel={() => showScreen("runs")} />
      ) : (
        <OpenedGroup key={open.group.id} open={open} />
      )}
    </main>
  );
}

function OpenedGroup({ open }: { open: OpenGroup }) {
  const { group, runs } = open;
  const [opened, setOpened] = useState<string | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const known = runs.map((run) => run.id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` is what of the runs counts
  useEffect(() => {
    assignLooks(runs);
  }, [known]);
  const detail = runs.find((run) => run.id === opened);
  const { figures, options, nameOf, wordOf } = useColumns(open);
  const [figure, setFigure] = useState<string | null>(null);
  const { plan } = group;
  const judged = useMemo(() => (plan.kind === "sweep" ? judgedBy(plan, figure) : null), [plan, figure]);
  const settings = useMemo(
    () => (judged === null ? [] : rankedSettings(group, runs, judged.monitor, judged.better)),
    [group, runs, judged],
  );
  const best = settings[0]?.best ?? null;
  const isSeeded = plan.kind === "sweep" && plan.seeds.length > 1;
  // While they train, rows that change places could not be followed.
  const order = useMemo(
    () => (judged === null || group.status === "going" ? null : { key: judged.monitor, descending: judged.better === "high" }),
    [judged, group.status],
  );
  const [brushes, setBrushes] = useState<ReadonlyMap<string, Brush>>(new Map());
  const t = useText();
  const axes = useMemo(
    () => (judged === null ? [] : axesOf(group, runs, judged.monitor, nameOf, figureTitle(judged.monitor, t), formatFigure, wordOf)),
    [group, runs, judged, nameOf, wordOf, t],
  );
  const brush = (key: string, stretch: Brush | null): void =>
    setBrushes((before) => {
      const next = new Map(before);
      if (stretch === null) next.delete(key);
      else next.set(key, stretch);
      return next;
    });
  const isIn = (run: Run): boolean => isKept(run, axes, brushes);
  return (
    <>
      <GroupHead open={open} best={best} />
      <div className="runs-body">
        <div className="group-body">
          {judged === null ? (
            <div className="group-summaries">
              <GroupVerdicts group={group} runs={runs} onOpen={setOpened} />
              <GroupSummary group={group} runs={runs} design={open.design} />
              {group.plan.kind === "ensemble" && <Bagging group={group} />}
            </div>
          ) : (
            <>
              {plan.kind === "sweep" && <JudgedBy plan={plan} figure={judged.monitor} figures={figures} onChange={setFigure} />}
              <div className="group-charts">
                <ParallelCoordinates
                  axes={axes}
                  runs={runs}
                  brushes={brushes}
                  onBrush={brush}
                  goodness={goodnessOf(runs, judged.monitor, judged.better)}
                  active={active}
                  onActivate={setActive}
                />
                <SweepImportance open={open} figure={judged.monitor} nameOf={nameOf} />
              </div>
              {isSeeded && settings.length > 0 && (
                <SettingTable
                  settings={settings}
                  options={options.filter(({ key }) => key !== "seed")}
                  figure={judged.monitor}
                  onOpen={setOpened}
                />
              )}
            </>
          )}
          <GroupTable
            runs={runs}
            options={options}
            figures={figures}
            best={best?.id ?? null}
            order={order}
            isIn={isIn}
            active={active}
            onActivate={setActive}
            onOpen={setOpened}
          />
        </div>
        {detail !== undefined && <RunDetail key={detail.id} listed={detail} onClose={() => setOpened(null)} />}
      </div>
    </>
  );
}

/** Another figure than the plan's is better as its kind is. */
function judgedBy(plan: SweepPlan, figure: string | null): Pick<SweepPlan, "monitor" | "better"> {
  if (figure === null || figure === plan.monitor) return plan;
  return { monitor: figure, better: higherIsBetter(figure) ? "high" : "low" };
}

interface SweepImportanceProps {
  readonly open: OpenGroup;
  readonly figure: string;
  readonly nameOf: (key: string) => string;
}

function SweepImportance({ open: { group, runs }, figure, nameOf }: SweepImportanceProps) {
  const t = useText();
  const { plan } = group;
  // Figures count once a run has ended: while runs train nothing is computed anew.
  const ended = runs.filter((run) => ENDED.has(run.status)).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ended` is what of the runs counts
  const found = useMemo(
    () => (plan.kind === "sweep" ? importances(plan.dimensions, trialsOf(group, runs, figure)) : []),
    [group.id, ended, figure],
  );
  return <ImportanceBars found={found} figure={figureTitle(figure, t)} nameOf={nameOf} />;
}

/** What the members set, in the words of the design, and the figures that any of them has. */
function useColumns({ group, runs, design }: OpenGroup) {
  const t = useText();
  const language = useLanguage();
  const { plan } = group;
  const names = useMemo(
    () =>
      new Map(
        plan.kind === "sweep"
          ? plan.dimensions.map((dimension) => [dimensionKey(dimension), targetName(dimension.target, design, language, t)])
          : [],
      ),
    [plan, design, language, t],
  );
  const nameOf = useCallback((key: string): string => names.get(key) ?? key, [names]);
  const seeds = plan.kind === "seeds" || (plan.kind === "sweep" && plan.seeds.length > 1) ? [{ key: "seed", name: t("groups.seed") }] : [];
  const bags = plan.kind === "ensemble" ? [{ key: "bag", name: t("groups.bag_column") }] : [];
  const folds = plan.kind === "folds" ? [{ key: "fold", name: t("groups.fold_column") }] : [];
  const wordOf = useCallback((target: Target, value: unknown): string => optionValueText(target, value, language, t), [language, t]);
  const swept =
    plan.kind !== "sweep"
      ? []
      : plan.dimensions.map((dimension) => {
          const key = dimensionKey(dimension);
          return { key, name: nameOf(key), textOf: (value: unknown) => wordOf(dimension.target, value) };
        });
  const figures = sortedFigures(runs.flatMap((run) => Object.keys(run.metrics))).slice(0, MOST_FIGURES);
  return { figures, options: [...folds, ...bags, ...swept, ...seeds], nameOf, wordOf };
}

function GroupHead({ open: { group, runs }, best }: { open: OpenGroup; best: Run | null }) {
  const t = useText();
  const count = Math.max(memberCount(group.plan), runs.length);
  const done = runs.filter((run) => ENDED.has(run.status)).length;
  const going = group.status === "going";
  const saveTable = (method: "groups.out_of_fold" | "groups.out_of_bag_table"): void => {
    host()
      .call(method, { id: group.id })
      .then(({ download, file_name }) => saveDownload(download, file_name))
      .catch(report);
  };
  return (
    <header className="screen-head">
      <Button small onClick={() => showScreen("runs")}>
        {t("groups.back")}
      </Button>
      <input
        key={groupTitle(group, t)}
        className="input run-title"
        aria-label={t("groups.name")}
        maxLength={200}
        defaultValue={groupTitle(group, t)}
        onBlur={(event) => event.currentTarget.value !== groupTitle(group, t) && renameGroup(group, event.currentTarget.value)}
        onKeyDown={(event) => typedKey(event) === "Enter" && event.currentTarget.blur()}
      />
      <span className="tag">{t(`groups.kind.${group.kind}`)}</span>
      <span className={`run-status is-${group.status === "going" ? "running" : group.status}`}>{t(`groups.status.${group.status}`)}</span>
      <Progress value={count === 0 ? 0 : done / count} label={t("groups.progress", { done, count })} width={120} />
      <span className="muted number">{t("groups.progress", { done: formatCount(done), count: formatCount(count) })}</span>
      <span className="spacer" />
      {best !== null && (
        <Button small onClick={() => openAsProject(best)}>
          {t("groups.open_best")}
        </Button>
      )}
      {group.kind === "folds" && done > 0 && (
        <Button small icon="export" onClick={() => saveTable("groups.out_of_fold")}>
          {t("groups.out_of_fold")}
        </Button>
      )}
      {group.kind === "ensemble" && group.status !== "going" && done > 1 && (
        <Button small icon="export" onClick={() => saveTable("groups.out_of_bag_table")}>
          {t("bags.table")}
        </Button>
      )}
      {going && (
        <Button small icon="stop" onClick={() => stopGroup(group.id)}>
          {t("groups.stop")}
        </Button>
      )}
      {group.status === "stopped" && (
        <Button small icon="play" onClick={() => resumeGroup(group.id)}>
          {t("groups.resume")}
        </Button>
      )}
      {!going && (
        <IconButton
          small
          icon="trash"
          label={t("groups.delete")}
          onClick={() => {
            deleteGroup(group);
            showScreen("runs");
          }}
        />
      )}
    </header>
  );
}

/** By rank, so that one run far off does not make all others look alike. */
function goodnessOf(runs: readonly Run[], figure: string, better: "low" | "high"): (run: Run) => number | null {
  const values = runs.flatMap((run) => run.metrics[figure] ?? []).sort((a, b) => (better === "low" ? b - a : a - b));
  return (run) => {
    const value = run.metrics[figure];
    return value == null ? null : values.length < 2 ? 1 : values.indexOf(value) / (values.length - 1);
  };
}
