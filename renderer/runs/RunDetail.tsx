/** One run beside the list: its name, notes and tags to be changed in place, figures, curves, weights, picture and options. */

import { type ReactNode, useEffect, useMemo, useState } from "react";
import { isBaseline } from "../../core/baselines/backend.ts";
import { isEnsemble } from "../../core/ensembles/ensemble.ts";
import { hasTestPart } from "../../core/graph/test-part.ts";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { hasDesign } from "../compare/compare-runs.ts";
import { useRunDetails } from "../compare/run-details.ts";
import { ReportButton } from "../export/ReportButton.tsx";
import { RunVerdicts } from "../insight/RunVerdicts.tsx";
import { useDocument } from "../state/document.ts";
import { isGoing, pauseRun, resumeRun, stopRun } from "../state/runs.ts";
import { report } from "../state/toasts.ts";
import { type OverlaySide, openDialog } from "../state/view.ts";
import { ChartGrid } from "../training/ChartGrid.tsx";
import { noCurvesText } from "../training/chart-words.ts";
import { RunTrouble } from "../training/RunTrouble.tsx";
import { Button, IconButton } from "../ui/Button.tsx";
import { LongState } from "../ui/LongState.tsx";
import { Menu, type MenuEntry } from "../ui/Menu.tsx";
import { Empty } from "../ui/States.tsx";
import { TabRow } from "../ui/TabRow.tsx";
import { useText } from "../ui/texts.ts";
import { typedKey } from "../ui/typed-key.ts";
import { EpochScrubber } from "./EpochScrubber.tsx";
import { RunEvaluation } from "./evaluation/RunEvaluation.tsx";
import { RunImportance } from "./explain/RunImportance.tsx";
import { RunSeries } from "./explain/RunSeries.tsx";
import { RunSurface } from "./explain/RunSurface.tsx";
import { whyNoSurface } from "./explain/surface-drawing.ts";
import { tabToOpen, useOpenedRun } from "./opened-run.ts";
import { RunEnsemble } from "./RunEnsemble.tsx";
import { RunFacts } from "./RunFacts.tsx";
import { RunMark } from "./RunMark.tsx";
import { RunNotes } from "./RunNotes.tsx";
import { RunOptions } from "./RunOptions.tsx";
import { archiveRuns, deleteRuns, discardRun, openAsProject, renameRun, restoreDesign, saveCurves } from "./run-acts.ts";
import { assignLooks } from "./run-colours.ts";
import { isArchived } from "./run-columns.ts";
import { statusWord } from "./run-status.ts";
import { RunTry } from "./try/RunTry.tsx";
import { RunWeights } from "./weights/RunWeights.tsx";

const CHART_HEIGHT = 170;

/** The list knows of a run what it shows; the rest is read here. */
export function RunDetail({ listed, onClose }: { listed: ListedRun; onClose: () => void }) {
  const t = useText();
  const { details, answer } = useRunDetails(useMemo(() => [listed.id], [listed.id]));
  const run = details[0]?.run;
  if (run !== undefined) return <RunPanel run={run} onClose={onClose} />;
  return (
    <aside className="run-detail" aria-label={t("runs.detail", { name: listed.name })}>
      <LongState answer={answer} what={t("common.loading")} />
    </aside>
  );
}

function RunPanel({ run, onClose }: { run: Run; onClose: () => void }) {
  const t = useText();
  const [tab, setTab] = useState(() => tabToOpen(run.id));
  useEffect(() => useOpenedRun.setState({ at: null }), []);
  const { details, answer } = useRunDetails(useMemo(() => [run.id], [run.id]));
  const design = details[0]?.design;
  useEffect(() => {
    assignLooks([{ id: run.id, number: run.number }]);
  }, [run.id, run.number]);
  const pictured = run.has_model || run.epoch > 0;
  const body = (content: (known: NonNullable<typeof design>) => ReactNode) => () =>
    design === undefined ? <LongState answer={answer} what={t("common.loading")} /> : content(design);
  const tabs = [
    { key: "overview" as const, label: t("runs.tab.overview"), content: () => <Overview run={run} /> },
    ...(isEnsemble(run) ? [{ key: "ensemble" as const, label: t("ensemble.tab"), content: () => <RunEnsemble run={run} /> }] : []),
    { key: "evaluation" as const, label: t("runs.tab.evaluation"), content: body((known) => <RunEvaluation run={run} design={known} />) },
    ...(run.has_model && design?.data?.window === undefined && design?.data?.graph === undefined
      ? [
          {
            key: "importance" as const,
            label: t("importance.tab"),
            content: body((known) => <RunImportance key={run.id} run={run} hasTest={hasTestPart(known)} />),
          },
        ]
      : []),
    ...(run.has_model && design?.data?.window !== undefined
      ? [{ key: "series" as const, label: t("series.tab"), content: () => <RunSeries key={run.id} run={run} /> }]
      : []),
    ...(run.has_model || isEnsemble(run)
      ? [{ key: "try" as const, label: t("runs.tab.try"), content: () => <RunTry key={run.id} run={run} /> }]
      : []),
    // Those of its members are on their pages.
    ...(isEnsemble(run)
      ? []
      : [
          {
            key: "weights" as const,
            label: t("runs.tab.weights"),
            content: body((known) => (
              <EpochScrubber key={run.id} run={run}>
                {(epoch) => <RunWeights run={run} design={known} epoch={epoch} />}
              </EpochScrubber>
            )),
          },
        ]),
    ...(pictured
      ? [
          {
            key: "surface" as const,
            label: t("runs.tab.surface"),
            content: body((known) => {
              const why = whyNoSurface(known.data);
              return why === null ? (
                <EpochScrubber key={run.id} run={run}>
                  {(epoch) => <RunSurface run={run} design={known} epoch={epoch} />}
                </EpochScrubber>
              ) : (
                <Empty icon="info" title={t("surface.none")}>
                  {t(`surface.none_${why}`)}
                </Empty>
              );
            }),
          },
        ]
      : []),
    // An ensemble has no design of its own: its row holds that of its first member.
    ...(isEnsemble(run)
      ? []
      : [{ key: "options" as const, label: t("runs.tab.options"), content: body((known) => <RunOptions run={run} design={known} />) }]),
  ];
  return (
    <aside className="run-detail" aria-label={t("runs.detail", { name: run.name })}>
      <header className="run-detail-head">
        <h2 className="visually-hidden">{t("runs.detail", { name: run.name })}</h2>
        <RunMark runId={run.id} />
        <input
          key={run.name}
          className="input run-title"
          aria-label={t("runs.name")}
          maxLength={200}
          defaultValue={run.name}
          onBlur={(event) => renameRun(run, event.currentTarget.value)}
          onKeyDown={(event) => typedKey(event) === "Enter" && event.currentTarget.blur()}
        />
        <span className={`run-status is-${run.status}`}>{statusWord(run, t)}</span>
        <IconButton icon="close" label={t("runs.close_detail")} onClick={onClose} />
      </header>
      <Acts run={run} />
      <TabRow
        name={t("runs.detail", { name: run.name })}
        tabs={tabs}
        value={tabs.some(({ key }) => key === tab) ? tab : "overview"}
        onChange={setTab}
      />
    </aside>
  );
}

function Acts({ run }: { run: Run }) {
  const t = useText();
  const sameProject = useDocument((state) => state.project?.id === run.project_id);
  const going = isGoing(run);
  const isOpen = useDocument((state) => state.design !== null);
  const overlay = (other: OverlaySide, before: boolean): void => {
    const own: OverlaySide = { kind: "run", id: run.id };
    openDialog({ name: "overlay", left: before ? other : own, right: before ? own : other });
  };
  const parent = run.parent_id;
  const more: MenuEntry[] = [
    ...(isOpen && hasDesign(run) ? [{ label: t("overlay.with_open"), onSelect: () => overlay({ kind: "open" }, false) }] : []),
    ...(parent === null ? [] : [{ label: t("overlay.with_parent"), onSelect: () => overlay({ kind: "run", id: parent }, true) }]),
    { label: t("runs.as_project"), onSelect: () => openAsProject(run) },
    ...(run.step > 0 ? [{ label: t("runs.curves_csv"), onSelect: () => saveCurves(run) }] : []),
    ...(sameProject ? [{ label: t("train.continue"), onSelect: () => openDialog({ name: "continue", runId: run.id }) }] : []),
    "line",
    { label: t(isArchived(run) ? "runs.unarchive" : "runs.archive"), onSelect: () => archiveRuns([run], !isArchived(run)) },
    { label: t("runs.delete"), danger: true, disabled: going, onSelect: () => deleteRuns([run]) },
  ];
  return (
    <div className="run-acts">
      {run.status === "interrupted" && (
        <Button small look="primary" icon="play" onClick={() => resumeRun(run.id).catch(report)}>
          {t("runs.resume")}
        </Button>
      )}
      {going && !isBaseline(run) && (
        <>
          {run.status !== "queued" && (
            <Button
              small
              icon={run.status === "paused" ? "play" : "pause"}
              onClick={() => (run.status === "paused" ? resumeRun(run.id) : pauseRun(run.id)).catch(report)}
            >
              {t(run.status === "paused" ? "runs.resume" : "runs.pause")}
            </Button>
          )}
          <Button small icon={run.status === "queued" ? "close" : "stop"} onClick={() => stopRun(run.id).catch(report)}>
            {t(run.status === "queued" ? "queue.take_out" : "runs.stop")}
          </Button>
          <IconButton small icon="trash" label={t("runs.discard")} onClick={() => discardRun(run)} />
        </>
      )}
      {run.has_model && (
        <Button small icon="export" onClick={() => openDialog({ name: "export", runId: run.id })}>
          {t("runs.export")}
        </Button>
      )}
      {!going && <ReportButton runIds={[run.id]} />}
      {sameProject && !isEnsemble(run) && (
        <Button small onClick={() => restoreDesign(run)}>
          {t("runs.use_here")}
        </Button>
      )}
      <span className="spacer" />
      <Menu trigger={<IconButton small icon="more" label={t("shell.more")} />} entries={more} />
    </div>
  );
}

function Overview({ run }: { run: Run }) {
  const t = useText();
  const runs = useMemo(() => [run], [run]);
  return (
    <div className="run-overview">
      <RunTrouble run={run} />
      <RunVerdicts run={run} />
      <RunFacts run={run} />
      <ChartGrid runs={runs} height={CHART_HEIGHT} empty={noCurvesText(run, t)} />
      <RunNotes run={run} />
    </div>
  );
}
