/** The dock's charts: the run that trains, or the last one, with the runs chosen for comparison beside it. */
import type { Run } from "../../core/protocol/methods.ts";
import { ComparePane } from "../compare/CompareTab.tsx";
import { RunVerdicts } from "../insight/RunVerdicts.tsx";
import { train } from "../shell/acts.ts";
import { useDocument } from "../state/document.ts";
import { giveUpStarting, isGoing, stopRun, useRuns, useRunsRead } from "../state/runs.ts";
import { report } from "../state/toasts.ts";
import { showScreen, useView } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { Busy, Empty } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { ChartControls } from "./ChartControls.tsx";
import { ChartGrid } from "./ChartGrid.tsx";
import { noCurvesText } from "./chart-words.ts";
import { LookBackButton, LookBackPane } from "./LookBack.tsx";
import { RunHeader } from "./RunHeader.tsx";
import { RunTrouble } from "./RunTrouble.tsx";
import { StepControls } from "./StepControls.tsx";
import { shownRuns } from "./shown-runs.ts";
import { useSize } from "./use-size.ts";
import "./training.css";

/** Below this height, in CSS pixels, the charts need the room that all verdicts would take. */
const LOW = 330;

export function ChartsTab() {
  const t = useText();
  const runs = useRuns((state) => state.runs);
  const read = useRunsRead();
  const starting = useRuns((state) => state.starting);
  const lookingBack = useView((state) => state.lookingBack);
  const compared = useView((state) => state.comparedRuns);
  const { ref, size } = useSize();
  const shown = shownRuns(runs, compared);
  const [current] = shown;
  // One that trains stays in sight while another is put behind it.
  if (starting && (current === undefined || !isGoing(current))) return <RunThatWaits run={null} />;
  if (current === undefined) return read.value === null ? <LongState answer={read} what={t("common.loading")} /> : <NothingYet />;
  if (current.step === 0 && (current.status === "preparing" || current.status === "queued")) return <RunThatWaits run={current} />;
  const isLow = size.height < LOW;
  return (
    <div className="charts-and-look-back">
      <div className="charts-tab" ref={ref}>
        <div className="charts-bar">
          <RunHeader run={current} />
          {isGoing(current) && <StepControls run={current} />}
          <LookBackButton />
          <ChartControls />
        </div>
        <RunTrouble run={current} />
        <RunVerdicts key={current.id} run={current} most={isLow ? 1 : 2} short={isLow} />
        <div className="charts-and-compare">
          <ChartGrid runs={shown} empty={noCurvesText(current, t)} />
          {shown.length > 1 && <ComparePane ids={shown.map((run) => run.id)} />}
        </div>
      </div>
      {lookingBack && <LookBackPane run={current} />}
    </div>
  );
}

function NothingYet() {
  const t = useText();
  const hasData = useDocument((state) => state.datasetId !== null);
  return (
    <Empty
      icon="play"
      title={t("charts.no_runs")}
      actions={
        hasData ? (
          <Button look="primary" act="train" onClick={train}>
            {t("shell.train")}
          </Button>
        ) : (
          <Button look="primary" onClick={() => showScreen("data")}>
            {t("charts.choose_data")}
          </Button>
        )
      }
    >
      {t(hasData ? "charts.no_runs_text" : "charts.no_data_text")}
    </Empty>
  );
}

/**
 * From the button to the first step: one thing that is waited for, though it is asked for, queued and prepared in turn. Rows that do not
 * fit into memory take long: how far it is.
 * @param run null until the host has it
 */
function RunThatWaits({ run }: { run: Run | null }) {
  const t = useText();
  const preparing = useRuns((state) => (run === null ? undefined : state.live.get(run.id)?.preparing));
  if (run === null) return <Busy what={t("charts.starting")} onCancel={giveUpStarting} />;
  const { id, name, status } = run;
  const stop = (): void => void stopRun(id).catch(report);
  if (status === "queued") return <Busy what={t("charts.queued", { name })} onCancel={stop} />;
  if (preparing === undefined) return <Busy what={t("charts.preparing", { name })} onCancel={stop} />;
  const { pass, passes, done, total } = preparing;
  const what = t(preparing.texts === true ? "charts.preparing_texts" : "charts.preparing_rows", {
    name,
    pass,
    passes,
    done: formatCount(done),
    total: formatCount(total),
  });
  return <Busy what={what} progress={(pass - 1 + done / Math.max(1, total)) / passes} onCancel={stop} />;
}
